"""Finds shots among hundreds of thousands: by what they are, how they stand and who made them, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.shot import ShotKind

PAGE_ROWS = 50
MOST_ROWS = 1_000_000
"""More than a ledger is made for: what a file of all that was found may hold."""


class Standing(StrEnum):
    """How a shot stands. One that is open and past the day it was due is late, whether begun or not."""

    FINAL = "final"
    LATE = "late"
    IN_WORK = "in_work"
    NOT_STARTED = "not_started"
    OMITTED = "omitted"

    @property
    def label(self) -> str:
        """The word shown to people."""
        return self.value.replace("_", " ").capitalize()


class Way(StrEnum):
    """How a shot was made. A shot that fell back is found under its first workflow, where it counts, and here too."""

    AI = "ai"
    TRADITIONAL = "traditional"
    HYBRID = "hybrid"
    FELL_BACK = "fell_back"
    BOTH_WAYS = "both_ways"
    NOT_GIVEN = "not_given"

    @property
    def label(self) -> str:
        """The word shown to people."""
        return {"ai": "AI", "not_given": "Not given yet"}.get(self.value, self.value.replace("_", " ").capitalize())


class SortedBy(StrEnum):
    """What a list of shots can stand in the order of."""

    CODE = "code"
    PRODUCTION = "production"
    SEQUENCE = "sequence"
    KIND = "kind"
    WAY = "way"
    STATUS = "status"
    TURNOVER_ON = "turnover_on"
    DUE_ON = "due_on"
    FINAL_ON = "final_on"
    DAYS_LATE = "days_late"
    DAYS = "days"
    FRAMES = "frames"
    VERSIONS = "versions"
    RETAKES = "retakes"
    PEOPLE_HOURS = "people_hours"
    COST = "cost"


@dataclass(frozen=True)
class ShotSearch:
    """Which shots are asked for; what is empty asks for all.

    Attributes
    ----------
    words
        Stand in the code, the id, the name of the sequence or the description, in any case.
    downwards
        Largest first. What is unknown stands last either way.
    page
        From 1.
    """

    shot_ids: tuple[str, ...] = ()
    production_ids: tuple[str, ...] = ()
    sequences: tuple[str, ...] = ()
    kinds: tuple[ShotKind, ...] = ()
    ways: tuple[Way, ...] = ()
    standings: tuple[Standing, ...] = ()
    words: str = ""
    sorted_by: SortedBy = SortedBy.CODE
    downwards: bool = False
    page: int = 1
    page_rows: int = PAGE_ROWS
    with_synthetic: bool = False


@dataclass(frozen=True)
class FoundShot:
    """A row of the list; see ``questions/shots_found.sql`` for what each is.

    Attributes
    ----------
    last_known_on
        Last day that anything is known of its production: open shots are late or not as of that day.
    days_late
        Final, or for an open shot the last known day, less the day it was due; below 0: early.
    cost
        Of its facts that have a price, in the currency that was asked for.
    missing_count
        Its facts without a price, which are in no cost; ``None`` where no cost was asked for or there are no facts.
    """

    shot_id: str
    production_id: str
    production_name: str
    sequence: str | None
    code: str
    description: str | None
    kind: str | None
    complexity: str | None
    cut_frames: int
    handle_frames: int | None
    cut_seconds: float | None
    width: int | None
    height: int | None
    camera_move: str | None
    main_vendor: str | None
    territory: str | None
    hours_per_person_day: Decimal
    production_currency: str
    turnover_on: date | None
    due_on: date | None
    final_on: date | None
    last_known_on: date | None
    status: Standing
    days_late: int | None
    arm: str | None
    last_workflow: str | None
    fell_back: bool
    made_both_ways: bool
    enabled: bool
    twin_of: str | None
    calendar_days: int | None
    versions: int | None
    retake_count: int
    people_hours: float | None
    people_hours_ai: float | None
    people_hours_traditional: float | None
    machine_seconds: float | None
    generated_seconds: float | None
    cost: Decimal | None
    missing_count: int | None
    weakest_origin: Origin


@dataclass(frozen=True)
class FoundShots:
    """A page of the shots that were found, and sums of all of them.

    Attributes
    ----------
    currency
        Of every cost; ``None`` where none was asked for.
    standings
        Shots by how they stand; every standing is there.
    cost
        Of the facts that have a price, of all that were found.
    costed_count
        Shots with such a cost.
    unpriced_count
        Shots of which something has no price.
    origins
        Shots by the weakest of their facts; origins that don't occur are left out.
    """

    shots: tuple[FoundShot, ...]
    search: ShotSearch
    currency: str | None
    shot_count: int
    standings: Mapping[Standing, int]
    ai_count: int
    traditional_count: int
    fell_back_count: int
    cut_seconds: float
    people_hours: float
    cost: Decimal | None
    costed_count: int
    unpriced_count: int
    origins: Mapping[Origin, int]

    @property
    def page_count(self) -> int:
        """Pages, at least one."""
        return max(1, -(-self.shot_count // self.search.page_rows))

    @property
    def first_place(self) -> int:
        """Place of the first shot of the page among all that were found, from 1."""
        return 1 + (self.search.page - 1) * self.search.page_rows


@dataclass(frozen=True)
class ProductionToChoose:
    """A production that has shots, with its sequences in order."""

    production_id: str
    name: str
    currency: str
    shot_count: int
    sequences: tuple[str, ...]


def find_shots(
    ledger: Ledger, search: ShotSearch, *, rate_card_id: str | None = None, currency: str | None = None
) -> FoundShots:
    """A page of the shots that are asked for, with sums of all of them.

    Reads what is reckoned: ask after `reckoning.reckon_shots`, or `costing.reckoned_costs.reckon_costs` where costs are
    wanted.

    Parameters
    ----------
    rate_card_id, currency
        What the costs were reckoned under, and what to tell them in; without both, no cost is told.

    Raises
    ------
    InputRefused
        If a page or a number of rows is below 1.
    """
    if search.page < 1 or not 1 <= search.page_rows <= MOST_ROWS:
        raise InputRefused("page", search.page, "is no page of a list", "ask for page 1")
    with_costs = rate_card_id is not None and currency is not None
    rows = ledger.ask_rows(
        "shots_found",
        shot_ids=_listed(search.shot_ids),
        production_ids=_listed(search.production_ids),
        sequences=_listed(search.sequences),
        kinds=_listed(search.kinds),
        ways=_listed(search.ways),
        statuses=_listed(search.standings),
        words=search.words.strip() or None,
        with_synthetic=search.with_synthetic,
        rate_card_id=rate_card_id if with_costs else None,
        currency=currency if with_costs else None,
        sorted_by=search.sorted_by.value,
        downwards=search.downwards,
        row_limit=search.page_rows,
        row_offset=(search.page - 1) * search.page_rows,
    )
    sums = rows[0]
    return FoundShots(
        shots=tuple(_shot(row) for row in rows if row["shot_id"] is not None),
        search=search,
        currency=currency if with_costs else None,
        shot_count=sums["shot_count"],
        standings={standing: sums[f"{standing}_count"] for standing in Standing},
        ai_count=sums["ai_count"],
        traditional_count=sums["traditional_count"],
        fell_back_count=sums["fell_back_count"],
        cut_seconds=sums["sum_cut_seconds"],
        people_hours=sums["sum_people_hours"],
        cost=sums["sum_cost"],
        costed_count=sums["costed_count"],
        unpriced_count=sums["unpriced_count"],
        origins={origin: count for origin in Origin if (count := sums[f"{origin}_count"])},
    )


def productions_to_choose(ledger: Ledger, *, with_synthetic: bool = False) -> tuple[ProductionToChoose, ...]:
    """Every production that has shots, by name. Reads what is reckoned, as `find_shots`."""
    rows = ledger.ask_rows("productions_with_shots", with_synthetic=with_synthetic)
    return tuple(
        ProductionToChoose(
            row["production_id"], row["production_name"], row["currency"], row["shot_count"], tuple(row["sequences"])
        )
        for row in rows
    )


_COLUMNS = tuple(field.name for field in fields(FoundShot))


def _shot(row: Mapping[str, Any]) -> FoundShot:
    told = {name: row[name] for name in _COLUMNS}
    told["status"], told["weakest_origin"] = Standing(row["status"]), Origin(row["weakest_origin"])
    return FoundShot(**told)


def _listed(chosen: tuple[str, ...]) -> list[str] | None:
    return [str(one) for one in chosen] or None
