"""Dissolves and wipes: both sides are on screen while they last; and what must not lie over each other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analytics.importers.shot_lists.cut_events import CutEvent, source_frames
from analytics.importers.shot_lists.findings import Findings
from analytics.vocabulary.errors import InputRefused

if TYPE_CHECKING:
    from analytics.importers.shot_lists.edl import EdlLine

_NAMES = {"D": "dissolve", "W": "wipe", "K": "key"}


def extend_under_transitions(events: Sequence[tuple["EdlLine", CutEvent]], findings: Findings) -> None:
    """Give the outgoing shot of each transition the frames it is still seen in.

    An EDL ends the outgoing event where the transition begins and gives the whole of it to the incoming one: the
    incoming length is right as it stands, the outgoing one is too short by the transition.
    """
    ending = {(event.track, line.record_out.frame_number): event for line, event in events if event.cut_frames > 0}
    for line, event in events:
        name = _NAMES.get(line.edit[0], "cut")
        if name == "cut" or event.cut_frames == 0:
            continue
        event.transition, event.transition_frames = name, line.edit_frames if name != "key" else 0
        if event.transition_frames > event.cut_frames:
            findings.refuse(
                line.place,
                f"{line.edit} {line.edit_frames}",
                f"is longer than its event of {event.cut_frames} frames",
                "mend the length of the transition",
            )
            continue
        before = ending.get((event.track, line.record_in.frame_number))
        if before is None or not event.transition_frames or before is event:
            continue
        before.under_next_frames = event.transition_frames
        try:
            before.record_out = before.record_out + event.transition_frames
            more = source_frames(event.transition_frames, before.speed)
            if before.speed > 0:
                before.source_out = before.source_out + more
            elif before.speed < 0:
                before.source_in = before.source_in + -min(more, before.source_in.frame_number)
        except InputRefused as bad:
            findings.refused(bad, line.place)


def refuse_overlaps(events: Sequence[tuple["EdlLine", CutEvent]], findings: Findings) -> None:
    """Refuse events of one track that fill the same frames of the cut, other than under a transition."""
    last: dict[str, tuple[EdlLine, int]] = {}
    keys = {id(event) for line, event in events if line.edit.startswith("K")}
    shown = [(line, event) for line, event in events if event.cut_frames > 0 and id(event) not in keys]
    for line, event in sorted(shown, key=lambda pair: pair[1].record_in.frame_number):
        before = last.get(event.track)
        if before is not None and line.record_in.frame_number < before[1]:
            findings.refuse(
                line.place,
                str(line.record_in),
                f"lies {before[1] - line.record_in.frame_number} frames over the "
                f"event at {before[0].place.rpartition(', ')[2]}, which ends at {before[0].record_out}",
                "mend the record timecode of one of the two",
            )
        if before is None or line.record_out.frame_number > before[1]:
            last[event.track] = (line, line.record_out.frame_number)
