"""Cost cells and small ledgers with productions and exchange rates, as the tests of net costs need them."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pandas import DataFrame

from analytics.costing.incentive_plan import IncentiveClaim, IncentivePlan, programmes_by_name
from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.money import Money

COLUMNS = [
    "production_id",
    "shot_id",
    "arm",
    "workflow",
    "cost_kind",
    "part",
    "territory",
    "vendor",
    "currency",
    "cost",
]


def ledger_with(folder: Path, *productions: str, fx: str = "") -> Ledger:
    """A ledger that holds these productions, each written ``id,currency,territory,started_on``."""
    bundle = folder / "bundle"
    bundle.mkdir(parents=True)
    rows = [f"{row.split(',')[0]} the series,{row},24" for row in productions]
    (bundle / "productions.csv").write_text("\n".join(["name,production_id,currency,territory,started_on,fps", *rows]))
    (bundle / "shots.csv").write_text("shot_id,production_id,code,cut_frames\n")
    if fx:
        (bundle / "fx_rates.csv").write_text(f"from_currency,to_currency,rate,valid_from\n{fx}\n")
    ledger = Ledger.open(folder / "shots.duckdb")
    import_history(ledger, bundle)
    return ledger


def cell(production: str | None, shot: str | None, cost: str | None, **more: Any) -> dict[str, Any]:
    """One cost cell: one's own people in British Columbia, unless said otherwise."""
    known = {
        "arm": "traditional",
        "cost_kind": "people",
        "part": "comp",
        "territory": "CA-BC",
        "vendor": None,
        "currency": "CAD",
    }
    row = {
        **known,
        **more,
        "production_id": production,
        "shot_id": shot,
        "cost": None if cost is None else Decimal(cost),
    }
    return {"workflow": row["arm"], **row}


def cells(*rows: Mapping[str, Any]) -> DataFrame:
    """A frame of cells, typed as the ledger's answers are."""
    frame = DataFrame(list(rows), columns=COLUMNS)
    return frame.assign(cost=frame["cost"].astype(object))


def plan(*programmes: str, productions: Mapping[str, IncentiveClaim] | None = None, **said: Any) -> IncentivePlan:
    """A plan for all productions; figures as ``budget="10000000 EUR"``, shares as text."""
    figures = {name: Money.of(*text.split()) for name, text in said.pop("figures", {}).items()}
    vendors = {name: Decimal(share) for name, share in said.pop("vendor_labour_share", {}).items()}
    if "labour_share" in said:
        said["labour_share"] = Decimal(said["labour_share"])
    claim = IncentiveClaim(programmes=programmes, figures=figures, vendor_labour_share=vendors, **said)
    return IncentivePlan("plan.toml", programmes_by_name(), claim, productions or {})
