"""The table of clocks and costs: each by its own name, under the quality that they were reached at."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from analytics.comparison.figures import Clock, ClockRatio, ShotComparison, Spread
from analytics.comparison.sentences import duration_words, money_words, ratio_words_beside_quality, share_words
from analytics.comparison.training_cost import TrainingCost
from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow
from dashboards.terminal.listings import COLOURS, NOTHING, plain, workflow_words

if TYPE_CHECKING:
    from rich.table import Table


def clocks_table(comparison: ShotComparison) -> "Table":
    """Every clock by its own name, and the ratio in words that carry their n."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("", no_wrap=True)
    for workflow in (Workflow.AI, Workflow.TRADITIONAL):
        heading = Text(workflow_words(workflow), style=COLOURS[workflow])
        table.add_column(heading, justify="right", no_wrap=True, min_width=13)
    table.add_column("AI over traditional, with its n")
    # First, so that no ratio is read without it.
    table.add_row(*plain(*_quality_row(comparison)))
    for ratio in comparison.ratios:
        table.add_row(*plain(ratio.clock.label, *_clock_values(ratio), ratio_words_beside_quality(ratio)))
        if ratio.clock is Clock.MACHINE:
            ai, traditional = (_energy_words(side.energy_joules) for side in comparison.sides)
            table.add_row(
                *plain(
                    "Energy, with load",
                    ai,
                    traditional,
                    origins_words(side.energy_origins for side in comparison.sides),
                )
            )
    for origin in Origin:
        if any(origin in side.cost_by_origin for side in comparison.sides):
            ai, traditional = (share_words(side, origin) for side in comparison.sides)
            table.add_row(*plain(f"  of it {origin}", ai, traditional, ""))
    if comparison.training is not None:
        for row in _training_rows(comparison.training):
            table.add_row(*plain(*row))
    return table


def _quality_row(comparison: ShotComparison) -> tuple[str, str, str, str]:
    said = comparison.ratio(Clock.MACHINE).quality
    if comparison.quality_scores is not None:
        return "Quality", said, "the reference", "of every ratio below"
    if comparison.quality_is_measured:
        return "Quality", "imported", "imported", said
    return "Quality", "not measured", NOTHING, "a worse picture saves nothing"


def _training_rows(training: TrainingCost) -> Iterator[tuple[str, str, str, str]]:
    """What the model cost once and when it is paid back: beside the ratios, in none of them."""
    yield "Training, once", money_words(training.cost), NOTHING, str(training.cost_break_even)
    yield "  its energy", joules_words(training.energy_joules), NOTHING, str(training.energy_break_even)


def _clock_values(ratio: ClockRatio) -> tuple[str, str]:
    shown = [NOTHING if value is None else _value_words(ratio, value) for value in (ratio.ai, ratio.traditional)]
    return shown[0], shown[1]


def _value_words(ratio: ClockRatio, value: float) -> str:
    if ratio.unit == "seconds":
        return duration_words(value)
    if ratio.unit in ("hours", "days"):
        return f"{value:,.1f} {ratio.unit}"
    return money_words(Money(Decimal(value), ratio.unit))


def _energy_words(joules: Spread | None) -> str:
    return NOTHING if joules is None else joules_words(joules.median)


def joules_words(joules: float | None) -> str:
    """Joules up to a hundred thousand, then watt-hours: both are what an electricity bill is made of."""
    if joules is None:
        return NOTHING
    return f"{joules:,.0f} J" if joules < 100_000 else f"{joules / 3600:,.1f} Wh"


def origins_words(of_sides: Iterable[tuple[Origin, ...]]) -> str:
    """Origins met on either side: ``measured``, ``assumed and imported``; ``not recorded`` where there is none."""
    return " and ".join(sorted({origin for origins in of_sides for origin in origins})) or "not recorded"
