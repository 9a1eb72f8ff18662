"""Reads an OpenTimelineIO timeline: what kind of file it is, its rate, and the clips that make up its shots."""

import io
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

from analytics.importers.shot_lists.cut_shots import shots_of_events
from analytics.importers.shot_lists.findings import Findings, some
from analytics.importers.shot_lists.timeline_clips import event_of_clip, exact_rate, seen_clips
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot

if TYPE_CHECKING:
    import opentimelineio as otio

DEEPEST_BRACKETS = 500
LARGEST_TIMELINE_BYTES = 256 * 1024 * 1024


def shots_of_timeline(
    name: str, content: bytes, findings: Findings, fps: FrameRate | None, default_handle_frames: int | None
) -> tuple[FrameRate, list[ListedShot]]:
    """The shots of a timeline in the order of the cut, and its frame rate.

    Raises
    ------
    InputRefused
        If it cannot be read, or runs at another rate than was given; what is wrong with clips goes to ``findings``.
    """
    import opentimelineio as otio

    timeline = _timeline(name, content)
    try:
        read_at = _rate(name, timeline, fps)
        clips, left_out = seen_clips(timeline, findings)
        events = [event for seen in clips if (event := event_of_clip(seen, read_at, findings)) is not None]
    except otio.exceptions.OTIOError as bad:
        raise InputRefused(name, None, f"contradicts itself: {_first_line(bad)}", "export it again") from None
    if left_out:
        findings.remark(
            name, some(left_out), "is switched off or shows no source, and was left out", "switch it on to bid it"
        )
    if not events and not findings.problems:
        findings.refuse(name, None, "holds no clip on a video track", "export the cut with its video tracks")
    return read_at, shots_of_events(events, findings, default_handle_frames)


def _timeline(name: str, content: bytes) -> "otio.schema.Timeline":
    import opentimelineio as otio

    text = _text(name, content)
    # The library reads by recursion and would take the whole process down with it.
    depth = 0
    for character in text:
        depth += (character in "{[") - (character in "}]")
        if depth > DEEPEST_BRACKETS:
            raise InputRefused(name, None, "is nested deeper than any cut", "export the timeline again")
    try:
        read: Any = otio.adapters.read_from_string(text, "otio_json")
    except (otio.exceptions.OTIOError, ValueError, TypeError, KeyError, IndexError) as bad:
        raise InputRefused(name, None, f"is no timeline: {_first_line(bad)}", "export it again as .otio") from None
    if isinstance(read, otio.schema.SerializableCollection):
        timelines = [each for each in read if isinstance(each, otio.schema.Timeline)]
        if len(timelines) != 1:
            raise InputRefused(
                name,
                f"{len(timelines)} timelines",
                "is a collection, and one cut is read at a time",
                "export the cut alone",
            )
        (read,) = timelines
    if not isinstance(read, otio.schema.Timeline):
        raise InputRefused(name, type(read).__name__, "is no timeline", "export the cut as a timeline")
    return read


def _text(name: str, content: bytes) -> str:
    try:
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if archive.getinfo("content.otio").file_size > LARGEST_TIMELINE_BYTES:
                    raise InputRefused(name, None, "unpacks to more than a cut can be", "export the cut alone")
                content = archive.read("content.otio")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused(name, None, "is no text in UTF-8", "export it again as .otio") from None
    except (zipfile.BadZipFile, RuntimeError) as bad:
        raise InputRefused(name, None, f"is damaged: {_first_line(bad)}", "export it again as .otioz") from None


def _rate(name: str, timeline: "otio.schema.Timeline", fps: FrameRate | None) -> FrameRate:
    """What a timeline counts by: its start, or most of its clips."""
    if timeline.global_start_time is not None:
        written = timeline.global_start_time.rate
    else:
        rates = Counter(
            clip.source_range.duration.rate for clip in timeline.find_clips() if clip.source_range is not None
        )
        if not rates:
            if fps is None:
                raise InputRefused(name, None, "says no frame rate", "give it, as --fps 24")
            return fps
        written = rates.most_common(1)[0][0]
    try:
        found = FrameRate(exact_rate(written))
    except InputRefused as bad:
        raise InputRefused(name, written, bad.problems[0].why, "export the timeline at its frame rate") from None
    if fps is not None and fps != found:
        raise InputRefused(
            name,
            str(found),
            f"is not the {fps} frames per second that were asked for",
            f"ask with --fps {found}, or conform the timeline",
        )
    return found


def _first_line(bad: Exception) -> str:
    lines = str(bad).strip(" '\"\n").splitlines()
    return lines[0][:200].rstrip(".") if lines else type(bad).__name__
