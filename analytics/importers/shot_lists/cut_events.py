"""One piece of a cut, as an EDL or a timeline says it, before pieces become shots."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from analytics.vocabulary.timecode import Timecode


@dataclass
class CutEvent:
    """A stretch of the cut that shows one source.

    Attributes
    ----------
    place
        Line of the EDL, or track and clip of the timeline.
    track
        Pieces of one track must not lie over each other.
    source_in, source_out, record_in, record_out
        First frame, and first frame no longer used. Frames that are on screen only under a transition are in both.
    speed
        Source frames for each frame of the cut.
    vfx_id
        The code that a marker or a comment gives.
    transition_frames
        Of the transition at its head.
    under_next_frames
        Frames at its tail that are on screen under the next piece's transition.
    """

    place: str
    track: str
    reel: str
    source_in: Timecode
    source_out: Timecode
    record_in: Timecode
    record_out: Timecode
    clip_name: str = ""
    vfx_id: str | None = None
    speed: Fraction = Fraction(1)
    transition: str = "cut"
    transition_frames: int = 0
    under_next_frames: int = 0
    notes: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def cut_frames(self) -> int:
        """Frames on screen."""
        return self.record_out - self.record_in


def source_frames(cut_frames: int, speed: Fraction) -> int:
    """Frames of the source that so many frames of the cut show: one at least, as a held frame is one."""
    exact = cut_frames * abs(speed)
    return max(1, -(-exact.numerator // exact.denominator))
