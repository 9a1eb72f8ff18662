"""Whether the source and the cut of each event are equally long, at the speed it is played at."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from analytics.importers.shot_lists.cut_events import CutEvent, source_frames
from analytics.importers.shot_lists.findings import Findings
from analytics.vocabulary.errors import InputRefused

if TYPE_CHECKING:
    from analytics.importers.shot_lists.edl import EdlLine

_M2_STEP = Fraction(1, 20)
"""M2 writes speeds to a tenth of a frame per second: half of one is as far as they can be off."""


def settle_durations(
    events: Sequence[tuple["EdlLine", CutEvent]], findings: Findings
) -> list[tuple["EdlLine", CutEvent]]:
    """Events whose lengths agree, with the source that their speed really uses; others are refused."""
    settled = []
    for line, event in events:
        try:
            if _settles(line, event, findings):
                settled.append((line, event))
        except InputRefused as bad:
            findings.refused(bad, line.place)
        except ValueError:
            findings.refuse(
                line.place,
                f"{line.source_in} {line.source_out} {line.record_in} {line.record_out}",
                "has an in point in drop-frame and an out point not",
                "write both alike",
            )
    return settled


def _settles(line: "EdlLine", event: CutEvent, findings: Findings) -> bool:
    source, record = line.source_out - line.source_in, line.record_out - line.record_in
    for what, frames, ends in (
        ("record", record, (line.record_in, line.record_out)),
        ("source", source, (line.source_in, line.source_out)),
    ):
        if frames < 0:
            midnight = (
                " (an edit over midnight has to be split there)"
                if frames < -12 * 3600 * line.source_in.rate.nominal
                else ""
            )
            findings.refuse(
                line.place,
                f"{ends[0]} to {ends[1]}",
                f"has its {what} out before its in: {frames} frames{midnight}",
                "mend the two timecodes",
            )
            return False
    if record == 0:
        # The outgoing side of a transition is written as a cut of no length.
        return True
    if event.attributes.pop("freeze", None) and event.speed == 1:
        event.speed = Fraction(0)
    needed = source_frames(record, event.speed)
    if event.speed == 1 and "speed line" not in event.attributes:
        if source != record:
            findings.refuse(
                line.place,
                f"{source} and {record} frames",
                "uses another length of source than it fills in the cut, and no M2 line says at which speed",
                "export the EDL with speed effects, or mend the timecodes",
            )
            return False
        return True
    off = 1 + ceil(record * _M2_STEP / line.source_in.rate.nominal)
    if event.speed == 0:
        event.source_out = event.source_in + 1
    elif abs(source - needed) > off and source == record:
        # Some systems write the length in the cut as the source's: what is really read follows from the speed.
        if event.speed > 0:
            event.source_out = event.source_in + needed
        else:
            event.source_in = event.source_out + -min(needed, event.source_out.frame_number)
    elif abs(source - needed) > off and source > 0:
        findings.remark(
            line.place,
            f"{source} and {record} frames",
            f"does not fit the speed of its M2 line ({float(event.speed):.4g}): a ramp, or a wrong line. The frames of "
            "the source were taken as they are written",
            "look at the effect if its source matters",
        )
        event.speed = Fraction(source, record) if event.speed > 0 else -Fraction(source, record)
    return True
