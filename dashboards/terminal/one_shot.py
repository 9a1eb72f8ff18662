"""The comparison as one screen of the terminal: readable without colour, when piped, at 100 columns.

AI is blue and ●, traditional is ochre and ◆, everywhere. Nothing is green or red and nothing is told by colour alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from analytics.comparison.compared_renders import WHOLE_RENDER
from analytics.comparison.figures import DepartmentFigures, ShotComparison, Spread, StageFigures, WorkflowFigures
from analytics.comparison.sentences import training_words, what_this_does_not_show
from analytics.vocabulary.department import Department
from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.stage import StageName
from analytics.vocabulary.workflow import Workflow
from dashboards.terminal.clocks import clocks_table, origins_words
from dashboards.terminal.listings import (
    COLOURS,
    NOTHING,
    check_table,
    doctor_table,
    plain,
    renders_table,
    shots_table,
    workflow_words,
)
from dashboards.terminal.quality import quality_section

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.table import Table
    from rich.text import Text

__all__ = ["SCREEN_WIDTH", "check_table", "comparison_screen", "doctor_table", "renders_table", "shots_table"]

SCREEN_WIDTH = 100
BAR_WIDTH = 8


def comparison_screen(comparison: ShotComparison) -> "ComparisonScreen":
    """Both workflows of one shot side by side: one screen of 100 columns, readable from 80 on."""
    return ComparisonScreen(comparison)


@dataclass(frozen=True)
class ComparisonScreen:
    """Lays itself out for the width it is printed at: rich would cut off the last columns, the traditional ones."""

    comparison: ShotComparison

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        from rich.console import Group
        from rich.constrain import Constrain
        from rich.text import Text

        comparison, roomy = self.comparison, options.max_width >= SCREEN_WIDTH
        hours_origin = "" if roomy else f", {origins_words(side.people_origins for side in comparison.sides)}"
        parts: list[RenderableType] = [_header(comparison), Text()]
        for title, table in (
            ("Machine: seconds by stage, median (lowest–highest), and cost", _machine_table(comparison, roomy)),
            (f"People: hours and cost by department{hours_origin}", _people_table(comparison, roomy)),
            quality_section(comparison),
            ("Clocks and costs", clocks_table(comparison)),
        ):
            parts += [Text(title, style="bold"), table, Text()]
        if comparison.training is not None:
            parts[-1:] = [Text(training_words(comparison.training)), Text()]
        yield Constrain(Group(*parts, _limits_box(comparison)), SCREEN_WIDTH)


def _header(comparison: ShotComparison) -> "Text":
    from rich.text import Text

    setup = comparison.setup
    text = Text()
    text.append(comparison.shot_code, style="bold")
    text.append(f"  {setup.quality}, {setup.size}, frames {setup.frames}  ·  n = 1 shot\n")
    for side in comparison.sides:
        text.append(workflow_words(side.workflow), style=COLOURS[side.workflow])
        text.append(f"  {_render_count_words(side)}")
        if side.engines:
            text.append(f"  ·  {', '.join((*side.engines, *side.models))}")
        text.append("\n")
    text.append(f"Prices by {comparison.rate_card_id} in {comparison.currency}. ")
    text.append(f"Machine seconds are {origins_words(side.fact_origins for side in comparison.sides)}.")
    for left_out in comparison.left_out:
        text.append(f"\nLeft out: {left_out.what}: {left_out.why}.")
    return text


def _render_count_words(side: WorkflowFigures) -> str:
    counted = [f"{side.ok_count} usable {'render' if side.ok_count == 1 else 'renders'}"]
    counted += [f"{count} {word}" for count, word in
                ((side.failed_count, "failed"), (side.interrupted_count, "interrupted")) if count]  # fmt: skip
    return ", ".join(counted)


def _machine_table(comparison: ShotComparison, roomy: bool) -> "Table":
    """Seconds of each stage with their spread, a bar on one common scale where there is room, and the stage's cost."""
    from rich.text import Text

    bars = [("", BAR_WIDTH)] if roomy else []
    table = _side_by_side(("seconds", 19), *bars, (f">{comparison.currency}", 9))
    stages = [{stage.name: stage for stage in side.stages} for side in comparison.sides]
    longest = max(
        (stage.wall_seconds.median for side in stages for stage in side.values() if stage.wall_seconds), default=0.0
    )
    decimals = _common_decimals(
        [stage.cost for side in stages for stage in side.values()] + [side.machine_cost for side in comparison.sides]
    )

    def cells(stage: StageFigures | None, workflow: Workflow) -> "tuple[RenderableType, ...]":
        if stage is None:
            return NOTHING, *[""] * roomy, NOTHING
        seconds = stage.wall_seconds.median if stage.wall_seconds else 0.0
        drawn = [Text(bar(seconds, longest), style=COLOURS[workflow])] * roomy
        return _spread_words(stage.wall_seconds), *drawn, _amount_words(stage.cost, decimals)

    for name in [name for name in (*StageName, WHOLE_RENDER) if any(name in side for side in stages)]:
        ai, traditional = (
            cells(side.get(name), figures.workflow) for side, figures in zip(stages, comparison.sides, strict=True)
        )
        table.add_row(*plain(str(name), *ai, *traditional))
    table.add_section()
    ai, traditional = ((_spread_words(side.machine_seconds), *[""] * roomy, "") for side in comparison.sides)
    table.add_row(*plain("without load", *ai, *traditional))
    ai, traditional = (
        (_charged_words(side), *[""] * roomy, _amount_words(side.machine_cost, decimals)) for side in comparison.sides
    )
    table.add_row(*plain("usable render", *ai, *traditional))
    return table


