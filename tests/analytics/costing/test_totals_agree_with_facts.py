"""Every total of `cost` is what the exported facts come to when somebody else adds them up, to the cent and beyond."""

import csv
import tempfile
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analytics.costing.reckoned_costs import By, cost_by, cost_cells, reckon_costs, shot_costs
from analytics.importers.history.exporting import export_history
from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from tests.analytics.costing.exported_costs import ExportedFacts, Line

AGREED = Decimal("0.000001")
"""Far below a cent: sums of a few thousand lines that are each kept to twelve decimals."""

CURRENCIES = ("USD", "CAD", "GBP")
DAYS = st.integers(0, 90).map(lambda days: date(2026, 1, 1) + timedelta(days))
WORKFLOWS = st.sampled_from(["", "traditional", "ai", "hybrid"])
NAMED_WORKFLOWS = st.sampled_from(["traditional", "ai", "hybrid"])
HOURS = st.decimals("0.01", "300", places=2)
MONEY = st.decimals("-5000", "90000", places=2)
EXCHANGES = st.decimals("0.1", "9", places=4)
EXCHANGED = (("USD", "CAD"), ("CAD", "USD"), ("USD", "GBP"), ("GBP", "CAD"))
RESOURCES = (
    "labour", "labour:comp", "labour:comp:senior", "labour:fx", "machine", "machine:cpu", "machine:gpu", "energy",
    "api:veo-3.1", "licence:nuke:comp", "licence:houdini:fx",
)  # fmt: skip
PRICES = st.decimals("0.01", "900", places=3)


@st.composite
def bundles(draw: Callable[..., Any]) -> dict[str, list[dict[str, Any]]]:
    """A few productions with everything that costs, and rates and exchanges with gaps."""
    production_ids = [f"P{number}" for number in range(draw(st.integers(1, 3)))]
    shot_ids = [f"S{number}" for number in range(draw(st.integers(1, 6)))]
    tables: dict[str, list[dict[str, Any]]] = {
        "productions": [
            {"production_id": id_, "name": id_, "currency": draw(st.sampled_from(CURRENCIES)), "fps": "24",
             "territory": draw(st.sampled_from(["", "US", "CA-BC"])), "started_on": "2026-01-01"}
            for id_ in production_ids
        ],
        "shots": [
            {"shot_id": id_, "production_id": draw(st.sampled_from(production_ids)), "code": id_, "cut_frames": 48,
             "sequence": draw(st.sampled_from(["", "A", "B"])), "final_on": draw(st.sampled_from(["", "2026-02-20"]))}
            for id_ in shot_ids
        ],
        "assignments": [
            {"shot_id": id_, "workflow": draw(NAMED_WORKFLOWS), "started_on": day, "outcome": "open"}
            for id_ in shot_ids
            for day in sorted(draw(st.sets(DAYS, max_size=2)))
        ],
        "work_entries": [
            {"work_entry_id": f"W{number}", "shot_id": draw(st.sampled_from(shot_ids)), "workflow": draw(WORKFLOWS),
             "department": draw(st.sampled_from(["comp", "fx", "roto"])),
             "seniority": draw(st.sampled_from(["", "Senior"])), "vendor": draw(st.sampled_from(["", "north"])),
             "territory": draw(st.sampled_from(["", "CA-QC", "GB"])), "worked_on": draw(DAYS),
             "people_hours": draw(HOURS)}
            for number in range(draw(st.integers(0, 14)))
        ],
        "renders": [
            {"render_id": f"R{number}", "shot_id": draw(st.sampled_from(shot_ids)), "workflow": draw(NAMED_WORKFLOWS),
             "hardware": draw(st.sampled_from(["", "machine:cpu", "machine:gpu:h200"])),
             "model": draw(st.sampled_from(["", "veo-3.1"])), "started_at": draw(st.sampled_from(["", "day"])),
             "wall_seconds": draw(st.decimals("0", "50000", places=1)),
             "generated_seconds": draw(st.sampled_from(["", "8", "40.5"])),
             "energy_joules": draw(st.sampled_from(["", "720000"]))}
            for number in range(draw(st.integers(0, 8)))
        ],
        "charges": [
            {"charge_id": f"C{number}", "production_id": production_id, "shot_id": shot_id, "workflow": draw(WORKFLOWS),
             "category": draw(st.sampled_from(["consent", "storage"])), "amount": draw(MONEY),
             "currency": draw(st.sampled_from(CURRENCIES)), "charged_on": draw(DAYS)}
            for number, (production_id, shot_id) in enumerate(
                draw(st.lists(st.tuples(st.sampled_from(production_ids), st.just("")), max_size=4))
            )
        ],
        "fx_rates": [
            {"from_currency": one, "to_currency": other, "rate": draw(EXCHANGES), "valid_from": day}
            for one, other in draw(st.sets(st.sampled_from(EXCHANGED)))
            for day in sorted(draw(st.sets(DAYS, min_size=1, max_size=2)))
        ],
    }  # fmt: skip
    for row in tables["renders"]:
        row["started_at"] = row["started_at"] and f"{draw(DAYS)}T10:00:00Z"
    for number in range(draw(st.integers(0, 4))):
        shot = draw(st.sampled_from(tables["shots"]))
        tables["charges"].append(
            {"charge_id": f"D{number}", "production_id": shot["production_id"], "shot_id": shot["shot_id"],
             "workflow": draw(WORKFLOWS), "category": "api", "amount": draw(MONEY),
             "currency": draw(st.sampled_from(CURRENCIES)), "charged_on": draw(DAYS)}
        )  # fmt: skip
    units = {"labour": ("hour", "day"), "machine": ("second", "hour", "day"), "energy": ("kwh",), "api": ("second",),
             "licence": ("hour", "day", "month")}  # fmt: skip
    subjects = draw(
        st.sets(
            st.tuples(
                st.sampled_from(RESOURCES),
                st.sampled_from(["", "CA", "CA-BC"]),
                st.sampled_from(["", "north"]),
            ),
            max_size=14,
        )
    )  # fmt: skip
    tables["rates"] = [
        {"resource": resource, "unit": draw(st.sampled_from(units[resource.split(":")[0]])), "price": draw(PRICES),
         "currency": draw(st.sampled_from(CURRENCIES)), "territory": territory,
         "vendor": "" if resource.split(":")[0] in ("machine", "energy", "api") else vendor,
         "valid_from": first, "valid_to": then}
        for resource, territory, vendor in sorted(subjects)
        for first, then in draw(st.sampled_from([
            [("2026-01-01", "")], [("2026-01-01", "2026-02-01"), ("2026-02-01", "")], [("2026-01-20", "2026-03-10")],
        ]))
    ]  # fmt: skip
    return tables


