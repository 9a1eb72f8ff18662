"""Every metric of a sequence of frames against the truth: each frame's, and one number over all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.quality_score import Metric
from generation.quality.motion import motion_between
from generation.quality.perceptual import Lpips, NoLpips

Frame = npt.NDArray[np.uint8]

MEASURE_VERSION = "1"
"""Raised whenever a metric below gives another number for the same frames."""

STILL_FLICKER = 0.05
"""Of 255: where the truth itself changes less than this along its motion, a ratio to it would say nothing."""


@dataclass(frozen=True)
class Measured:
    """What was measured of one sequence.

    Attributes
    ----------
    per_frame
        Of each frame in order; ``None`` for a frame that has none, as the first has no flicker.
    overall
        One number a metric. Means over frames; of the flicker ratio, the ratio of the means.
    absent
        Metrics that could not be measured, each with why.
    """

    per_frame: Mapping[Metric, tuple[float | None, ...]]
    overall: Mapping[Metric, float]
    absent: Mapping[Metric, str]


def measure(frames: Iterable[Frame], truth: Iterable[Frame]) -> Measured:
    """Measure frames against the truth, two at a time, so that a long shot needs no more memory than a short one.

    Parameters
    ----------
    frames, truth
        uint8 (height, width, 3), display-referred, equally many and of one size.

    Raises
    ------
    ValueError
        If they differ in number or size, or there are none.
    MissingPart
        If OpenCV is not installed.
    """
    absent: dict[Metric, str] = {}
    lpips: Lpips | None = None
    try:
        lpips = Lpips.load()
    except NoLpips as why:
        absent[Metric.LPIPS] = str(why)
    rows: list[dict[Metric, float | None]] = []
    before: tuple[Frame, Frame] | None = None
    for pair in zip(frames, truth, strict=True):
        if pair[0].shape != pair[1].shape:
            raise ValueError(f"frame {len(rows) + 1} is {pair[0].shape}, its truth {pair[1].shape}")
        rows.append({**_spatial(*pair, lpips), **(_temporal(before, pair) if before else {})})
        before = pair
    if not rows:
        raise ValueError("there are no frames to measure")
    found = [metric for metric in Metric if any(row.get(metric) is not None for row in rows)]
    per_frame = {metric: tuple(row.get(metric) for row in rows) for metric in found}
    overall = {
        metric: float(np.mean([value for value in values if value is not None])) for metric, values in per_frame.items()
    }
    if Metric.FLICKER in overall and overall[Metric.REFERENCE_FLICKER] >= STILL_FLICKER:
        overall[Metric.FLICKER_RATIO] = overall[Metric.FLICKER] / overall[Metric.REFERENCE_FLICKER]
    for metric in (Metric.FLICKER, Metric.REFERENCE_FLICKER, Metric.FLICKER_RATIO, Metric.BOIL):
        if metric not in overall:
            still = metric is Metric.FLICKER_RATIO and Metric.FLICKER in overall
            absent[metric] = (
                "the truth changes by nothing but its motion" if still else "no two frames show the same thing"
            )
    return Measured(per_frame, overall, absent)


def _spatial(frame: Frame, truth: Frame, lpips: Lpips | None) -> dict[Metric, float | None]:
    import torch

    from generation.quality.picture_measures import edge_energy, peak_signal_to_noise, structural_similarity

    picture, true = (
        torch.from_numpy(np.ascontiguousarray(array)).movedim(-1, 0)[None].float() / 255 for array in (frame, truth)
    )
    edges, true_edges = float(edge_energy(picture)), float(edge_energy(true))
    return {
        Metric.PSNR: float(peak_signal_to_noise(picture, true)),
        Metric.SSIM: float(structural_similarity(picture, true)),
        Metric.EDGE_RATIO: edges / true_edges if true_edges else None,
        Metric.LPIPS: float(lpips.distance(picture, true)) if lpips else None,
    }


def _temporal(before: tuple[Frame, Frame], now: tuple[Frame, Frame]) -> dict[Metric, float | None]:
    """Changes along the motion of the truth, which alone shows how things really moved."""
    motion = motion_between(before[1], now[1])
    (frame_before, truth_before), (frame, truth) = (
        [array.astype(np.float32) for array in pair] for pair in (before, now)
    )
    return {
        Metric.FLICKER: motion.change(frame_before, frame),
        Metric.REFERENCE_FLICKER: motion.change(truth_before, truth),
        Metric.BOIL: motion.change(frame_before - truth_before, frame - truth),
    }
