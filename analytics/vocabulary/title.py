"""A title: what the audience sees in the catalog."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """A series or film. ``kind`` is ``series``, ``film`` or ``test`` (test shots belong to a title of their own)."""

    title_id: str
    name: str
    kind: str
