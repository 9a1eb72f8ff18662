"""What the outcomes of an estimate cost: the same outcomes in money, for ranges and for the choice of a mix."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.bidding.price_book import SUPERVISING, OtherCost, PriceBook, PriceKind
from analytics.estimation.estimate import Estimate
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.shot import Complexity
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import numpy as np

    from analytics.estimation.estimate import Draws

USUAL_COMPLEXITY = Complexity.MEDIUM
"""Of a shot whose list does not say; such a shot is flagged."""


@dataclass(frozen=True)
class CostOutcomes:
    """Direct cost with supervision and overhead, without contingency and margin, in the book's currency.

    Attributes
    ----------
    by_workflow
        Shape (outcomes, shots): what each shot costs if made so; NaN where a price is missing.
    cost
        The same in the workflow that the shot is made by in that outcome.
    """

    by_workflow: "Mapping[Workflow, Draws]"
    cost: "Draws"


def price_outcomes(
    estimate: Estimate, book: PriceBook, fps: FrameRate, *, territory: str | None = None, seed: int = 0
) -> CostOutcomes:
    """Price every outcome; floats, because no cent of a range is known.

    Parameters
    ----------
    territory
        Of shots whose list names none.
    """
    import numpy as np

    rng = np.random.default_rng((seed, 7))
    shots = estimate.shots
    cost: dict[Workflow, Draws] = {}
    for workflow, hours in estimate.hours_by_workflow.items():
        per_hour = _price_of_an_hour(estimate, workflow, book, territory)
        cost[workflow] = hours * per_hour
        per_day = hours / float(book.hours_per_person_day)
        amounts = {
            "frame": np.array([float(shot.work_frames) for shot in shots]),
            "second": np.array([fps.seconds(shot.cut_frames) for shot in shots]),
            "person_day": per_day,
        }
        positions: dict[str, Draws] = {}
        for others in _by_complexity(shots, book, workflow):
            for other, chosen in others:
                # One position for a kind: a production whose machines are dear has them dear for easy and hard shots.
                if other.kind not in positions:
                    positions[other.kind] = rng.random(len(hours))
                ratio = other.outcomes(positions[other.kind])
                cost[workflow] += ratio[:, None] * amounts[other.unit] * chosen
    return CostOutcomes(cost, estimate.as_made(cost))


def made_so(estimate: Estimate) -> "dict[Workflow, np.ndarray[Any, np.dtype[np.bool_]]]":
    """By workflow, shape (outcomes, shots): whether the shot is made by it in that outcome."""
    import numpy as np

    hybrid = np.array([workflow is Workflow.HYBRID for workflow in estimate.workflows])
    sides = {
        Workflow.TRADITIONAL: ~estimate.in_ai & ~hybrid,
        Workflow.AI: estimate.in_ai & ~hybrid,
        Workflow.HYBRID: np.broadcast_to(hybrid, estimate.in_ai.shape),
    }
    return {workflow: made for workflow, made in sides.items() if workflow in estimate.hours_by_workflow}


def complexity_of(shot: ListedShot) -> Complexity:
    """How hard a shot is taken to be."""
    return shot.complexity or USUAL_COMPLEXITY


def territory_of(shot: ListedShot, otherwise: str | None) -> str | None:
    """Where a shot's work is paid."""
    return shot.territory or otherwise


def _by_complexity(
    shots: Sequence[ListedShot], book: PriceBook, workflow: Workflow
) -> "Iterator[list[tuple[OtherCost, np.ndarray[Any, np.dtype[np.bool_]]]]]":
    """What else shots cost, and which shots."""
    import numpy as np

    for complexity in (None, *Complexity):
        chosen = np.array([shot.complexity is complexity for shot in shots])
        if chosen.any():
            yield [(other, chosen) for other in book.other_costs(workflow, complexity)]


def _price_of_an_hour(
    estimate: Estimate, workflow: Workflow, book: PriceBook, territory: str | None
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """What an hour on each shot costs by its departments, with seats, supervision and overhead; NaN where unknown."""
    import numpy as np

    shares = estimate.department_shares[workflow]
    departments = [str(name) for name in shares.columns]
    weights = shares.to_numpy(dtype=float)
    found = np.empty(len(estimate.shots))
    prices: dict[tuple[str | None, str | None], Draws] = {}
    for number, shot in enumerate(estimate.shots):
        subject = (shot.vendor, territory_of(shot, territory))
        if subject not in prices:
            prices[subject] = np.array([_day_price(book, name, *subject) for name in departments])
        worked = weights[number] > 0
        found[number] = weights[number][worked] @ prices[subject][worked]
    return found / float(book.hours_per_person_day)


def _day_price(book: PriceBook, department: str, vendor: str | None, territory: str | None) -> float:
    """A person-day with everything that is priced by it."""
    labour = book.labour(department, vendor, territory)
    seats = book.all_of(PriceKind.LICENCE, department, vendor, territory)
    if labour is None or labour.amount is None or any(seat.amount is None for seat in seats):
        return float("nan")
    on_top = 1.0
    for kind in (PriceKind.SUPERVISION, PriceKind.OVERHEAD):
        share = book.share(kind, vendor, territory)
        if share is not None and not (kind is PriceKind.SUPERVISION and department.lower() in SUPERVISING):
            on_top += float(share.amount or 0)
    return float(labour.amount) * on_top + sum(float(seat.amount or 0) for seat in seats)
