"""Curves of a ledger: what the shots to be made, the slate made again, or the next production would take."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analytics.costing.currency_named import currency_named
from analytics.costing.incentive_plan import IncentivePlan
from analytics.costing.net_costs import net_costs
from analytics.costing.productions_named import production_ids_named
from analytics.costing.rate_choice import Rates
from analytics.costing.reckoned_costs import CostReckoning, reckon_costs
from analytics.costing.territory_plan import territory_plan
from analytics.estimation.what_if.drawing_curves import (
    NEW_PRODUCTION,
    NetShares,
    PastSlate,
    comparable,
    kind_curves,
    learn_slate,
)
from analytics.estimation.what_if.share_curves import Scope, ShareCurves
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import reckon_shots, slate_shots
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin

if TYPE_CHECKING:
    from pandas import DataFrame

FEWEST_SHOTS = 20
"""Finished shots of either workflow; with fewer there is nothing to tell them apart by."""
NO_PLAN = "Costs are gross: no incentive is known for the territories of these productions."
_DAYS_A_WEEK = 7.0


def share_curves(
    ledger: Ledger,
    *,
    rates: Rates | Sequence[Rates] | None = None,
    plan: IncentivePlan | None = None,
    plan_notes: Sequence[str] = (),
    productions: Sequence[str] = (),
    currency: str | None = None,
    with_synthetic: bool = False,
    said: Callable[[str], None] | None = None,
    seed: int = 0,
) -> dict[Scope, ShareCurves]:
    """What shots would take at every share of AI, for each scope that there are shots for.

    Parameters
    ----------
    plan
        Incentives that costs are net of. What is left of a cost of either arm is taken to stay as it is in each
        production; thresholds that more or less AI would cross are not looked at.
    plan_notes
        What the plan takes for granted; handed on.

    Raises
    ------
    InputRefused
        If there are too few finished shots of either workflow, or a production, card or plan cannot be used.
    LedgerError
        If the ledger cannot be read or brought up to date.
    """
    ids = production_ids_named(ledger, productions)
    shots = slate_shots(ledger, production_ids=ids, with_synthetic=with_synthetic, said=said)
    _refuse_too_few(ledger, comparable(shots) if len(shots) else shots)
    reckoning = reckon_costs(ledger, rates, production_ids=ids, with_synthetic=with_synthetic, said=said)
    currency = currency_named(ledger, currency, ids)
    shots = _with_costs(ledger, shots, reckoning, currency, ids, with_synthetic)
    if said:
        said("learning what shots of each workflow take")
    past = learn_slate(shots, seed=seed)
    net_shares = None if plan is None else _net_shares(ledger, reckoning, plan, set(past.shots["production_id"]))
    found: dict[Scope, ShareCurves] = {}
    for scope in Scope:
        asked, left_out = _asked(shots, past, scope, seed)
        if len(asked):
            kinds = kind_curves(past, asked, net_shares, seed=seed)
            found[scope] = _curves(scope, currency, kinds, asked, shots, past, left_out, plan_notes)
    return found


def share_curves_by_territory(
    ledger: Ledger, *, with_synthetic: bool = False, said: Callable[[str], None] | None = None
) -> dict[Scope, ShareCurves]:
    """The same net of the incentives that the territories of the productions pay, where that can be worked out.

    Raises
    ------
    InputRefused, LedgerError
        As `share_curves`.
    """
    reckon_shots(ledger, said)
    incentives = territory_plan(ledger, with_synthetic=with_synthetic)
    try:
        return share_curves(
            ledger,
            plan=incentives.plan,
            plan_notes=incentives.assumed or (NO_PLAN,),
            with_synthetic=with_synthetic,
            said=said,
        )
    except InputRefused as refused:
        if incentives.plan is None:
            raise
        # What incentives cannot be worked out from says nothing against gross costs.
        why = tuple(f"Costs are gross: incentives cannot be worked out. {problem}" for problem in refused.problems[:2])
        return share_curves(ledger, plan_notes=why, with_synthetic=with_synthetic, said=said)


def _refuse_too_few(ledger: Ledger, past: "DataFrame") -> None:
    finished = past[past["status"] == "final"] if len(past) else past
    counts = {arm: int((finished["arm"] == arm).sum()) if len(past) else 0 for arm in ("ai", "traditional")}
    if min(counts.values()) < FEWEST_SHOTS:
        raise InputRefused(
            "ledger",
            ledger.path.name,
            f"holds {counts['ai']} finished AI shots and {counts['traditional']} traditional ones; a what-if needs "
            f"{FEWEST_SHOTS} of each",
            "import the past of a production: shotledger import history",
        )


def _with_costs(
    ledger: Ledger,
    shots: "DataFrame",
    reckoning: CostReckoning,
    currency: str,
    production_ids: Sequence[str] | None,
    with_synthetic: bool,
) -> "DataFrame":
    """Beside each shot ``cost_gross`` and ``cost_people``, as floats; not known as soon as one part has no price."""
    costs = ledger.ask(
        "costs_by_shot",
        rate_card_id=reckoning.rate_card_id,
        currency=currency,
        production_ids=None if production_ids is None else list(production_ids),
        with_synthetic=with_synthetic,
    )
    known = costs[costs["shot_id"].notna() & (costs["missing_count"] == 0)]
    known = known.assign(cost_gross=known["cost"].astype("float64"), cost_people=known["people_cost"].astype("float64"))
    return shots.merge(known[["shot_id", "cost_gross", "cost_people"]], on="shot_id", how="left")


def _net_shares(ledger: Ledger, reckoning: CostReckoning, plan: IncentivePlan, production_ids: set[Any]) -> NetShares:
    """What incentives leave of a cost, by production and the arm of its shots; ``None`` is all productions together."""
    cells = ledger.ask("production_cost_cells", rate_card_id=reckoning.rate_card_id, with_synthetic=True)
    cells = cells[cells["production_id"].isin(production_ids)]
    net = net_costs(ledger, cells, plan).cells
    net = net[net["arm"].isin(("ai", "traditional")) & net["cost"].notna()]
    net = net.assign(cost=net["cost"].astype("float64"), net=net["net"].astype("float64"))
    shares: dict[tuple[str | None, str], float] = {}
    for by in (["production_id", "arm"], ["arm"]):
        for key, sums in net.groupby(by)[["cost", "net"]].sum().iterrows():
            production_id, arm = key if isinstance(key, tuple) else (None, key)
            if sums["cost"] > 0:
                shares[production_id, str(arm)] = float(sums["net"] / sums["cost"])
    return shares


def _asked(shots: "DataFrame", past: PastSlate, scope: Scope, seed: int) -> "tuple[DataFrame, Mapping[str, int]]":
    """The shots of a scope, and what is left out of it by the reason."""
    import numpy as np

    enabled = shots["enabled"].astype(bool)
    waiting = shots[shots["arm"].isna() & (shots["status"] == "open") & shots["people_hours"].isna()]
    match scope:
        case Scope.REMAINING:
            begun = int(((shots["status"] == "open") & shots["arm"].notna() & ~enabled).sum())
            asked, reasons = (
                waiting[~waiting["enabled"].astype(bool)],
                {"begun already: their workflow is decided": begun},
            )
        case Scope.SLATE:
            reasons = {
                "not begun yet": len(waiting),
                "enabled by AI: they could not be made otherwise": int(enabled.sum()),
                "omitted: sunk cost": int((shots["status"] == "omitted").sum()),
                "made both ways": int(shots["made_both_ways"].astype(bool).sum()),
                "hybrid: neither AI nor traditional": int((shots["arm"] == "hybrid").sum()),
            }
            asked = past.shots
        case Scope.NEXT_PRODUCTION:
            sizes = past.shots["production_id"].value_counts()
            places = np.random.default_rng([seed, 3]).permutation(len(past.shots))[: int(sizes.median())]
            asked, reasons = past.shots.iloc[np.sort(places)], {}
            asked = asked.assign(production_id=NEW_PRODUCTION, arm=None, main_vendor=None, title_id=None)
    return asked.reset_index(drop=True), {why: count for why, count in reasons.items() if count}


def _curves(
    scope: Scope,
    currency: str,
    kinds: tuple[Any, ...],
    asked: "DataFrame",
    shots: "DataFrame",
    past: PastSlate,
    left_out: Mapping[str, int],
    plan_notes: Sequence[str],
) -> ShareCurves:
    finished = past.shots[past.shots["status"] == "final"]
    really = asked["cost_gross"] if scope is Scope.SLATE else None
    shares = past.shots["weakest_origin"].value_counts(normalize=True)
    return ShareCurves(
        scope=scope,
        currency=currency,
        kinds=kinds,
        really_cost=Decimal(round(float(really.sum()))) if really is not None and really.notna().all() else None,
        really_took_hours=float(asked["people_hours"].sum()) if scope is Scope.SLATE else None,
        still_open=int((asked["status"] == "open").sum()) if scope is Scope.SLATE else 0,
        hours_per_week=_hours_per_week(past.shots, one_production=scope is Scope.NEXT_PRODUCTION),
        facts_end_on=_last_day(shots),
        n_past_shots=len(finished),
        n_past_ai=int((finished["arm"] == "ai").sum()),
        n_productions=int(finished["production_id"].nunique()),
        left_out=left_out,
        origins={Origin(str(name)): float(share) for name, share in shares.items()},
        plan_notes=tuple(plan_notes),
    )


def _hours_per_week(past: "DataFrame", *, one_production: bool) -> float:
    """People-hours over the weeks from the first fact to the last: of the slate, or of its middle production."""
    import pandas as pd

    first, last = pd.to_datetime(past["first_fact_on"]), pd.to_datetime(past["last_fact_on"])
    whose = past["production_id"] if one_production else pd.Series("slate", index=past.index)
    weeks = (last.groupby(whose).max() - first.groupby(whose).min()).dt.days.clip(lower=7) / _DAYS_A_WEEK
    return float((past["people_hours"].groupby(whose).sum() / weeks).median())


def _last_day(shots: "DataFrame") -> date | None:
    import pandas as pd

    last = pd.to_datetime(shots["last_fact_on"]).max()
    return None if pd.isna(last) else last.date()
