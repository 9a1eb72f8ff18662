"""An incentive plan: which programmes are claimed for which production, and all that no ledger knows about that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from analytics.costing.incentive_rules import load_programmes, shipped_incentives_folder
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.incentive import IncentiveProgramme
from analytics.vocabulary.money import Money

ANY_VENDOR = "*"
"""Stands for every vendor that is not named."""

SPENT_ON = (
    "machine",
    "energy",
    "licence",
    "api",
    "compute",
    "storage",
    "consent",
    "review",
    "idle",
    "overhead",
    "other",
)
"""What is not people's work: kinds of cost, and categories of charges. Each may be bought in another territory."""


@dataclass(frozen=True)
class IncentiveClaim:
    """What is claimed for a production and what goes with it; ``None`` and empty: not said here.

    Attributes
    ----------
    programmes
        Names of programmes; an empty tuple claims nothing.
    on
        The day that decides which rules hold; not said: the day on which the production started.
    exchange_on
        The day of the exchange rate, where a programme pays in another currency; not said: ``on``.
    labour_share
        Share (0 to 1) of what one's own people cost that is wages. The rest, such as overhead and margin, is spend.
    vendor_labour_share
        Share (0 to 1) of a vendor's contract that is labour, by vendor; `ANY_VENDOR` for all others.
    territory
        Where costs belong of which the ledger knows no territory.
    spent_in
        Territory by what was paid for (`SPENT_ON`), in place of the one the ledger takes, which is the production's.
    figures
        By the names of `analytics.vocabulary.incentive.FIGURES`.
    requirements_met
        By the names that the programmes give their requirements.
    count_pending
        Work out rules that are not in force yet as if they were.
    """

    programmes: tuple[str, ...] | None = None
    on: date | None = None
    exchange_on: date | None = None
    labour_share: Decimal | None = None
    vendor_labour_share: Mapping[str, Decimal] = field(default_factory=dict)
    territory: str | None = None
    spent_in: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Money] = field(default_factory=dict)
    requirements_met: Mapping[str, bool] = field(default_factory=dict)
    count_pending: bool | None = None

    def or_else(self, general: "IncentiveClaim") -> "IncentiveClaim":
        """Take whatever is not said here from a more general claim; tables are taken entry by entry."""
        said: dict[str, Any] = {}
        for each in fields(self):
            own, others = getattr(self, each.name), getattr(general, each.name)
            said[each.name] = {**others, **own} if isinstance(own, Mapping) else others if own is None else own
        return IncentiveClaim(**said)


@dataclass(frozen=True)
class IncentivePlan:
    """Claims for all productions and for some of them.

    Attributes
    ----------
    name
        File or option that the plan was given as: what is wrong with it is found there.
    programmes
        All programmes that can be claimed, by name.
    """

    name: str
    programmes: Mapping[str, IncentiveProgramme]
    for_all: IncentiveClaim
    by_production: Mapping[str, IncentiveClaim]

    def claim_of(self, production_id: str) -> IncentiveClaim:
        """What is claimed for one production: its own claim, and what all of them have in common."""
        return self.by_production.get(production_id, IncentiveClaim()).or_else(self.for_all)

    def claimed_programmes(self, claim: IncentiveClaim) -> tuple[IncentiveProgramme, ...]:
        """The programmes of a claim in stacking order."""
        named = [self.programmes[name] for name in dict.fromkeys(claim.programmes or ())]
        return tuple(sorted(named, key=lambda programme: (programme.stacking_order, programme.name)))


def plan_for_all(names: Sequence[str], *, labour_share: Decimal | None = None) -> IncentivePlan:
    """The same shipped programmes for every production, with nothing else said.

    Raises
    ------
    InputRefused
        If a name is no programme's or the share is none.
    """
    programmes = programmes_by_name()
    problems = [unknown_programme("--incentive", name, programmes) for name in names if name not in programmes]
    if labour_share is not None and not 0 <= labour_share <= 1:
        problems.append(
            Problem(
                "--labour-share", str(labour_share), "is a share and must lie between 0 and 1", "write 57 % as 0.57"
            )
        )
    if problems:
        raise InputRefused.all_of(problems)
    claim = IncentiveClaim(programmes=tuple(names), labour_share=labour_share)
    return IncentivePlan("--incentive", programmes, claim, {})


def programmes_by_name() -> dict[str, IncentiveProgramme]:
    """The programmes that come with Shotledger, by name and in stacking order."""
    return {programme.name: programme for programme in load_programmes(shipped_incentives_folder())}


def unknown_programme(place: str, name: str, programmes: Mapping[str, IncentiveProgramme]) -> Problem:
    """A name that is none, with the nearest one, or with all of them where none is near."""
    near = get_close_matches(name, programmes, 1)
    return Problem(
        place, name, "is no programme", f"write {near[0]}" if near else f"use one of: {', '.join(programmes)}"
    )
