"""What became of a shot in one plain sentence, for screens, reports and change orders."""

from analytics.importers.cuts.changes import Change, ShotChange
from analytics.vocabulary.listed_shot import ListedShot

_FIELD_WORDS = {"ai_allowed": "whether AI is allowed", "handle_frames": "handles", "camera_move": "camera move",
                "turnover_on": "turnover", "due_on": "due date", "width": "width", "height": "height"}  # fmt: skip


def change_words(change: ShotChange) -> str:
    """A clause for each thing that happened: ``6 frames longer at the tail, within handles; reordered``."""
    return "; ".join(_clause(each, change) for each in change.changes)


def pull_words(change: ShotChange) -> str:
    """Whether frames have to be pulled."""
    if change.needs_pull is None:
        return "unknown"
    return "pull" if change.needs_pull else "no pull"


def _clause(what: Change, change: ShotChange) -> str:
    old, new = change.old, change.new
    if what is Change.NEW:
        return f"new, {_frames(new.cut_frames if new else 0)}"
    if what is Change.OMITTED:
        return f"omitted, {_frames(old.cut_frames if old else 0)}"
    if what in (Change.LONGER, Change.SHORTER):
        return f"{_frames(abs(change.frame_change))} {what}{_where(change)}"
    if what is Change.SLIPPED:
        by = change.tail_frames or change.head_frames or 0
        return f"slipped by {_frames(abs(by))} {'later' if (change.tail_frames or 0) > 0 else 'earlier'} in its source"
    if what is Change.RETIMED and old and new and old.cut_place and new.cut_place:
        return f"retimed from {_speed(old)} to {_speed(new)}"
    if what is Change.SOURCE_CHANGED and old and new and old.cut_place and new.cut_place:
        return f"another source: {new.cut_place.reel or 'unnamed'} for {old.cut_place.reel or 'unnamed'}"
    if what is Change.RENAMED:
        return f"renamed, was {change.old_code}"
    if what is Change.REDESCRIBED:
        return "changed " + ", ".join(_FIELD_WORDS.get(field, field) for field in change.fields) + _values(change)
    return str(what)


def _where(change: ShotChange) -> str:
    """At which end, in frames of the source, where it is known."""
    ends = [
        f"{frames:+d} at the {end}"
        for end, frames in (("head", change.head_frames), ("tail", change.tail_frames))
        if frames
    ]
    return f" ({', '.join(ends)})" if ends else ""


def _values(change: ShotChange) -> str:
    """From what to what, where one field changed and both are short."""
    if len(change.fields) != 1 or change.old is None or change.new is None:
        return ""
    (name,) = change.fields
    before, after = (_plain(getattr(shot, name)) for shot in (change.old, change.new))
    return f" from {before} to {after}" if len(before) + len(after) <= 40 else ""


def _plain(value: object) -> str:
    if value is None or value in ("", ()):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _speed(shot: ListedShot) -> str:
    speed = shot.cut_place.speed if shot.cut_place else 1
    return "a held frame" if speed == 0 else f"{float(100 * speed):.4g} %"


def _frames(count: int) -> str:
    return f"{count:,} frame{'' if count == 1 else 's'}"
