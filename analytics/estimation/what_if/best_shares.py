"""The share of AI that costs least, kind by kind, as far as past shots can tell; and why, in words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from analytics.estimation.what_if.chosen_shares import amounts
from analytics.estimation.what_if.share_curves import FEWEST_TRIED, ComplexityDifference, KindCurve, ShareCurves
from analytics.vocabulary.bid import Amounts

if TYPE_CHECKING:
    import numpy as np

    Draws = np.ndarray[Any, np.dtype[np.float64]]

SURE = 0.9
"""Share of the outcomes in which a move has to pay before it is called better."""
WORTH_MOVING = 0.01
"""Of a kind's cost: less than that is no reason to change anything."""


class Advice(StrEnum):
    """What to do with a kind of shot."""

    MORE = "more"
    LESS = "less"
    STAY = "stay"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class BestShare:
    """The best share of one kind.

    Attributes
    ----------
    share
        Per cent; as so far where another one is not surely better.
    change
        Of the cost against so far, net where incentives are claimed; minus is less.
    why
        One or two sentences.
    """

    kind: str
    advice: Advice
    share: int
    so_far: int
    change: Amounts
    saves_chance: float | None
    why: str


def best_shares(curves: ShareCurves) -> tuple[BestShare, ...]:
    """For each kind the share with the least expected cost, among those that past shots can speak of."""
    return tuple(_best(kind, curves) for kind in curves.kinds)


def _best(kind: KindCurve, curves: ShareCurves) -> BestShare:
    import numpy as np

    takes = kind.takes[curves.cost].astype(np.float64)
    middle = takes.mean(axis=0)
    # Beyond what was tried an expectation is a guess: it is shown by the slider, and never advised.
    known = kind.untried <= kind.untried[kind.so_far]
    cheapest = int(np.flatnonzero(known)[np.argmin(middle[known])])
    change = takes[:, cheapest] - takes[:, kind.so_far]
    chance = float((change < 0).mean())
    few = min(kind.n_past_ai, kind.n_past_traditional)
    if few < FEWEST_TRIED:
        side = "AI" if kind.n_past_ai <= kind.n_past_traditional else "traditional"
        shots = "shot" if few == 1 else "shots"
        why = f"Only {few} finished {side} {shots} of this kind: too few to say."
        return _stay(kind, Advice.UNKNOWN, takes, why)
    by_size = " ".join(_by_complexity(kind.by_complexity))
    if cheapest == kind.so_far or -change.mean() < WORTH_MOVING * middle[kind.so_far]:
        return _stay(kind, Advice.STAY, takes, f"No other share is worth a change. {by_size}".strip())
    if chance < SURE:
        return _stay(kind, Advice.UNKNOWN, takes, f"Whether another share costs less is open. {by_size}".strip())
    advice = Advice.MORE if cheapest > kind.so_far else Advice.LESS
    untried = int(kind.untried[-1] - kind.untried[cheapest])
    if advice is Advice.MORE and cheapest < len(known) - 1 and not known[cheapest + 1]:
        by_size += f" AI has hardly been tried on the other {untried}."
    return BestShare(kind.kind, advice, cheapest, kind.so_far, amounts(change), chance, by_size.strip())


def _stay(kind: KindCurve, advice: Advice, takes: "Draws", why: str) -> BestShare:
    nothing = amounts(takes[:, kind.so_far] - takes[:, kind.so_far])
    return BestShare(kind.kind, advice, kind.so_far, kind.so_far, nothing, None, why)


def _by_complexity(differences: tuple[ComplexityDifference, ...]) -> list[str]:
    """What AI does to shots of each complexity; those that it was hardly tried on are told apart."""
    tried = [each for each in differences if each.n_past_ai >= FEWEST_TRIED]
    groups = (
        ("cost less with AI", [each for each in tried if each.saves_chance >= SURE]),
        ("cost more", [each for each in tried if each.saves_chance <= 1 - SURE]),
        ("could go either way", [each for each in tried if 1 - SURE < each.saves_chance < SURE]),
    )
    said = [f"{_listed([each.complexity.value for each in found])} shots {words}" for words, found in groups if found]
    return [f"{sentence[:1].upper()}{sentence[1:]}." for sentence in said]


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
