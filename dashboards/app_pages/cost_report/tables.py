"""Tables of the cost report, on the page and as CSV: sequences, departments, what moved, exposed shots, weeks."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from analytics.bidding.running.report_words import amount, unit_words
from analytics.bidding.running.running_report import RunningReport, UnitReport
from analytics.estimation.running.cost_report import CostRow

OVER_SHARE = Decimal("-0.05")
"""Of its budget: a row further over than this is tinted."""
MOVED_SHOWN = 8
NOTHING = "–"
DEPARTMENTS = {
    "fx": "FX", "ai": "AI generation, by people", "api": "Generated seconds", "machine": "Machines",
    "idle": "Idle machines", "comp": "Compositing", "prep": "Paint and prep", "billed": "Billed for shots",
    "shared": "Billed to the production",
    "licence": "Licences", "other": "Bills and other costs",
}  # fmt: skip
"""Departments and kinds of cost that people call otherwise than the ledger does."""


def sequence_table(report: RunningReport, unit: UnitReport) -> str:
    """Budget to variance by sequence, the sum, and beneath it what no shot has."""
    largest = _largest(unit.sequences)
    rows = "".join(
        _row(unit, row, largest, unit.sequence_changes.get(row.name), label=_sequence_label(report, row))
        for row in unit.sequences
    )
    rows += _row(unit, unit.total, largest, unit.efc_change, label=escape(unit.total.name.capitalize()), is_total=True)
    if unit.beside:
        rows += "".join(_row(unit, row, largest, None, label=escape(row.name.capitalize())) for row in unit.beside)
        rows += _row(unit, unit.whole, largest, None, label="All", is_total=True)
    heads = (
        ("Sequence", ""), ("Final", "num"), ("Locked budget", "num edge"), ("Spent", "num edge"),
        ("To come (ETC)", "num"), ("EFC", "num"), ("8 in 10", "num"), ("Variance", "num edge"),
        ("", "vbar"), ("Moved", "num edge"),
    )  # fmt: skip
    return _table(f"Cost report by sequence, in {unit_words(unit)}", "cost-report-sequences", heads, rows)


def department_table(unit: UnitReport) -> str:
    """The same by department, whose ranges are not simulated; spent and still to come as a bar."""
    with_budget = any(row.budget is not None for row in unit.departments)
    largest, longest = _largest(unit.departments), max((row.efc for row in unit.departments), default=Decimal(0))
    rows = "".join(_department_row(row, largest, longest, with_budget=with_budget) for row in unit.departments)
    rows += _department_row(unit.total, largest, None, with_budget=with_budget)
    heads = [("Department", ""), ("Spent", "num edge"), ("To come (ETC)", "num"), ("EFC", "num"), ("", "cr-spent")]
    if with_budget:
        heads[1:1] = [("Locked budget", "num edge")]
        heads += [("Variance", "num edge"), ("", "vbar")]
    return _table(f"Cost report by department, in {unit_words(unit)}", "cost-report-departments", heads, rows)


def moved_table(report: RunningReport, unit: UnitReport) -> str:
    """The shots that moved the estimate most, and why."""
    rows = "".join(
        f'<tr data-shot="{escape(each.name)}"><th scope="row">{escape(each.name)}</th>'
        f'<td class="num">{_signed(each.change)}</td><td class="why">{escape(each.why)}</td></tr>'
        for each in unit.moved[:MOVED_SHOWN]
    )
    return _table(
        f"Shots that moved the estimate since {report.since}", "cost-report-moved",
        (("Shot", ""), (f"Moved, {unit_words(unit)}", "num"), ("Why", "")), rows,
    )  # fmt: skip


def sequence_rows(unit: UnitReport) -> list[dict[str, Any]]:
    """As the table has them, with all digits."""
    return [
        {"sequence": row.name, **_plain(row), "moved": unit.sequence_changes.get(row.name)}
        for row in (*unit.sequences, unit.total, *unit.beside)
    ]


def department_rows(unit: UnitReport) -> list[dict[str, Any]]:
    """As the table has them."""
    return [{"department": row.name, **_plain(row)} for row in unit.departments]


def moved_rows(unit: UnitReport) -> list[dict[str, Any]]:
    """Every shot that moved, and its cause."""
    return [
        {"shot": each.name, "moved": each.change, "cause": each.cause.value, "why": each.why} for each in unit.moved
    ]


def exposure_rows(unit: UnitReport) -> list[dict[str, Any]]:
    """Every shot against its budget, finished ones too."""
    return [
        {
            "shot": each.name, "sequence": each.sequence, "standing": each.standing.value, "budget": each.budget,
            "spent": each.actual, "efc": each.efc, "efc_p10": each.efc_p10, "efc_p50": each.efc_p50,
            "efc_p90": each.efc_p90, "variance": each.variance, "chance_over": round(each.chance_over, 4),
            "expected_over": each.overrun, "expected_under": each.saving,
        }
        for each in unit.exposures
    ]  # fmt: skip


def week_rows(unit: UnitReport) -> list[dict[str, Any]]:
    """The burn-up."""
    return [
        {
            "week_of": each.week_on.isoformat(), "planned": each.planned, "spent": each.actual, "p10": each.p10,
            "p50": each.p50, "p90": each.p90,
        }
        for each in unit.burn_up
    ]  # fmt: skip


def _row(
    unit: UnitReport, row: CostRow, largest: Decimal, moved: Decimal | None, *, label: str, is_total: bool = False
) -> str:
    final = NOTHING if row.shot_count is None else f"{row.final_count} of {row.shot_count}"
    spread = NOTHING
    if row.etc and row.efc_p10 is not None and row.efc_p90 is not None:
        spread = f"{amount(row.efc_p10, unit, with_unit=False)} to {amount(row.efc_p90, unit, with_unit=False)}"
    return (
        f'<tr data-row="{escape(row.name)}"{" class=total" if is_total else ""}><th scope="row">{label}</th>'
        f'<td class="num">{final}</td><td class="num edge">{_figure(row.budget)}</td>'
        f'<td class="num edge">{_figure(row.actual)}</td><td class="num">{_figure(row.etc)}</td>'
        f'<td class="num" data-figure="efc"><b>{_figure(row.efc)}</b></td><td class="num soft">{spread}</td>'
        f'{_variance(row, largest)}<td class="num edge soft">{_signed(moved)}</td></tr>'
    )


def _department_row(row: CostRow, largest: Decimal, longest: Decimal | None, *, with_budget: bool) -> str:
    bar, is_total = "", longest is None
    if longest:
        spent, to_come = (100 * float(value / longest) for value in (row.actual, row.etc))
        bar = (
            f'<div><i class="spent" style="width:{spent:.1f}%"></i>'
            f'<i class="come" style="width:{to_come:.1f}%"></i></div>'
        )
    budget = f'<td class="num edge">{_figure(row.budget)}</td>' if with_budget else ""
    name = escape(row.name.capitalize() if is_total else department_words(row.name))
    return (
        f'<tr data-row="{escape(row.name)}"{" class=total" if is_total else ""}><th scope="row">{name}</th>{budget}'
        f'<td class="num edge">{_figure(row.actual)}</td><td class="num">{_figure(row.etc)}</td>'
        f'<td class="num" data-figure="efc"><b>{_figure(row.efc)}</b></td>'
        f'<td class="cr-spent" aria-hidden="true">{bar}</td>'
        f"{_variance(row, largest) if with_budget else ''}</tr>"
    )


def _variance(row: CostRow, largest: Decimal) -> str:
    """The amount with its share under it, and a bar to the side it lies on: left is over."""
    if row.variance is None:
        return f'<td class="num edge">{NOTHING}</td><td class="vbar"></td>'
    share, is_over = row.variance_share, row.variance < 0
    words = "" if not share else f"<small>{abs(share):.1%} {'over' if is_over else 'under'}</small>"
    tint = " bad" if share is not None and share < OVER_SHARE else ""
    width = min(50.0, 50 * float(abs(row.variance) / largest)) if largest else 0.0
    side = f"right:50%;width:{width:.1f}%" if is_over else f"left:50%;width:{width:.1f}%"
    bar = (
        f'<div><i class="{"over" if is_over else "under"}" style="{side}"></i></div>' if row.variance else "<div></div>"
    )
    return (
        f'<td class="num edge{tint}">{_signed(row.variance)}{words}</td><td class="vbar" aria-hidden="true">{bar}</td>'
    )


def _table(label: str, name: str, heads: Sequence[tuple[str, str]], rows: str) -> str:
    head = "".join(
        f'<th scope="col" class="{kind}">{escape(text)}</th>' if text else f'<td class="{kind}"></td>'
        for text, kind in heads
    )
    return (
        f'<div class="sl-scroll cr-table" data-table="{name}" role="region" aria-label="{escape(label)}" tabindex="0">'
        f'<table class="sl-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _sequence_label(report: RunningReport, row: CostRow) -> str:
    if row.shot_count is None or row.name == "no sequence":
        return escape(row.name.capitalize())
    query = f"production={escape(report.production_id, quote=True)}&sequence={escape(row.name, quote=True)}"
    return f'<a href="/shots?{query}" target="_self">{escape(row.name)}</a>'


def department_words(name: str) -> str:
    """A department or kind of cost as a row is called."""
    return DEPARTMENTS.get(name, name.replace("_", " ").capitalize())


def _largest(rows: Sequence[CostRow]) -> Decimal:
    return max((abs(row.variance) for row in rows if row.variance is not None), default=Decimal(0))


def _plain(row: CostRow) -> Mapping[str, Any]:
    return {
        "shots": row.shot_count, "final": row.final_count, "locked_budget": row.budget, "spent": row.actual,
        "etc": row.etc, "efc": row.efc, "efc_p10": row.efc_p10, "efc_p90": row.efc_p90, "variance": row.variance,
    }  # fmt: skip


def _figure(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{value:,.0f}".replace("-", "−")


def _signed(value: Decimal | None) -> str:
    if value is None:
        return NOTHING
    written = f"{value:+,.0f}"
    return "0" if written in ("+0", "-0") else written.replace("-", "−")
