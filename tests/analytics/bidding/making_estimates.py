"""Estimates without an estimator, shot lists and small ledgers for tests of bids."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from pandas import DataFrame

from analytics.bidding.bid_terms import BidTerms
from analytics.costing.rate_cards import rate_card_id
from analytics.estimation.estimate import Estimate, Rests
from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.bid import Basis
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot, ShotList
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate, RateCard
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

FPS = FrameRate.parse("24")
ON = date(2026, 11, 2)
SHARES = {
    Workflow.TRADITIONAL: {"roto": 0.25, "fx": 0.35, "comp": 0.3, "ai": 0.0, "supervision": 0.1},
    Workflow.AI: {"roto": 0.1, "fx": 0.0, "comp": 0.4, "ai": 0.45, "supervision": 0.05},
}


def listed(code: str, cut_frames: int = 96, **more: Any) -> ListedShot:
    """A medium shot with eight frames of handles, unless said otherwise."""
    known = {"handle_frames": 8, "sequence": code[:3], "kind": ShotKind.DESTRUCTION, "complexity": Complexity.MEDIUM}
    return ListedShot(f"list.csv, line {code}", code, cut_frames, **{**known, **more})


def shot_list(*shots: ListedShot, name: str = "list.csv", fps: FrameRate = FPS) -> ShotList:
    return ShotList(name, "csv", "0" * 64, fps, shots)


def invented_estimate(
    shots: Sequence[ListedShot],
    *,
    outcomes: int = 500,
    seed: int = 1,
    ai_probability: float = 0.4,
    shares: Mapping[Workflow, Mapping[str, float]] = SHARES,
) -> Estimate:
    """Hours that grow with frames and share what a production and a shot share; AI takes 60 per cent of the other."""
    rng = np.random.default_rng(seed)
    production = rng.normal(0, 0.2, (outcomes, 1))
    own = rng.normal(0, 0.5, (outcomes, len(shots)))
    size = np.array([0.6 * shot.work_frames for shot in shots])
    traditional = size * np.exp(production + own)
    in_ai = rng.random((outcomes, len(shots))) < ai_probability
    for number, shot in enumerate(shots):
        if shot.workflow is not None:
            in_ai[:, number] = shot.workflow is not Workflow.TRADITIONAL
        elif shot.ai_allowed is False:
            in_ai[:, number] = False
    hours = {Workflow.TRADITIONAL: traditional, Workflow.AI: 0.6 * traditional}
    workflows = tuple(
        shot.workflow or (Workflow.AI if share > 0.5 else Workflow.TRADITIONAL)
        for shot, share in zip(shots, in_ai.mean(axis=0), strict=True)
    )
    if Workflow.HYBRID in workflows:
        hours[Workflow.HYBRID] = 0.8 * traditional
    by_workflow = {
        workflow: DataFrame([dict(shares.get(workflow, shares[Workflow.AI]))] * len(shots)) for workflow in hours
    }
    nothing: tuple[tuple[str, ...], ...] = ((),) * len(shots)
    return Estimate(
        tuple(shots), hours, in_ai, workflows, by_workflow, (Basis.POOLED,) * len(shots), nothing, nothing,
        Rests(120, 4, 30, date(2026, 6, 1)),
    )  # fmt: skip


def terms(**more: Any) -> BidTerms:
    known: dict[str, Any] = {
        "production_id": "P12",
        "production_name": "The Flood",
        "name": "first cut",
        "fps": FPS,
        "created_at": datetime(2026, 11, 2, 9, tzinfo=UTC),
        "shot_list_name": "list.csv",
        "shot_list_sha256": "0" * 64,
    }
    return BidTerms(**{**known, **more})


def rate(resource: str, unit: str, price: str, currency: str = "USD", **more: Any) -> Rate:
    known: dict[str, Any] = {"valid_from": date(2020, 1, 1), "valid_to": None, "source": "invented"}
    return Rate(resource, unit, Decimal(price), currency, origin=Origin.ASSUMED, **{**known, **more})


def card(*rates: Rate, name: str = "test") -> RateCard:
    return RateCard(rate_card_id(name, rates[0].currency, rates), name, rates[0].currency, rates)


def studio_ledger(folder: Path, **tables: list[dict[str, object]]) -> Ledger:
    """A ledger with what a history bundle of these tables brings."""
    bundle = folder / "bundle"
    bundle.mkdir(parents=True, exist_ok=True)
    tables.setdefault(
        "productions",
        [{"production_id": "P1", "name": "One", "currency": "USD", "fps": "24", "territory": "CA-BC"}],
    )
    tables.setdefault("shots", [{"shot_id": "S1", "production_id": "P1", "code": "S1", "cut_frames": 48}])
    for name, rows in tables.items():
        with (bundle / f"{name}.csv").open("w", encoding="utf-8", newline="") as content:
            writer = csv.DictWriter(content, list(dict.fromkeys(key for row in rows for key in row)))
            writer.writeheader()
            writer.writerows(rows)
    ledger = Ledger.open(folder / "studio.duckdb")
    import_history(ledger, bundle)
    return ledger
