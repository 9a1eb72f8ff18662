"""Random numbers that stay with what they are for: a shot keeps its own when another is edited or left out.

So two bids of one seed differ by what was changed and by nothing else (common random numbers: Law, Simulation Modeling
and Analysis, 5th ed., ch. 11).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np

    Draws = np.ndarray[Any, np.dtype[np.float64]]


class Luck:
    """Streams of one seed, each by the words that name it."""

    def __init__(self, seed: int, outcomes: int) -> None:
        self.seed, self.outcomes = seed, outcomes

    def of(self, *words: object) -> "np.random.Generator":
        """The stream of that name, from its beginning."""
        import numpy as np

        return np.random.default_rng([self.seed, *(crc32(repr(word).encode()) for word in words)])

    def of_shots(self, purpose: str, codes: Sequence[str]) -> "Draws":
        """Uniform numbers between 0 and 1 of shape (outcomes, shots)."""
        import numpy as np

        drawn = np.empty((len(codes), self.outcomes))
        for place, code in enumerate(codes):
            drawn[place] = self.of(purpose, code).random(self.outcomes)
        return drawn.T
