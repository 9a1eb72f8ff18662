"""What people's work will cost by dated rate cards: the prices of a bid, by the rules that price facts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from analytics.bidding.price_book import CENT, Price, PriceBook, PriceKind
from analytics.bidding.rate_on_day import CardRates, HeldRate, first_day_of, rate_on_day
from analytics.costing.exchange import Exchange, exchange_on
from analytics.costing.rate_choice import HISTORY_CARD
from analytics.ledger.ledger import Ledger
from analytics.ledger.pricing import rates_of_card
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate

Need = tuple[str, str | None, str | None]
"""A department in small letters, a vendor and a territory."""

Matches = Callable[[Rate], bool]

_LICENCE_HOURS = {"hour": Decimal(1), "day": Decimal(8), "month": Decimal(2080) / 12}
_WEAKEST_FIRST = (Origin.SYNTHETIC, Origin.ASSUMED, Origin.IMPORTED, Origin.MEASURED)


def planned_prices(
    ledger: Ledger,
    card_ids: Sequence[str],
    needs: Iterable[Need],
    *,
    on: date,
    currency: str,
    hours_per_person_day: Decimal = Decimal(8),
    with_synthetic: bool = False,
) -> PriceBook:
    """Look up what each department costs with each vendor in each territory.

    Nothing missing is taken as zero or refused: it is a price without an amount, which says what it lacks.

    Parameters
    ----------
    card_ids
        Recorded cards, as `costing.rate_choice.chosen_cards` answers; a later one prices what the earlier have no rate
        for on any day.
    on
        The day whose rates hold. Where a rate had ended by then, its last price is taken, with a warning.
    with_synthetic
        Whether demonstration hours tell which seniorities do the work.
    """
    with ledger.reading():
        cards = {card_id: rates_of_card(ledger, card_id) for card_id in card_ids}
        mixes: dict[str, dict[str | None, float]] = {}
        for row in ledger.ask_rows("seniorities_of_departments", with_synthetic=with_synthetic):
            mixes.setdefault(row["department"], {})[row["seniority"]] = row["people_hours"]
        planner = _Planner(ledger, cards, mixes, on, currency, hours_per_person_day)
        prices = planner.stood_in(price for need in dict.fromkeys(needs) for price in planner.prices(*need))
    return PriceBook(
        currency, on, hours_per_person_day, tuple(card_ids), tuple(prices),
        warnings=tuple(dict.fromkeys(planner.warnings)),
    )  # fmt: skip


@dataclass
class _Planner:
    """Looks prices up and notes on the way what a producer should know."""

    ledger: Ledger
    cards: CardRates
    mixes: Mapping[str, Mapping[str | None, float]]
    on: date
    currency: str
    hours_per_person_day: Decimal
    warnings: list[str] = field(default_factory=list)
    exchanges: dict[str, Exchange | None] = field(default_factory=dict)

    def prices(self, department: str, vendor: str | None, territory: str | None) -> list[Price]:
        """A person-day, the seats of software that go with it, and the shares on top."""
        found = [self._labour(department, vendor, territory)]
        parts = {
            rate.resource.split(":")[1]
            for rates in self.cards.values()
            for rate in rates.values()
            if _is_licence_of(rate, department)
        }
        for part in sorted(parts):
            resource = f"licence:{part}:{department}"
            named = _named(resource, tuple(_LICENCE_HOURS))
            amount, source, origin, missing = self._one(resource, named, vendor, territory, _LICENCE_HOURS)
            found.append(
                Price(
                    PriceKind.LICENCE, department, vendor, territory, resource, _cents(amount), source, origin, missing
                )
            )
        for kind in (PriceKind.SUPERVISION, PriceKind.OVERHEAD):
            resource = f"uplift:{kind.value}"
            held = rate_on_day(self.cards, _named(resource, ("share",)), self.on, vendor, territory)
            if held is not None:
                self._warn_if_ended(resource, held)
                share = held.rate.price.normalize() + 0
                origin = held.rate.origin.value
                found.append(Price(kind, "", vendor, territory, resource, share, _source(held), origin))
        return found

    def stood_in(self, prices: Iterable[Price]) -> list[Price]:
        """The prices, with the mean of the others for departments that have no rate because nobody ever worked there.

        Templates know departments that a studio does not have. Their few hours would leave the whole bid without a
        total; a department that did book hours and has no rate stays without a price.
        """
        found = list(dict.fromkeys(prices))
        hours = {name: sum(mix.values()) for name, mix in self.mixes.items()}
        means: dict[tuple[str | None, str | None], Decimal | None] = {}
        for subject in dict.fromkeys((price.vendor, price.territory) for price in found):
            known = [
                (Decimal(repr(hours.get(price.department, 0.0))), price.amount)
                for price in found
                if price.kind is PriceKind.LABOUR and (price.vendor, price.territory) == subject and price.amount
            ]
            whole = sum((weight for weight, _ in known), Decimal(0))
            means[subject] = (
                _cents(sum((weight * amount for weight, amount in known), Decimal(0)) / whole) if whole else None
            )
        for place, price in enumerate(found):
            mean = means[price.vendor, price.territory]
            if price.kind is PriceKind.LABOUR and price.amount is None and price.department not in hours and mean:
                words = f"no rate; {mean:,} {self.currency} a day is the mean of departments that have one"
                found[place] = replace(price, amount=mean, source=words, origin=Origin.ASSUMED.value, missing="")
                self.warnings.append(f"{price.resource}: {words}, as no past hours were booked there either.")
        return found

    def _labour(self, department: str, vendor: str | None, territory: str | None) -> Price:
        """A person-day at the mix of seniorities that history has, where cards price seniorities apart."""
        resource = f"labour:{department}"
        hours = {"hour": Decimal(1), "day": self.hours_per_person_day}
        mix = self._mix(department)
        parts: list[tuple[float, str | None, Decimal, str, str]] = []
        missing, unpriced = "", 0.0
        for seniority, weight in mix.items():
            wanted = resource if seniority is None else f"{resource}:{seniority}"
            amount, source, origin, lacks = self._one(wanted, _general_of(wanted, hours), vendor, territory, hours)
            if amount is None:
                missing, unpriced = missing or lacks, unpriced + weight
            else:
                parts.append((weight, seniority, amount, source, origin))
        whole = sum(weight for weight, *_ in parts)
        if not whole:
            return Price(
                PriceKind.LABOUR, department, vendor, territory, resource, None, "", Origin.ASSUMED.value, missing
            )
        if unpriced:
            self.warnings.append(
                f"{resource}: {unpriced / (whole + unpriced):.0%} of the hours in history are of a seniority that has "
                "no rate; the price is that of the others."
            )
        shares = [Decimal(repr(round(weight / whole, 6))) for weight, *_ in parts]
        mixed = sum((share * part[2] for share, part in zip(shares, parts, strict=True)), Decimal(0)) / sum(shares)
        words = _words_of(resource, shares, parts)
        if vendor is not None and not any(
            rate.vendor == vendor for rates in self.cards.values() for rate in rates.values()
        ):
            self.warnings.append(f"{vendor} has no rates of its own: priced by the rates for everybody.")
        weakest = min((Origin(part[4]) for part in parts), key=_WEAKEST_FIRST.index)
        return Price(PriceKind.LABOUR, department, vendor, territory, resource, _cents(mixed), words, weakest.value)

    def _mix(self, department: str) -> Mapping[str | None, float]:
        """Hours by seniority; where nobody booked any, the department itself, or what its card knows in equal parts."""
        mix = {seniority: hours for seniority, hours in self.mixes.get(department, {}).items() if hours > 0}
        if mix:
            return mix
        resource = f"labour:{department}"
        rates = [rate for of_card in self.cards.values() for rate in of_card.values()]
        if any(_holds(rate.resource, resource) for rate in rates):
            return {None: 1.0}
        known = sorted({rate.resource.split(":")[2] for rate in rates if rate.resource.startswith(f"{resource}:")})
        if known:
            self.warnings.append(f"{resource}: no history tells who does the work; {', '.join(known)} in equal parts.")
        return dict.fromkeys(known, 1.0) or {None: 1.0}

    def _one(
        self, resource: str, matches: Matches, vendor: str | None, territory: str | None, hours: Mapping[str, Decimal]
    ) -> tuple[Decimal | None, str, str, str]:
        """Price of a person-day in the bid's currency, its source and origin, or why there is none."""
        held = rate_on_day(self.cards, matches, self.on, vendor, territory)
        if held is None:
            return None, "", Origin.ASSUMED.value, self._missing(resource, first_day_of(self.cards, matches))
        self._warn_if_ended(resource, held)
        exchange = self._exchange(held.rate.currency)
        if exchange is None:
            lacks = f"no exchange rate from {held.rate.currency} to {self.currency} on {self.on} or before"
            return None, "", Origin.ASSUMED.value, f"{resource}: the ledger has {lacks}"
        amount = held.rate.price * exchange.rate * self.hours_per_person_day / hours[held.rate.unit]
        source = _source(held) if exchange.valid_from is None else f"{_source(held)}; {exchange}"
        return amount, source, held.rate.origin.value, ""

    def _missing(self, resource: str, first_day: date | None) -> str:
        cards = " and ".join(self.cards)
        later = f"; its first one holds from {first_day}" if first_day and first_day > self.on else ""
        return f"{resource}: {cards} has no rate for it on {self.on}{later}"

    def _exchange(self, currency: str) -> Exchange | None:
        if currency not in self.exchanges:
            self.exchanges[currency] = exchange_on(self.ledger, currency, self.currency, self.on)
        return self.exchanges[currency]

    def _warn_if_ended(self, resource: str, held: HeldRate) -> None:
        if held.last_day is not None:
            self.warnings.append(f"{resource}: its rate ended on {held.last_day}; its last price is taken.")


