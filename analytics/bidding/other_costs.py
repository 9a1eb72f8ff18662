"""What machines, generators, software of renders and bills cost in past productions, for each frame, second or day."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analytics.bidding.price_book import OtherCost, ProductionRatio
from analytics.costing.exchange import reporting_rates
from analytics.costing.reckoned_costs import cost_cells, reckon_costs
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import Said
from analytics.vocabulary.bid import LineKind
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.shot import Complexity
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from pandas import DataFrame

ENOUGH_SHOTS = 10
"""From so many finished shots of a complexity on, its machine time is told apart from that of all shots."""

_KINDS = {
    "machine": LineKind.MACHINE,
    "idle": LineKind.MACHINE,
    "energy": LineKind.MACHINE,
    "licence": LineKind.LICENCE,
    "api": LineKind.API,
    "billed": LineKind.OTHER,
    "shared": LineKind.OTHER,
}
_UNITS = {LineKind.MACHINE: "frame", LineKind.LICENCE: "frame", LineKind.API: "second", LineKind.OTHER: "person_day"}
_WORDS = {
    LineKind.MACHINE: "Machine time with idle time and energy, for each frame worked on",
    LineKind.LICENCE: "Software of renders, for each frame worked on",
    LineKind.API: "Generated seconds, rejected ones too, for each second on screen",
    LineKind.OTHER: "Bills, consent and shared costs, for each person-day",
}
_OF_RENDERS = (LineKind.MACHINE, LineKind.LICENCE, LineKind.API)
_WEAKEST_FIRST = tuple(origin.value for origin in (Origin.SYNTHETIC, Origin.ASSUMED, Origin.IMPORTED, Origin.MEASURED))


def other_costs(
    ledger: Ledger,
    card_ids: Sequence[str],
    shots: "DataFrame",
    *,
    currency: str,
    hours_per_person_day: Decimal = Decimal(8),
    with_synthetic: bool = False,
    said: Said | None = None,
) -> tuple[tuple[OtherCost, ...], tuple[str, ...]]:
    """Ratios of past costs to what they grow with, by the workflow that shots were given to.

    Parameters
    ----------
    card_ids
        Recorded cards, by which the past is priced too.
    shots
        Past shots, with columns shot_id, production_id, arm, complexity, cut_frames, handle_frames, cut_seconds,
        people_hours and status. Only finished ones count: what an unfinished one costs is not known yet.

    Returns
    -------
    costs
        None of a kind that history does not hold.
    warnings
        In sentences.
    """
    finished = shots[(shots["status"] == "final") & shots["arm"].notna()]
    if finished.empty:
        return (), ()
    reckoning = reckon_costs(ledger, list(card_ids), said=said)
    names = sorted(set(finished["production_id"]))
    cells = cost_cells(ledger, reckoning, production_ids=names, with_synthetic=with_synthetic)
    cells = cells[cells["cost_kind"].isin(list(_KINDS)) & cells["shot_id"].isin(finished["shot_id"])]
    cells = cells[~((cells["cost_kind"] == "licence") & cells["part"].isin(_department_seats(ledger, card_ids)))]
    rates = reporting_rates(ledger, currency)
    without = sorted(name for name in names if rates.get(name) is None)
    finished = finished[~finished["production_id"].isin(without)]
    warnings = (
        (
            f"Machine and other costs of {', '.join(without)} are left out: the ledger has no exchange rate to "
            f"{currency}.",
        )
        if without
        else ()
    )
    return tuple(_ratios(finished, cells, rates, hours_per_person_day)), warnings


def _department_seats(ledger: Ledger, card_ids: Sequence[str]) -> list[str]:
    """Software whose seats are priced by people's days, which a bid prices so too."""
    resources = [
        row["resource"].split(":")
        for card_id in card_ids
        for row in ledger.ask_rows("rates_of_card", rate_card_id=card_id)
    ]
    return sorted({words[1] for words in resources if words[0] == "licence" and len(words) == 3})


def _ratios(
    finished: "DataFrame", cells: "DataFrame", rates: Mapping[str, Decimal | None], hours_per_person_day: Decimal
) -> Iterator[OtherCost]:
    cells = cells.assign(kind=cells["cost_kind"].map(_KINDS))
    rendering = set(cells.loc[cells["kind"].isin(_OF_RENDERS), "production_id"])
    amounts = {
        "frame": finished["cut_frames"] + 2 * finished["handle_frames"].fillna(0),
        "second": finished["cut_seconds"],
        "person_day": finished["people_hours"] / float(hours_per_person_day),
    }
    for kind, unit in _UNITS.items():
        own = cells[cells["kind"] == kind]
        unpriced = set(own.loc[own["cost"].isna(), "shot_id"])
        cost_of_shot = own[own["cost"].notna()].groupby("shot_id")["cost"].sum()
        counted = finished.assign(amount=amounts[unit].astype(float))
        # Where nobody recorded any render, machines did not cost nothing: it is not known what they cost.
        known = counted["production_id"].isin(rendering) if kind in _OF_RENDERS else counted["amount"].notna()
        counted = counted[known & (counted["amount"] > 0) & ~counted["shot_id"].isin(unpriced)]
        counted = counted.assign(cost=[cost_of_shot.get(shot_id, Decimal(0)) for shot_id in counted["shot_id"]])
        weakest = min((_weakest(row) for row in own[["fact_origin", "rate_origin"]].itertuples(index=False)),
                      key=_WEAKEST_FIRST.index, default=Origin.ASSUMED.value)  # fmt: skip
        for workflow in Workflow:
            of_workflow = counted[counted["arm"] == workflow.value]
            # Only machines depend on how hard a shot is beyond its length.
            for complexity in (None, *Complexity) if kind is LineKind.MACHINE else (None,):
                taken = (
                    of_workflow if complexity is None else of_workflow[of_workflow["complexity"] == complexity.value]
                )
                if taken.empty or (complexity is not None and len(taken) < ENOUGH_SHOTS):
                    continue
                productions = tuple(_by_production(taken, rates))
                if any(each.cost for each in productions):
                    yield OtherCost(kind, workflow, complexity, unit, _WORDS[kind], weakest, len(taken), productions)


def _by_production(taken: "DataFrame", rates: Mapping[str, Decimal | None]) -> Iterator[ProductionRatio]:
    for name, shots in taken.groupby("production_id"):
        rate = rates[str(name)]
        assert rate is not None  # productions without one are left out
        cost = sum(shots["cost"].to_list(), Decimal(0)) * rate
        yield ProductionRatio(str(name), cost.quantize(Decimal("0.000001")), float(shots["amount"].sum()))


def _weakest(origins: Any) -> str:
    return min((origin for origin in origins if isinstance(origin, str)), key=_WEAKEST_FIRST.index)
