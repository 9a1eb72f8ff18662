"""Four cards: what this shot took, and where that lies among finished shots of the same kind and complexity."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from analytics.bidding.documents.bid_words import artist_weeks
from analytics.comparison.slate.kind_words import kind_words
from analytics.comparison.usual_shots import Measure, Place, Usual, UsualShots
from analytics.costing.cost_steps import ShotCostSteps
from analytics.ledger.found_shots import FoundShot, Standing
from analytics.ledger.shot_life import ShotLife
from analytics.vocabulary.workflow import Workflow
from dashboards.app_pages.shots.shot_sentences import A_WEEK_HOURS
from dashboards.app_pages.shots.wording import full_money, gap, short_money
from dashboards.look import cards
from dashboards.look.cards import CSS_CLASS, mark, origin_marks
from dashboards.look.words import count_words, listed, sentence

SIDES = (Workflow.AI, Workflow.TRADITIONAL)


@dataclass(frozen=True)
class _Taken:
    """One measure of the shot: its value, or one of each workflow where both made it, and the words for it."""

    measure: Measure
    title: str
    values: Mapping[Workflow, Decimal | float | None]
    words: str
    under: str

    @property
    def known(self) -> tuple[Decimal, ...]:
        """The values that are known."""
        return tuple(Decimal(str(value)) for value in self.values.values() if value is not None)


def usual_cards(shot: FoundShot, usual: UsualShots, life: ShotLife, steps: ShotCostSteps | None) -> str:
    """The cards with their heading; a card for money only where there is any."""
    kind = ", ".join(each for each in (kind_words(shot.kind) if shot.kind else "", shot.complexity or "") if each)
    is_over = shot.status is Standing.FINAL
    said = (
        f"Finished shots of the same kind and complexity ({kind.lower()}): the band holds eight in ten of them, its "
        f"darker part half, the tick the middle. The line is this shot{'' if is_over else ' so far'}."
        if kind
        else "Nobody said what kind of shot this is, so there is nothing to hold it against."
    )
    html = "".join(_card(shot, taken, usual) for taken in _taken(shot, usual, life, steps))
    return cards.section("What it took, beside shots like it", said) + (
        gap(f'<div class="sl-fit"><div class="shots-cards">{html}</div></div>')
    )


def _taken(shot: FoundShot, usual: UsualShots, life: ShotLife, steps: ShotCostSteps | None) -> list[_Taken]:
    so_far = "" if shot.status is Standing.FINAL else "so far"
    departments = count_words(len({span.department for span in life.departments}), "department")
    hours, days, versions = shot.people_hours, shot.calendar_days, shot.versions
    in_weeks = f"{artist_weeks(hours)} artist-weeks, " if hours is not None and hours >= A_WEEK_HOURS else ""
    hours_by_side = {side: life.hours_by(side) if shot.made_both_ways else hours for side in SIDES}
    retakes = count_words(shot.retake_count, "retake")
    taken = [
        _Taken(
            Measure.PEOPLE_HOURS,
            "People-hours",
            hours_by_side,
            _both(hours_by_side, shot, lambda value: f"{value:,.1f} h", "none booked"),
            "" if hours is None else f"{in_weeks}{departments} {so_far}".strip(),
        ),
        _Taken(
            Measure.CALENDAR_DAYS,
            "Calendar days",
            dict.fromkeys(SIDES, days),
            "not final" if days is None else count_words(days, "day"),
            "" if days is None else "from turnover to final",
        ),
        _Taken(
            Measure.VERSIONS,
            "Versions",
            dict.fromkeys(SIDES, versions),
            "none numbered" if versions is None else f"{versions}",
            f"{retakes} asked for {so_far}".strip() if versions is not None else "",
        ),
    ]
    if usual.currency is not None and steps is not None:
        unpriced = (
            f"without {count_words(shot.missing_count, 'fact')} that lack a price" if shot.missing_count else "gross"
        )
        costs = {side: steps.cost_of(steps.of(side)) if shot.made_both_ways else shot.cost for side in SIDES}
        words = _both(costs, shot, lambda value: full_money(Decimal(str(value)), usual.currency), "no price")
        taken.append(_Taken(Measure.COST, "Cost", costs, words, f"{unpriced} {so_far}".strip()))
    return taken


def _both(
    values: Mapping[Workflow, Decimal | float | None],
    shot: FoundShot,
    said: Callable[[Decimal | float], str],
    unknown: str,
) -> str:
    """The value in words; where both workflows made the shot, AI's and then the other's."""
    words = [unknown if value is None else said(value) for value in values.values()]
    return " and ".join(words) if shot.made_both_ways else words[0]


def _card(shot: FoundShot, taken: _Taken, usual: UsualShots) -> str:
    known = {side: found for side in SIDES if (found := usual.of(taken.measure, side)) is not None}
    ends = [found.highest for found in known.values() if found.is_enough]
    longest = max([*ends, *taken.known], default=Decimal(0)) * Decimal("1.03")
    rows = "".join(_strip(side, known.get(side), taken, longest, usual.currency) for side in SIDES)
    return (
        f'<article class="sl-card" data-card="{taken.measure}"><header><h2>{escape(taken.title)}</h2>'
        f"<span>{origin_marks((shot.weakest_origin,))}</span></header>"
        f'<p class="shots-value"><b>{escape(taken.words)}</b><small>{escape(taken.under)}</small></p>'
        f'{rows}<p class="facts">{escape(_verdict(shot, taken, known))}</p></article>'
    )


def _strip(side: Workflow, found: Usual | None, taken: _Taken, longest: Decimal, currency: str | None) -> str:
    name = f"<span>{mark(side)} {side.label}</span>"
    count = 0 if found is None else found.shot_count
    if found is None or not found.is_enough or not longest:
        return f'<div class="shots-strip few">{name}<em>too few such shots</em><small>n = {count:,}</small></div>'

    def at(value: Decimal | float) -> str:
        return f"{100 * Decimal(str(value)) / longest:.2f}%"

    def wide(low: Decimal, high: Decimal) -> str:
        return f"{100 * (high - low) / longest:.2f}%"

    own = taken.values[side]
    line = f'<u style="left:{at(own)}"></u>' if own is not None else ""
    middle = _value_words(taken.measure, found.middle, currency)
    return (
        f'<div class="shots-strip">{name}<div class="track {CSS_CLASS[side]}" role="img" '
        f'aria-label="{side.label}: middle {escape(middle)}, eight in ten from '
        f"{escape(_value_words(taken.measure, found.lowest, currency))} to "
        f'{escape(_value_words(taken.measure, found.highest, currency))}">'
        f'<i style="left:{at(found.lowest)};width:{wide(found.lowest, found.highest)}"></i>'
        f'<b style="left:{at(found.lower)};width:{wide(found.lower, found.upper)}"></b>'
        f'<s style="left:{at(found.middle)}"></s>{line}</div>'
        f"<small>{escape(middle)}, n = {count:,}</small></div>"
    )


def _verdict(shot: FoundShot, taken: _Taken, known: dict[Workflow, Usual]) -> str:
    if not taken.known:
        return ""
    if shot.status not in (Standing.FINAL, Standing.OMITTED):
        return "Not final yet: it is no use to say where it lies."
    sides_by_place: dict[Place, list[str]] = {}
    for side, found in known.items():
        own = taken.values[side]
        if own is not None and (place := found.place_of(own)):
            sides_by_place.setdefault(place, []).append(side.label if side is Workflow.AI else side.label.lower())
    said = [
        f"{place} {'for ' if place is Place.MIDDLE else ''}{listed(sides)} shots like it"
        for place, sides in sides_by_place.items()
    ]
    return f"{sentence(listed(said))}." if said else ""


def _value_words(measure: Measure, value: Decimal, currency: str | None) -> str:
    match measure:
        case Measure.COST:
            return short_money(value, currency)
        case Measure.PEOPLE_HOURS:
            return f"{value:,.1f} h"
        case Measure.CALENDAR_DAYS:
            return f"{value:,.0f} d"
        case Measure.VERSIONS:
            return f"{value:,.0f}"
