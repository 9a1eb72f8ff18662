"""The same facts by two rate cards: what would the past have cost at other prices?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.costing.reckoned_costs import CostRow


@dataclass(frozen=True)
class RepricedRow:
    """One sum by two cards, in one currency.

    Attributes
    ----------
    missing_before, missing_after
        Priced facts without a price by each card: where they differ, so does what the sums are of.
    """

    production_id: str | None
    label: str | None
    shot_id: str | None
    line_count: int
    before: Decimal | None
    after: Decimal | None
    missing_before: int
    missing_after: int

    @property
    def difference(self) -> Decimal | None:
        """After less before; ``None`` where one is not known."""
        return None if self.before is None or self.after is None else self.after - self.before


def repriced(before: Sequence[CostRow], after: Sequence[CostRow]) -> tuple[RepricedRow, ...]:
    """Pair the rows of two answers to one question, in the order of the first."""
    rows: dict[tuple[str | None, str | None, str | None], list[CostRow | None]] = {}
    for side, answered in enumerate((before, after)):
        for row in answered:
            rows.setdefault((row.production_id, row.label, row.shot_id), [None, None])[side] = row
    return tuple(_paired(*pair) for pair in rows.values())


def _paired(before: CostRow | None, after: CostRow | None) -> RepricedRow:
    known = before or after
    assert known is not None
    return RepricedRow(
        known.production_id,
        known.label,
        known.shot_id,
        max(row.line_count for row in (before, after) if row is not None),
        # No row on one side: nothing of it is charged there.
        before.cost if before else Decimal(0),
        after.cost if after else Decimal(0),
        before.missing_count if before else 0,
        after.missing_count if after else 0,
    )
