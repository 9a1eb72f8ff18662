"""SMPTE timecode at an explicit rate, drop-frame included."""

import re
from dataclasses import dataclass

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate

_TIMECODE = re.compile(r"(\d{2}):(\d{2}):(\d{2})([:;.,])(\d{2,3})")


@dataclass(frozen=True)
class Timecode:
    """A frame of a 24-hour day, counted from 00:00:00:00.

    Attributes
    ----------
    frame_number
        Frames since midnight, from 0.
    rate
        What the frames are counted at. There is no timecode without a rate.
    drop_frame
        Whether numbers are skipped to stay with the wall clock; only at 29.97 and 59.94.
    """

    frame_number: int
    rate: FrameRate
    drop_frame: bool = False

    def __post_init__(self) -> None:
        if self.drop_frame and not self.rate.allows_drop_frame:
            raise InputRefused(
                "timecode",
                str(self.rate),
                "drop-frame exists only at 29.97 and 59.94",
                "give a rate that drops frames, or write ':' before the frames",
            )
        if not 0 <= self.frame_number < self._frames_per_day:
            raise InputRefused(
                "timecode",
                self.frame_number,
                "lies outside one day",
                f"give a frame from 0 to {self._frames_per_day - 1}",
            )

    @property
    def _dropped_per_minute(self) -> int:
        """Two numbers a minute at 29.97, four at 59.94, none in every tenth minute (SMPTE ST 12-1)."""
        return self.rate.nominal // 15 if self.drop_frame else 0

    @property
    def _frames_per_day(self) -> int:
        return 24 * 6 * (600 * self.rate.nominal - 9 * self._dropped_per_minute)

    @classmethod
    def parse(cls, text: str, rate: FrameRate) -> "Timecode":
        """Read ``01:00:00:00``, or ``01:00:00;00`` for drop-frame.

        Raises
        ------
        InputRefused
            If the text is no timecode at this rate, or names a number that drop-frame skips.
        """
        match = _TIMECODE.fullmatch(text.strip())
        if match is None:
            raise InputRefused(
                "timecode", text, "is not a timecode", "write hours:minutes:seconds:frames, as in 01:00:00:00"
            )
        hours, minutes, seconds, frames = (int(match[group]) for group in (1, 2, 3, 5))
        drop = match[4] in ";,"
        if hours > 23 or minutes > 59 or seconds > 59 or frames >= rate.nominal:
            raise InputRefused(
                "timecode",
                text,
                f"has a field out of range at {rate} frames per second",
                f"hours go to 23, minutes and seconds to 59, frames to {rate.nominal - 1}",
            )
        probe = cls(0, rate, drop)
        dropped = probe._dropped_per_minute
        if dropped and seconds == 0 and frames < dropped and minutes % 10:
            raise InputRefused(
                "timecode",
                text,
                "is a number that drop-frame skips",
                f"the first frame of that minute is numbered {dropped:02d}",
            )
        whole_minutes = 60 * hours + minutes
        counted = (60 * whole_minutes + seconds) * rate.nominal + frames
        return cls(counted - dropped * (whole_minutes - whole_minutes // 10), rate, drop)

    def __str__(self) -> str:
        nominal, dropped = self.rate.nominal, self._dropped_per_minute
        number = self.frame_number
        if dropped:
            ten_minutes, rest = divmod(number, 600 * nominal - 9 * dropped)
            # The first minute of each ten drops nothing; the other nine do.
            minutes_in = 0 if rest < 60 * nominal else 1 + (rest - 60 * nominal) // (60 * nominal - dropped)
            number += dropped * (9 * ten_minutes + minutes_in)
        seconds, frames = divmod(number, nominal)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours:02d}:{minutes:02d}:{seconds:02d}{';' if self.drop_frame else ':'}{frames:02d}"

    def __add__(self, frame_count: int) -> "Timecode":
        return Timecode(self.frame_number + frame_count, self.rate, self.drop_frame)

    def __sub__(self, other: "Timecode") -> int:
        """Frames from ``other`` to this one.

        Raises
        ------
        ValueError
            If they are counted differently.
        """
        if (self.rate, self.drop_frame) != (other.rate, other.drop_frame):
            raise ValueError("timecodes at different rates have no distance in frames")
        return self.frame_number - other.frame_number
