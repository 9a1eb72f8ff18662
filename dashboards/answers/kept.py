"""Answers that take long: worked out beside the pages, kept on disk, shown with the time that they are of.

A page never waits for one that is there: it shows the last one and what it is of, and draws anew when a newer is ready.
"""

import hashlib
import logging
import os
import pickle
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import ShotledgerError
from dashboards.access.persons import require
from dashboards.access.roles import Role
from dashboards.answers.asking import background, copies, newest, still_reckoning
from dashboards.answers.crew import Work
from dashboards.answers.ledger_copies import LedgerCopy
from dashboards.serving.settings import settings

Asked = ParamSpec("Asked")
Value = TypeVar("Value")

REST = 4.0
"""An answer is worked out again at the earliest after so many times as long as it took: it gets a fifth of a processor
at most while somebody writes all the time."""

FILES_KEPT = 400


class Watched(Enum):
    """What makes a kept answer old."""

    FACTS = "facts"
    """Renders, work, reviews, charges, rates: whatever is counted as a change of facts."""
    EVERYTHING = "everything"
    """Bids and whatever else is written, too."""


@dataclass(frozen=True)
class Kept(Generic[Value]):
    """The state of a kept answer.

    Attributes
    ----------
    value
        The last answer; ``None`` where there is none yet.
    as_of
        When that was worked out.
    is_current
        Whether nothing was written since.
    words
        What is being worked on, where something is.
    error
        Why the last try to bring it up to date came to nothing.
    """

    value: Value | None
    as_of: datetime | None
    is_current: bool
    words: str = ""
    error: Exception | None = None
    key: str = ""


@dataclass
class _Entry:
    mark: Any
    as_of: datetime
    value: Any
    seconds: float


