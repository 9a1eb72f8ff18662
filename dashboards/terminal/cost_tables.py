"""Costs as tables of the terminal: readable at 100 columns, without colour and when piped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analytics.costing.missing_prices import MissingPrice
from analytics.costing.reckoned_costs import By, CostReckoning, CostRow, KeepRatio
from analytics.costing.repriced_costs import RepricedRow
from analytics.vocabulary.workflow import Workflow
from dashboards.terminal.listings import NOTHING, plain, workflow_words

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

HEADINGS = {
    By.PRODUCTION: "Production",
    By.SEQUENCE: "Production / sequence",
    By.SHOT: "Shot",
    By.DEPARTMENT: "Department",
    By.WORKFLOW: "Workflow that did the work",
    By.ARM: "Workflow the shot began in",
    By.KIND: "Kind of cost",
    By.MONTH: "Month",
}
KIND_WORDS = {
    "people": "people's hours",
    "supervision": "supervision, an uplift on hours",
    "overhead": "overhead, an uplift on hours",
    "machine": "machines",
    "idle": "idle machines, an uplift",
    "energy": "energy",
    "licence": "licences",
    "api": "generated seconds",
    "billed": "billed for shots",
    "shared": "billed for the production",
    "training": "training of models",
}
_KINDS_WITHOUT_DEPARTMENT = set(KIND_WORDS) - {"people", "supervision", "overhead"}
_MISSING_SHOWN = 8


def costs_screen(
    by: By, rows: Sequence[CostRow], total: CostRow, currency: str, reckoning: CostReckoning, kept: KeepRatio | None
) -> "RenderableType":
    """Rows of costs with their sum, and beneath what they are priced by and what has no price."""
    from rich.console import Group
    from rich.text import Text

    if not rows:
        return Text("The ledger holds nothing that costs anything.")
    table = cost_table(HEADINGS[by], ">n", f">{currency}", ">people", ">machines", ">other", ">no price", "known from")
    for row in (*rows, total):
        if row is total:
            table.add_section()
        table.add_row(
            *plain(
                row_label(by, row, row is total),
                count_words(row),
                amount_words(row.cost),
                amount_words(row.people_cost),
                amount_words(row.machine_cost),
                amount_words(row.other_cost),
                f"{row.missing_count:,}" if row.missing_count else NOTHING,
                _origin_words(row),
            )
        )
    notes = [
        "n counts shots." if total.shot_count is not None else "n counts priced facts, a line for each price of each.",
        f"Gross, in {currency}. {reckoning}",
    ]
    if by in (By.ARM, By.WORKFLOW):
        notes.append("No saving can be read from this table: the two were given different shots.")
    if kept is not None:
        notes.append(str(kept))
    return Group(table, Text("\n".join(notes)), *missing_words(reckoning))


def repriced_screen(
    by: By,
    rows: Sequence[RepricedRow],
    total: RepricedRow,
    currency: str,
    before: CostReckoning,
    after: CostReckoning,
) -> "RenderableType":
    """Each sum by two cards, with the difference."""
    from rich.console import Group
    from rich.text import Text

    if not rows:
        return Text("The ledger holds nothing that costs anything.")
    table = cost_table(HEADINGS[by], ">facts", ">before", ">after", ">difference", ">no price before", ">after")
    for row in (*rows, total):
        if row is total:
            table.add_section()
        change = ""
        if row.difference is not None and row.before:
            change = f" ({100 * row.difference / row.before:+.1f} %)"
        table.add_row(
            *plain(
                row_label(by, row, row is total),
                f"{row.line_count:,}",
                amount_words(row.before),
                amount_words(row.after),
                NOTHING if row.difference is None else f"{row.difference:+,.2f}{change}",
                f"{row.missing_before:,}" if row.missing_before else NOTHING,
                f"{row.missing_after:,}" if row.missing_after else NOTHING,
            )
        )
    words = [f"Gross, in {currency}. Before: {before} After: {after}"]
    if total.missing_before != total.missing_after:
        words.append(
            "The cards do not price the same facts, so part of the difference is of facts that only one prices."
        )
    return Group(table, Text("\n".join(words)), *missing_words(after))


def lines_screen(code: str, rows: Sequence[Mapping[str, Any]], reckoning: CostReckoning) -> "RenderableType":
    """Every line of one shot."""
    from rich.console import Group
    from rich.text import Text

    if not rows:
        return Text(f"{code}: nothing was booked, rendered or billed for it.")
    currency = rows[0]["currency"]
    table = cost_table("Fact", "Day", "Kind, part", ">amount", "Rate", f">{currency}", "Fact, rate")
    for row in rows:
        workflow = "" if row["workflow"] is None else f"\n{workflow_words(Workflow(row['workflow']))}"
        fact = "" if row["fact_unit"] is None else f"{row['fact_amount']:,.2f} {row['fact_unit'].replace('_', ' ')}"
        rate = NOTHING if row["price"] is None else f"{row['resource']}\n{_rate_words(row)}"
        table.add_row(
            *plain(
                f"{row['fact_id'] or 'share of the bills of the production'}{workflow}",
                NOTHING if row["used_on"] is None else str(row["used_on"]),
                f"{row['cost_kind']}\n{row['part'] or ''}",
                fact,
                f"none for {row['missing']}" if row["missing"] else rate,
                amount_words(row["cost"]) if row["cost"] is not None else "unknown",
                f"{row['fact_origin']}\n{row['rate_origin'] or ''}",
            )
        )
    known = sum((row["cost"] for row in rows if row["cost"] is not None), Decimal(0))
    missing_count = sum(row["missing"] is not None for row in rows)
    at_least = f", and {missing_count} without a price" if missing_count else ""
    table.add_section()
    table.add_row(*plain(f"{len(rows)} lines{at_least}", "", "", "", "", amount_words(known), ""))
    return Group(table, Text(f"{code}, gross, in {currency}. {reckoning}"))


def _rate_words(row: Mapping[str, Any]) -> str:
    if row["unit"] == "share":
        return f"{100 * row['price']:f} %".replace(".000000", "")
    return f"{row['price'].normalize():f} {row['price_currency']} a {row['unit'].replace('_', '-')}"


def row_label(by: By, row: CostRow | RepricedRow, is_total: bool) -> str:
    """What a row is of, in words."""
    if is_total:
        return "all"
    if by is By.WORKFLOW or by is By.ARM:
        return "not known" if row.label is None else workflow_words(Workflow(row.label))
    if by is By.SHOT and row.shot_id is None:
        return f"{row.production_id or 'no production'}: no shot"
    if row.production_id is None and by in (By.PRODUCTION, By.SEQUENCE):
        return "no production: training of models"
    if by is By.SEQUENCE:
        return f"{row.production_id} / {row.label or 'no sequence'}"
    if by is By.KIND or (by is By.DEPARTMENT and row.label in _KINDS_WITHOUT_DEPARTMENT):
        return KIND_WORDS[str(row.label)]
    return row.label or "no day"


def count_words(row: CostRow) -> str:
    """How many shots a row is of or, where a shot may stand in several rows, how many priced facts."""
    return f"{row.line_count if row.shot_count is None else row.shot_count:,}"


def amount_words(amount: Decimal | None) -> str:
    """An amount to the cent under a heading that names the currency."""
    return "unknown" if amount is None else NOTHING if amount == 0 else f"{amount.quantize(Decimal('0.01')):,}"


def _origin_words(row: CostRow) -> str:
    """Shares of the cost by how sure they are; a share below half a percent is not told."""
    if not row.cost:
        return NOTHING
    shares = {
        "measured": row.measured_cost,
        "imported": row.imported_cost,
        "assumed": row.assumed_cost,
        "synthetic": row.synthetic_cost,
    }
    told = {name: 100 * share / row.cost for name, share in shares.items() if share}
    if len(told) == 1:
        return next(iter(told))
    return ", ".join(f"{name} {share:.0f} %" for name, share in told.items() if abs(share) >= Decimal("0.5"))


def missing_words(reckoning: CostReckoning) -> "Iterable[RenderableType]":
    """What is in no sum because it has no price, most facts first, and what to do about it."""
    from rich.text import Text

    if not reckoning.missing:
        return
    largest = sorted(_of_all_workflows(reckoning.missing), key=lambda price: -price.fact_count)
    yield Text("\nNot in these sums, because no price is known:", style="bold")
    for price in largest[:_MISSING_SHOWN]:
        yield Text(f"· {price}")
    if len(largest) > _MISSING_SHOWN:
        further = sum(price.fact_count for price in largest[_MISSING_SHOWN:])
        yield Text(f"· {len(largest) - _MISSING_SHOWN} more, of {further:,} facts: --json lists them all.")
    yield Text(
        "→ Put rates on a card of your own and name it with --rates, or import them as rates.csv or fx_rates.csv."
    )


def cost_table(*headings: str) -> "Table":
    """A plain table; a heading that starts with ``>`` has numbers under it."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for heading in headings:
        is_number = heading.startswith(">")
        table.add_column(
            heading.lstrip(">"), justify="right" if is_number else "left", no_wrap=is_number, overflow="fold"
        )
    return table


def _of_all_workflows(missing: Iterable[MissingPrice]) -> list[MissingPrice]:
    together: dict[tuple[str, str], list[MissingPrice]] = {}
    for price in missing:
        together.setdefault((price.missing, price.fact_unit), []).append(price)
    return [
        replace(
            prices[0],
            workflow=prices[0].workflow if len(prices) == 1 else None,
            first_day=min((price.first_day for price in prices if price.first_day), default=None),
            last_day=max((price.last_day for price in prices if price.last_day), default=None),
            fact_count=sum(price.fact_count for price in prices),
            fact_amount=sum(price.fact_amount for price in prices),
        )
        for prices in together.values()
    ]
