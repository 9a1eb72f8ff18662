"""The shot list that a producer has on the desk, with what was changed by hand; on disk, so no reload loses it."""

import pickle
import re
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from analytics.importers.shot_lists.edits import edited_list
from analytics.importers.shot_lists.reading import shot_list_of
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ShotList
from dashboards.serving.settings import settings

DESK = "bid_desk"
"""Of the session."""

LIST = "list"
"""Of the address: the desk that it shows."""

AS_LISTED = "as the list says"
"""Picked where the file says its frame rate itself."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,40}")
_DAYS_KEPT = 30


@dataclass
class Desk:
    """What lies on it.

    Attributes
    ----------
    content
        The file as it was dropped; ``None`` where the list is that of a stored bid, which is ``given``.
    fps, handle_frames
        What the producer says the file leaves open.
    edits
        By code of a shot, what fields are to be.
    next_of
        The stored bid that this is to be a version of.
    """

    name: str
    content: bytes | None = None
    given: ShotList | None = None
    fps: str | None = None
    handle_frames: int | None = None
    edits: dict[str, dict[str, object]] = field(default_factory=dict)
    next_of: str | None = None
    next_of_version: int | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))

    def listed(self) -> ShotList:
        """The list as it came.

        Raises
        ------
        InputRefused
            With everything that keeps it from being used.
        """
        if self.given is not None:
            return self.given
        assert self.content is not None
        return _read(self.name, self.content, self.fps, self.handle_frames)

    def edited(self) -> ShotList:
        """The list with the changed cells.

        Raises
        ------
        InputRefused
            The same, or with every changed cell that cannot be used.
        """
        return edited_list(self.listed(), self.edits)

    def change(self, code: str, changes: dict[str, object]) -> None:
        """Note cells that were changed, and keep them."""
        self.edits.setdefault(code, {}).update(changes)
        put_on_desk(self)


@st.cache_data(max_entries=8, show_spinner=False)
def _read(name: str, content: bytes, fps: str | None, handle_frames: int | None) -> ShotList:
    return shot_list_of(name, content, fps=FrameRate.parse(fps) if fps else None, default_handle_frames=handle_frames)


def desk_at_hand() -> Desk | None:
    """The desk that the address names, else the one of this session."""
    token = st.query_params.get(LIST)
    own: Desk | None = st.session_state.get(DESK)
    if token and (own is None or own.token != token):
        found = _kept(token)
        if found is not None:
            st.session_state[DESK] = own = found
            st.session_state["fps"], st.session_state["bid_handles"] = found.fps or AS_LISTED, found.handle_frames
        else:
            del st.query_params[LIST]
    return own


def put_on_desk(desk: Desk) -> None:
    """Take a list on, or note what was changed on it, and keep it for a month."""
    st.session_state[DESK] = desk
    folder = _folder()
    unfinished = folder / f"{desk.token}.new"
    unfinished.write_bytes(pickle.dumps(desk))
    unfinished.replace(folder / f"{desk.token}.pickle")
    for old in folder.glob("*.pickle"):
        if time.time() - old.stat().st_mtime > _DAYS_KEPT * 86400:
            old.unlink(missing_ok=True)


def clear_desk() -> None:
    """Put the list away."""
    st.session_state.pop(DESK, None)
    st.query_params.pop(LIST, None)


def _kept(token: str) -> Desk | None:
    """Nobody guesses a token, so whoever has one was given it; it names a file of ours and nothing else."""
    path = _folder() / f"{token}.pickle"
    if not _TOKEN.fullmatch(token) or not path.is_file():
        return None
    try:
        found = pickle.loads(path.read_bytes())
    except Exception:  # cut off, or of classes that have changed since: the file has to be dropped again
        return None
    return found if isinstance(found, Desk) else None


def _folder() -> Path:
    folder = settings().cache_folder / "bid_desks"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
