"""Measures the AI renders of a shot against their traditional twins and records what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analytics.ledger.ledger import Ledger
from analytics.ledger.quality_scores import QualityRecord, TwinPair, record_quality, twin_pairs, write_quality
from analytics.vocabulary.errors import InputRefused, ShotledgerError
from analytics.vocabulary.quality_score import Metric, QualityScore


@dataclass(frozen=True)
class Scored:
    """What became of one AI render: its record, or why there is none.

    Attributes
    ----------
    was_tried
        Whether it was measured, or could not be, just now.
    """

    render_id: str
    record: QualityRecord | None
    why_not: str | None
    was_tried: bool = False

    def __str__(self) -> str:
        if self.record is None:
            return f"{self.render_id}: {self.why_not}"
        return f"{self.render_id}: {score_words({score.metric: score.value for score in self.record.scores})}"


def score_words(values: dict[Metric, float]) -> str:
    """A render's scores in one line: ``PSNR 27.12 dB, SSIM 0.912, edges 0.97, ...``."""
    said = {
        Metric.PSNR: "PSNR {:.2f} dB",
        Metric.SSIM: "SSIM {:.3f}",
        Metric.EDGE_RATIO: "edges {:.2f}",
        Metric.FLICKER_RATIO: "flicker {:.2f} of the truth's",
        Metric.BOIL: "boil {:.2f} of 255",
        Metric.LPIPS: "LPIPS {:.3f}",
    }
    return ", ".join(words.format(values[metric]) for metric, words in said.items() if metric in values)


def score_shot(ledger: Ledger, shot_id: str, *, involving: str | None = None, again: bool = False) -> Iterator[Scored]:
    """Measure what has no scores of this version yet, one render at a time.

    Parameters
    ----------
    involving
        Only pairs of which this render, AI or traditional, is a part.
    again
        Also measure what has been measured, against the newest twin there is.

    Yields
    ------
    Scored
        One for each usable AI render of the shot.

    Raises
    ------
    MissingPart
        If a library is not installed.
    LedgerError
        If scores cannot be written.
    """
    from generation.quality.measuring import MEASURE_VERSION

    for pair in twin_pairs(ledger, shot_id, involving):
        if pair.measure_version == MEASURE_VERSION and not again:
            yield Scored(pair.render_id, None, "measured before")
        elif pair.twin_id is None or pair.twin_folder is None:
            yield Scored(
                pair.render_id,
                None,
                "no traditional render of the same seed, size, frames and parameters yet"
                if pair.names_parameters
                else "made from text alone, so that no traditional render shows the same thing",
            )
        else:
            try:
                record = _measured(pair)
            except InputRefused as refused:
                yield Scored(pair.render_id, None, f"could not be measured: {refused}", was_tried=True)
                continue
            write_quality(record, pair.folder)
            record_quality(ledger, record)
            yield Scored(pair.render_id, record, None, was_tried=True)


def score_after_render(ledger: Ledger, shot_id: str, render_id: str) -> list[str]:
    """Measure what a render just made possible, in words. Whatever goes wrong is words too: the render is done."""
    try:
        return [
            f"quality of {scored}" for scored in score_shot(ledger, shot_id, involving=render_id) if scored.was_tried
        ]
    except (ShotledgerError, OSError, ImportError, MemoryError, RuntimeError, ValueError) as error:
        return [f"quality could not be measured ({error}); shotledger quality tries again"]


def frames_of(folder: Path) -> list[Path]:
    """The frames of a render, in order.

    Raises
    ------
    InputRefused
        If there are none.
    """
    found = sorted((folder / "frames").glob("*.png"))
    if not found:
        raise InputRefused("frames", str(folder / "frames"), "holds no frames", "render the shot again")
    return found


def _measured(pair: TwinPair) -> QualityRecord:
    from generation.picture.png import read_png
    from generation.quality.measuring import MEASURE_VERSION, measure

    assert pair.twin_id is not None
    assert pair.twin_folder is not None
    files, true_files = frames_of(pair.folder), frames_of(pair.twin_folder)
    if len(files) != len(true_files):
        raise InputRefused(
            "frames", str(pair.folder), f"has {len(files)} frames, its twin {len(true_files)}", "render the shot again"
        )
    measured = measure(map(read_png, files), map(read_png, true_files))
    now = datetime.now(UTC)
    scores = tuple(
        QualityScore(
            pair.render_id, metric, pair.twin_id, value, now, MEASURE_VERSION, measured.per_frame.get(metric, ())
        )
        for metric, value in measured.overall.items()
    )
    return QualityRecord(pair.render_id, scores, {metric.value: why for metric, why in measured.absent.items()})