def _charged_words(side: WorkflowFigures) -> str:
    """What its cost holds beside the making of it."""
    if not side.ok_count:
        return "none"
    return "with load, failures" if side.failed_count + side.interrupted_count else "with load"


def _common_decimals(amounts: Iterable[Money | None]) -> int:
    """Decimals of a column of money: enough for three digits of the largest, and never fewer than cents."""
    largest = max((amount.amount for amount in amounts if amount is not None), default=Decimal(0))
    return min(6, max(2, 2 - largest.adjusted())) if largest else 2


def bar(value: float, longest: float, width: int = BAR_WIDTH) -> str:
    """A bar of eighths of a character; anything above zero leaves a trace."""
    eighths = round(8 * width * value / longest) if longest > 0 else 0
    if value > 0:
        eighths = max(1, eighths)
    return "█" * (eighths // 8) + ("▏▎▍▌▋▊▉"[eighths % 8 - 1] if eighths % 8 else "")


def _spread_words(spread: Spread | None) -> str:
    """Seconds under a heading that names them: the middle, then lowest and highest."""
    if spread is None:
        return "no usable render"
    digits = 2 if spread.highest < 9.995 else 1 if spread.highest < 99.95 else 0
    middle = f"{spread.median:,.{digits}f}"
    return (
        f"{middle} (1 run)"
        if spread.count == 1
        else f"{middle} ({spread.lowest:,.{digits}f}–{spread.highest:,.{digits}f})"
    )


def _amount_words(amount: Money | None, decimals: int = 2) -> str:
    """Money under a heading that names the currency; something is never shown as nothing."""
    if amount is None:
        return "unknown"
    smallest = Decimal(1).scaleb(-decimals)
    return f"<{smallest}" if 0 < amount.amount < smallest / 2 else f"{amount.rounded(decimals).amount:,}"


def _people_table(comparison: ShotComparison, roomy: bool) -> "Table":
    """Hours of each department with their origin, which the title names where there is no room for it."""
    origin_column = [("origin", 9)] if roomy else []
    table = _side_by_side((">hours", 9), *origin_column, (f">{comparison.currency}", 12))
    departments = [{work.department: work for work in side.departments} for side in comparison.sides]

    def cells(hours: float | None, origins: tuple[Origin, ...], cost: Money | None) -> tuple[str, ...]:
        if hours is None:
            return NOTHING, *[""] * roomy, NOTHING
        return f"{hours:,.1f}", *[", ".join(origins)] * roomy, _amount_words(cost)

    def department_cells(work: DepartmentFigures | None) -> tuple[str, ...]:
        return cells(work.people_hours, work.origins, work.cost) if work else cells(None, (), None)

    order = [*Department, *sorted({name for side in departments for name in side} - set(Department))]
    for name in [name for name in order if any(name in side for side in departments)]:
        ai, traditional = (department_cells(side.get(name)) for side in departments)
        table.add_row(*plain(str(name), *ai, *traditional))
    table.add_section()
    ai, traditional = (cells(side.people_hours, side.people_origins, side.people_cost) for side in comparison.sides)
    table.add_row(*plain("all", *ai, *traditional))
    return table


def _side_by_side(*columns: tuple[str, int]) -> "Table":
    """Name of the row, then the same columns for AI and for traditional; a heading with ``>`` has numbers under it."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("", width=14, overflow="fold")
    for workflow in (Workflow.AI, Workflow.TRADITIONAL):
        for number, (heading, width) in enumerate(columns):
            # The mark stands before the first column of its side and the colour on all: either tells them apart alone.
            words = f"{workflow_words(workflow) if number == 0 else ''} {heading.lstrip('>')}".strip()
            table.add_column(
                Text(words, style=COLOURS[workflow]),
                justify="right" if heading.startswith(">") else "left",
                min_width=max(width, len(words)),
                overflow="fold",
            )
    return table


def _limits_box(comparison: ShotComparison) -> "RenderableType":
    from rich.box import SQUARE
    from rich.console import Group
    from rich.panel import Panel
    from rich.text import Text

    limits = [Text(f"· {limit}") for limit in what_this_does_not_show(comparison)]
    return Panel(Group(*limits), title="What this does not show", title_align="left", box=SQUARE)
