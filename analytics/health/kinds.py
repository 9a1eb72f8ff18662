"""How AI is spread over the kinds of shots, and where the two workflows can be compared at all."""

from dataclasses import dataclass

from analytics.ledger.ledger import Ledger

FEWEST_OF_EACH = 5
"""Shots of either workflow below which a comparison of a kind is words and no number."""


@dataclass(frozen=True)
class KindShare:
    """Shots of one kind by the workflow that they count in, omitted ones apart.

    Attributes
    ----------
    kind
        ``None`` where nobody said.
    production_count, shared_count
        Productions that have the kind, and of these those in which both AI and traditional made some.
    """

    kind: str | None
    shot_count: int
    ai_count: int
    traditional_count: int
    hybrid_count: int
    unknown_count: int
    production_count: int
    shared_count: int

    @property
    def ai_share(self) -> float | None:
        """AI among the shots whose workflow is known; ``None`` where none is."""
        known = self.shot_count - self.unknown_count
        return self.ai_count / known if known else None

    @property
    def verdict(self) -> str:
        """Whether the workflows can be compared on this kind, in words."""
        few = [
            name
            for name, count in (("AI", self.ai_count), ("traditional", self.traditional_count))
            if count < FEWEST_OF_EACH
        ]
        if few:
            return f"too few {' and '.join(few)} shots to compare"
        if not self.shared_count:
            return "never both in one production: productions are compared, not workflows"
        return "can be compared"


def kind_shares(ledger: Ledger, *, with_synthetic: bool = False) -> tuple[KindShare, ...]:
    """Kinds of shots, the most frequent first. Ask after `reckoning.reckon_shots`."""
    return tuple(KindShare(**row) for row in ledger.ask_rows("ai_share_by_kind", with_synthetic=with_synthetic))
