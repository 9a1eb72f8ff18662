"""A quality score: how near a render comes to its reference by one metric."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from analytics.vocabulary.origin import Origin


class Metric(StrEnum):
    """What a picture is judged by, in the order it is read.

    ``PSNR`` and ``SSIM`` hold each frame against the reference's. ``EDGE_RATIO`` is its edge energy over the
    reference's. ``FLICKER`` is what changes from frame to frame beyond the motion of the reference,
    ``REFERENCE_FLICKER`` the same of the reference itself and ``FLICKER_RATIO`` one over the other. ``BOIL`` is the
    flicker of the error: what stays still or moves with the picture is none. ``LPIPS`` is a learned distance.
    """

    PSNR = "psnr"
    SSIM = "ssim"
    EDGE_RATIO = "edge_ratio"
    FLICKER = "flicker"
    REFERENCE_FLICKER = "reference_flicker"
    FLICKER_RATIO = "flicker_ratio"
    BOIL = "boil"
    LPIPS = "lpips"

    @property
    def unit(self) -> str:
        """Of its values; ``of 255`` is a difference of display code values, ``ratio`` has none."""
        return {
            "psnr": "dB",
            "flicker": "of 255",
            "reference_flicker": "of 255",
            "boil": "of 255",
            "edge_ratio": "ratio",
            "flicker_ratio": "ratio",
        }.get(self.value, "")


@dataclass(frozen=True)
class QualityScore:
    """One metric of one render.

    Attributes
    ----------
    against
        The ``render_id`` of the reference.
    value
        Over all frames.
    per_frame
        Of each frame in order; ``None`` for a frame that has none, as the first has no flicker.
    measure_version
        Of our measures as a whole. Scores of two versions are never held against each other.
    """

    render_id: str
    metric: Metric
    against: str
    value: float
    computed_at: datetime
    measure_version: str
    per_frame: tuple[float | None, ...] = ()
    origin: Origin = Origin.MEASURED
