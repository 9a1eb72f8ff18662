"""The commands ``shotledger cost`` and ``reprice``: what the work cost, by which prices, and what is not known."""

import json
from dataclasses import asdict
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analytics.costing.reckoned_costs import By
from dashboards.terminal.commands import CsvOption, JsonOption, LedgerOption, existing_ledger, print_rows, show
from dashboards.terminal.incentives import IncentiveOption, IncentivesOption, LabourShareOption, plan_of_options

if TYPE_CHECKING:
    from analytics.costing.reckoned_costs import CostReckoning, CostRow
    from analytics.costing.repriced_costs import RepricedRow
    from analytics.ledger.ledger import Ledger

ByOption = Annotated[By, typer.Option(help="What each row is of.")]
ProductionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--production",
        metavar="NAME",
        help="Only this production, by id or name; may be given again.",
        show_default="all",
    ),
]
CurrencyOption = Annotated[
    str | None, typer.Option(metavar="CODE", help="To answer in, as in EUR.", show_default="that of most shots")
]
SyntheticOption = Annotated[
    bool,
    typer.Option("--with-synthetic", help="Count demonstration rows beside real ones, which are left out otherwise."),
]
RatesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rates",
        metavar="FILE|NAME",
        help="A rate card: a TOML file, the id of one that the ledger holds, or default or uplifts. Given again, the "
        "later prices what the earlier has no rate for on any day.",
        show_default="the studio's imported rates, then the card that comes with Shotledger",
    ),
]


def cost(
    by: ByOption = By.PRODUCTION,
    production: ProductionOption = None,
    lines: Annotated[
        str | None,
        typer.Option("--lines", metavar="SHOT", help="Every line of one shot instead: its fact, rate and origin."),
    ] = None,
    rates: RatesOption = None,
    incentive: IncentiveOption = None,
    incentives: IncentivesOption = None,
    labour_share: LabourShareOption = None,
    currency: CurrencyOption = None,
    with_synthetic: SyntheticOption = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show what the work cost: people, machines and the rest, gross, with how sure it is and what has no price.

    Each fact is priced by the rate that held on its day, in the currency of its production. What no rate is known for
    is told and never taken as zero. Facts stay as they are: `shotledger reprice` shows them by another card.
    """
    from analytics.costing.currency_named import currency_named
    from analytics.costing.net_costs import net_costs
    from analytics.costing.productions_named import production_ids_named
    from analytics.costing.reckoned_costs import cost_by, cost_cells, keep_ratio, reckon_costs, total_of
    from analytics.vocabulary.errors import InputRefused

    plan = plan_of_options(incentive, incentives, labour_share)
    opened = existing_ledger(ledger)
    if lines is not None and plan is not None:
        raise InputRefused("--lines", lines, "doesn't go with incentives, which are a production's", "take --by shot")
    if lines is not None:
        return _show_lines(opened, lines, rates, as_json, as_csv)
    production_ids = production_ids_named(opened, production or [])
    reckoning = reckon_costs(opened, rates, production_ids=production_ids, with_synthetic=with_synthetic, said=_say)
    into = currency_named(opened, currency, production_ids)
    rows = cost_by(opened, reckoning, by, into, production_ids=production_ids, with_synthetic=with_synthetic)
    total = total_of(rows)
    if plan is not None:
        from dashboards.terminal.net_costs import show_net

        cells = cost_cells(opened, reckoning, production_ids=production_ids, with_synthetic=with_synthetic)
        return show_net(opened, reckoning, net_costs(opened, cells, plan), by, rows, into, as_json, as_csv)
    if as_csv:
        return print_rows([plain_row(row) for row in rows], as_csv=True)
    kept = keep_ratio(opened, production_ids=production_ids, with_synthetic=with_synthetic)
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "currency": into,
                    "by": by.value,
                    "rate_cards": list(reckoning.card_ids),
                    "filled_from_later_cards": list(reckoning.filled),
                    "rows": [plain_row(row) for row in rows],
                    "total": plain_row(total),
                    "missing": plain_missing(reckoning),
                    "generated": kept and asdict(kept),
                },
                indent=2,
            )
        )
        return None
    from dashboards.terminal.cost_tables import costs_screen

    show(costs_screen(by, rows, total, into, reckoning, kept))
    return None


def reprice(
    rates: Annotated[
        list[str],
        typer.Option(
            "--rates", metavar="FILE|NAME", help="The other card, as `shotledger cost` takes it; may be given again."
        ),
    ],
    by: ByOption = By.PRODUCTION,
    before: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            metavar="FILE|NAME",
            help="The card to compare with; may be given again.",
            show_default="what `shotledger cost` prices by",
        ),
    ] = None,
    production: ProductionOption = None,
    currency: CurrencyOption = None,
    with_synthetic: SyntheticOption = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show what the same work would have cost by another rate card: before, after and the difference.

    Nothing in the ledger changes but that it now holds the card.
    """
    from analytics.costing.currency_named import currency_named
    from analytics.costing.productions_named import production_ids_named
    from analytics.costing.reckoned_costs import cost_by, reckon_costs, total_of
    from analytics.costing.repriced_costs import repriced

    opened = existing_ledger(ledger)
    production_ids = production_ids_named(opened, production or [])
    into = currency_named(opened, currency, production_ids)
    reckonings: list[CostReckoning] = []
    answers: list[tuple[CostRow, ...]] = []
    for card in (before, rates):
        reckonings.append(
            reckon_costs(opened, card, production_ids=production_ids, with_synthetic=with_synthetic, said=_say)
        )
        answers.append(
            cost_by(opened, reckonings[-1], by, into, production_ids=production_ids, with_synthetic=with_synthetic)
        )
    rows = repriced(*answers)
    (total,) = repriced(*((total_of(answer),) for answer in answers))
    if as_csv:
        return print_rows([_plain_repriced(row) for row in rows], as_csv=True)
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "currency": into,
                    "by": by.value,
                    "before": {"rate_cards": list(reckonings[0].card_ids), "missing": plain_missing(reckonings[0])},
                    "after": {"rate_cards": list(reckonings[1].card_ids), "missing": plain_missing(reckonings[1])},
                    "rows": [_plain_repriced(row) for row in rows],
                    "total": _plain_repriced(total),
                },
                indent=2,
            )
        )
        return None
    from dashboards.terminal.cost_tables import repriced_screen

    show(repriced_screen(by, rows, total, into, reckonings[0], reckonings[1]))
    return None


