"""Frame ranges and frame sizes as the trade writes them: ``1001-1048`` and ``1920x1080``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.vocabulary.errors import InputRefused


@dataclass(frozen=True)
class FrameRange:
    """Consecutive frames, both ends included. A shot starts at 1001 so that handles never go below zero."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first < 0 or self.last < self.first:
            raise InputRefused(
                "frames",
                str(self),
                "a range must not start below 0 or end before it starts",
                "write the first and last frame, as in 1001-1048",
            )

    @classmethod
    def parse(cls, text: str, place: str = "frames") -> "FrameRange":
        """Read ``1001-1048`` or a single frame ``1024``.

        Raises
        ------
        InputRefused
            If the text is no such range.
        """
        match = re.fullmatch(r"\s*(\d{1,8})(?:\s*-\s*(\d{1,8}))?\s*", text)
        if match is None or int(match[2] or match[1]) < int(match[1]):
            raise InputRefused(place, text, "is not a frame range", "write the first and last frame, as in 1001-1048")
        return cls(int(match[1]), int(match[2] or match[1]))

    @property
    def count(self) -> int:
        """Number of frames."""
        return self.last - self.first + 1

    def holds(self, other: "FrameRange") -> bool:
        """Whether every frame of ``other`` lies in this range."""
        return self.first <= other.first and other.last <= self.last

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


@dataclass(frozen=True)
class FrameSize:
    """Width and height in pixels; both even, because review movies are 4:2:0."""

    width: int
    height: int

    SMALLEST = 32
    LARGEST = 8192

    def __post_init__(self) -> None:
        for side in (self.width, self.height):
            if not self.SMALLEST <= side <= self.LARGEST or side % 2:
                raise InputRefused(
                    "size",
                    str(self),
                    f"each side must be even and from {self.SMALLEST} to {self.LARGEST} pixels",
                    "write width x height, as in 256x144",
                )

    @classmethod
    def parse(cls, text: str) -> "FrameSize":
        """Read ``256x144``.

        Raises
        ------
        InputRefused
            If the text is no size, or a side is odd or out of range.
        """
        match = re.fullmatch(r"\s*(\d{1,6})\s*[xX×]\s*(\d{1,6})\s*", text)
        if match is None:
            raise InputRefused("size", text, "is not a frame size", "write width x height, as in 256x144")
        return cls(int(match[1]), int(match[2]))

    @property
    def pixel_count(self) -> int:
        """Pixels in one frame."""
        return self.width * self.height

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"
