"""What the bid page asks: what there is to choose from, stored bids, and a bid worked out beside the pages.

Whatever the page shows of a bid is a `ShownBid`: the bid without its lines, of which a long list has ten thousands, and
the sums of them.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from analytics.bidding.assumed_plan import assumed_plan
from analytics.bidding.bid_production import production_to_bid
from analytics.bidding.bid_sums import BidSums, sums_of
from analytics.bidding.comparing import BidComparison, compare_bids
from analytics.bidding.listed_again import shot_list_of_bid
from analytics.bidding.mix_plan import MixPlan
from analytics.bidding.mix_ranges import MixRange
from analytics.bidding.new_bids import DraftedBid, draft_bid
from analytics.bidding.past_work import PastWork, past_work
from analytics.bidding.priced_list import Mix
from analytics.bidding.stored_bids import BidEvent, BidRow, bid_events, bid_named, bids_listed
from analytics.costing.currency_named import currency_named
from analytics.costing.incentive_plan import IncentivePlan
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.bid import Bid
from analytics.vocabulary.listed_shot import ShotList
from analytics.vocabulary.money import Money
from dashboards.access.roles import Role
from dashboards.answers.asking import answer


@dataclass(frozen=True)
class BidOrder:
    """What somebody wants bid; two alike give the same bid.

    Attributes
    ----------
    incentives
        Names of programmes.
    figures
        What rules of these are held against, by name, in the bid's currency.
    name
        Of the bid; that of the one that it is to be a version of. That one itself is not named here: the copy that bids
        are worked out from may be some seconds older than it.
    """

    shot_list: ShotList
    production: str
    mix: Mix = "current"
    mix_plan: MixPlan | None = None
    rates: tuple[str, ...] = ()
    incentives: tuple[str, ...] = ()
    labour_share: Decimal = Decimal("0.57")
    figures: tuple[tuple[str, Decimal], ...] = ()
    confidence: Decimal = Decimal("0.8")
    margin: Decimal = Decimal(0)
    currency: str | None = None
    territory: str | None = None
    on: date | None = None
    name: str | None = None


@dataclass(frozen=True)
class ShownBid:
    """A bid as the page shows it: ``bid`` has no lines, they are in ``sums``."""

    bid: Bid
    sums: BidSums
    mixes: tuple[MixRange, ...] = ()


@dataclass(frozen=True)
class Drafted:
    """What came of an order: what is shown, and the whole for storing and handing out."""

    shown: ShownBid
    whole: DraftedBid


@dataclass(frozen=True)
class ProductionChoice:
    """A production of the ledger that can be bid for; a new one has no row here."""

    production_id: str
    name: str
    currency: str | None
    territory: str | None


@dataclass(frozen=True)
class BidChoices:
    """What there is to choose from, and how full the past is.

    Attributes
    ----------
    cards
        Names of rate cards by id.
    """

    productions: tuple[ProductionChoice, ...]
    cards: Mapping[str, str] = field(default_factory=dict)


@answer(Role.PRODUCER)
def bid_choices(ledger: Ledger) -> BidChoices:
    """What a bid can be made for and priced by."""
    rows = ledger.ask_rows("production_terms")
    names = ("production_id", "name", "currency", "territory")
    return BidChoices(
        tuple(ProductionChoice(**{name: row[name] for name in names}) for row in rows),
        {row["rate_card_id"]: row["name"] for row in ledger.ask_rows("rate_cards_held")},
    )


@answer(Role.PRODUCER)
def versions_stored(ledger: Ledger) -> tuple[BidRow, ...]:
    """All versions of all bids, the latest first."""
    return bids_listed(ledger)


@answer(Role.PRODUCER)
def shown_bid(ledger: Ledger, bid_id: str, version_number: int | None) -> ShownBid:
    """A stored version."""
    return _shown(bid_named(ledger, bid_id, version_number))


@answer(Role.PRODUCER)
def whole_bid(ledger: Ledger, bid_id: str, version_number: int | None) -> Bid:
    """A stored version with its lines, for documents."""
    return bid_named(ledger, bid_id, version_number)


@answer(Role.PRODUCER)
def stored_list(ledger: Ledger, bid_id: str, version_number: int | None) -> ShotList | None:
    """The list that a stored version was made from."""
    return shot_list_of_bid(bid_named(ledger, bid_id, version_number))


@answer(Role.PRODUCER)
def what_happened(ledger: Ledger, bid_id: str) -> tuple[BidEvent, ...]:
    """Who did what to a bid, in order."""
    return bid_events(ledger, bid_id)


@answer(Role.PRODUCER)
def versions_compared(ledger: Ledger, before: tuple[str, int | None], after: tuple[str, int | None]) -> BidComparison:
    """Two stored versions side by side, their bids without lines."""
    return without_lines(compare_bids(bid_named(ledger, *before), bid_named(ledger, *after)))


@answer(Role.PRODUCER)
def compared_with_draft(ledger: Ledger, drafted: Bid, bid_id: str, version_number: int | None) -> BidComparison:
    """A stored version against one that is not stored yet."""
    return without_lines(compare_bids(bid_named(ledger, bid_id, version_number), drafted))


@answer(Role.PRODUCER)
def facts_number(ledger: Ledger) -> int:
    """Of the last change of facts."""
    return ledger.change_number()


def without_lines(compared: BidComparison) -> BidComparison:
    """A comparison as the page shows it."""
    return replace(compared, before=replace(compared.before, lines=()), after=replace(compared.after, lines=()))


_past: "OrderedDict[tuple[str, int], PastWork]" = OrderedDict()
"""Of this process, the newest facts alone: the process beside the pages that bids are worked out in stays the same."""


def drafted(path: str, order: BidOrder, said: Callable[[str], None]) -> Drafted:
    """Work an order out; called in the process beside the pages."""
    ledger = Ledger.open(path, create=False)
    plan, assumed = _incentives(ledger, order)
    made = draft_bid(
        ledger,
        order.shot_list,
        production=order.production,
        rates=list(order.rates) or None,
        plan=plan,
        assumed=assumed,
        mix=order.mix,
        mix_plan=order.mix_plan if order.mix == "best" else None,
        confidence=order.confidence,
        margin=order.margin,
        currency=order.currency,
        territory=order.territory,
        on=order.on,
        name=order.name,
        past=_past_of(ledger, said),
        said=said,
    )
    return Drafted(replace(_shown(made.bid), mixes=made.mixes), made)


@dataclass(frozen=True)
class MixesToChoose:
    """Mixes of a list: the chosen one in a sentence, all of them as rows, what to know."""

    words: str
    rows: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]


def mixes_to_choose(path: str, order: BidOrder, said: Callable[[str], None]) -> MixesToChoose:
    """Look for mixes of which none is better than another in everything; called in the process beside the pages."""
    from analytics.bidding.mix_trade_off import trade_off
    from dashboards.terminal.bid_mix_screen import chosen_words, mix_rows

    ledger = Ledger.open(path, create=False)
    found = trade_off(
        ledger, order.shot_list, production=order.production, mix_plan=order.mix_plan,
        plan=_incentives(ledger, order)[0],
        rates=list(order.rates) or None, currency=order.currency, territory=order.territory, on=order.on,
        past=_past_of(ledger, said), said=said,
    )  # fmt: skip
    return MixesToChoose(chosen_words(found), tuple(mix_rows(found)), found.warnings)


def _incentives(ledger: Ledger, order: BidOrder) -> tuple[IncentivePlan | None, tuple[str, ...]]:
    known = production_to_bid(ledger, order.production)
    currency = currency_named(ledger, order.currency or known.currency, None)
    figures = {name: Money.of(str(amount), currency) for name, amount in order.figures}
    assumed = assumed_plan(order.incentives, labour_share=order.labour_share, figures=figures)
    return (None, ()) if assumed is None else (assumed.plan, assumed.assumed)


def learn_beforehand(path: str, said: Callable[[str], None]) -> int:
    """Fit the model that most lists need, while the producer is still looking for the file; answers its past shots."""
    from analytics.estimation.estimating import MOST_DRAWS

    past = _past_of(Ledger.open(path, create=False), said)
    past.fitted.model_for((), draws=MOST_DRAWS)
    return len(past.history.shots)


def _past_of(ledger: Ledger, said: Callable[[str], None]) -> PastWork:
    key = (str(Path(ledger.path).parent), ledger.change_number())
    if key not in _past:
        said("reading the history")
        _past[key] = past_work(ledger)
        while len(_past) > 1:
            _past.popitem(last=False)
    return _past[key]


def _shown(bid: Bid) -> ShownBid:
    return ShownBid(replace(bid, lines=(), listed=""), sums_of(bid))
