"""What incentives give on a ledger's costs, for the terminal: each production's credits, and what they rest on."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from analytics.costing.incentive_base import percent
from analytics.costing.net_cost_rows import NetRow, net_rows, total_net
from analytics.costing.net_costs import NetCosts
from analytics.costing.production_credits import CreditLine, ProductionNet
from analytics.costing.reckoned_costs import By, CostReckoning, CostRow, total_of
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.money import Money
from dashboards.terminal.commands import print_rows, show
from dashboards.terminal.cost_tables import (
    HEADINGS,
    amount_words,
    cost_table,
    count_words,
    missing_words,
    row_label,
)
from dashboards.terminal.costs import cents, plain_missing, plain_row
from dashboards.terminal.listings import NOTHING, plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_IN_FULL = 4
"""Of more productions than this, each has one row: rule by rule, a slate would fill pages."""


def show_net(
    ledger: Ledger,
    reckoning: CostReckoning,
    net: NetCosts,
    by: By,
    rows: Sequence[CostRow],
    currency: str,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print rows of costs with incentive and net beside the gross."""
    listed = net_rows(ledger, rows, by, net, currency)
    total = total_net(total_of(rows), listed)
    if as_csv:
        return print_rows([_plain(row) for row in listed], as_csv=True)
    if not as_json:
        return show(net_screen(by, listed, total, currency, reckoning, net))
    answer = {
        "currency": currency,
        "by": by.value,
        "rate_cards": list(reckoning.card_ids),
        "filled_from_the_last_card": list(reckoning.filled),
        "rows": [_plain(row) for row in listed],
        "total": _plain(total),
        "missing": plain_missing(reckoning),
        "productions": [net_to_json(production) for production in net.productions.values()],
    }
    typer.echo(json.dumps(answer, indent=2))


def _plain(row: NetRow) -> dict[str, Any]:
    return {**plain_row(row.gross), "incentive": cents(row.incentive), "net": cents(row.net)}


def net_screen(
    by: By, rows: Sequence[NetRow], total: NetRow, currency: str, reckoning: CostReckoning, net: NetCosts
) -> "RenderableType":
    """Rows of costs gross and net with their sum, each production's credits, and what they rest on."""
    from rich.console import Group
    from rich.text import Text

    if not rows:
        return Text("The ledger holds nothing that costs anything.")
    table = cost_table(HEADINGS[by], ">n", f">{currency} gross", ">incentive", ">net", ">net / gross", ">no price")
    for row in (*rows, total):
        if row is total:
            table.add_section()
        table.add_row(
            *plain(
                row_label(by, row.gross, row is total),
                count_words(row.gross),
                amount_words(row.gross.cost),
                amount_words(row.incentive),
                amount_words(row.net),
                f"{100 * row.net / row.gross.cost:.1f} %" if row.net is not None and row.gross.cost else NOTHING,
                f"{row.gross.missing_count:,}" if row.gross.missing_count else NOTHING,
            )
        )
    notes = [f"n counts {'priced facts' if total.gross.shot_count is None else 'shots'}. {reckoning}"]
    if by in (By.ARM, By.WORKFLOW):
        notes.append("No saving can be read from this table: the two were given different shots.")
    parts = (Text("\n".join(notes) + "\n"), Text("What the programmes pay", style="bold"), credits_section(net))
    return Group(table, *parts, *missing_words(reckoning))


def credits_section(net: NetCosts) -> "RenderableType":
    """What is paid to each production, rule by rule where there are few of them, then what a reader has to know."""
    from rich.console import Group
    from rich.text import Text

    claiming = [production for production in net.productions.values() if production.credits]
    notes = [Text(f"· {note}") for note in _notes(net.productions)]
    if not claiming:
        return Group(Text("No production earns an incentive by this plan."), *notes)
    table = _rules_table(claiming) if len(claiming) <= _IN_FULL else _productions_table(claiming)
    return Group(table, Text(), *notes, Text("· No tax advice: rates are as their sources gave them."))


