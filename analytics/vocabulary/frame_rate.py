"""Frames per second, exactly: 23.976 is 24000/1001, never a float."""

from dataclasses import dataclass
from fractions import Fraction

from analytics.vocabulary.errors import InputRefused

NTSC = {
    "23.976": Fraction(24000, 1001),
    "23.98": Fraction(24000, 1001),
    "29.97": Fraction(30000, 1001),
    "47.952": Fraction(48000, 1001),
    "47.95": Fraction(48000, 1001),
    "59.94": Fraction(60000, 1001),
}
"""How people write the NTSC rates, and what they mean."""


@dataclass(frozen=True)
class FrameRate:
    """An exact frame rate, from 1 to 240 frames per second."""

    exact: Fraction

    def __post_init__(self) -> None:
        if not 1 <= self.exact <= 240:
            raise InputRefused(
                "fps", str(self.exact), "a frame rate lies between 1 and 240", "give a rate such as 24 or 23.976"
            )

    @classmethod
    def parse(cls, text: str | int | float) -> "FrameRate":
        """Read ``24``, ``23.976`` or ``24000/1001``.

        Raises
        ------
        InputRefused
            If it is no frame rate.
        """
        written = str(text).strip()
        try:
            return cls(NTSC.get(written) or Fraction(written))
        except (ValueError, ZeroDivisionError):
            raise InputRefused(
                "fps", text, "is not a frame rate", "give a rate such as 24, 23.976 or 30000/1001"
            ) from None

    @property
    def nominal(self) -> int:
        """The whole number that timecode counts by: 30 for 29.97."""
        return round(self.exact)

    @property
    def is_ntsc(self) -> bool:
        """Whether the rate runs 0.1 % slower than its nominal number."""
        return self.exact == Fraction(self.nominal * 1000, 1001)

    @property
    def allows_drop_frame(self) -> bool:
        """Drop-frame timecode exists only at 29.97 and 59.94 (SMPTE ST 12-1)."""
        return self.is_ntsc and self.nominal in (30, 60)

    def seconds(self, frame_count: int) -> float:
        """Length of so many frames."""
        return float(frame_count / self.exact)

    def __float__(self) -> float:
        return float(self.exact)

    def __str__(self) -> str:
        for written, exact in NTSC.items():
            if exact == self.exact:
                return written
        return str(self.exact.numerator) if self.exact.denominator == 1 else str(self.exact)
