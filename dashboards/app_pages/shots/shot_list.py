"""The list of shots: how many there are and how they stand, filters, a page of them, everything found as a file."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from analytics.bidding.documents.bid_words import artist_weeks
from analytics.ledger.found_shots import FoundShot, FoundShots, ShotSearch, Standing
from analytics.vocabulary.origin import Origin
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers import shots
from dashboards.app_pages.shots.filters import ask_for_order, chosen_search, is_narrowed, page_picker
from dashboards.app_pages.shots.list_table import shots_table
from dashboards.app_pages.shots.wording import short_money
from dashboards.look import cards
from dashboards.look.downloads import csv_link
from dashboards.look.live_table import show_live
from dashboards.look.thumbnails import thumbnail_url
from dashboards.look.words import count_words, listed

FIRST_COMMANDS = "shotledger import history ./bundle\nshotledger demo-catalog"


def show_shot_list() -> None:
    """Draw the list: what is asked for, then the answer above it and below it."""
    with_money = person().may(Role.PRODUCER)
    head = st.container()
    if not shots.productions(True):
        cards.show(_teach_first())
        return
    search, production = chosen_search(with_money)
    found = _found(search, with_money, production.currency if production else None)
    if search.page > found.page_count:
        search = replace(search, page=found.page_count)
        found = _found(search, with_money, production.currency if production else None)
    with head:
        cards.show(_banner(found), _head(found, production.name if production else "All productions"))
    if not found.shots:
        cards.show(_nothing_found())
        return
    cards.show(_standings(found))
    pictures = _thumbnails(found)
    show_live(shots_table(found, pictures, with_production=production is None), "shots_table", ask_for_order)
    with st.container(horizontal=True, vertical_alignment="center", key="shots_foot"):
        last = found.first_place + len(found.shots) - 1
        cards.show(f'<p class="shots-range">{found.first_place:,}–{last:,} of {found.shot_count:,}</p>')
        page_picker(found.page_count)
        rows = _csv_rows(search, found.currency)
        cards.show(csv_link(rows, name="shots", role=Role.PRODUCER if with_money else Role.VIEWER))
    cards.show(f'<p class="shots-note">{_rests_on(found)}</p>')


def _found(search: ShotSearch, with_money: bool, currency: str | None) -> FoundShots:
    if not with_money:
        return shots.found(search)
    return shots.found_with_costs(search, shots.priced_by().rate_card_id, currency or shots.currency_of_slate())


def _csv_rows(search: ShotSearch, currency: str | None) -> Callable[[], list[Mapping[str, Any]]]:
    """What makes the rows once somebody fetches the file."""
    priced_by = shots.priced_by().rate_card_id if currency is not None else None
    return lambda: [_plain(shot, currency) for shot in shots.everything_found(search, priced_by, currency).shots]


def _plain(shot: FoundShot, currency: str | None) -> Mapping[str, Any]:
    row: dict[str, Any] = {
        "shot_id": shot.shot_id,
        "production_id": shot.production_id,
        "production": shot.production_name,
        "sequence": shot.sequence,
        "code": shot.code,
        "description": shot.description,
        "kind": shot.kind,
        "complexity": shot.complexity,
        "cut_frames": shot.cut_frames,
        "handle_frames": shot.handle_frames,
        "workflow": shot.arm,
        "last_workflow": shot.last_workflow,
        "fell_back": shot.fell_back,
        "status": shot.status.value,
        "turnover_on": shot.turnover_on,
        "due_on": shot.due_on,
        "final_on": shot.final_on,
        "days_late": shot.days_late,
        "calendar_days": shot.calendar_days,
        "versions": shot.versions,
        "retakes": shot.retake_count,
        "people_hours": shot.people_hours,
        "weakest_origin": shot.weakest_origin.value,
    }
    if currency is not None:
        row |= {"cost": shot.cost, "currency": currency, "facts_without_price": shot.missing_count}
    return row


def _thumbnails(found: FoundShots) -> dict[str, str]:
    """A small picture for each shot that has a movie; of AI where both workflows have one."""
    by_shot: dict[str, str] = {}
    for movie in shots.movies(tuple(shot.shot_id for shot in found.shots)):
        by_shot.setdefault(movie.shot_id, thumbnail_url(movie.path, movie.shot_id))
    return by_shot


def _banner(found: FoundShots) -> str:
    made_up = found.origins.get(Origin.SYNTHETIC, 0)
    if not made_up:
        return ""
    all_of_them = made_up == found.shot_count
    what = "Every shot in this list is" if all_of_them else f"{made_up:,} of these {found.shot_count:,} shots are"
    return cards.banner(f"{what} invented, with {'all its' if all_of_them else 'their'} hours and prices.")


def _head(found: FoundShots, where: str) -> str:
    standings = found.standings
    narrowed = " found" if is_narrowed(found.search) else ""
    of = count_words(found.shot_count, "shot") + narrowed
    final, late = standings[Standing.FINAL], standings[Standing.LATE]
    if not found.shot_count:
        headline = "No shot is what you asked for."
    elif found.shot_count == final:
        headline = "The one shot found is final." if final == 1 else f"All {of} are final."
    elif not final:
        headline = f"{late or 'None'} of {of} {'is' if late <= 1 else 'are'} late, none is final."
    else:
        late_words = f"{late:,} {'is' if late == 1 else 'are'} late" if late else "none is late"
        headline = f"{final:,} of {of} {'is' if final == 1 else 'are'} final and {late_words}."
    made = [f"{found.ai_count:,} were given to AI first", f"{found.traditional_count:,} to the traditional workflow"]
    fell = f"; {found.fell_back_count:,} fell back" if found.fell_back_count else ""
    booked = (
        f"{found.people_hours:,.0f} people-hours, {artist_weeks(found.people_hours)} artist-weeks, are booked on them"
    )
    cost = ""
    if found.currency is not None and found.costed_count:
        cost = f" {short_money(found.cost, found.currency)} is what {found.costed_count:,} of them cost so far, gross."
    details = [f"{listed(made)}{fell}. {booked}.{cost}"] if found.shot_count else []
    return cards.page_head(f"Shots, {where}", "", headline, details)


def _standings(found: FoundShots) -> str:
    """How they stand, as one bar with its words under it."""
    parts, words = "", ""
    for standing, count in found.standings.items():
        if count:
            parts += f'<i class="{standing}" style="flex:{count}"></i>'
            words += (
                f'<span><i class="{standing}" aria-hidden="true"></i><b>{count:,}</b> {standing.label.lower()}</span>'
            )
    return f'<div class="shots-standings"><div class="bar" aria-hidden="true">{parts}</div><p>{words}</p></div>'


def _rests_on(found: FoundShots) -> str:
    mix = listed([f"{count:,} {origin}" for origin, count in found.origins.items()])
    said = f"n = {found.shot_count:,} shots, by the weakest of their facts: {mix}. Days are from turnover to final. "
    said += "Open shots are early or late as of the last day that anything is known of their production."
    if found.currency is not None:
        said += f" {shots.priced_by()} Costs are gross and in {found.currency}"
        said += f"; {count_words(found.unpriced_count, 'shot')} lack a price." if found.unpriced_count else "."
    return said


def _nothing_found() -> str:
    return cards.teach(
        "Nothing matches all of these filters",
        ("Take one away, or search for a part of the code: a search looks in codes, sequences and descriptions.",),
        "/shots",
    )


def _teach_first() -> str:
    return cards.teach(
        "No shot yet",
        (
            "Here stands every shot of every production, how it is made and how it stands, once a history is imported.",
            "Import a studio's history, or fill a ledger with a made-up slate of 4,000 shots to try everything on.",
        ),
        FIRST_COMMANDS,
        is_whole_page=True,
    )
