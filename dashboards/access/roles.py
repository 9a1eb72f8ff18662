"""Who is looking, as what: roles, persons, and the refusal that they meet."""

from dataclasses import dataclass
from enum import IntEnum

from analytics.vocabulary.errors import ShotledgerError


class Role(IntEnum):
    """What somebody may do; each may all that the ones before may.

    A viewer reads what AI did on the slate. A producer sees single shots' money and makes bids. An admin changes what
    others rest on: imports, rates.
    """

    VIEWER = 1
    PRODUCER = 2
    ADMIN = 3

    @property
    def label(self) -> str:
        """The word on the page and in the access file."""
        return self.name.lower()


@dataclass(frozen=True)
class Person:
    """Somebody who reads the pages.

    Attributes
    ----------
    name
        What stands under a bid or an import that they make.
    role
        ``None``: signed in, and given no role.
    """

    name: str
    role: Role | None

    def may(self, role: Role) -> bool:
        """Whether this person's role is at least that."""
        return self.role is not None and self.role >= role


class NotAllowed(ShotledgerError):
    """A page, figure or file that this person's role does not reach."""

    def __init__(self, person: Person, needed: Role) -> None:
        has = "no role" if person.role is None else f"the role {person.role.label}"
        super().__init__(
            "access", None, f"this is for the role {needed.label}, and {person.name} has {has}",
            "ask whoever runs these pages for another role",
        )  # fmt: skip
