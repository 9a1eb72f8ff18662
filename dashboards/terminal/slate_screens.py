"""The screen of ``shotledger compare`` over a slate: a line a clock, what it means, and where AI pays."""

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from analytics.comparison.figures import Clock
from analytics.comparison.slate.results import Estimand, Method, Population, RatioResult, Verdict
from analytics.comparison.slate.slate_sentences import (
    beside_every_ratio,
    caveats,
    chosen_result,
    counted,
    group_words,
    headline,
    remarks,
)
from dashboards.terminal.one_shot import SCREEN_WIDTH

if TYPE_CHECKING:
    from rich.console import RenderableType

    from analytics.comparison.slate.clock_comparison import ClockComparison
    from analytics.comparison.slate.pooling import PooledRatios
    from analytics.comparison.slate.slate_comparison import SlateComparison

CLOCKS = {
    Clock.MACHINE: "Machine time",
    Clock.PEOPLE: "People's hours",
    Clock.CALENDAR: "Calendar days",
    Clock.COST_GROSS: "Gross cost",
    Clock.COST_NET: "Net cost",
}
_HOW_TO_READ = (
    "0.45 means 45 hours where 100 were needed. The true figure very probably lies in the interval, unless something "
    "that matters is missing from the ledger. No single shot has to lie in it."
)
_INVENTED = ", invented shots"
_VERDICTS = {
    Verdict.AI_NEEDS_LESS: "AI takes less",
    Verdict.AI_NEEDS_MORE: "AI takes more",
    Verdict.NO_DIFFERENCE_SHOWN: "no difference shown",
    Verdict.CANNOT_BE_TOLD: "cannot be told",
}


def slate_screen(comparison: "SlateComparison") -> "RenderableType":
    """Everything a producer reads, the answer first."""
    parts: list[RenderableType] = [Text()]
    if comparison.is_synthetic:
        parts += [Text("Demonstration data: these shots are invented.", style="bold reverse"), Text()]
    compared = max((clock.compared_count for clock in comparison.clocks), default=0)
    parts += _titled(
        f"AI over traditional{_INVENTED if comparison.is_synthetic else ''}: {compared:,} of "
        f"{comparison.shot_count:,} shots compared, {counted(comparison.production_count, 'production')}",
        clocks_table(comparison),
        _HOW_TO_READ if any(chosen_result(clock).ratio is not None for clock in comparison.clocks) else "",
    )
    for clock in comparison.clocks:
        parts.append(Text(headline(clock), style="bold"))
        parts += [_point(remark) for remark in remarks(clock, comparison.currency)]
        parts.append(Text())
    for clock in comparison.clocks:
        if clock.clock is Clock.PEOPLE or clock is comparison.clocks[0]:
            parts += _groups(clock, clock.productions, "production", comparison.is_synthetic)
        if clock.clock in (Clock.PEOPLE, Clock.COST_GROSS) or clock is comparison.clocks[0]:
            parts += _groups(clock, clock.kinds, "kind of shot", comparison.is_synthetic)
    parts.append(Text("Beside every ratio", style="bold"))
    parts += [_point(words) for words in beside_every_ratio(comparison)]
    parts += [Text(), Text("What it rests on", style="bold")]
    parts += [_point(words) for words in (*caveats(comparison), *comparison.notes)]
    return Constrain(Group(*parts), SCREEN_WIDTH)


def clocks_table(comparison: "SlateComparison") -> Table:
    """A line a clock."""
    table = _table()
    table.add_column("Clock")
    table.add_column("Ratio", justify="right")
    table.add_column("Interval")
    table.add_column("Says")
    table.add_column("Rests on")
    for clock in comparison.clocks:
        result = chosen_result(clock)
        table.add_row(CLOCKS[clock.clock], *_figures(result), _VERDICTS[result.verdict], _basis(result))
    return table


def _figures(result: RatioResult) -> tuple[str, str]:
    if result.ratio is None or result.low is None or result.high is None:
        return "–", "–"
    return f"{result.ratio:.2f}", f"{result.low:.2f} to {result.high:.2f}"


def _basis(result: RatioResult) -> str:
    if result.method is Method.PAIRED and result.ratio is not None:
        return f"{result.n_pairs} pairs"
    return f"{result.n_ai:,} AI, {result.n_traditional:,} trad."


def _groups(
    clock: "ClockComparison", pooled: "PooledRatios | None", title: str, invented: bool
) -> "list[RenderableType]":
    if pooled is None:
        return []
    caption = "Groups with few shots are moved towards all the others, because few shots mislead."
    if title == "production" and pooled.next_low is not None and pooled.next_high is not None:
        caption += (
            f" A new production of such shots may land anywhere from {pooled.next_low:.2f} to {pooled.next_high:.2f}: "
            f"budget nearer {pooled.next_high:.2f}."
        )
    table = _table()
    table.add_column(title.capitalize())
    table.add_column("Ratio", justify="right")
    table.add_column("Interval")
    table.add_column("AI takes")
    table.add_column("AI shots", justify="right")
    table.add_column("Traditional", justify="right")
    told = [group for group in pooled.groups if group.ratio is not None]
    for group in [*sorted(told, key=lambda each: each.ratio or 0), *(g for g in pooled.groups if g.ratio is None)]:
        interval = "–" if group.low is None or group.high is None else f"{group.low:.2f} to {group.high:.2f}"
        ratio = "–" if group.ratio is None else f"{group.ratio:.2f}"
        table.add_row(
            group.group, ratio, interval, group_words(group), f"{group.n_ai:,}", f"{group.n_traditional:,}"
        )  # fmt: skip
    for population, words in ((Population.ALL, "typical shot, of all"), (Population.AI, "typical shot, of AI's")):
        result = clock.result(Estimand.GEOMETRIC_MEAN_RATIO, Method.ADJUSTED, population)
        if result.ratio is not None:
            table.add_row(Text(words, style="italic"), *_figures(result), "", "", "")
    return _titled(f"{CLOCKS[clock.clock]} by {title}{_INVENTED if invented else ''}", table, caption)


def _titled(title: str, table: Table, caption: str) -> "list[RenderableType]":
    """Title and caption as wide as the screen: a table's own are broken at its last column."""
    return [Text(title, style="bold"), table, *([Text(caption, style="italic")] if caption else []), Text()]


def _table() -> Table:
    return Table(box=SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False)


def _point(words: str) -> Table:
    """A sentence with a hanging dash."""
    line = Table.grid(padding=(0, 1))
    line.add_row("·", words)
    return line
