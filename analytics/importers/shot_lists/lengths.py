"""Lengths as lists write them: frames, seconds, timecode, feet and frames."""

import re
from fractions import Fraction

from analytics.importers.shot_lists.columns import Unit
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.timecode import Timecode

FRAMES_A_FOOT = 16
"""Of 35 mm film with four perforations a frame."""
LONGEST_SHOT_FRAMES = 1_000_000

_TIMECODE = re.compile(r"\d{1,2}:\d{2}:\d{2}[:;.,]\d{2,3}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_FEET = re.compile(r"(\d+)\+(\d{1,2})")
_NUMBER = re.compile(
    r"(?P<minus>[-−])?\s*(?P<number>\d{1,3}(?:[,'\u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?)\s*"
    r"(?P<unit>f|fr|frames?|s|sec|secs|seconds?)?\.?",
    re.IGNORECASE,
)


def needs_rate(text: str, unit: Unit) -> bool:
    """Whether a length cannot be told in frames without a frame rate."""
    match = _NUMBER.fullmatch(text.strip())
    written = (match["unit"] or "").casefold() if match else ""
    return _TIMECODE.fullmatch(text.strip()) is not None or written.startswith("s") or (
        not written and unit is Unit.SECONDS
    )  # fmt: skip


def length_in_frames(text: str, unit: Unit, fps: FrameRate) -> int:
    """Frames of a length: ``48``, ``48 frames``, ``2.5 s``, ``00:00:02:12``, ``3+04`` (feet and frames).

    Raises
    ------
    InputRefused
        If it is no length, not above zero, or may mean two things; its place is for the caller to tell.
    """
    written = text.strip()
    if _TIMECODE.fullmatch(written):
        return _above_zero(Timecode.parse(written.rjust(11, "0"), fps).frame_number, text)
    if feet := _FEET.fullmatch(written):
        if int(feet[2]) >= FRAMES_A_FOOT:
            raise InputRefused("", text, f"has more than {FRAMES_A_FOOT - 1} frames in a foot", "write frames")
        return _above_zero(FRAMES_A_FOOT * int(feet[1]) + int(feet[2]), text)
    if _CLOCK.fullmatch(written):
        raise InputRefused(
            "", text, "may be minutes and seconds or seconds and frames", "write frames, or a timecode of four numbers"
        )
    match = _NUMBER.fullmatch(written)
    if match is None:
        raise InputRefused("", text, "is no length", "write frames, as 48, seconds, as 2.5 s, or a timecode")
    said = (match["unit"] or "").casefold()
    if said:
        unit = Unit.SECONDS if said.startswith("s") else Unit.FRAMES
    number = _number(match["number"])
    if match["minus"]:
        number = -number
    if unit is Unit.SECONDS:
        frames = number * fps.exact
        # Seconds are written to a tenth or a hundredth; the frame that lies nearest is meant.
        return _above_zero(round(frames), text)
    if number.denominator != 1:
        raise InputRefused("", text, "is no whole number of frames", "write whole frames, or seconds as 2.5 s")
    return _above_zero(int(number), text)


def handles_in_frames(text: str) -> tuple[int, int]:
    """Frames before and after: ``8``, ``8 frames``, ``8+8``, ``8/12``.

    Raises
    ------
    InputRefused
        If it is neither.
    """
    match = re.fullmatch(r"(\d{1,4})(?:\s*[+/x&-]\s*(\d{1,4}))?\s*(?:f|fr|frames?)?\.?", text.strip().casefold())
    if match is None:
        raise InputRefused("", text, "is no number of handle frames", "write frames at each end, as 8 or 8+8")
    return int(match[1]), int(match[2] or match[1])


def whole_number(text: str) -> int:
    """A frame number or a width: digits, a sign, and ``.0`` where a spreadsheet wrote it.

    Raises
    ------
    InputRefused
        If it is none.
    """
    match = re.fullmatch(r"([-−+]?\d{1,9})(?:\.0+)?", text.strip())
    if match is None:
        raise InputRefused("", text, "is no whole number", "write digits only")
    return int(match[1].replace("−", "-"))


def speed_of(text: str) -> Fraction:
    """Source frames for each frame of the cut: ``2``, ``0.5``, ``3/2``, ``150 %``, ``-100 %``.

    Raises
    ------
    InputRefused
        If it is none.
    """
    written = text.strip().replace("−", "-").replace(",", ".")
    try:
        speed = Fraction(written.removesuffix("%").strip()) / (100 if written.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        raise InputRefused("", text, "is no speed", "write it as 2, 0.5 or 150 %") from None
    if abs(speed) > 100:
        raise InputRefused("", text, "is more than a hundred times as fast", "write 2 or 200 % for twice as fast")
    return speed


def is_timecode(text: str) -> bool:
    """Whether a cell holds a timecode."""
    return _TIMECODE.fullmatch(text.strip()) is not None


def _number(written: str) -> Fraction:
    if re.fullmatch(r"\d{1,3}(?:[,'\u00a0\u202f]\d{3})+", written):
        return Fraction(re.sub(r"\D", "", written))
    return Fraction(written.replace(",", "."))


def _above_zero(frames: int, text: str) -> int:
    if frames <= 0:
        raise InputRefused("", text, "is no length: a shot has a frame at least", "write the frames on screen")
    if frames > LONGEST_SHOT_FRAMES:
        raise InputRefused("", text, f"is longer than {LONGEST_SHOT_FRAMES:,} frames", "write the frames of the shot")
    return frames
