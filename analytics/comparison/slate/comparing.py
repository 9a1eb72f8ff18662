"""Compares the two workflows over the shots of a ledger: reads what they took and cost, and hands it to the methods."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from analytics.comparison.figures import Clock
from analytics.comparison.slate.comparing_clocks import CONFIDENCE
from analytics.comparison.slate.results import SLATE_CLOCKS, Per
from analytics.comparison.slate.slate_comparison import SlateComparison, compare_shots
from analytics.costing.currency_named import currency_named
from analytics.costing.incentive_plan import IncentivePlan
from analytics.costing.productions_named import production_ids_named
from analytics.costing.rate_choice import Rates
from analytics.costing.reckoned_costs import CostReckoning, reckon_costs, shot_costs
from analytics.costing.shot_net_costs import shot_net_costs
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import slate_shots
from analytics.vocabulary.errors import InputRefused

if TYPE_CHECKING:
    from pandas import DataFrame

_GROSS = ["cost_gross", "cost_gross_ai", "cost_gross_traditional"]
_NET = ["cost_net", "cost_net_ai", "cost_net_traditional"]


def compare_slate(
    ledger: Ledger,
    clocks: Sequence[Clock] = SLATE_CLOCKS,
    *,
    rates: Rates | Sequence[Rates] | None = None,
    plan: IncentivePlan | None = None,
    productions: Sequence[str] = (),
    currency: str | None = None,
    per: Per = Per.SHOT,
    further: Sequence[str] = (),
    confidence: float = CONFIDENCE,
    with_synthetic: bool = False,
    said: Callable[[str], None] | None = None,
) -> SlateComparison:
    """Hold AI shots against comparable traditional ones.

    Parameters
    ----------
    rates
        What costs are priced by; ``None``: the studio's own rates, filled up by the card that comes with Shotledger.
    plan
        The incentives that costs are net of. Without one, the net cost cannot be told.
    productions
        Ids or names; empty: all.
    currency
        Of costs; ``None``: that of most shots.
    further
        Features to adjust for besides those that always are: columns of the slate, or attributes that came with shots.
    with_synthetic
        Whether demonstration shots count beside real ones. Without real ones they always do, and it is said.
    said
        Is told, in a sentence, what lasts longer than a moment.

    Raises
    ------
    InputRefused
        If a production or feature is unknown, a card or a plan cannot be used, or there is no shot to compare.
    LedgerError
        If the ledger cannot be read or brought up to date.
    """
    production_ids = production_ids_named(ledger, productions)
    shots = slate_shots(ledger, production_ids=production_ids, with_synthetic=with_synthetic, said=said)
    if not len(shots):
        raise InputRefused(
            "ledger", str(ledger.path), "holds no shot to compare", "render or import some: shotledger import history"
        )
    shots = _with_attributes(ledger, shots, further)
    notes = [f"One shot is n = 1: shotledger compare {shots['code'].iloc[0]}"] if len(shots) == 1 else []
    reckoning: CostReckoning | None = None
    if Clock.COST_GROSS in clocks or Clock.COST_NET in clocks:
        reckoning = reckon_costs(ledger, rates, production_ids=production_ids, with_synthetic=with_synthetic, said=said)
        currency = currency_named(ledger, currency, production_ids)
        shots = _with_costs(ledger, shots, reckoning, plan, currency, production_ids, with_synthetic)
        notes += [str(reckoning), *(str(each) for each in reckoning.missing)]
    if Clock.COST_NET in clocks and plan is None:
        notes.append("Net cost is not told: name the incentives that are claimed, with --incentive or --incentives.")
    return compare_shots(
        shots,
        clocks,
        per=per,
        further=further,
        confidence=confidence,
        currency=currency if reckoning else None,
        rate_card_id=reckoning.rate_card_id if reckoning else None,
        notes=notes,
        said=said,
    )


def _with_costs(
    ledger: Ledger,
    shots: "DataFrame",
    reckoning: CostReckoning,
    plan: IncentivePlan | None,
    currency: str,
    production_ids: Sequence[str] | None,
    with_synthetic: bool,
) -> "DataFrame":
    gross = shot_costs(ledger, reckoning, currency, production_ids=production_ids, with_synthetic=with_synthetic)
    shots = shots.merge(gross[["shot_id", *_GROSS]], on="shot_id", how="left")
    if plan is not None:
        net = shot_net_costs(
            ledger, reckoning, plan, currency, production_ids=production_ids, with_synthetic=with_synthetic
        )
        shots = shots.merge(net[["shot_id", *_NET]], on="shot_id", how="left")
    return shots.assign(**{column: shots[column].astype("float64") for column in (*_GROSS, *_NET) if column in shots})


def _with_attributes(ledger: Ledger, shots: "DataFrame", names: Sequence[str]) -> "DataFrame":
    """The columns of their own that shots were imported with, as far as they are asked for."""
    asked = [name for name in names if name not in shots]
    if not asked:
        return shots
    found = ledger.ask("shot_attributes", names=asked)
    return shots.merge(
        found.pivot(index="shot_id", columns="name", values="value"), left_on="shot_id", right_index=True, how="left"
    )
