"""Picture sizes as lists write them: pixels, ``3840x2160``, ``UHD``."""

import re

from analytics.importers.shot_lists.lengths import whole_number
from analytics.vocabulary.errors import InputRefused

_NAMED = {
    "hd": (1920, 1080), "1080p": (1920, 1080), "2k": (2048, 1080), "uhd": (3840, 2160), "4k uhd": (3840, 2160),
    "uhd 4k": (3840, 2160), "4k": (4096, 2160), "4k dci": (4096, 2160), "dci 4k": (4096, 2160), "8k": (8192, 4320),
}  # fmt: skip
_MOST_PIXELS = 65_536


def pixels_of(text: str) -> int:
    """Width or height.

    Raises
    ------
    InputRefused
        If it is no number of pixels.
    """
    pixels = whole_number(text)
    if not 1 <= pixels <= _MOST_PIXELS:
        raise InputRefused("", text, "is no number of pixels", "write pixels, as 3840")
    return pixels


def resolution_of(text: str) -> tuple[int, int] | None:
    """Width and height; ``None`` where the words are not known."""
    if match := re.fullmatch(r"(\d{2,5})\s*[x×*]\s*(\d{2,5})", text.strip(), re.IGNORECASE):
        return int(match[1]), int(match[2])
    return _NAMED.get(" ".join(text.casefold().split()))
