"""Money: a decimal amount in one currency. Never a float."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from analytics.vocabulary.errors import InputRefused


@dataclass(frozen=True, order=False)
class Money:
    """An amount with its ISO 4217 currency code."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise InputRefused("amount", self.amount, "is not a decimal amount", "give a number such as 1250.00")
        if not re.fullmatch(r"[A-Z]{3}", self.currency):
            raise InputRefused("currency", self.currency, "is not an ISO 4217 code", "write three capitals, as in USD")

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> "Money":
        """Build from text or a whole number; a float is refused because it has already lost the cents."""
        if isinstance(amount, float):
            raise TypeError("money is never made from a float")
        try:
            return cls(Decimal(amount), currency)
        except InvalidOperation:
            raise InputRefused("amount", amount, "is not a decimal amount", "give a number such as 1250.00") from None

    def rounded(self, places: int = 2) -> "Money":
        """To so many decimal places, half to even."""
        return Money(self.amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN), self.currency)

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise InputRefused(
                "currency",
                f"{self.currency} and {other.currency}",
                "amounts in two currencies cannot be added",
                "convert one by a dated rate first",
            )

    def __add__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.amount - other.amount, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        if isinstance(factor, float):
            raise TypeError("money is multiplied by a Decimal or a whole number")
        return Money(self.amount * factor, self.currency)

    def __str__(self) -> str:
        return f"{self.amount:,} {self.currency}"