class _Shelf:
    """The kept answers of one server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.entries: dict[str, _Entry | None] = {}
        self.pending: dict[str, Work[Any]] = {}
        self.errors: dict[str, tuple[Any, Exception]] = {}
        self.lock = threading.RLock()

    def entry(self, key: str) -> _Entry | None:
        """From memory, or from the disk where an earlier server left it."""
        with self.lock:
            if key not in self.entries:
                try:
                    self.entries[key] = pickle.loads((self.folder / f"{key}.pickle").read_bytes())
                except Exception:  # absent, cut off, or of classes that have changed since: it is worked out again
                    self.entries[key] = None
            return self.entries[key]

    def put(self, key: str, entry: _Entry) -> None:
        with self.lock:
            self.entries[key] = entry
            self.errors.pop(key, None)
            try:
                unfinished = self.folder / f"{key}.{os.getpid()}.new"
                unfinished.write_bytes(pickle.dumps(entry))
                unfinished.replace(self.folder / f"{key}.pickle")
                files = sorted(self.folder.glob("*.pickle"), key=lambda file: file.stat().st_mtime, reverse=True)
                for old in files[FILES_KEPT:]:
                    old.unlink(missing_ok=True)
            except OSError as error:  # a full disk costs the next server a wait, and this one nothing
                logging.getLogger("shotledger.pages").warning("an answer is not kept on disk: %s", error)


@cache
def shelf() -> _Shelf:
    """The kept answers of this server."""
    return _Shelf(settings().cache_folder / "kept")


def kept_answer(
    role: Role, *, watches: Watched = Watched.FACTS
) -> Callable[[Callable[Concatenate[Ledger, Asked], Value]], Callable[Asked, Kept[Value]]]:
    """Make a kept answer of a function that asks a ledger: for what takes more than half a second.

    The function is called in another process, with a copy of the ledger in which costs are worked out. Its arguments
    and its answer must be able to travel (be pickled). With a parameter ``said`` it can tell what it is at.
    """

    def decorate(function: Callable[Concatenate[Ledger, Asked], Value]) -> Callable[Asked, Kept[Value]]:
        @wraps(function)
        def asked(*arguments: Asked.args, **named: Asked.kwargs) -> Kept[Value]:
            require(role)
            return _kept(function, watches, arguments, named)

        asked.role = role  # type: ignore[attr-defined]
        asked.worked_out = function  # type: ignore[attr-defined]
        return asked

    return decorate


def version_of(key: str) -> object:
    """Changes whenever a kept answer does, or when there is something new to say about it."""
    with shelf().lock:
        entry, pending = shelf().entry(key), shelf().pending.get(key)
        return (entry and entry.as_of, pending and pending.words, key in shelf().errors)


def _kept(function: Callable[..., Any], watches: Watched, arguments: Any, named: Any) -> Kept[Any]:
    name = f"{function.__module__}.{function.__qualname__}"
    asked = pickle.dumps((_code_version(), name, arguments, sorted(named.items())))
    key = f"{function.__name__}-{hashlib.sha256(asked).hexdigest()[:20]}"
    now, kept = _mark(newest(), watches), shelf()
    copy = copies().reckoned()
    with kept.lock:
        entry, work = kept.entry(key), kept.pending.get(key)
        failed = kept.errors.get(key)
        if copy is None and entry is None:
            raise still_reckoning()
        if copy is not None and work is None:
            mark = _mark(copy, watches)
            if _is_due(entry, mark) and (failed is None or failed[0] != mark):
                work = _begin(key, function, copy, mark, arguments, named)
    error = failed[1] if failed is not None and work is None else None
    return Kept(
        None if entry is None else entry.value,
        None if entry is None else entry.as_of,
        entry is not None and entry.mark == now,
        "" if work is None else work.words,
        error,
        key,
    )


def _is_due(entry: _Entry | None, mark: Any) -> bool:
    if entry is None:
        return True
    rested = (datetime.now(UTC) - entry.as_of).total_seconds() >= REST * entry.seconds
    return bool(entry.mark != mark) and rested


def _begin(
    key: str, function: Callable[..., Any], copy: LedgerCopy, mark: Any, arguments: Any, named: Any
) -> Work[Any]:
    """Have it worked out. What nobody has seen yet goes before what only has to be brought up to date."""
    urgency = 1 if shelf().entry(key) is None else 0
    path, module, name = str(copy.ledger.path), function.__module__, function.__qualname__
    work = background().begin(_work_out, module, name, path, arguments, named, urgency=urgency)
    shelf().pending[key] = work

    def finished(done: Work[Any]) -> None:
        with shelf().lock:
            shelf().pending.pop(key, None)
            if done.error is None:
                value, seconds = done.value()
                shelf().put(key, _Entry(mark, datetime.now(UTC), value, seconds))
            else:
                shelf().errors[key] = (mark, done.error)
                if not isinstance(done.error, ShotledgerError):
                    logging.getLogger("shotledger.pages").error("%s: %r", key, done.error)

    work.then(finished)
    return work


def _work_out(module: str, name: str, path: str, arguments: Any, named: Any, said: Callable[[str], None]) -> Any:
    """In the worker: the answer and the seconds that it took."""
    import importlib

    from dashboards.answers.worker import takes_said

    function = getattr(importlib.import_module(module), name).worked_out
    if takes_said(function):
        named = {**named, "said": said}
    began = time.monotonic()
    return function(Ledger.open(path, create=False), *arguments, **named), time.monotonic() - began


def _mark(copy: LedgerCopy, watches: Watched) -> Any:
    return copy.state if watches is Watched.EVERYTHING else _change_number(copy)


_numbers: dict[Any, int] = {}


def _change_number(copy: LedgerCopy) -> int:
    if copy.state not in _numbers:
        if len(_numbers) > FILES_KEPT:
            _numbers.clear()
        _numbers[copy.state] = copy.ledger.change_number()
    return _numbers[copy.state]


@cache
def _code_version() -> str:
    """Of everything that answers are worked out by: an answer of other code is not taken for this one's."""
    root = Path(__file__).resolve().parents[2]
    read = hashlib.sha256()
    for folder in (root / "analytics", root / "data", root / "dashboards" / "answers"):
        for file in sorted(each for each in folder.rglob("*") if each.suffix in {".py", ".sql", ".toml"}):
            read.update(str(file.relative_to(root)).encode() + file.read_bytes())
    return read.hexdigest()[:16]
