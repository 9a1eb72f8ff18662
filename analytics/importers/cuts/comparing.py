"""Holds two states of a cut against each other, as an assistant editor would: what is new, gone, trimmed, moved."""

from bisect import bisect_left
from collections.abc import Sequence

from analytics.importers.cuts.changes import Change, CutDiff, ShotChange
from analytics.importers.cuts.matching import matched
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.listed_shot import ListedShot, ShotList

DEFAULT_PULL_HANDLE_FRAMES = 10
_DESCRIBED = ("sequence", "kind", "complexity", "description", "vendor", "territory", "workflow", "ai_allowed", "width",
              "height", "camera_move", "handle_frames", "turnover_on", "due_on", "notes")  # fmt: skip


def cut_diff(old: ShotList, new: ShotList, *, pull_handle_frames: int = DEFAULT_PULL_HANDLE_FRAMES) -> CutDiff:
    """What became of every shot.

    A shot needs a pull when it is new, shows another source, or uses frames beyond the old in and out by more than the
    handles that were pulled with them.

    Raises
    ------
    InputRefused
        If the two are counted at different frame rates, or the handles are no number of frames.
    """
    if old.fps != new.fps:
        raise InputRefused(
            new.name,
            f"{new.fps} frames per second",
            f"cannot be held against {old.name} at {old.fps}",
            "conform one of the two, or give --fps if one of them says none",
        )
    if not 0 <= pull_handle_frames <= 1000:
        raise InputRefused("--handles", pull_handle_frames, "lies outside 0 to 1000 frames", "give handles such as 10")
    pairs = matched(old.shots, new.shots, pull_handle_frames)
    old_of = {other: place for place, other in pairs.items()}
    moved = _moved(old.shots, new.shots, pairs)
    shots = [
        _change(old.shots[old_of[place]], shot, place in moved, pull_handle_frames)
        if place in old_of
        else ShotChange(shot.code, None, shot, (Change.NEW,), needs_pull=True)
        for place, shot in enumerate(new.shots)
    ]
    shots += [
        ShotChange(shot.code, shot, None, (Change.OMITTED,))
        for place, shot in enumerate(old.shots)
        if place not in pairs
    ]
    return CutDiff(old, new, pull_handle_frames, tuple(shots))


def _change(old: ListedShot, new: ListedShot, is_moved: bool, handles: int) -> ShotChange:
    changes: list[Change] = []
    if new.cut_frames != old.cut_frames:
        changes.append(Change.LONGER if new.cut_frames > old.cut_frames else Change.SHORTER)
    head = tail = None
    needs_pull: bool | None = False
    before, after = old.cut_place, new.cut_place
    if before is not None and after is not None:
        if before.reel.casefold() != after.reel.casefold():
            changes.append(Change.SOURCE_CHANGED)
            needs_pull = True
        else:
            earlier = before.source_in.frame_number - after.source_in.frame_number
            later = after.source_out.frame_number - before.source_out.frame_number
            needs_pull = earlier > handles or later > handles
            # Played backwards, a shot begins at the end of its source.
            head, tail = (later, earlier) if after.speed < 0 else (earlier, later)
            if (head or tail) and not changes and before.speed == after.speed:
                changes.append(Change.SLIPPED)
        if before.speed != after.speed:
            changes.append(Change.RETIMED)
    elif new.cut_frames > old.cut_frames:
        # Without the frames of the source, only growth beyond both handles is sure to need a pull.
        needs_pull = True if new.cut_frames - old.cut_frames > 2 * handles else None
    elif new.cut_frames < old.cut_frames:
        needs_pull = None
    if is_moved:
        changes.append(Change.REORDERED)
    if old.code.casefold() != new.code.casefold():
        changes.append(Change.RENAMED)
    fields = tuple(name for name in _DESCRIBED if getattr(old, name) != getattr(new, name))
    if old.code != new.code:
        # A sequence that is taken from the code changes with it.
        fields = tuple(name for name in fields if name != "sequence")
    if fields:
        changes.append(Change.REDESCRIBED)
    return ShotChange(new.code, old, new, tuple(changes) or (Change.UNCHANGED,), head, tail, needs_pull, fields)


def _moved(old: Sequence[ListedShot], new: Sequence[ListedShot], pairs: dict[int, int]) -> set[int]:
    """Places in the new cut of shots that changed their order: the fewest that have to be moved to get it.

    Only of cuts: a tracker sorts its table as it likes.
    """
    follow = [
        (place, other)
        for place, other in sorted(pairs.items())
        if old[place].cut_place is not None and new[other].cut_place is not None
    ]
    # The longest run that is still in order stays; all others moved (patience sorting).
    ends: list[int] = []
    last_of: list[int] = []
    before: dict[int, int | None] = {}
    for _, other in follow:
        pile = bisect_left(ends, other)
        before[other] = last_of[pile - 1] if pile else None
        if pile == len(ends):
            ends.append(other)
            last_of.append(other)
        else:
            ends[pile] = last_of[pile] = other
    stays: set[int] = set()
    at: int | None = last_of[-1] if last_of else None
    while at is not None:
        stays.add(at)
        at = before[at]
    return {other for _, other in follow} - stays
