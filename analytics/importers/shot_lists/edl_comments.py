"""What the lines under an event say: names, markers, speeds, files."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from analytics.importers.shot_lists.cut_events import CutEvent
from analytics.importers.shot_lists.findings import Findings
from analytics.importers.shot_lists.naming import vfx_id_in
from analytics.vocabulary.frame_rate import FrameRate

if TYPE_CHECKING:
    from analytics.importers.shot_lists.edl import EdlLine

_NAME = re.compile(r"\*\s*(?P<side>FROM|TO) CLIP NAME\s*:\s*(?P<name>.*)", re.IGNORECASE)
_MARKER = re.compile(r"\*\s*LOC\s*:\s*[\d:;.,]{11}\s+(?P<colour>[A-Z]+)\b\s*(?P<text>.*)", re.IGNORECASE)
_VFX_ID = re.compile(r"\*\s*(?:VFX(?: ?ID| SHOT)?|SHOT(?: ?ID| CODE| NAME)?)\s*:\s*(?P<text>\S.*)", re.IGNORECASE)
_FILE = re.compile(
    r"\*\s*(?P<what>SOURCE FILE|FROM FILE|TO FILE|FROM CLIP|TO CLIP)\s*:\s*(?P<text>\S.*)", re.IGNORECASE
)
_COMMENT = re.compile(r"\*\s*(?:COMMENTS?|NOTES?|VFX NOTES?|DESCRIPTION)\s*:\s*(?P<text>\S.*)", re.IGNORECASE)
_SPEED = re.compile(
    r"M2\s+(?P<name>.*?)\s+(?P<speed>[-+]?\d+(?:\.\d*)?|[-+]?\.\d+)\s+(?P<at>[\d:;.,]{11})", re.IGNORECASE
)


def take_comments(line: "EdlLine", event: CutEvent, findings: Findings) -> None:
    """Write the lines under an event into it.

    Two lines of one number are the two sides of a transition and share what stands under them: ``FROM`` speaks of the
    outgoing one and ``TO`` of the incoming.
    """
    pair = line.sides
    incoming = bool(pair) and pair[-1] is line
    outgoing = bool(pair) and not incoming
    names: dict[str, str] = {}
    for place, text in line.comments:
        if match := _NAME.fullmatch(text):
            names[match["side"].upper()] = match["name"].strip()
        elif match := _SPEED.fullmatch(text):
            _take_speed(match, place, line, pair, event, findings)
        elif re.search(r"FREEZE FRAME", text, re.IGNORECASE):
            event.attributes["freeze"] = "yes"
        elif outgoing:
            continue
        elif match := _MARKER.fullmatch(text):
            event.vfx_id = event.vfx_id or vfx_id_in(match["text"])
            if match["text"].strip():
                event.notes.append(match["text"].strip())
        elif match := _VFX_ID.fullmatch(text):
            event.vfx_id = match["text"].strip()
        elif match := _COMMENT.fullmatch(text):
            event.notes.append(match["text"].strip())
        elif match := _FILE.fullmatch(text):
            event.attributes.setdefault(match["what"].casefold(), match["text"].strip())
    event.clip_name = names.get("TO", "") if incoming and "TO" in names else names.get("FROM", names.get("TO", ""))
    if event.clip_name.endswith(" FF"):
        event.clip_name = event.clip_name.removesuffix(" FF")
    event.notes = [note for note in event.notes if note != event.vfx_id]


def _take_speed(
    match: re.Match[str], place: str, line: "EdlLine", pair: Sequence["EdlLine"], event: CutEvent, findings: Findings
) -> None:
    """The speed of an ``M2`` line: frames of source a second, for the reel it names."""
    if len(pair) > 1 and pair[0].reel != pair[-1].reel and match["name"].strip() != line.reel:
        return
    speed = _speed(Fraction(match["speed"]), line.source_in.rate)
    if abs(speed) > 100:
        findings.refuse(place, match["speed"], "is no speed: more than a hundred times", "mend the M2 line")
        return
    event.speed = speed
    event.attributes["speed line"] = match[0]


def _speed(frames_a_second: Fraction, rate: FrameRate) -> Fraction:
    """Twice the speed at 23.976 is written as 048.0 or 047.9, rounded or cut off: the quarter that is near is meant."""
    readings = [frames_a_second / rate.nominal]
    if rate.is_ntsc:
        readings.append((frames_a_second / rate.exact).limit_denominator(10_000))
    nearest = min(readings, key=lambda speed: abs(4 * speed - round(4 * speed)))
    rounded = Fraction(round(4 * nearest), 4)
    is_rounded = rate.is_ntsc and abs(nearest - rounded) * rate.nominal <= Fraction(1, 10)
    return rounded if is_rounded else nearest
