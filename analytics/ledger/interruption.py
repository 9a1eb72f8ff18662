"""Holds a Ctrl-C back while a ledger file is being opened, written or closed, and lets it through right after.

Without it a Ctrl-C that comes between attaching a file and noting that it is attached leaves the process unable to use
the ledger again, just when it wants to record that a render was interrupted. DuckDB besides turns a Ctrl-C inside a
query into a RuntimeError, which the command line would take for a defect.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_HELD_BACK = (signal.SIGINT, signal.SIGTERM)


class _Holding:
    """What the main thread holds back. Signals reach no other thread, so there the functions below do nothing."""

    def __init__(self) -> None:
        self.depth = 0
        self.handlers: dict[int, Any] = {}
        self.came: list[int] = []

    def note(self, number: int, frame: FrameType | None) -> None:
        self.came.append(number)

    def install(self) -> None:
        self.handlers = {}
        for number in _HELD_BACK:
            handler = signal.getsignal(number)
            if callable(handler) and handler != self.note:  # one that is ignored or kills needs no holding back
                self.handlers[number] = handler
                signal.signal(number, self.note)

    def remove(self) -> None:
        for number, handler in self.handlers.items():
            signal.signal(number, handler)

    def let_through(self) -> None:
        came, self.came = self.came, []
        for number in came:
            self.handlers[number](number, None)


_holding = _Holding()


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


@contextmanager
def ctrl_c_held_back() -> Iterator[None]:
    """Hold it back in this block. Blocks may be nested; the end of the outermost lets it through."""
    if not _is_main_thread():
        yield
        return
    if _holding.depth == 0:
        _holding.install()
    _holding.depth += 1
    try:
        yield
    finally:
        _holding.depth -= 1
        if _holding.depth == 0:
            _holding.remove()
            _holding.let_through()


@contextmanager
def ctrl_c_let_through() -> Iterator[None]:
    """Let it through in this block, unless an outer block holds it back too."""
    if not _is_main_thread() or _holding.depth != 1:
        yield
        return
    let_through_now()
    _holding.remove()
    try:
        yield
    except RuntimeError as error:
        if isinstance(error.__cause__, KeyboardInterrupt):  # DuckDB's way of telling a Ctrl-C
            raise KeyboardInterrupt from error
        raise
    finally:
        _holding.install()


def let_through_now() -> None:
    """Let through what came so far: for a place that waits and can be left."""
    if _is_main_thread() and _holding.came:
        _holding.let_through()
