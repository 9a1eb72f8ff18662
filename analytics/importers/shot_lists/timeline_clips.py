"""The clips of a timeline as pieces of the cut: at the frames that are seen, with speeds and transitions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from analytics.importers.shot_lists.cut_events import CutEvent, source_frames
from analytics.importers.shot_lists.findings import Findings
from analytics.importers.shot_lists.naming import vfx_id_in
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import NTSC, FrameRate
from analytics.vocabulary.timecode import Timecode

if TYPE_CHECKING:
    import opentimelineio as otio

OWN_METADATA = "shotledger"
_LONGEST_TEXT = 500


@dataclass(frozen=True)
class SeenClip:
    """A clip with what the cut shows of it.

    Attributes
    ----------
    window
        The stretch of its own time that is seen, transitions apart.
    record_at
        Where that begins in the cut.
    head, tail
        The transitions it comes in and goes out by, where the nesting does not cut them off.
    """

    clip: "otio.schema.Clip"
    place: str
    track: str
    window: "otio.opentime.TimeRange"
    record_at: "otio.opentime.RationalTime"
    head: "otio.schema.Transition | None"
    tail: "otio.schema.Transition | None"


def seen_clips(timeline: "otio.schema.Timeline", findings: Findings) -> tuple[list[SeenClip], list[str]]:
    """Every clip of the video tracks with what is seen of it, and the names of what was left out."""
    import opentimelineio as otio

    left_out: list[str] = []
    clips: list[SeenClip] = []
    start = timeline.global_start_time
    for number, track in enumerate(timeline.video_tracks(), 1):
        name = track.name or f"V{number}"
        if not track.enabled:
            left_out.append(f"track {name}")
            continue
        try:
            window = track.trimmed_range()
        except otio.exceptions.OTIOError:
            findings.refuse(
                f"{findings.name}, track {name}",
                None,
                "holds a clip without a length",
                "give every clip a source range, or its media an available range",
            )
            continue
        record_at = start if start is not None else otio.opentime.RationalTime(0, window.duration.rate)
        clips += _inside(track, window, record_at, f"{findings.name}, track {name}", name, left_out, findings)
    return clips, left_out


def _inside(
    parent: "otio.core.Composition", window: "otio.opentime.TimeRange", record_at: "otio.opentime.RationalTime",
    place: str, track: str, left_out: list[str], findings: Findings,
) -> Iterator[SeenClip]:  # fmt: skip
    import opentimelineio as otio

    children = list(parent)
    in_line = isinstance(parent, otio.schema.Track)
    for index, child in enumerate(children):
        if isinstance(child, otio.schema.Transition | otio.schema.Gap):
            continue
        there = parent.range_of_child_at_index(index)
        seen = _overlap(there, window)
        if seen is None:
            continue
        child_place = f"{place}, {child.name or f'item {index + 1}'}"
        if not child.enabled:
            left_out.append(child.name or f"item {index + 1} of {track}")
            continue
        own = child.trimmed_range()
        own_window = otio.opentime.TimeRange(own.start_time + (seen.start_time - there.start_time), seen.duration)
        begins = record_at + (seen.start_time - window.start_time)
        if isinstance(child, otio.schema.Clip):
            if isinstance(child.media_reference, otio.schema.GeneratorReference):
                left_out.append(child.name or child.media_reference.generator_kind)
                continue
            before = children[index - 1] if in_line and index and seen.start_time == there.start_time else None
            after = (
                children[index + 1]
                if in_line and index + 1 < len(children) and seen.end_time_exclusive() == there.end_time_exclusive()
                else None
            )
            yield SeenClip(
                child, child_place, track, own_window, begins,
                before if isinstance(before, otio.schema.Transition) else None,
                after if isinstance(after, otio.schema.Transition) else None,
            )  # fmt: skip
        elif isinstance(child, otio.core.Composition):
            if any(isinstance(effect, otio.schema.TimeEffect) for effect in child.effects):
                findings.refuse(
                    child_place,
                    None,
                    "is a nested cut played at another speed: its clips cannot be counted",
                    "retime the clips in it, or flatten the timeline",
                )
                continue
            is_track = isinstance(child, otio.schema.Track)
            if is_track and child.kind != otio.schema.TrackKind.Video:
                continue
            inner = f"{track}/{child.name or index + 1}"
            yield from _inside(child, own_window, begins, child_place, inner, left_out, findings)


def _overlap(one: "otio.opentime.TimeRange", other: "otio.opentime.TimeRange") -> "otio.opentime.TimeRange | None":
    import opentimelineio as otio

    start = max(one.start_time, other.start_time)
    end = min(one.end_time_exclusive(), other.end_time_exclusive())
    return otio.opentime.range_from_start_end_time(start, end) if start < end else None


def event_of_clip(seen: SeenClip, fps: FrameRate, findings: Findings) -> CutEvent | None:
    """One piece of the cut; ``None`` where something of it was refused."""
    clip = seen.clip
    before = _frames(seen.head.in_offset, fps, seen.place, findings) if seen.head else 0
    after = _frames(seen.tail.out_offset, fps, seen.place, findings) if seen.tail else 0
    length = _frames(seen.window.duration, fps, seen.place, findings)
    speed = _speed(seen, findings)
    if length <= 0:
        findings.refuse(
            seen.place, f"{length} frames", "is no length: a clip has a frame at least", "trim the cut again"
        )
        return None
    try:
        record_in = _timecode(_frames(seen.record_at, fps, seen.place, findings) - before, fps)
        cut_frames = length + before + after
        source_at = _frames(seen.window.start_time, fps, seen.place, findings)
        used = source_frames(cut_frames, speed)
        shown_before = round(before * abs(speed))
        # Played backwards, the first frame on screen is the last of the source.
        source_in = _timecode(source_at - shown_before if speed >= 0 else source_at - used + 1 + shown_before, fps)
        event = CutEvent(
            seen.place, seen.track, _reel(clip), source_in, source_in + used, record_in, record_in + cut_frames
        )
    except InputRefused as bad:
        findings.refused(bad, seen.place)
        return None
    event.speed, event.clip_name, event.under_next_frames = speed, clip.name or "", after
    if seen.head is not None:
        event.transition = "dissolve" if "dissolve" in seen.head.transition_type.casefold() else "transition"
        event.transition_frames = before + _frames(seen.head.out_offset, fps, seen.place, findings)
    for marker in clip.markers:
        text = " ".join(part for part in (marker.name, getattr(marker, "comment", "")) if part).strip()
        event.vfx_id = event.vfx_id or vfx_id_in(text)
        if text and text != event.vfx_id:
            event.notes.append(text)
    own = clip.metadata.get(OWN_METADATA)
    event.told = {key: str(value) for key, value in own.items()} if isinstance(own, Mapping) else {}
    event.vfx_id = event.told.get("code") or event.vfx_id
    event.attributes = dict(_texts(clip.metadata))
    return event


def _frames(time: "otio.opentime.RationalTime", fps: FrameRate, place: str, findings: Findings) -> int:
    """Whole frames of the cut; a clip of another rate may end between two of them."""
    exact = Fraction(time.value).limit_denominator(10_000) * fps.exact / exact_rate(time.rate)
    frames = round(exact)
    if abs(exact - frames) > Fraction(1, 100):
        findings.remark(
            place,
            f"{time.value:g} at {time.rate:g}",
            f"does not end on a frame at {fps}: {frames} were taken",
            "conform the clip to the rate of the cut",
        )
    return frames


def exact_rate(written: float) -> Fraction:
    """The exact rate behind a float: 23.976 and 23.976023976 are 24000/1001."""
    for ntsc in NTSC.values():
        if abs(written - float(ntsc)) < 0.0015:
            return ntsc
    return Fraction(written).limit_denominator(1001)


def _timecode(frame: int, fps: FrameRate) -> Timecode:
    """Media times beyond a day, as some systems write them, begin again at midnight; none lies before zero."""
    return Timecode(max(0, frame) % (24 * 3600 * fps.nominal), fps)


def _speed(seen: SeenClip, findings: Findings) -> Fraction:
    import opentimelineio as otio

    speed = Fraction(1)
    for effect in seen.clip.effects:
        if isinstance(effect, otio.schema.LinearTimeWarp):
            speed *= Fraction(effect.time_scalar).limit_denominator(10_000)
        elif isinstance(effect, otio.schema.TimeEffect):
            findings.remark(
                seen.place,
                effect.name or effect.effect_name or type(effect).__name__,
                "is a speed that changes within the clip: its source was taken at normal speed",
                "look at the effect if its source matters",
            )
    return speed


def _reel(clip: "otio.schema.Clip") -> str:
    """What the clip was cut from: its reel where an EDL named one, else its media."""
    told = clip.metadata.get("cmx_3600")
    if isinstance(told, Mapping) and told.get("reel"):
        return str(told["reel"])
    media = clip.media_reference
    return str(media.name or getattr(media, "target_url", "") or getattr(media, "name_prefix", "") or "")


def _texts(metadata: Mapping[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """The plain values of a clip's metadata by their path; our own are read apart."""
    for key, value in metadata.items():
        if not before and key == OWN_METADATA:
            continue
        path = f"{before}.{key}" if before else str(key)
        if isinstance(value, Mapping) and depth < 3:
            yield from _texts(value, path, depth + 1)
        elif isinstance(value, str | int | float | bool) and len(str(value)) <= _LONGEST_TEXT:
            yield path, str(value)