def _show_lines(opened: "Ledger", shot: str, rates: list[str] | None, as_json: bool, as_csv: bool) -> None:
    from analytics.costing.reckoned_costs import cost_lines_of, reckon_costs
    from analytics.ledger.naming import shot_named

    found = shot_named(opened, shot)
    reckoning = reckon_costs(opened, rates, said=_say)
    rows = cost_lines_of(opened, reckoning, found["shot_id"])
    if as_json or as_csv:
        # Lines are told with all their decimals: rounded, they would not add up.
        plain = [
            {name: f"{value.normalize():f}" if isinstance(value, Decimal) else value for name, value in row.items()}
            for row in rows
        ]
        return print_rows(plain, as_csv)
    from dashboards.terminal.cost_tables import lines_screen

    show(lines_screen(found["code"], rows, reckoning))
    return None


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)


def cents(amount: Decimal | None) -> str | None:
    """An amount to the cent, half to even, as text that no reader of JSON turns into a float."""
    return None if amount is None else str(amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN))


def plain_row(row: "CostRow") -> dict[str, Any]:
    """A row for machines; amounts as text, to the cent."""
    return {
        "production_id": row.production_id,
        "label": row.label,
        "shot_id": row.shot_id,
        "shot_count": row.shot_count,
        "fact_count": row.line_count,
        "missing_count": row.missing_count,
        "gross": cents(row.cost),
        "people": cents(row.people_cost),
        "machine": cents(row.machine_cost),
        "other": cents(row.other_cost),
        "measured": cents(row.measured_cost),
        "imported": cents(row.imported_cost),
        "assumed": cents(row.assumed_cost),
        "synthetic": cents(row.synthetic_cost),
    }


def _plain_repriced(row: "RepricedRow") -> dict[str, Any]:
    return {
        "production_id": row.production_id,
        "label": row.label,
        "shot_id": row.shot_id,
        "fact_count": row.line_count,
        "before": cents(row.before),
        "after": cents(row.after),
        "difference": cents(row.difference),
        "missing_before": row.missing_before,
        "missing_after": row.missing_after,
    }


def plain_missing(reckoning: "CostReckoning") -> list[dict[str, Any]]:
    """What could not be priced, for machines."""
    return [
        {
            "missing": price.missing,
            "workflow": price.workflow,
            "first_day": price.first_day and price.first_day.isoformat(),
            "last_day": price.last_day and price.last_day.isoformat(),
            "fact_count": price.fact_count,
            "fact_amount": price.fact_amount,
            "fact_unit": price.fact_unit,
            "words": str(price),
        }
        for price in reckoning.missing
    ]
