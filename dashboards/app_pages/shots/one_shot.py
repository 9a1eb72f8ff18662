"""A shot's page: its pictures, what it took beside shots like it, its days, its versions, what it cost."""

from dataclasses import replace
from html import escape
from urllib.parse import urlencode

import streamlit as st

from analytics.comparison.usual_shots import UsualShots
from analytics.costing.cost_steps import ShotCostSteps
from analytics.ledger.found_shots import FoundShot, ShotSearch
from analytics.ledger.shot_life import ShotLife
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow
from dashboards.access.persons import person
from dashboards.access.roles import Role
from dashboards.answers import shots
from dashboards.app_pages.shots.cost_parts import show_costs
from dashboards.app_pages.shots.pair_cards import pair_cards
from dashboards.app_pages.shots.pictures import show_pictures
from dashboards.app_pages.shots.shot_sentences import headline, history_words, what_it_is, what_this_does_not_show
from dashboards.app_pages.shots.timeline import show_timeline
from dashboards.app_pages.shots.usual_cards import usual_cards
from dashboards.app_pages.shots.version_table import version_rows, version_table
from dashboards.app_pages.shots.wording import gap, shot_link
from dashboards.look import cards
from dashboards.look.downloads import csv_link
from dashboards.look.words import count_words


def show_one_shot(shot_id: str) -> None:
    """Draw the page of one shot."""
    search = ShotSearch(shot_ids=(shot_id,), with_synthetic=True)
    found = shots.found(search)
    if not found.shots:
        cards.show(_unknown(shot_id))
        return
    shot = found.shots[0]
    life = shots.life(shot_id)
    linked: tuple[FoundShot, ...] = ()
    steps, usual = None, None
    twin_search = replace(search, shot_ids=tuple(twin.shot_id for twin in life.twins))
    if person().may(Role.PRODUCER):
        priced_by, currency = shots.priced_by().rate_card_id, shot.production_currency
        (shot,) = shots.found_with_costs(search, priced_by, currency).shots
        steps = shots.cost_steps(shot_id, priced_by)
        usual = shots.usual_with_costs(shot_id, priced_by, currency)
        if life.twins:
            linked = shots.found_with_costs(twin_search, priced_by, currency).shots
    else:
        usual = shots.usual(shot_id)
        if life.twins:
            linked = shots.found(twin_search).shots
    _head(shot, life, linked)
    _pictures_and_figures(shot, life, usual, pair_cards(shot, life, linked, steps), steps)
    show_timeline(shot, life)
    _versions(shot, life)
    if steps is not None:
        show_costs(shot, steps, str(shots.priced_by()))
    else:
        said = "What a single shot cost, fact by rate, is for producers."
        cards.show(cards.section("What it cost", said))
    cards.show(cards.limits(what_this_does_not_show(shot, life, steps)))


def _head(shot: FoundShot, life: ShotLife, linked: tuple[FoundShot, ...]) -> None:
    banner = ""
    if shot.weakest_origin is Origin.SYNTHETIC:
        banner = cards.banner("This shot is invented, with its hours, reviews and prices.")
    history = f"{history_words(shot, life)} One shot says nothing about a slate: n = 1.".strip()
    head = cards.page_head("", "", headline(shot), [what_it_is(shot), history])
    cards.show(banner, _crumbs(shot), head, _links(linked, shot))


def _crumbs(shot: FoundShot) -> str:
    """Where the shot belongs, each a list of its own."""
    production = {"production": shot.production_name}
    steps = [("Shots", "/shots"), (shot.production_name, f"/shots?{urlencode(production)}")]
    if shot.sequence:
        steps.append((shot.sequence, f"/shots?{urlencode({**production, 'sequence': shot.sequence})}"))
    links = "".join(f'<li><a href="{escape(url)}" target="_self">{escape(words)}</a></li>' for words, url in steps)
    return f'<nav class="shots-crumbs" aria-label="Where this shot belongs"><ol>{links}</ol></nav>'


def _links(linked: tuple[FoundShot, ...], shot: FoundShot) -> str:
    said = [
        f"The same work was also made as {shot_link(twin.shot_id, twin.code)}"
        f"{f' by the {escape(Workflow(twin.arm).label)} workflow' if twin.arm else ''}."
        for twin in linked
    ]
    if shot.production_id == "test_shots":
        url = f"/test-shots?{urlencode({'shot': shot.code})}"
        said.append(f'It is a test shot: <a href="{url}" target="_self">both workflows side by side</a>, fact by fact.')
    return f'<p class="shots-links">{" ".join(said)}</p>' if said else ""


def _pictures_and_figures(
    shot: FoundShot, life: ShotLife, usual: UsualShots, pair: str, steps: ShotCostSteps | None
) -> None:
    """Pictures lead where there are any, with figures beside them; a pair comes before what is usual."""
    what_is_usual = usual_cards(shot, usual, life, steps)
    pair = cards.section("The same work by both workflows", "One pair: n = 1.") + gap(pair) if pair else ""
    if not life.movies:
        cards.show(pair, what_is_usual)
        return
    grid = st.grid(3, min_column_width=385)
    with grid.cell(column_span=2):
        show_pictures(shot, life)
    with grid.cell():
        cards.show(pair or what_is_usual)
    if pair:
        cards.show(what_is_usual)


def _versions(shot: FoundShot, life: ShotLife) -> None:
    if not life.versions:
        cards.show(cards.section("Versions and reviews", "No version was rendered or reviewed yet."))
        return
    retakes = sum(decision.decision == "retake" for version in life.versions for decision in version.decisions)
    said = f"{count_words(len(life.versions), 'version')} on record, {count_words(retakes, 'retake')} asked for."
    if shot.versions and shot.versions > len(life.versions):
        said += f" The last is number {shot.versions}: the others left neither a render nor a review."
    cards.show(
        cards.section("Versions and reviews", said),
        gap(version_table(life.versions)),
        csv_link(version_rows(life.versions), name=f"{shot.code}-versions"),
    )


def _unknown(shot_id: str) -> str:
    return cards.teach(
        "There is no such shot",
        (f"This ledger holds no shot {shot_id}.", "Look for it in the list by a part of its code."),
        "/shots",
        is_whole_page=True,
    )
