"""The exceptions a user can meet, in one tree, and the sentence each of them becomes.

::

    ShotledgerError
     ├─ InputRefused      a file, field or option that cannot be used (all problems at once)
     ├─ MissingPart       torch, Blender, model weights or a system library is not there
     ├─ RenderFailed      a renderer crashed, ran out of time or made unusable frames
     └─ LedgerError
         ├─ LedgerLocked     another process held the file for too long
         ├─ LedgerTooNew     written by a newer Shotledger
         ├─ NotALedger       a file, but not one of ours
         └─ MigrationChanged the ledger's history and the code's disagree

The command line, the API and the pages each turn these into words in one place; nothing else catches them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, what was found there, why it cannot be used and what to do.

    Attributes
    ----------
    place
        File, line, field or option, as the user would find it.
    value
        What stood there. ``None`` where nothing did.
    why
        Why it cannot be used; a clause without a full stop.
    mend
        What to do about it; a clause without a full stop.
    """

    place: str
    value: object
    why: str
    mend: str

    def __str__(self) -> str:
        shown = (
            "" if self.value is None else f" = {self.value!r}" if isinstance(self.value, str) else f" = {self.value}"
        )
        return f"{self.place}{shown}: {self.why}. {self.mend[:1].upper()}{self.mend[1:]}."


class ShotledgerError(Exception):
    """The root. Every instance carries at least one `Problem`."""

    def __init__(self, place: str, value: object = None, why: str = "", mend: str = "") -> None:
        self.problems: tuple[Problem, ...] = (Problem(place, value, why, mend),)
        super().__init__(str(self.problems[0]))


class InputRefused(ShotledgerError):
    """Input that cannot be used. Built from one problem or, by `all_of`, from every problem found."""

    @classmethod
    def all_of(cls, problems: Sequence[Problem]) -> "InputRefused":
        """Refuse with several problems at once.

        Raises
        ------
        ValueError
            If there is no problem: then there is nothing to refuse.
        """
        if not problems:
            raise ValueError("no problem to report")
        first = problems[0]
        refused = cls(first.place, first.value, first.why, first.mend)
        refused.problems = tuple(problems)
        refused.args = ("\n".join(map(str, problems)),)
        return refused


class MissingPart(ShotledgerError):
    """Something has to be installed or pointed at before this can run."""


class RenderFailed(ShotledgerError):
    """A render ended without usable frames.

    Attributes
    ----------
    log
        The renderer's own output, kept for whoever has to find out why.
    """

    def __init__(
        self, place: str, value: object = None, why: str = "", mend: str = "", log: Path | None = None
    ) -> None:
        super().__init__(place, value, why, mend)
        self.log = log


class LedgerError(ShotledgerError):
    """The ledger could not be read or written; nothing was half-written."""


class LedgerLocked(LedgerError):
    """Another process held the ledger file for longer than we were told to wait."""


class LedgerTooNew(LedgerError):
    """The ledger was written by a newer version of Shotledger."""


class NotALedger(LedgerError):
    """The file is there, but it is not a Shotledger ledger."""


class MigrationChanged(LedgerError):
    """A migration that the ledger has run is missing from the code or reads differently there."""
