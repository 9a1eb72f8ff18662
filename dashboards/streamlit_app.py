"""Entry of the pages: theme, top bar, navigation, and the one place where an exception becomes words.

Started by ``shotledger dashboard``, which names the ledger in SHOTLEDGER_LEDGER.
"""

import logging
from pathlib import Path

import streamlit as st

from analytics.vocabulary.errors import Problem, ShotledgerError
from dashboards.answers import ledger_path, ledger_state
from dashboards.app_pages.shot import show_test_shots
from dashboards.cards import problem_box, show

HERE = Path(__file__).resolve().parent
LOOK_EVERY_SECONDS = 5
SEEN = "app_seen_ledger"
# Stands where the state of the ledger would, so that a page without figures tries again at the next look.
ASK_AGAIN = "ask again"


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def look_for_writes() -> None:
    """Draw the page anew once the ledger has changed; this only looks at the file's time, it opens nothing."""
    now = ledger_state(ledger_path())
    if SEEN not in st.session_state:
        st.session_state[SEEN] = now
    elif st.session_state[SEEN] != now:
        st.session_state[SEEN] = now
        st.rerun()


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(
        page_title="Shotledger",
        page_icon=str(HERE / "assets" / "favicon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(HERE / "style.css")
    st.logo(str(HERE / "assets" / "logo.svg"), size="medium")
    test_shots = st.Page(
        show_test_shots, title="Test shots", icon=":material/compare:", url_path="test-shots", default=True
    )
    # One page shows no menu yet; sections become its menus once there are more.
    page = st.navigation({"Everyone": [test_shots]}, position="top")
    st.session_state[SEEN] = ledger_state(ledger_path())
    look_for_writes()
    try:
        page.run()
    except ShotledgerError as error:
        st.session_state[SEEN] = ASK_AGAIN
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


main()
