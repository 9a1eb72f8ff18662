"""A claim that somebody types in: a number, what it says and of what."""

from analytics.vocabulary.claim import BaselineKind, Claim, ClaimedFigure, FigureKind, MetricKind
from analytics.vocabulary.errors import InputRefused

FIGURE_WORDS = {
    "% less": FigureKind.PERCENT_LESS,
    "times less": FigureKind.TIMES_LESS,
    "% more": FigureKind.PERCENT_MORE,
}
ABOUT_WORDS = {
    "cost": MetricKind.COST,
    "people’s hours": MetricKind.PERSON_DAYS,
    "calendar days": MetricKind.ELAPSED_DAYS,
    "time, not said which": MetricKind.UNKNOWN,
}


def own_claim(number: float, figure: str, about: str) -> Claim:
    """Build it.

    Parameters
    ----------
    figure, about
        Of `FIGURE_WORDS` and `ABOUT_WORDS`.

    Raises
    ------
    InputRefused
        If the number cannot be meant so: 100 % less is nothing at all, and once less is no saving.
    """
    kind = FIGURE_WORDS[figure]
    if kind is FigureKind.PERCENT_LESS and not 0 < number < 100:
        raise InputRefused("number", number, "is no part of the whole", "write per cent between 0 and 100")
    if kind is FigureKind.TIMES_LESS and not 1 < number < 1e6:
        raise InputRefused("number", number, "is no saving", "write a number above 1: a tenth of the time is 10")
    if kind is FigureKind.PERCENT_MORE and not 0 < number < 1e6:
        raise InputRefused("number", number, "is no number of per cent", "write a number above 0")
    return Claim(
        name="your-own",
        title="A claim of your own",
        who="typed in on this page",
        said_on=None,
        words=f"{number:g} {figure} {about}",
        figure=ClaimedFigure(kind, number, number),
        no_figure=None,
        metric_kind=ABOUT_WORDS[about],
        baseline_kind=BaselineKind.NONE,
        sample=None,
        n_shots=None,
        quality_evidence=None,
        sources=("typed in on this page",),
        caveats=(),
    )
