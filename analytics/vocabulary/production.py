"""A production: one season or film with its budget, currency and frame rate."""

from dataclasses import dataclass

from analytics.vocabulary.frame_rate import FrameRate


@dataclass(frozen=True)
class Production:
    """What is being made. ``territory`` is an ISO 3166 code or ``None``."""

    production_id: str
    title_id: str
    name: str
    currency: str
    fps: FrameRate
    territory: str | None = None
