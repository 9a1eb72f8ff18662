"""Production incentives: what a programme pays on which costs, as its rules say it, and the costs it looks at."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from analytics.vocabulary.money import Money

MEASURES = {
    "base": "the costs that count",
    "labour": "the labour among the costs that count",
    "vfx_spend": "the VFX work among the costs that count",
}
"""What a threshold can be held against that follows from the costs, each before anything is cut."""

FIGURES = {
    "budget": "the production's budget",
    "core_spend": "the production's core spend everywhere",
    "core_spend_in_territory": "the production's core spend in the programme's territory",
    "core_spend_other_than_vfx": "the production's core spend everywhere, VFX left out",
}
"""What a threshold or cap can be held against that the costs don't tell and somebody has to state."""


class Base(StrEnum):
    """Which costs earn the credit.

    ``labour_only``: people in the territory, in house or inside a contract whose labour is stated. ``all_spend``: all
    that is spent there. ``contract_share``: contracts with vendors there, by the share of a contract that counts.
    """

    LABOUR_ONLY = "labour_only"
    ALL_SPEND = "all_spend"
    CONTRACT_SHARE = "contract_share"


class CostCategory(StrEnum):
    """What was paid for: one's own people, a vendor's contract, or anything else (machines, licences, API)."""

    LABOUR = "labour"
    CONTRACT = "contract"
    OTHER = "other"


class Work(StrEnum):
    """Whether a cost is for VFX."""

    VFX = "vfx"
    OTHER = "other"


@dataclass(frozen=True)
class IncentiveCost:
    """An amount as an incentive sees it.

    Attributes
    ----------
    territory
        For labour where the person is resident for tax, otherwise where the money is spent: ``CA-BC``, ``GB``.
    labour_part
        Labour inside a contract; ``None`` where the vendor has not said.
    """

    category: CostCategory
    territory: str
    amount: Money
    work: Work = Work.VFX
    labour_part: Money | None = None


@dataclass(frozen=True)
class Threshold:
    """At least so much of a measure or figure or, with ``share_of``, such a share (0 to 1) of another one."""

    of: str
    at_least: Decimal
    share_of: str | None = None


@dataclass(frozen=True)
class Cliff:
    """From the threshold on, another rate for the whole base: one cent decides."""

    threshold: Threshold
    rate: Decimal
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class BaseCap:
    """At most this amount counts or, with ``share_of``, at most this share (0 to 1) of a figure."""

    at_most: Decimal
    share_of: str | None = None


@dataclass(frozen=True)
class IncentiveRule:
    """One rate on one base, for as long as it holds.

    Attributes
    ----------
    work
        Only costs of this work count; ``None``: both.
    contract_share
        Share (0 to 1) of a contract's amount that counts, unless the base is labour only.
    minimum
        Where there are several, reaching one is enough. None reached: no credit.
    cliffs
        Where several are reached, the last holds.
    credit_cap
        The credit is never above it.
    tax_rate
        Share of the credit taken back as tax; ``None`` where the sources don't say.
    valid_from, valid_to
        First day it holds and first day it no longer does.
    undated
        Why there is no first day, where the sources give none: then it is taken to hold on every earlier day.
    pending
        What it still waits for, where it is not in force.
    dated_by
        Which day decides, such as the day a cost is incurred; ``None`` where the sources don't say.
    """

    name: str
    title: str
    base: Base
    rate: Decimal
    source: str
    work: Work | None = None
    contract_share: Decimal = Decimal(1)
    minimum: tuple[Threshold, ...] = ()
    cliffs: tuple[Cliff, ...] = ()
    base_cap: BaseCap | None = None
    credit_cap: Decimal | None = None
    tax_rate: Decimal | None = None
    requires: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    undated: str | None = None
    pending: str | None = None
    dated_by: str | None = None


@dataclass(frozen=True)
class IncentiveProgramme:
    """A programme and its rules.

    Attributes
    ----------
    territory
        ISO 3166 country or subdivision. A country's programme counts the costs of all its subdivisions.
    stacking_order
        Programmes are worked out from low to high.
    reduced_by
        Earlier programmes whose credit on the same labour is taken off this one's base.
    requirements
        What has to be stated as met or not, by name: tests and certificates that no cost shows.
    """

    name: str
    title: str
    territory: str
    currency: str
    stacking_order: int
    reduced_by: tuple[str, ...]
    requirements: dict[str, str]
    notes: tuple[str, ...]
    rules: tuple[IncentiveRule, ...]
