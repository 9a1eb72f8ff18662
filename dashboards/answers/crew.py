"""Hands work to processes beside the pages, and keeps hold of it: what it says, whether it is done, how to stop it."""

import itertools
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

from analytics.vocabulary.errors import LedgerError
from dashboards.answers.worker import receive, send

Value = TypeVar("Value")
ROOT = Path(__file__).resolve().parents[2]


class Stopped(LedgerError):
    """Work that was stopped, or whose process ended, before there was an answer."""


class Work(Generic[Value]):
    """Something that is being worked out.

    Attributes
    ----------
    words
        The last thing that was said of it: what is being worked on.
    """

    def __init__(self, function: Callable[..., Value], arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
        self.order = (function.__module__, function.__qualname__, arguments, named)
        self.words = ""
        self.ended = threading.Event()
        self.is_stopped = False
        self._value: Value | None = None
        self._error: Exception | None = None
        self._on_end: list[Callable[[Work[Value]], None]] = []

    @property
    def is_done(self) -> bool:
        """Whether there is an answer, or a reason why there is none."""
        return self.ended.is_set()

    @property
    def error(self) -> Exception | None:
        """Why there is no answer."""
        return self._error

    def value(self) -> Value:
        """The answer, once it is done.

        Raises
        ------
        ShotledgerError, Exception
            What the work itself raised.
        """
        self.ended.wait()
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]

    def stop(self) -> None:
        """Ask for no answer any more; the process that is at it is ended."""
        self.is_stopped = True

    def then(self, tell: "Callable[[Work[Value]], None]") -> None:
        """Call somebody at the end, in the thread that meets it."""
        self._on_end.append(tell)

    def end(self, value: Value | None, error: Exception | None) -> None:
        """For whoever carries it out: this is what came of it."""
        self._value, self._error = value, error
        self.ended.set()
        for tell in self._on_end:
            try:
                tell(self)
            except Exception:
                logging.getLogger("shotledger.pages").exception("after some work")


class Crew:
    """Worker processes that take work in turn, the most urgent first. They are started when first needed.

    Parameters
    ----------
    niceness
        How far they give way to other processes, 0 to 19.
    """

    def __init__(self, count: int, name: str, *, niceness: int = 0) -> None:
        self.name = name
        self.niceness = niceness
        self._waiting: list[tuple[int, int, Work[Any]]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        for number in range(count):
            threading.Thread(target=self._serve, name=f"{name} {number}", daemon=True).start()

    def begin(self, function: Callable[..., Value], *arguments: Any, urgency: int = 0, **named: Any) -> "Work[Value]":
        """Have a function of a module called in another process.

        Parameters
        ----------
        function
            With a parameter ``said``, it is given one: what it says stands in the work's ``words``.
        urgency
            The highest goes first; of equals the earliest.
        """
        work: Work[Value] = Work(function, arguments, named)
        with self._changed:
            self._waiting.append((-urgency, next(self._numbers), work))
            self._waiting.sort(key=lambda each: each[:2])
            self._changed.notify()
        return work

    def _serve(self) -> None:
        process: subprocess.Popen[bytes] | None = None
        while True:
            with self._changed:
                while not self._waiting:
                    self._changed.wait()
                number, work = self._waiting[0][1], self._waiting.pop(0)[2]
            if work.is_stopped:
                work.end(None, Stopped("work", None, "was stopped", "begin it again"))
                continue
            if process is None or process.poll() is not None:
                process = _new_worker(self.niceness)
            try:
                self._carry_out(process, number, work)
            except (EOFError, OSError):
                _end(process)
                process = None
                words = "was stopped" if work.is_stopped else "ended before there was an answer"
                work.end(None, Stopped("work", None, words, "begin it again; the terminal of the pages may say more"))

    @staticmethod
    def _carry_out(process: "subprocess.Popen[bytes]", number: int, work: "Work[Any]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        send(process.stdin, (number, *work.order))  # type: ignore[arg-type]

        def end_when_stopped() -> None:
            while not work.ended.wait(0.2):
                if work.is_stopped:
                    process.kill()
                    return

        threading.Thread(target=end_when_stopped, daemon=True).start()
        while True:
            _, kind, body = receive(process.stdout)  # type: ignore[arg-type]
            if kind == "said":
                work.words = str(body)
            else:
                work.end(*((body, None) if kind == "done" else (None, body)))
                return


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):  # what was still to be sent goes nowhere
                stream.close()


def _new_worker(niceness: int) -> "subprocess.Popen[bytes]":
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-m", "dashboards.answers.worker", str(niceness)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
