"""A bid: what a list of shots is offered for, what that rests on, and the states it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow


class BidStatus(StrEnum):
    """``draft`` may be worked out again; from ``sent`` on prices are a snapshot; ``awarded`` takes change orders;
    ``locked`` is the budget that final cost is held against.
    """

    DRAFT = "draft"
    SENT = "sent"
    AWARDED = "awarded"
    LOCKED = "locked"


class Basis(StrEnum):
    """What an estimate rests on: a ``template``, that and little history (``pooled``), or history (``learned``)."""

    TEMPLATE = "template"
    POOLED = "pooled"
    LEARNED = "learned"


class LineKind(StrEnum):
    """What a line of a bid pays for. The first seven are of a shot or a department, the last two of the whole bid."""

    PEOPLE = "people"
    SUPERVISION = "supervision"
    OVERHEAD = "overhead"
    MACHINE = "machine"
    LICENCE = "licence"
    API = "api"
    OTHER = "other"
    CONTINGENCY = "contingency"
    MARGIN = "margin"


@dataclass(frozen=True)
class Hours:
    """A range of people-hours: one of ten outcomes lies below ``p10``, one above ``p90``; ``mean`` is what adds up."""

    p10: float
    p50: float
    p90: float
    mean: float


@dataclass(frozen=True)
class Amounts:
    """The same of money, in the bid's currency."""

    p10: Decimal
    p50: Decimal
    p90: Decimal
    mean: Decimal


@dataclass(frozen=True)
class BidLine:
    """One priced quantity; ``amount`` is ``quantity x unit_price`` to the cent, half to even.

    Where no price was found, ``unit_price`` and ``amount`` are ``None``: the quantity stands, and whoever reads the bid
    sees what is still to be priced.

    Attributes
    ----------
    shot_code
        ``None`` for lines of the whole bid.
    quantity, unit
        ``person_day`` (people, and supervision as days), ``hour`` (machines), ``second`` (generated footage),
        ``share`` (of ``base_amount``, which is then the unit price too; supervision, overhead, contingency and margin
        given as shares), ``lump``.
    resource
        As rate cards name it, such as ``labour:comp``; empty where no rate was needed.
    rate_source
        Whose word the price is, with its date.
    origin
        Of the rate: measured, imported, assumed or synthetic.
    account_code
        Of the chart of accounts.
    """

    kind: LineKind
    department: str | None
    shot_code: str | None
    workflow: Workflow | None
    description: str
    quantity: Decimal
    unit: str
    unit_price: Decimal | None
    amount: Decimal | None
    resource: str = ""
    rate_source: str = ""
    origin: str = "assumed"
    vendor: str | None = None
    territory: str | None = None
    account_code: str = ""
    base_amount: Decimal | None = None


@dataclass(frozen=True)
class BidShot:
    """One shot of a bid.

    Attributes
    ----------
    ai_probability
        Chance (0 to 1) that it is made by AI, where the bid follows the studio's habit; 0 or 1 where that is decided.
    cost
        Direct cost with supervision and overhead, without contingency and margin; ``None`` where a price is missing.
    flags
        What is unusual about it, in words: outside what history holds, complexity assumed, and the like.
    drivers
        Why it is more or less than the usual shot, in words, the strongest first.
    why_workflow
        Why it went to its workflow, in words.
    """

    code: str
    sequence: str | None
    kind: ShotKind
    complexity: Complexity
    cut_frames: int
    handle_frames: int
    description: str
    workflow: Workflow
    ai_probability: float
    people_hours: Hours
    cost: Amounts | None
    basis: Basis
    flags: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()
    why_workflow: str = ""
    vendor: str | None = None
    due_on: date | None = None
    place: str = ""


@dataclass(frozen=True)
class BidDepartment:
    """One department over all shots, in people-hours."""

    department: str
    people_hours: Hours


@dataclass(frozen=True)
class BidIncentive:
    """What one rule of a programme gives, as a negative amount in the bid's currency."""

    programme: str
    rule: str
    amount: Decimal
    words: str


@dataclass(frozen=True)
class BidTotals:
    """The money of the whole bid, in its currency; every amount ``None`` where a price is missing.

    Attributes
    ----------
    cost
        Range of the direct cost with supervision and overhead, simulated with what shots share.
    base, contingency, margin
        ``base`` is the mean of that cost and the sum of the lines; ``contingency`` lifts it to the level that the bid's
        confidence asks for; ``margin`` is on both.
    gross, incentive, net
        ``gross = base + contingency + margin``; ``incentive`` is negative or zero; ``net`` is their sum.
    vendor, non_vendor
        Of ``gross``: what is bought from vendors by name, and what is not.
    vendor_incentive
        Of ``incentive``: what is earned by what vendors do; ``None`` where it was not told apart.
    """

    cost: Amounts | None
    base: Decimal | None
    contingency: Decimal | None
    margin: Decimal | None
    gross: Decimal | None
    incentive: Decimal | None
    net: Decimal | None
    vendor: Decimal | None = None
    non_vendor: Decimal | None = None
    vendor_incentive: Decimal | None = None


@dataclass(frozen=True)
class BidGround:
    """What the figures rest on.

    Attributes
    ----------
    n_shots, n_productions, n_ai_shots
        Of the history that was learned from.
    backtest
        How ranges made the same way did on past productions, in a sentence; empty where nobody looked.
    """

    n_shots: int
    n_productions: int
    n_ai_shots: int
    history_until: date | None
    rate_cards: tuple[str, ...]
    origins: Mapping[str, float] = field(default_factory=dict)
    backtest: str = ""


@dataclass(frozen=True)
class ChangeOrder:
    """A change after award: what it adds or takes away, with its day and reason."""

    number: int
    made_on: date
    reason: str
    added: tuple[str, ...]
    omitted: tuple[str, ...]
    changed: tuple[str, ...]
    gross: Decimal
    net: Decimal


@dataclass(frozen=True)
class Bid:
    """A version of a bid, whole: what is sent, stored and shown.

    Attributes
    ----------
    bid_id
        The same for all versions of one bid.
    confidence
        Share of simulated outcomes whose cost ``base + contingency`` covers.
    mix
        How workflows were chosen: ``current``, ``ai``, ``traditional`` or ``best``.
    listed
        The shot list as CSV that reads back as the same list, so that it can be edited and bid again; empty where it
        was not kept.
    """

    bid_id: str
    version_number: int
    status: BidStatus
    production_id: str
    production_name: str
    name: str
    currency: str
    fps: str
    created_at: datetime
    priced_on: date
    valid_until: date | None
    confidence: Decimal
    mix: str
    hours_per_person_day: Decimal
    shot_list_name: str
    shot_list_sha256: str
    shots: tuple[BidShot, ...]
    departments: tuple[BidDepartment, ...]
    lines: tuple[BidLine, ...]
    incentives: tuple[BidIncentive, ...]
    people_hours: Hours
    totals: BidTotals
    ground: BidGround
    assumptions: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    change_orders: tuple[ChangeOrder, ...] = ()
    sent_at: datetime | None = None
    awarded_at: datetime | None = None
    locked_at: datetime | None = None
    listed: str = ""
