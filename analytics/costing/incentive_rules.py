"""Incentive programmes in TOML, one a file: read strictly, refused with every problem of every file at once."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from analytics.costing.strict_toml import StrictReader, read_toml
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.incentive import (
    FIGURES,
    MEASURES,
    Base,
    BaseCap,
    Cliff,
    IncentiveProgramme,
    IncentiveRule,
    Threshold,
    Work,
)
from analytics.vocabulary.shipped import shipped_path

PROGRAMME_FIELDS = (
    "name",
    "title",
    "territory",
    "currency",
    "stacking_order",
    "reduced_by",
    "requirements",
    "notes",
    "rule",
)
RULE_FIELDS = (
    "name",
    "title",
    "base",
    "work",
    "rate",
    "contract_share",
    "minimum",
    "cliff",
    "base_cap",
    "credit_cap",
    "tax_rate",
    "requires",
    "valid_from",
    "valid_to",
    "undated",
    "pending",
    "dated_by",
    "source",
)
_THRESHOLD_FIELDS = ("of", "at_least", "share_of")


def shipped_incentives_folder() -> Path:
    """The folder of the programmes that come with Shotledger."""
    return shipped_path("incentives")


def load_programmes(folder: Path) -> tuple[IncentiveProgramme, ...]:
    """Read every programme of a folder, in stacking order and, within it, by name.

    Raises
    ------
    InputRefused
        If there is none, if any file is unusable, if two share a name, or if a programme is reduced by one that is
        unknown or doesn't come before it; every problem of every file at once.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise InputRefused(str(folder), None, "holds no incentive programme", "name a folder with .toml files in it")
    read: list[tuple[Path, IncentiveProgramme]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            read.append((path, load_programme(path)))
        except InputRefused as refused:
            problems += refused.problems
    by_name: dict[str, IncentiveProgramme] = {}
    for path, programme in read:
        if programme.name in by_name:
            problems.append(
                Problem(f"{path}: name", programme.name, "names a programme of another file too", "rename one")
            )
        by_name[programme.name] = programme
    # Only when all files were read is an unknown name a mistake of the file that mentions it.
    for path, programme in read if len(read) == len(paths) else []:
        for earlier in programme.reduced_by:
            if earlier not in by_name:
                why, mend = "is no programme of this folder", f"use one of: {', '.join(sorted(by_name))}"
            elif by_name[earlier].stacking_order >= programme.stacking_order:
                why, mend = "doesn't come before this programme", "raise stacking_order above that programme's"
            else:
                continue
            problems.append(Problem(f"{path}: reduced_by", earlier, why, mend))
    if problems:
        raise InputRefused.all_of(problems)
    return tuple(sorted((each for _, each in read), key=lambda each: (each.stacking_order, each.name)))


def load_programme(path: Path) -> IncentiveProgramme:
    """Read one programme.

    Raises
    ------
    InputRefused
        If the file cannot be read, is not TOML, or any field is unusable; every problem at once.
    """
    written = read_toml(path)
    reader = _Reader(str(path))
    programme = reader.programme(written)
    if reader.problems:
        raise InputRefused.all_of(reader.problems)
    return programme


class _Reader(StrictReader):
    """Turns the parsed file into a programme and collects what is wrong with it on the way."""

    def programme(self, written: Mapping[str, Any]) -> IncentiveProgramme:
        self.known_fields(written, PROGRAMME_FIELDS, "")
        order = written.get("stacking_order")
        if not isinstance(order, int) or isinstance(order, bool) or order < 1:
            self.refuse("stacking_order", order, "must be a whole number from 1", "write stacking_order = 1")
            order = 1
        requirements = written.get("requirements", {})
        if not isinstance(requirements, dict) or not all(isinstance(words, str) for words in requirements.values()):
            self.refuse("requirements", str(requirements), "is no table of texts", 'write name = "what is required"')
            requirements = {}
        rules = [
            self.rule(number, table, requirements) for number, table in enumerate(self.tables(written, "rule", ""), 1)
        ]
        if not rules:
            self.refuse("rule", None, "there are no rules", "add at least one [[rule]] table")
        for rule in {rule.name for rule in rules}:
            if [each.name for each in rules].count(rule) > 1:
                self.refuse("rule", rule, "names two rules", "rename one")
        return IncentiveProgramme(
            self.text(written, "name", "", r"[a-z0-9]+(-[a-z0-9]+)*", "gb-avec"),
            self.text(written, "title", ""),
            self.text(written, "territory", "", r"[A-Z]{2}(-[A-Z0-9]{1,3})?", "CA-BC"),
            self.text(written, "currency", "", r"[A-Z]{3}", "CAD"),
            order,
            self.texts(written, "reduced_by", ""),
            dict(requirements),
            self.texts(written, "notes", ""),
            tuple(rules),
        )

    def rule(self, number: int, table: Mapping[str, Any], requirements: Mapping[str, str]) -> IncentiveRule:
        name = self.text(table, "name", f"rule {number}: ", r"[a-z0-9]+(-[a-z0-9]+)*", "vfx")
        place = f"rule {number} ({name}): "
        self.known_fields(table, RULE_FIELDS, place)
        base = self.choice(table, "base", place, tuple(Base))
        work = self.choice(table, "work", place, tuple(Work)) if "work" in table else None
        if base == Base.LABOUR_ONLY and "contract_share" in table:
            self.refuse(
                f"{place}contract_share",
                table["contract_share"],
                "has no effect on labour only",
                "leave it out, or choose another base",
            )
        cap = table.get("base_cap")
        if cap is not None and not isinstance(cap, dict):
            self.refuse(f"{place}base_cap", str(cap), "is no table", "write it as [rule.base_cap]")
        valid_from, valid_to = self.day(table, "valid_from", place), self.day(table, "valid_to", place)
        if valid_from and valid_to and valid_to <= valid_from:
            self.refuse(
                f"{place}valid_to",
                valid_to,
                f"is the first day the rule no longer holds and must come after {valid_from}",
                "write a later day, or leave it out while the rule holds",
            )
        if sum(field in table for field in ("valid_from", "undated", "pending")) != 1:
            self.refuse(
                f"{place}valid_from",
                None,
                "a rule needs a first day, or a reason why there is none, and only one of them",
                'write one of valid_from = 2026-01-01, undated = "why unknown" and pending = "what it waits for"',
            )
        return IncentiveRule(
            name=name,
            title=self.text(table, "title", place),
            base=Base(base) if base else Base.ALL_SPEND,
            rate=self.number(table, "rate", place, share=True),
            source=self.text(table, "source", place, example="who says so, and when"),
            work=Work(work) if work else None,
            contract_share=(
                self.number(table, "contract_share", place, share=True) if "contract_share" in table else Decimal(1)
            ),
            minimum=tuple(self.threshold(each, f"{place}minimum: ") for each in self.tables(table, "minimum", place)),
            cliffs=tuple(
                self.cliff(each, f"{place}cliff: ", requirements) for each in self.tables(table, "cliff", place)
            ),
            base_cap=self.base_cap(cap, f"{place}base_cap: ") if isinstance(cap, dict) else None,
            credit_cap=self.optional_number(table, "credit_cap", place, share=False),
            tax_rate=self.optional_number(table, "tax_rate", place, share=True),
            requires=self.required(table, place, requirements),
            valid_from=valid_from,
            valid_to=valid_to,
            undated=self.optional_text(table, "undated", place),
            pending=self.optional_text(table, "pending", place),
            dated_by=self.optional_text(table, "dated_by", place),
        )

    def required(self, table: Mapping[str, Any], place: str, requirements: Mapping[str, str]) -> tuple[str, ...]:
        names = self.texts(table, "requires", place)
        for name in names:
            if name not in requirements:
                self.refuse(f"{place}requires", name, "is not explained", f"add {name} to [requirements]")
        return names

    def threshold(self, table: Mapping[str, Any], place: str, more: Sequence[str] = ()) -> Threshold:
        self.known_fields(table, (*_THRESHOLD_FIELDS, *more), place)
        known = (*MEASURES, *FIGURES)
        share_of = self.choice(table, "share_of", place, known) if "share_of" in table else None
        of = self.choice(table, "of", place, known) or "base"
        return Threshold(of, self.number(table, "at_least", place, share="share_of" in table), share_of)

    def cliff(self, table: Mapping[str, Any], place: str, requirements: Mapping[str, str]) -> Cliff:
        return Cliff(
            self.threshold(table, place, ("rate", "requires")),
            self.number(table, "rate", place, share=True),
            self.required(table, place, requirements),
        )

    def base_cap(self, table: Mapping[str, Any], place: str) -> BaseCap:
        self.known_fields(table, ("at_most", "share_of"), place)
        share_of = self.choice(table, "share_of", place, tuple(FIGURES)) if "share_of" in table else None
        return BaseCap(self.number(table, "at_most", place, share="share_of" in table), share_of)
