"""How good the AI picture is, as a part of the comparison's screen."""

from typing import TYPE_CHECKING

from analytics.comparison.figures import ShotComparison
from analytics.comparison.quality_figures import QualityFigures
from analytics.comparison.sentences import review_words
from analytics.vocabulary.quality_score import Metric
from dashboards.terminal.listings import plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

MEANINGS = {
    Metric.PSNR: ("PSNR", ".2f", "nearness of the pixels; higher is nearer, above 40 few can tell"),
    Metric.SSIM: ("SSIM", ".3f", "likeness of the structure; 1 is the same"),
    Metric.EDGE_RATIO: ("Edge energy", ".2f", "of the twin's; below 1 is blurred, above is noisy"),
    Metric.FLICKER_RATIO: ("Flicker", ".2f", "of the twin's; above 1 flickers more, below is smoothed"),
    Metric.BOIL: ("Boil", ".2f", "flicker of what is wrong in it; 0 is steady"),
    Metric.LPIPS: ("LPIPS", ".3f", "learned distance; 0 is the same"),
}
"""Name, format and meaning of each metric that is shown; the two flickers behind the ratio stand in the JSON."""


def quality_section(comparison: ShotComparison) -> "tuple[str, RenderableType]":
    """Title and body: the scores against the twin, or in words that there are none, and what reviewers preferred."""
    from rich.console import Group
    from rich.text import Text

    quality = comparison.quality_scores
    parts: list[RenderableType] = []
    title = "Quality of the AI picture"
    if quality is None:
        parts.append(Text(_not_measured(comparison)))
    else:
        renders = "1 render" if quality.measured_count == 1 else f"median of {quality.measured_count} renders"
        left = f", {quality.unmeasured_count} not measured" if quality.unmeasured_count else ""
        title += f" against its traditional twin, {renders}{left}, {' and '.join(quality.origins)}"
        parts.append(_scores_table(quality))
    if comparison.reviews is not None:
        parts.append(Text(f"Blind: {review_words(comparison.reviews)}."))
    return title, Group(*parts)


def _not_measured(comparison: ShotComparison) -> str:
    said = comparison.quality_evidence[:1].upper() + comparison.quality_evidence[1:]
    if comparison.quality_is_measured or not comparison.both_rendered:
        return f"{said}."
    return f"{said}. Measure: shotledger quality {comparison.shot_code}"


def _scores_table(quality: QualityFigures) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False, show_header=False)
    table.add_column("", no_wrap=True, min_width=12)
    table.add_column("", no_wrap=True, justify="right")
    table.add_column("")
    for metric, (name, form, meaning) in MEANINGS.items():
        spread = quality.scores.get(metric)
        if spread is None:
            absent = "its weights are not on this machine" if metric is Metric.LPIPS else "cannot be told here"
            table.add_row(*plain(name, "not measured", absent))
            continue
        value = f"{spread.median:{form}}"
        if spread.count > 1:
            value += f" ({spread.lowest:{form}}–{spread.highest:{form}})"
        unit = "" if metric.unit == "ratio" else metric.unit
        table.add_row(*plain(name, f"{value} {unit}".strip(), meaning))
    return table