def _write(tables: dict[str, list[dict[str, Any]]], folder: Path) -> None:
    folder.mkdir()
    for name, rows in tables.items():
        distinct: dict[Any, dict[str, Any]] = {id(row): row for row in rows}
        if name == "rates":
            # Two vendors' rates of what has no vendor would be one rate twice.
            distinct = {(row["resource"], row["territory"], row["vendor"], row["valid_from"]): row for row in rows}
        if rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as content:
                writer = csv.DictWriter(content, rows[0])
                writer.writeheader()
                writer.writerows(distinct.values())


def _by(lines: list[Line], key: Callable[[Line], Any]) -> dict[Any, Decimal]:
    sums: dict[Any, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.cost is not None:
            sums[key(line)] += line.cost
    return dict(sums)


def _same(found: dict[Any, Decimal | None], expected: dict[Any, Decimal]) -> None:
    known = {key: cost for key, cost in found.items() if cost is not None}
    assert set(expected) == set(known)
    for key, cost in expected.items():
        assert abs(known[key] - cost) <= AGREED, (key, known[key], cost)


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(tables=bundles())
def test_every_total_agrees_with_the_exported_facts(tables: dict[str, list[dict[str, Any]]]) -> None:
    with tempfile.TemporaryDirectory() as folder, localcontext() as arithmetic:
        arithmetic.prec = 50
        _write(tables, Path(folder, "bundle"))
        ledger = Ledger.open(Path(folder, "studio.duckdb"))
        import_history(ledger, Path(folder, "bundle"))
        export_history(ledger, Path(folder, "exported"))
        facts = ExportedFacts(Path(folder, "exported"))
        if not facts.rates:
            return
        lines = facts.lines()
        spread = facts.shared_out(lines)
        for production_id in facts.productions:
            _hold(ledger, facts.productions[production_id], lines, spread)


def _hold(ledger: Ledger, production: dict[str, str], every: list[Line], every_spread: list[Line]) -> None:
    """All totals of one production, in its own currency."""
    production_id = production["production_id"]
    lines = [line for line in every if line.production_id == production_id]
    spread = [line for line in every_spread if line.production_id == production_id]
    reckoning = reckon_costs(ledger, "history")
    expected: dict[By, dict[Any, Decimal]] = {
        By.PRODUCTION: {production["name"]: _total(lines)} if any(line.cost is not None for line in lines) else {},
        By.MONTH: _by(lines, lambda line: line.month or None),
        By.KIND: _by(spread, lambda line: line.kind),
        By.SEQUENCE: _by(spread, lambda line: line.sequence or None),
        By.SHOT: _by(spread, lambda line: line.shot_id or None),
        By.ARM: _by(spread, lambda line: line.arm or None),
        By.WORKFLOW: _by(spread, lambda line: line.workflow or None),
        By.DEPARTMENT: _by(spread, lambda line: line.part if line.kind == "people" else line.kind),
    }
    for by in By:
        rows = cost_by(ledger, reckoning, by, production["currency"], production_ids=[production_id])
        assert sum(row.missing_count for row in rows) == sum(line.cost is None for line in lines)
        _same({row.shot_id if by is By.SHOT else row.label: row.cost for row in rows}, expected[by])
    unknown = {line.shot_id for line in spread if line.cost is None}
    frame = shot_costs(ledger, reckoning, production["currency"], production_ids=[production_id])
    gross = {shot_id: cost for shot_id, cost in expected[By.SHOT].items() if shot_id and shot_id not in unknown}
    _same(dict(zip(frame["shot_id"], frame["cost_gross"], strict=True)), gross)
    cells = cost_cells(ledger, reckoning, production_ids=[production_id])
    known = sum((cost for cost in cells["cost"] if cost is not None), Decimal(0))
    assert abs(known - _total(lines)) <= AGREED


def _total(lines: list[Line]) -> Decimal:
    return sum((line.cost for line in lines if line.cost is not None), Decimal(0))
