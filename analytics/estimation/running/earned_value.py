"""Earned value: what the work done so far was budgeted at, against what it took and when it was due.

Names are those of the Project Management Body of Knowledge; a line producer's words for them stand beside each.
Whoever reads them should know that ``BAC / CPI`` is of little use once performance changes (M. Wideman): it is told
here because people ask for it, beside the learned forecast.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class EacFormula(StrEnum):
    """How what is left is foretold from what was done.

    ``typical``: as dear as the work so far, ``BAC / CPI``. ``atypical``: as budgeted, ``AC + (BAC - EV)``.
    ``cost_and_schedule``: dear and hurried alike, ``AC + (BAC - EV) / (CPI x SPI)``.
    """

    TYPICAL = "typical"
    ATYPICAL = "atypical"
    COST_AND_SCHEDULE = "cost_and_schedule"


@dataclass(frozen=True)
class EarnedValue:
    """The four quantities and all that follows from them, in one unit: a currency, or people-hours.

    Attributes
    ----------
    bac
        Budget at completion: the locked budget of the work.
    pv
        Planned value: budget of what was due by the day; ``None`` where nothing says what was due.
    ev
        Earned value: budget of what is done.
    ac
        Actual cost: what all work so far took, retakes too.
    """

    bac: Decimal
    pv: Decimal | None
    ev: Decimal
    ac: Decimal

    @property
    def cv(self) -> Decimal:
        """Cost variance: positive is under budget."""
        return self.ev - self.ac

    @property
    def sv(self) -> Decimal | None:
        """Schedule variance: positive is ahead."""
        return None if self.pv is None else self.ev - self.pv

    @property
    def cpi(self) -> Decimal | None:
        """Cost performance: what each unit spent has earned; ``None`` while nothing is spent."""
        return _over(self.ev, self.ac)

    @property
    def spi(self) -> Decimal | None:
        """Schedule performance: earned of what was due; ``None`` while nothing was due."""
        return None if self.pv is None else _over(self.ev, self.pv)

    def eac(self, formula: EacFormula = EacFormula.TYPICAL) -> Decimal | None:
        """Estimate at completion, a line producer's EFC; ``None`` where its formula divides by zero."""
        if self.ev == self.bac:
            return self.ac
        match formula:
            case EacFormula.ATYPICAL:
                return self.ac + (self.bac - self.ev)
            case EacFormula.TYPICAL:
                # The same as BAC / CPI, with one division and so one rounding.
                return _over(self.bac * self.ac, self.ev)
            case EacFormula.COST_AND_SCHEDULE:
                if self.cpi is None or not self.spi:
                    return None
                rest = _over(self.bac - self.ev, self.cpi * self.spi)
                return None if rest is None else self.ac + rest

    def etc(self, formula: EacFormula = EacFormula.TYPICAL) -> Decimal | None:
        """Estimate to complete."""
        eac = self.eac(formula)
        return None if eac is None else eac - self.ac

    def vac(self, formula: EacFormula = EacFormula.TYPICAL) -> Decimal | None:
        """Variance at completion: positive is under budget."""
        eac = self.eac(formula)
        return None if eac is None else self.bac - eac

    def tcpi(self, target: Decimal | None = None) -> Decimal | None:
        """What each unit yet to be spent has to earn to end at a target, the budget unless another is given.

        ``None`` where nothing is left to spend: then the target can no longer be met, or everything is done.
        """
        left = (self.bac if target is None else target) - self.ac
        return _over(self.bac - self.ev, left) if left > 0 else None

    def gaps(self) -> tuple[str, ...]:
        """Why a figure is not told, in words; empty where all are."""
        told = []
        if self.ac == 0:
            told.append("Nothing is booked yet: there is no CPI, and no EFC by it.")
        elif self.ev == 0:
            told.append("Nothing is earned yet: CPI is 0, and no EFC follows from it.")
        if self.pv is None:
            told.append("No shot of the budget has a due date: there is no planned value, SV and SPI.")
        elif self.pv == 0:
            told.append("Nothing was due yet: there is no SPI.")
        if self.ac >= self.bac and self.ev < self.bac:
            told.append("The budget is spent and work is left: no rate of work could still end within it (no TCPI).")
        return tuple(told)


def _over(above: Decimal, below: Decimal) -> Decimal | None:
    return above / below if below else None
