"""The report of a running production for machines: rows of CSV, and all of it as JSON with amounts as text."""

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analytics.estimation.running.earned_value import EacFormula

if TYPE_CHECKING:
    from analytics.bidding.running.running_report import RunningReport, UnitReport
    from analytics.estimation.running.cost_report import CostRow
    from analytics.estimation.running.exposure import ShotExposure


_NAMES = ("name", "shot", "sequence")


def plain_rows(unit: "UnitReport", by: str) -> list[dict[str, Any]]:
    """One row a sequence, department, shot or week, each with its unit."""
    match by:
        case "sequence":
            return [
                *(_cost_row(row, unit, efc_before=unit.sequences_before.get(row.name)) for row in unit.sequences),
                *(_cost_row(row, unit) for row in unit.beside),
            ]
        case "department":
            return [_cost_row(row, unit) for row in unit.departments]
        case "shot":
            return [_shot_row(shot, unit) for shot in unit.exposures]
        case _:
            return [
                {
                    "week_on": week.week_on.isoformat(),
                    "unit": unit.unit,
                    "planned": _text(week.planned),
                    "actual": _text(week.actual),
                    "p10": _text(week.p10),
                    "p50": _text(week.p50),
                    "p90": _text(week.p90),
                }
                for week in unit.burn_up
            ]


def neutral_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with names that a spreadsheet would take for formulas made text; amounts stay as they are."""
    from analytics.bidding.documents.cell_text import csv_text

    return [
        {name: csv_text(value) if name in _NAMES and value else value for name, value in row.items()} for row in rows
    ]


def plain_report(report: "RunningReport") -> dict[str, Any]:
    """The whole report."""
    return {
        "production_id": report.production_id,
        "production": report.production_name,
        "bid_id": report.bid_id,
        "held_against": report.held_against,
        "as_of": report.on.isoformat(),
        "since": report.since and report.since.isoformat(),
        "rule": report.rule.value,
        "shots": {standing.value.replace(" ", "_"): count for standing, count in report.standing.items()},
        "not_in_ledger": list(report.not_in_ledger),
        "not_in_budget": list(report.not_in_budget),
        "history": {"shots": report.n_shots, "productions": report.n_productions},
        "hour_prices": report.prices and asdict(report.prices),
        "priced_by": report.priced_by,
        "money": report.money and _unit(report.money),
        "people_hours": _unit(report.hours),
        "warnings": list(report.warnings),
    }


def _unit(unit: "UnitReport") -> dict[str, Any]:
    earned = unit.earned
    return {
        "unit": unit.unit,
        "total": {**_cost_row(unit.total, unit, efc_before=unit.efc_before), "efc_p50": _text(unit.efc_p50)},
        "with_contingency_and_margin": _cost_row(unit.whole, unit),
        "unbudgeted": unit.unbudgeted and _cost_row(unit.unbudgeted, unit),
        "chance_within_budget": unit.chance_within_budget,
        "chance_within_budget_and_contingency": unit.chance_within_contingency,
        "spent_since": _text(unit.spent_since),
        "actual_by_vendor": {vendor or "": _text(amount) for vendor, amount in unit.actual_by_vendor.items()},
        "actual_by_origin": {origin: _text(amount) for origin, amount in unit.actual_by_origin.items()},
        "earned_value": {
            "bac": _text(earned.bac),
            "pv": _text(earned.pv),
            "ev": _text(earned.ev),
            "ac": _text(earned.ac),
            "cv": _text(earned.cv),
            "sv": _text(earned.sv),
            "cpi": _ratio(earned.cpi),
            "spi": _ratio(earned.spi),
            "tcpi": _ratio(earned.tcpi()),
            "eac": {formula.value: _text(earned.eac(formula)) for formula in EacFormula},
            "gaps": list(earned.gaps()),
        },
        "sequences": plain_rows(unit, "sequence"),
        "departments": plain_rows(unit, "department"),
        "exposures": plain_rows(unit, "shot"),
        "burn_up": plain_rows(unit, "week"),
        "moved": [{"shot": each.name, "change": _text(each.change), "why": each.why} for each in unit.moved],
    }


def _cost_row(row: "CostRow", unit: "UnitReport", *, efc_before: Decimal | None = None) -> dict[str, Any]:
    return {
        "name": row.name,
        "unit": unit.unit,
        "shots": row.shot_count,
        "final": row.final_count,
        "budget": _text(row.budget),
        "actual": _text(row.actual),
        # No purchase orders are known: null says so, where 0 would say that there are none.
        "committed": None,
        "etc": _text(row.etc),
        "efc": _text(row.efc),
        "efc_p10": _text(row.efc_p10),
        "efc_p90": _text(row.efc_p90),
        "variance": _text(row.variance),
        "efc_before": _text(efc_before),
    }


def _shot_row(shot: "ShotExposure", unit: "UnitReport") -> dict[str, Any]:
    return {
        "shot": shot.name,
        "sequence": shot.sequence,
        "standing": shot.standing.value,
        "unit": unit.unit,
        "budget": _text(shot.budget),
        "actual": _text(shot.actual),
        "efc": _text(shot.efc),
        "efc_p10": _text(shot.efc_p10),
        "efc_p50": _text(shot.efc_p50),
        "efc_p90": _text(shot.efc_p90),
        "variance": _text(shot.variance),
        "chance_over": round(shot.chance_over, 4),
        "overrun": _text(shot.overrun),
        "overrun_p90": _text(shot.overrun_p90),
        "saving": _text(shot.saving),
    }


def _text(amount: Decimal | None) -> str | None:
    """To a hundredth, as text that no reader of JSON turns into a float."""
    return None if amount is None else str(amount.quantize(Decimal("0.01")))


def _ratio(value: Decimal | None) -> float | None:
    return None if value is None else round(float(value), 4)
