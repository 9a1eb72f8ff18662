"""Reads a CMX3600 EDL: events, what is written under each, and what the lines contradict.

The whole of it is parsed here rather than by OpenTimelineIO's adapter, which ends at the first fault and names no line,
takes drop-frame numbers by the rate and not by ``FCM`` or ``;``, and counts a dissolve to the incoming clip only. Where
the adapter is right (plain cuts, dissolves' events, speeds), tests hold this reader against it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analytics.importers.shot_lists.cut_events import CutEvent
from analytics.importers.shot_lists.cut_shots import shots_of_events
from analytics.importers.shot_lists.edl_comments import take_comments
from analytics.importers.shot_lists.edl_durations import settle_durations
from analytics.importers.shot_lists.edl_transitions import extend_under_transitions, refuse_overlaps
from analytics.importers.shot_lists.findings import Findings, counted, some
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.timecode import Timecode

_TIMECODE = r"(\d\d[:;.,]\d\d[:;.,]\d\d[:;.,]\d\d)"
_EVENT = re.compile(
    rf"(?P<number>\d{{1,8}}[A-Z]?)\s+(?P<reel>\S.*?)\s+(?P<channel>[A-Z0-9/]+)\s+"
    rf"(?P<edit>C|D|W\d{{1,3}}|KB|KO?)(?:\s+(?P<frames>\d{{1,4}}))?(?:\s+\(?F\)?)?\s+"
    rf"{_TIMECODE}\s+{_TIMECODE}\s+{_TIMECODE}\s+{_TIMECODE}.*",
    re.IGNORECASE,
)
_SOUND_ONLY = re.compile(r"(?:A\d*|AA|A\d/A?\d|NONE)", re.IGNORECASE)
NO_PICTURE = {"BL", "BLACK", "BARS", "NONE"}


@dataclass
class EdlLine:
    """An event as its line says it, with the lines under it.

    Attributes
    ----------
    edit
        ``C`` for a cut, ``D`` a dissolve, ``W`` and a number a wipe, ``K``, ``KB`` and ``KO`` keys.
    edit_frames
        Length of a dissolve or wipe.
    comments
        Place and text of the lines under it.
    of_one_number
        The events that follow each other under its number, itself among them.
    """

    number: int
    place: str
    reel: str
    channel: str
    edit: str
    edit_frames: int
    source_in: Timecode
    source_out: Timecode
    record_in: Timecode
    record_out: Timecode
    comments: list[tuple[str, str]] = field(default_factory=list)
    of_one_number: "list[EdlLine]" = field(default_factory=list, repr=False)

    @property
    def is_sound(self) -> bool:
        """Whether the event has no picture."""
        return _SOUND_ONLY.fullmatch(self.channel) is not None

    @property
    def sides(self) -> "list[EdlLine]":
        """The outgoing and the incoming side of a transition, where this event is one of them."""
        pictures = [line for line in self.of_one_number if not line.is_sound]
        return pictures if len(pictures) > 1 and pictures[-1].edit != "C" else []


def shots_of_edl(
    name: str, text: str, findings: Findings, fps: FrameRate | None, default_handle_frames: int | None
) -> tuple[FrameRate, list[ListedShot]]:
    """The shots of an EDL in the order of the cut; black, bars and sound are left out.

    Raises
    ------
    InputRefused
        If no frame rate is given; everything else that is wrong goes to ``findings``.
    """
    if fps is None:
        raise InputRefused(name, None, "is an EDL, and EDLs say no frame rate", "give it, as --fps 24")
    events = _events(edl_lines(name, text, findings, fps), findings)
    if not events and not findings.problems:
        findings.refuse(name, None, "holds no event with a picture", "export the video track as CMX3600")
    return fps, shots_of_events(events, findings, default_handle_frames)


def edl_lines(name: str, text: str, findings: Findings, fps: FrameRate) -> list[EdlLine]:
    """The events of an EDL, each with the lines under it; lines that are neither are told."""
    lines: list[EdlLine] = []
    under: list[EdlLine] = []
    drop, has_semicolons = False, re.search(r"\d\d;\d\d\s", text) is not None
    for number, raw in enumerate(text.splitlines(), 1):
        line, place = raw.strip(), f"{name}, line {number}"
        if not line:
            continue
        if line.upper().startswith("FCM"):
            drop = "DROP" in line.upper() and "NON" not in line.upper()
            if drop and not fps.allows_drop_frame:
                findings.refuse(
                    place,
                    line,
                    f"is drop-frame, which {fps} frames per second cannot be",
                    "give the rate it was cut at, as --fps 29.97",
                )
                return []
        elif match := _EVENT.fullmatch(line):
            # Where a file writes ';' at all, its ':' means non-drop; else the FCM line above decides.
            event = _event(match, place, fps, drop and not has_semicolons, findings)
            if event is not None:
                same = under and under[-1].number == event.number
                under = under if same else []
                under.append(event)
                event.of_one_number = under
                lines.append(event)
        elif line[0].isdigit():
            findings.refuse(
                place,
                line[:100],
                "is no event of an EDL",
                "write number, reel, channel, C or D and a length, and four timecodes",
            )
            under = []
        elif under:
            for event in under:
                event.comments.append((place, line))
    return lines


def _event(match: re.Match[str], place: str, fps: FrameRate, drop: bool, findings: Findings) -> EdlLine | None:
    times: list[Timecode] = []
    for written in match.groups()[-4:]:
        try:
            times.append(Timecode.parse(f"{written[:8]};{written[9:]}" if drop else written, fps))
        except InputRefused as bad:
            findings.refused(bad, place)
    if len(times) < 4:
        return None
    edit = match["edit"].upper()
    if edit[0] in "DW" and not int(match["frames"] or 0):
        findings.refuse(
            place, match["edit"], "is a transition without a length", "write its frames behind it, as D 024"
        )
        return None
    source_in, source_out, record_in, record_out = times
    return EdlLine(
        int(re.sub(r"\D", "", match["number"])),
        place,
        match["reel"].strip(),
        match["channel"].upper(),
        edit,
        int(match["frames"] or 0),
        source_in,
        source_out,
        record_in,
        record_out,
    )


def _events(lines: Sequence[EdlLine], findings: Findings) -> list[CutEvent]:
    sound = [line for line in lines if line.is_sound]
    if sound:
        findings.remark(
            findings.name, counted(len(sound), "event"), "is sound and was left out", "nothing has to be done"
        )
    pictures = [line for line in lines if not line.is_sound]
    events: list[tuple[EdlLine, CutEvent]] = []
    for line in pictures:
        event = CutEvent(
            line.place,
            _track(line.channel),
            "" if line.reel.upper() == "AX" else line.reel,
            line.source_in,
            line.source_out,
            line.record_in,
            line.record_out,
        )
        take_comments(line, event, findings)
        events.append((line, event))
    settled = settle_durations(events, findings)
    extend_under_transitions(settled, findings)
    shown = [event for line, event in settled if line.reel.upper() not in NO_PICTURE and event.cut_frames > 0]
    black = [line.place.removeprefix(f"{findings.name}, ") for line, _ in settled if line.reel.upper() in NO_PICTURE]
    if black:
        findings.remark(findings.name, some(black, 3), "is black or bars and was left out", "nothing has to be done")
    refuse_overlaps(settled, findings)
    return shown


def _track(channel: str) -> str:
    return "V" if channel in ("B", "AA/V", "V1") or channel.endswith("/V") else channel
