"""Everything that stands on the page of the slate, asked once: comparison, saving, quality, and which incentives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from analytics.comparison.figures import Clock
from analytics.comparison.slate.comparing import compare_slate
from analytics.comparison.slate.quality_by_kind import KindQuality, quality_by_kind
from analytics.comparison.slate.results import SLATE_CLOCKS
from analytics.comparison.slate.slate_comparison import SlateComparison
from analytics.comparison.slate.slate_saving import SlateSaving, scaled, slate_saving
from analytics.costing.reckoned_costs import By, cost_by, reckon_costs
from analytics.costing.territory_plan import TerritoryPlan, territory_plan
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import reckon_shots
from analytics.vocabulary.errors import InputRefused

MOST_SHOTS = 6_000
"""Of larger slates whole productions are drawn: more shots hardly narrow an interval, and fitting them fills memory."""


@dataclass(frozen=True)
class SlateOverview:
    """The slate.

    Attributes
    ----------
    shot_count, production_count
        Of the whole slate, drawn from or not.
    saving
        Of the whole slate; where productions were drawn, theirs scaled up by what all AI shots cost.
    drawn
        Ids of the productions that were compared; empty where all were.
    incentives
        What net costs are after; its plan is ``None`` where none could be made or used.
    notes
        Why there is no net, where there is none.
    """

    shot_count: int
    production_count: int
    comparison: SlateComparison
    saving: SlateSaving | None
    quality: tuple[KindQuality, ...]
    incentives: TerritoryPlan
    drawn: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def slate_overview(
    ledger: Ledger, *, with_synthetic: bool = False, said: Callable[[str], None] | None = None
) -> SlateOverview:
    """Compare the slate by every clock, net of the incentives that its territories pay.

    Raises
    ------
    InputRefused
        If there is no shot to compare.
    LedgerError
        If the ledger cannot be read, or has to be reckoned and cannot be written.
    """
    reckon_shots(ledger, said)
    counts = {
        row["production_id"]: row["shot_count"]
        for row in ledger.ask_rows("slate_productions", with_synthetic=with_synthetic)
    }
    drawn = drawn_productions(counts)
    incentives = territory_plan(ledger, with_synthetic=with_synthetic)
    notes = []
    try:
        comparison = _compared(ledger, incentives, drawn, with_synthetic, said)
    except InputRefused as refused:
        if incentives.plan is None:
            raise
        # What incentives cannot be worked out from says nothing against the other clocks.
        notes += [f"Incentives cannot be worked out: {problem}" for problem in refused.problems[:3]]
        incentives = TerritoryPlan(None, {}, (), ())
        comparison = _compared(ledger, incentives, drawn, with_synthetic, said)
    saving = slate_saving(comparison)
    if drawn:
        notes.append(
            f"{len(drawn):,} of the {len(counts):,} productions were drawn by lot and compared; more would hardly "
            "narrow an interval. What was saved is theirs, scaled up by what all AI shots cost."
        )
        saving = None if saving is None else scaled(saving, _share_of_ai_cost(ledger, drawn, with_synthetic))
    return SlateOverview(
        sum(counts.values()),
        len(counts),
        comparison,
        saving,
        quality_by_kind(ledger, with_synthetic=with_synthetic),
        incentives,
        drawn,
        tuple(notes),
    )


def drawn_productions(shot_counts: Mapping[str, int], most: int = MOST_SHOTS) -> tuple[str, ...]:
    """Productions to compare, drawn by lot, the same ones each time; none where all of them can be.

    Parameters
    ----------
    shot_counts
        Shots by production.
    """
    if sum(shot_counts.values()) <= most:
        return ()
    by_lot = sorted(shot_counts, key=lambda name: sha256(name.encode()).digest())
    chosen: list[str] = []
    total = 0
    for name in by_lot:
        if chosen and total + shot_counts[name] > most:
            break
        chosen.append(name)
        total += shot_counts[name]
    return tuple(sorted(chosen))


def _compared(
    ledger: Ledger,
    incentives: TerritoryPlan,
    drawn: Sequence[str],
    with_synthetic: bool,
    said: Callable[[str], None] | None,
) -> SlateComparison:
    clocks = SLATE_CLOCKS if incentives.plan else tuple(each for each in SLATE_CLOCKS if each is not Clock.COST_NET)
    return compare_slate(
        ledger, clocks, plan=incentives.plan, productions=drawn, with_synthetic=with_synthetic, said=said
    )


def _share_of_ai_cost(ledger: Ledger, drawn: Sequence[str], with_synthetic: bool) -> float:
    """Gross cost of the AI shots of some productions, over that of all."""
    reckoning = reckon_costs(ledger, with_synthetic=with_synthetic)
    sums = []
    for production_ids in (drawn, None):
        rows = cost_by(ledger, reckoning, By.ARM, production_ids=production_ids, with_synthetic=with_synthetic)
        sums.append(sum(row.cost or 0 for row in rows if row.label == "ai"))
    return float(sums[0] / sums[1]) if sums[1] else 1.0
