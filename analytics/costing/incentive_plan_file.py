"""Incentive plans in TOML: read strictly, refused with every problem at once; a blank one to begin with."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from analytics.costing.incentive_gaps import DEFAULT_CARD_LABOUR_SHARE
from analytics.costing.incentive_inputs import asks_for_labour, figures_asked, requirements_asked
from analytics.costing.incentive_plan import (
    SPENT_ON,
    IncentiveClaim,
    IncentivePlan,
    programmes_by_name,
    unknown_programme,
)
from analytics.costing.incentive_rules import load_programmes
from analytics.costing.strict_toml import StrictReader, read_toml
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.incentive import FIGURES, Base, IncentiveProgramme
from analytics.vocabulary.money import Money

_TERRITORY = r"[A-Z]{2}(-[A-Z0-9]{1,3})?"
_CLAIM_FIELDS = (
    "programmes",
    "on",
    "exchange_on",
    "labour_share",
    "vendor_labour_share",
    "territory",
    "spent_in",
    "figures",
    "requirements",
    "count_pending",
)


def load_plan(path: Path) -> IncentivePlan:
    """Read a plan. ``programmes_from`` in it names a folder of programmes in place of those that are shipped.

    Raises
    ------
    InputRefused
        If the file cannot be read, is not TOML, or any field is unusable; every problem at once.
    """
    written = read_toml(path)
    reader = _PlanReader(str(path))
    folder = reader.optional_text(written, "programmes_from", "")
    if folder is None:
        reader.programmes = programmes_by_name()
    else:
        reader.programmes = {programme.name: programme for programme in load_programmes(path.parent / folder)}
    plan = reader.plan(written)
    if reader.problems:
        raise InputRefused.all_of(reader.problems)
    return plan


class _PlanReader(StrictReader):
    """Turns the parsed file into a plan and collects what is wrong with it on the way."""

    programmes: Mapping[str, IncentiveProgramme]

    def plan(self, written: Mapping[str, Any]) -> IncentivePlan:
        self.known_fields(written, ("programmes_from", "all", "production"), "")
        for_all = self.claim(self.table(written, "all", ""), "all.")
        tables = self.table(written, "production", "")
        claims = {name: self.claim(self.table(tables, name, "production."), f"production.{name}.") for name in tables}
        if not any(claim.programmes for claim in (for_all, *claims.values())):
            self.refuse(
                "programmes", None, "no programme is claimed", 'write [all] and below it programmes = ["nz-pdv"]'
            )
        return IncentivePlan(self.file_name, self.programmes, for_all, claims)

    def claim(self, table: Mapping[str, Any], place: str) -> IncentiveClaim:
        self.known_fields(table, _CLAIM_FIELDS, place)
        names = self.texts(table, "programmes", place) if "programmes" in table else None
        for name in names or ():
            if name not in self.programmes:
                self.problems.append(unknown_programme(f"{self.file_name}: {place}programmes", name, self.programmes))
        return IncentiveClaim(
            programmes=names,
            on=self.day(table, "on", place),
            exchange_on=self.day(table, "exchange_on", place),
            labour_share=self.optional_number(table, "labour_share", place, share=True),
            vendor_labour_share=self.shares(table, "vendor_labour_share", place),
            territory=self.text(table, "territory", place, _TERRITORY, "CA-BC") if "territory" in table else None,
            spent_in=self.territories(table, "spent_in", place),
            figures=self.figures(table, place),
            requirements_met=self.requirements(table, place),
            count_pending=self.yes_or_no(table, "count_pending", place) if "count_pending" in table else None,
        )

    def shares(self, table: Mapping[str, Any], field: str, place: str) -> dict[str, Decimal]:
        shares = self.table(table, field, place)
        return {name: self.number(shares, name, f"{place}{field}.", share=True) for name in shares}

    def territories(self, table: Mapping[str, Any], field: str, place: str) -> dict[str, str]:
        territories = self.table(table, field, place)
        self.known_fields(territories, SPENT_ON, f"{place}{field}.")
        return {name: self.text(territories, name, f"{place}{field}.", _TERRITORY, "US") for name in territories}

    def figures(self, table: Mapping[str, Any], place: str) -> dict[str, Money]:
        figures = self.table(table, "figures", place)
        self.known_fields(figures, tuple(FIGURES), f"{place}figures.")
        amounts = {}
        for name in figures:
            pattern, example = r"[0-9]{1,12}(\.[0-9]{1,2})? [A-Z]{3}", "5000000 CAD"
            amount, _, currency = self.text(figures, name, f"{place}figures.", pattern, example).partition(" ")
            if amount:
                amounts[name] = Money.of(amount, currency)
        return amounts

    def requirements(self, table: Mapping[str, Any], place: str) -> dict[str, bool]:
        requirements, place = self.table(table, "requirements", place), f"{place}requirements."
        known = {name for programme in self.programmes.values() for name in programme.requirements}
        self.known_fields(requirements, sorted(known), place)
        return {name: self.yes_or_no(requirements, name, place) for name in requirements}


def blank_plan(programmes: Sequence[IncentiveProgramme]) -> str:
    """A plan that claims these programmes for all productions, with all that they ask for as comments to fill in."""
    rules = [(programme, rule) for programme in programmes for rule in programme.rules]
    names = ", ".join(f'"{programme.name}"' for programme in programmes)
    parts = [_BLANK_HEAD.format(names=names)]
    if any(asks_for_labour(rule) for _, rule in rules):
        parts.append(_BLANK_LABOUR.format(share=DEFAULT_CARD_LABOUR_SHARE))
    if any(rule.base is Base.ALL_SPEND for _, rule in rules):
        parts.append(_BLANK_SPENT_IN)
    figures = {name: programme.currency for programme, rule in rules for name in sorted(figures_asked(rule))}
    if figures:
        lines = [
            f'# {name} = "5000000 {figures[name]}"  # {words}' for name, words in FIGURES.items() if name in figures
        ]
        parts.append("\n".join(["[all.figures]", *lines, ""]))
    met = {name: programme.requirements[name] for programme, rule in rules for name in sorted(requirements_asked(rule))}
    if met:
        lines = [f"# {name} = true  # {words}" for name, words in met.items()]
        parts.append("\n".join(["[all.requirements]", *lines, ""]))
    return "\n".join(parts)


_BLANK_HEAD = """\
# What is claimed, and what no ledger knows. Take the # away where you state something: what a programme asks for and
# nobody states is refused, never taken as zero. A production can have a table of its own, as in [production.P12].
[all]
programmes = [{names}]
# The day that decides which rules hold; without it, the day on which the production started.
# on = 2026-01-05
# The day of the exchange rate, where a programme pays in another currency than the production; without it, as above.
# exchange_on = 2026-01-05
"""
_BLANK_LABOUR = """\
# The share of what your own people cost that is wages: in the rate card that comes with Shotledger 1 / (1.60 x 1.10).
# labour_share = "{share}"

# The share of a vendor's contract that is labour, as the vendor says; "*" stands for any other vendor.
[all.vendor_labour_share]
# "Harbour FX" = "0.60"
"""
_BLANK_SPENT_IN = """\
# Where it is bought; without it, where the production is. For api it has to be stated where all spend counts.
[all.spent_in]
# api = "US"
"""
