"""What became of a cut: every shot of two states of it, with what changed."""

from dataclasses import dataclass
from enum import StrEnum

from analytics.vocabulary.listed_shot import ListedShot, ShotList


class Change(StrEnum):
    """One thing that happened to a shot; several may have happened to one.

    ``slipped`` keeps its length and shows other frames of its source; ``source_changed`` shows another source.
    """

    NEW = "new"
    OMITTED = "omitted"
    LONGER = "longer"
    SHORTER = "shorter"
    SLIPPED = "slipped"
    RETIMED = "retimed"
    SOURCE_CHANGED = "source_changed"
    REORDERED = "reordered"
    RENAMED = "renamed"
    REDESCRIBED = "redescribed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class ShotChange:
    """One shot in both states; of a new one there is no old, of an omitted one no new.

    Attributes
    ----------
    head_frames, tail_frames
        Frames of the source by which it begins earlier and ends later; negative where it was trimmed. ``None`` where
        the lists don't say which frames of the source are used.
    needs_pull
        Whether frames are needed that were never pulled. ``None`` where that cannot be told.
    fields
        What is described otherwise, for `Change.REDESCRIBED`.
    """

    code: str
    old: ListedShot | None
    new: ListedShot | None
    changes: tuple[Change, ...]
    head_frames: int | None = None
    tail_frames: int | None = None
    needs_pull: bool | None = False
    fields: tuple[str, ...] = ()

    @property
    def old_code(self) -> str | None:
        """What it was called before."""
        return self.old.code if self.old else None

    @property
    def frame_change(self) -> int:
        """Frames on screen that came to it; negative where some went."""
        return (self.new.cut_frames if self.new else 0) - (self.old.cut_frames if self.old else 0)


@dataclass(frozen=True)
class CutDiff:
    """Two states of a cut, shot by shot: in the order of the new one, and then what was omitted.

    Attributes
    ----------
    pull_handle_frames
        Frames at each end that were pulled with the old state.
    """

    old: ShotList
    new: ShotList
    pull_handle_frames: int
    shots: tuple[ShotChange, ...]

    def having(self, change: Change) -> tuple[ShotChange, ...]:
        """The shots to which something happened."""
        return tuple(shot for shot in self.shots if change in shot.changes)

    @property
    def changed(self) -> tuple[ShotChange, ...]:
        """The shots to which anything happened."""
        return tuple(shot for shot in self.shots if Change.UNCHANGED not in shot.changes)

    @property
    def frames_added(self) -> int:
        """Frames on screen of new and longer shots."""
        return sum(max(0, shot.frame_change) for shot in self.shots)

    @property
    def frames_taken(self) -> int:
        """Frames on screen that omitted and shorter shots had."""
        return sum(max(0, -shot.frame_change) for shot in self.shots)

    @property
    def pulls_needed(self) -> tuple[ShotChange, ...]:
        """The shots of which frames have to be pulled."""
        return tuple(shot for shot in self.shots if shot.needs_pull)
