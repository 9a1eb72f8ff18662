"""What keeps facts from having a price: a rate that a card lacks, or an exchange rate that the ledger lacks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.vocabulary.workflow import Workflow


@dataclass(frozen=True)
class MissingPrice:
    """Facts that wait for a price.

    Attributes
    ----------
    rate_card_id
        The cards that were looked through, with a plus between them.
    missing
        A resource, such as ``labour:comp``, or an exchange, such as ``USD to CAD``.
    first_day, last_day
        Of the facts; ``None`` where no day of theirs is known.
    workflow
        ``None`` where it is not known.
    fact_amount, fact_unit
        Their sum: ``people_hours``, ``wall_seconds``, ``generated_seconds``, ``energy_joules`` or a currency.
    """

    rate_card_id: str
    missing: str
    first_day: date | None
    last_day: date | None
    workflow: Workflow | None
    fact_count: int
    fact_amount: float
    fact_unit: str

    @classmethod
    def of_row(cls, rate_card_id: str, row: Mapping[str, Any]) -> "MissingPrice":
        """From a row of ``questions/missing_prices.sql``."""
        workflow = None if row["workflow"] is None else Workflow(row["workflow"])
        return cls(
            rate_card_id, row["missing"], row["first_day"], row["last_day"], workflow, row["fact_count"],
            row["fact_amount"], row["fact_unit"],
        )  # fmt: skip

    @property
    def is_exchange(self) -> bool:
        """Whether an exchange rate is missing and not a price."""
        return re.fullmatch("[A-Z]{3} to [A-Z]{3}", self.missing) is not None

    def __str__(self) -> str:
        lacks = (
            f"The ledger has no exchange rate from {self.missing}"
            if self.is_exchange
            else f"There is no rate for {self.missing} on {self.rate_card_id}"
        )
        of = f" {self.workflow.label}" if self.workflow else ""
        amount = f"{self.fact_amount:,.2f} {self.fact_unit.replace('_', ' ')}"
        facts = "fact" if self.fact_count == 1 else "facts"
        return f"{lacks} {self._days()}: {self.fact_count:,}{of} {facts} ({amount}) cannot be priced."

    def _days(self) -> str:
        if self.first_day is None:
            return "on a day that nobody wrote down"
        return (
            f"on {self.first_day}" if self.first_day == self.last_day else f"from {self.first_day} to {self.last_day}"
        )
