"""Entry of the pages: theme, top bar, navigation, sign-in, and the one place where an exception becomes words.

Run by `dashboards.serving.server`, which `shotledger dashboard` starts.
"""

import logging
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from analytics.vocabulary.errors import Problem, ShotledgerError
from dashboards.access.persons import is_signed_in, person
from dashboards.access.roles import NotAllowed, Person
from dashboards.answers.asking import NoLedger, StillReckoning, copies
from dashboards.answers.kept import version_of
from dashboards.answers.waiting import KEPT_KEYS, PageWaits, show_waiting
from dashboards.app_pages.registry import PAGES, PageEntry
from dashboards.look.cards import problem_box, show, teach

HERE = Path(__file__).resolve().parent
LOOK_EVERY_SECONDS = 2
SEEN = "app_seen"
TEST_SHOTS, IMPORT = "shotledger render building_collapse --workflow both", "shotledger demo-catalog"


def ledger_seen() -> object:
    """Both copies of the ledger that there are now."""
    held = copies()
    try:
        newest, reckoned = held.newest(), held.reckoned()
    except ShotledgerError as error:
        return str(error)
    return newest and newest.state, reckoned and reckoned.state


def seen_now() -> object:
    """What the page would be drawn from now: both copies of the ledger, and every kept answer that it shows."""
    return ledger_seen(), {key: version_of(key) for key in st.session_state.get(KEPT_KEYS, {})}


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def look_for_news() -> None:
    """Draw the page anew once what it shows has changed. This compares a few numbers and asks the ledger nothing."""
    seen = st.session_state.get(SEEN)
    if seen is not None and seen != seen_now():
        st.rerun()


def drawn(entry: PageEntry, looking: Person) -> Callable[[], None]:
    """The page, or why it cannot be drawn, in words."""

    def draw() -> None:
        try:
            if not looking.may(entry.role):
                raise NotAllowed(looking, entry.role)
            entry.draw()
        except PageWaits:
            pass  # it has said what for
        except NoLedger as error:
            show(teach("Nothing in the ledger yet", _first_steps(error), f"{TEST_SHOTS}\n{IMPORT}", is_whole_page=True))
        except StillReckoning:
            show_waiting("What the facts in the ledger cost is being worked out; this page opens by itself.")
        except NotAllowed as error:
            show(problem_box("This page is not for your role", error.problems))
        except ShotledgerError as error:
            show(problem_box("This page could not get its figures", error.problems))
        except Exception:
            logging.getLogger("shotledger.pages").exception("a page failed")
            said = Problem(
                "This page",
                None,
                "met something it was not written for",
                "look at the terminal that runs the pages; the ledger is untouched",
            )
            show(problem_box("This page could not be drawn", [said]))

    return draw


def _first_steps(error: NoLedger) -> list[str]:
    return [
        str(error.problems[0]),
        "Render a test shot both ways, or fill a ledger with a made-up slate of 4,000 shots to see what the pages do. "
        "They look for the ledger by themselves.",
    ]


def sign_in(looking: Person) -> None:
    """The only page for who has not signed in, or has no role."""
    if is_signed_in():
        words = [f"{looking.name} is signed in and has no role here.", "Ask whoever runs these pages for one."]
        show(teach("No role yet", words, "[roles] in the access file", is_whole_page=True))
        st.button("Sign out", on_click=st.logout)
    else:
        show(
            '<section class="sl-teach"><h1>Shotledger</h1><p>What AI did to cost and time on the slate, and what it '
            "rests on. Sign in with your studio account.</p></section>"
        )
        st.button("Sign in", type="primary", on_click=st.login)


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(
        page_title="Shotledger",
        page_icon=str(HERE / "assets" / "favicon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    for sheet in sorted((HERE / "look").glob("*.css")):
        st.html(sheet)
    st.logo(str(HERE / "assets" / "logo.svg"), size="medium")
    looking = person()
    if looking.role is None:
        st.navigation([st.Page(lambda: sign_in(looking), title="Sign in", default=True)], position="hidden").run()
        return
    menu: dict[str, list[st.Page]] = {}
    for entry in PAGES:
        function = drawn(entry, looking)
        page = st.Page(
            function,
            title=entry.title,
            icon=f":material/{entry.icon}:",
            url_path=entry.path or "slate",
            default=not entry.path,
            visibility="visible" if looking.may(entry.role) else "hidden",
        )
        menu.setdefault(entry.section, []).append(page)
    page = st.navigation(menu, position="top")
    st.session_state[KEPT_KEYS] = {}
    st.session_state[SEEN] = None  # while the page is drawn there is nothing to compare with
    look_for_news()
    # From before it is drawn: what is written meanwhile is not on the page, and would never be noticed.
    ledger = ledger_seen()
    page.run()
    st.session_state[SEEN] = (ledger, dict(st.session_state[KEPT_KEYS]))
    if is_signed_in():
        with st.container(horizontal=True, vertical_alignment="center", key="signed_in"):
            st.caption(f"Signed in as {looking.name}, {looking.role.label}")
            st.button("Sign out", on_click=st.logout, type="tertiary")


main()
