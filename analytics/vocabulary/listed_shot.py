"""A shot of a list that is yet to be bid: what a cut or a breakdown says about it before any work."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from analytics.vocabulary.errors import Problem
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.timecode import Timecode
from analytics.vocabulary.workflow import Workflow


@dataclass(frozen=True)
class CutPlace:
    """Where a shot sits in a cut.

    Attributes
    ----------
    source_in, source_out
        First frame used of the source, and the first no longer used.
    record_in, record_out
        The same in the cut.
    speed
        Source frames for each frame of the cut; negative plays backwards, 0 holds one frame.
    transition_frames
        Frames over which the shot is dissolved or wiped into at its head, already in the cut's length.
    """

    reel: str
    source_in: Timecode
    source_out: Timecode
    record_in: Timecode
    record_out: Timecode
    speed: Fraction = Fraction(1)
    transition: str = "cut"
    transition_frames: int = 0


@dataclass(frozen=True)
class ListedShot:
    """One shot of a list; ``None`` and empty: the list does not say.

    Attributes
    ----------
    place
        File and line or cell, as its reader would find it.
    cut_frames
        Frames on screen.
    handle_frames
        Extra frames at each end; the work is ``cut_frames + 2 * handle_frames``.
    workflow
        The one the list insists on.
    ai_allowed
        False where a contract, a talent or the director rules AI out.
    attributes
        Every other column by its header, as written.
    """

    place: str
    code: str
    cut_frames: int
    handle_frames: int = 0
    sequence: str | None = None
    kind: ShotKind | None = None
    complexity: Complexity | None = None
    description: str = ""
    width: int | None = None
    height: int | None = None
    camera_move: str | None = None
    vendor: str | None = None
    territory: str | None = None
    workflow: Workflow | None = None
    ai_allowed: bool | None = None
    turnover_on: date | None = None
    due_on: date | None = None
    notes: tuple[str, ...] = ()
    cut_place: CutPlace | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def work_frames(self) -> int:
        """Frames that are worked on, handles included."""
        return self.cut_frames + 2 * self.handle_frames


@dataclass(frozen=True)
class ShotList:
    """What one file lists, in its order.

    Attributes
    ----------
    name
        The file as the user named it.
    format
        ``csv``, ``xlsx``, ``otio`` or ``edl``.
    sha256
        Of the file, in hex: a bid says which state of a list it was made from.
    remarks
        What was read but a producer should know about: defaults taken, columns not understood, values of formulas.
    """

    name: str
    format: str
    sha256: str
    fps: FrameRate
    shots: tuple[ListedShot, ...]
    remarks: tuple[Problem, ...] = ()