def _rules_table(claiming: Sequence[ProductionNet]) -> "Table":
    from rich.text import Text

    table = cost_table("Production", "What is paid", ">on", ">amount")
    for production in claiming:
        table.add_row(*plain(production.name, "gross", "", _amount(production.gross)))
        for credit in production.credits:
            if credit.line.base.amount:
                table.add_row(*plain("", _credit_words(credit), _amount(credit.line.base), _amount(-credit.benefit)))
        table.add_row(*plain("", Text("net", style="bold"), "", Text(_amount(production.net), style="bold")))
        table.add_section()
    return table


def _productions_table(claiming: Sequence[ProductionNet]) -> "Table":
    table = cost_table("Production", ">gross", ">incentive", ">net", "", "by")
    for production in claiming:
        names = dict.fromkeys(each.line.programme.name for each in production.credits if each.line.base.amount)
        amounts = (production.gross, production.incentive, production.net)
        words = (f"{each.rounded().amount:,}" for each in amounts)
        table.add_row(*plain(production.name, *words, production.gross.currency, ", ".join(names)))
    return table


def net_to_json(production: ProductionNet) -> dict[str, Any]:
    """One production with every step from its costs to its credits; amounts as text, to the cent."""
    return {
        "production_id": production.production_id,
        "name": production.name,
        "currency": production.gross.currency,
        "gross": cents(production.gross.amount),
        "incentive": str(production.incentive.amount),
        "net": cents(production.net.amount),
        "rules_on": production.rules_on and production.rules_on.isoformat(),
        "unpriced_cell_count": production.unpriced_cell_count,
        "notes": list(production.notes),
        "credits": [
            {
                "programme": credit.line.programme.name,
                "rule": credit.line.rule.name,
                "benefit": str(credit.benefit.amount),
                "paid_in": credit.line.credit.currency,
                "base": str(credit.line.base.amount),
                "rate": str(credit.line.rate),
                "credit": str(credit.line.credit.amount),
                "tax": str(credit.line.tax.amount),
                "steps": [
                    {"kind": step.kind.value, "amount": str(step.amount.amount), "reason": step.reason}
                    for step in credit.line.steps
                ],
                "remarks": list(credit.line.remarks),
                "source": credit.line.rule.source,
            }
            for credit in production.credits
        ],
    }


def _amount(money: Money) -> str:
    return f"{money.rounded().amount:,} {money.currency}"


def _credit_words(credit: CreditLine) -> str:
    """Programme and rate; where nothing is paid, why."""
    line = credit.line
    tax = f" less {percent(line.rule.tax_rate)} tax" if line.rule.tax_rate else ""
    words = f"{line.programme.name}, {percent(line.rate)}{tax}"
    return words if line.credit.amount else f"{words}: {line.steps[-1].reason}"


def _notes(productions: Mapping[str, ProductionNet]) -> Iterator[str]:
    """Each note once, with the productions that it is of unless it is of all, then each programme's remarks once."""
    for words, stated in (("the day on which the production started", False), ("as the plan says", True)):
        days = sorted(
            {each.rules_on for each in productions.values() if each.rules_on and each.day_is_stated is stated}
        )
        if days:
            yield f"rules of {days[0]}{f' to {days[-1]}' if len(days) > 1 else ''}, {words}"
    said: dict[str, list[str]] = {}
    for production in productions.values():
        for note in production.notes:
            said.setdefault(note, []).append(production.name)
    for note, names in said.items():
        of = (
            ""
            if len(names) == len(productions)
            else f"{', '.join(names[:3])}{' and others' if len(names) > 3 else ''}: "
        )
        yield f"{of}{note}"
    lines = [credit.line for production in productions.values() for credit in production.credits]
    yield from dict.fromkeys(
        f"{line.programme.name}: {remark}" for line in lines if line.base.amount for remark in line.remarks
    )
    if sum(bool(production.credits) for production in productions.values()) > _IN_FULL:
        yield "rule by rule: name one with --production, or take --json"
