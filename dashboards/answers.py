"""The ledger's answers for the pages, cached by the file and its state. Answers are kept, connections never are."""

import os
from pathlib import Path
from typing import Any

import streamlit as st

from analytics.comparison.figures import ShotComparison
from analytics.comparison.shot_comparison import compare_shot
from analytics.costing.rate_cards import default_rate_card_path, load_rate_card
from analytics.ledger.asking import render_rows
from analytics.ledger.ledger import LEDGER_VARIABLE, Ledger
from analytics.vocabulary.render import Purpose

DEFAULT_LEDGER = "shotledger.duckdb"
WAIT_SECONDS = 3.0
"""A page says that the ledger is busy rather than keep its reader waiting; it looks again by itself."""

ANSWERS_KEPT = 24
KEPT_SECONDS = 900
NEWEST_RENDERS = 400
"""How far back the list of shots looks. Test shots are few; a whole slate's shots have a page of their own."""

LedgerState = tuple[tuple[int, int], ...]


def ledger_path() -> Path:
    """The ledger that was named when the pages were started."""
    return Path(os.environ.get(LEDGER_VARIABLE) or DEFAULT_LEDGER).expanduser().absolute()


def ledger_state(path: Path) -> LedgerState | None:
    """Time and size of the file and of its write-ahead log: differs after every write. ``None`` without a ledger."""
    if not path.is_file():
        return None
    files = (path, path.with_name(path.name + ".wal"))
    stats = [file.stat() for file in files if file.exists()]
    return tuple((stat.st_mtime_ns, stat.st_size) for stat in stats)


def newest_renders(path: Path, state: LedgerState) -> list[dict[str, Any]]:
    """The newest renders made for a shot, newest first; columns as in `questions/renders.sql`."""
    return _newest_renders(str(path), state)


def renders_of(path: Path, state: LedgerState, shot_id: str) -> list[dict[str, Any]]:
    """Every render of one shot, newest first, warm-ups and failures included."""
    return _renders_of(str(path), state, shot_id)


def comparison_of(path: Path, state: LedgerState, shot_id: str, quality: str | None) -> ShotComparison:
    """Both workflows of a shot side by side, priced by the card that comes with Shotledger."""
    return _comparison_of(str(path), state, shot_id, quality)


def _opened(path: str) -> Ledger:
    return Ledger.open(path, create=False, wait_seconds=WAIT_SECONDS)


@st.cache_data(ttl=KEPT_SECONDS, max_entries=ANSWERS_KEPT, show_spinner=False)
def _newest_renders(path: str, state: LedgerState) -> list[dict[str, Any]]:
    return render_rows(_opened(path), purpose=Purpose.SHOT, row_limit=NEWEST_RENDERS)


@st.cache_data(ttl=KEPT_SECONDS, max_entries=ANSWERS_KEPT, show_spinner=False)
def _renders_of(path: str, state: LedgerState, shot_id: str) -> list[dict[str, Any]]:
    return render_rows(_opened(path), shot_id=shot_id)


@st.cache_data(ttl=KEPT_SECONDS, max_entries=ANSWERS_KEPT, show_spinner=False)
def _comparison_of(path: str, state: LedgerState, shot_id: str, quality: str | None) -> ShotComparison:
    return compare_shot(_opened(path), shot_id, load_rate_card(default_rate_card_path()), quality=quality)
