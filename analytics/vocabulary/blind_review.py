"""A blind review: which of two renders a person prefers who was not told which is which."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from analytics.vocabulary.origin import Origin


class Preference(StrEnum):
    """What was preferred of the two that were shown."""

    A = "a"
    B = "b"
    NEITHER = "neither"


@dataclass(frozen=True)
class BlindReview:
    """Two renders of a shot laid out as A and B, and the answer, once there is one.

    Attributes
    ----------
    a_render_id, b_render_id
        What was shown under which letter. Nobody may see it before the answer.
    folder
        Absolute path of what was shown.
    a_note, b_note
        From 1, unusable, to 5, could be delivered.
    reviewer
        Name or initials.
    """

    blind_review_id: str
    shot_id: str
    a_render_id: str
    b_render_id: str
    folder: str
    laid_out_at: datetime
    answered_at: datetime | None = None
    preferred: Preference | None = None
    a_note: int | None = None
    b_note: int | None = None
    reviewer: str | None = None
    comment: str | None = None
    origin: Origin = Origin.MEASURED

    @property
    def preferred_render_id(self) -> str | None:
        """The render that was preferred, or ``None`` where neither was, or nobody has answered."""
        return {Preference.A: self.a_render_id, Preference.B: self.b_render_id}.get(
            self.preferred or Preference.NEITHER
        )

    def note_of(self, render_id: str) -> int | None:
        """The note that one of the two renders was given."""
        return self.a_note if render_id == self.a_render_id else self.b_note

    def answered(
        self,
        preferred: Preference | None,
        notes: tuple[int | None, int | None],
        reviewer: str,
        comment: str | None,
        at: datetime,
    ) -> "BlindReview":
        """With an answer, as somebody gave it; whether it is whole is for whoever records it to say."""
        return replace(
            self,
            answered_at=at,
            preferred=preferred,
            a_note=notes[0],
            b_note=notes[1],
            reviewer=reviewer.strip(),
            comment=(comment or "").strip() or None,
        )  # fmt: skip