def _holds(general: str, particular: str) -> bool:
    """Whether a rate of ``labour:comp`` is one of ``labour:comp:senior``."""
    return f"{particular}:".startswith(f"{general}:")


def _general_of(resource: str, units: Iterable[str]) -> Matches:
    """Rates of a resource or of what it is one of."""
    return lambda rate: rate.unit in units and _holds(rate.resource, resource)


def _named(resource: str, units: Iterable[str]) -> Matches:
    return lambda rate: rate.unit in units and rate.resource == resource


def _is_licence_of(rate: Rate, department: str) -> bool:
    words = rate.resource.split(":")
    return len(words) == 3 and words[0] == "licence" and words[2] == department and rate.unit in _LICENCE_HOURS


def _cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(CENT, rounding=ROUND_HALF_EVEN)


def _source(held: HeldRate) -> str:
    card = "the studio's own rates" if held.card_id == HISTORY_CARD else held.card_id
    said = f": {held.rate.source}" if held.rate.source else ""
    return f"{held.rate.resource} since {held.rate.valid_from} on {card}{said}"


def _words_of(
    resource: str, shares: Sequence[Decimal], parts: Sequence[tuple[float, str | None, Decimal, str, str]]
) -> str:
    """Whose word a price is; where seniorities are priced apart, who does the work in which share."""
    sources = list(dict.fromkeys(source for *_, source, _ in parts))
    if len(sources) == 1:
        return sources[0]
    who = ", ".join(f"{share:.0%} {part[1] or 'others'}" for share, part in zip(shares, parts, strict=True))
    # A card prices all seniorities by one word as a rule.
    said = list(dict.fromkeys(source.split(" since ", 1)[1] for source in sources))
    return f"{resource} ({who}) since {'; '.join(said)}"
