"""A shot: the unit that is turned over, made by a workflow, reviewed and finaled."""

from dataclasses import dataclass
from enum import StrEnum


class ShotKind(StrEnum):
    """What the work is, in the words of the history bundle."""

    DESTRUCTION = "destruction"
    WEATHER = "weather"
    DE_AGE = "de_age"
    PREVIS = "previs"
    CLEANUP = "cleanup"
    SET_EXTENSION = "set_extension"
    CROWD = "crowd"
    CREATURE = "creature"
    OTHER = "other"


class Complexity(StrEnum):
    """How hard the shot is judged to be at turnover."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
    HERO = "hero"


@dataclass(frozen=True)
class Shot:
    """One shot of a production.

    Attributes
    ----------
    cut_frames
        Frames on screen.
    handle_frames
        Extra frames at each end; the work is ``cut_frames + 2 * handle_frames``.
    """

    shot_id: str
    production_id: str
    sequence: str
    code: str
    kind: ShotKind
    complexity: Complexity
    cut_frames: int
    handle_frames: int
    description: str

    @property
    def work_frames(self) -> int:
        """Frames that are worked on, handles included."""
        return self.cut_frames + 2 * self.handle_frames
