"""Runs the Blender child: listens to its protocol and turns every way it can end into a result or an error."""

import contextlib
import importlib.util
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import MissingPart, RenderFailed
from generation.traditional.blender.protocol import MARKER

CHILD = Path(__file__).parent / "blender" / "child.py"
LOG_TAIL_LINES = 12

OnEvent = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class ChildResult:
    """How a child that succeeded went: wall seconds, its Blender's version, its log and what Cycles rendered on."""

    wall_seconds: float
    blender_version: str
    log: Path
    device: str = "CPU"


def interpreter() -> list[str]:
    """The command that runs the child script: our Python with the bpy wheel, or the Blender that a user names.

    Raises
    ------
    MissingPart
        Neither is there.
    """
    named = os.environ.get("SHOTLEDGER_BLENDER")
    if named:
        if not os.access(named, os.X_OK) or Path(named).is_dir():
            raise MissingPart(
                "SHOTLEDGER_BLENDER", named, "no program is there", "name a Blender 4.x executable or unset it"
            )
        return [named, "--background", "--factory-startup", "--python-exit-code", "1", "--python", str(CHILD), "--"]
    if importlib.util.find_spec("bpy") is None:
        raise MissingPart(
            "Blender",
            None,
            "the module bpy is not installed",
            'pip install "shotledger[traditional]" under Python 3.11, or name a Blender program in SHOTLEDGER_BLENDER',
        )
    # -P keeps the script's folder off the path: module names as common as `camera` could shadow somebody's.
    return [sys.executable, "-P", str(CHILD)]


def run_child(job: Mapping[str, Any], folder: Path, on_event: OnEvent, timeout_seconds: float) -> ChildResult:
    """Run one job to its end.

    Parameters
    ----------
    job
        ``verb`` and what that verb reads; written to ``folder/<verb>.json``.
    folder
        Where the job file and ``child.log`` go; created if need be.
    on_event
        Called with every event of the child as it arrives: ``{"event": "stage", "stage": ...}``,
        ``{"event": "frame", "frame": ...}``.
    timeout_seconds
        After this long the child is ended.

    Raises
    ------
    RenderFailed
        The child crashed, failed or ran out of time; the log's tail is in ``why``.
    MissingPart
        There is no Blender.
    """
    command = interpreter()
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "child.log"
    job_file = folder / f"{job['verb']}.json"
    job_file.write_text(json.dumps({**job, "log": str(log.resolve())}), encoding="utf-8")
    started = time.monotonic()
    # Blender makes a folder of its own among the temporary files and leaves it there when it is ended.
    with log.open("ab") as chatter, tempfile.TemporaryDirectory(prefix="shotledger_blender_") as scratch:
        chatter.write(f"--- {job['verb']}\n".encode())
        chatter.flush()
        child = subprocess.Popen(
            [*command, str(job_file.resolve())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=chatter,
            start_new_session=True,
            env={**os.environ, "TMPDIR": scratch, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        if job["verb"] == "simulate" and hasattr(os, "sched_setaffinity"):
            # The child does so too, but in a Blender program its script runs when the task scheduler is already there.
            with contextlib.suppress(OSError):
                processors = sorted(os.sched_getaffinity(child.pid))
                os.sched_setaffinity(child.pid, {processors[child.pid % len(processors)]})
        listener = _Listener(on_event, chatter.write)
        try:
            timed_out = not listener.listen(child, started + timeout_seconds)
        finally:
            # Also on Ctrl-C or when on_event raises: a child that nobody listens to must not live on.
            _end(child)
    place = f"Blender child, verb {job['verb']}"
    if timed_out:
        raise RenderFailed(
            place, None, f"not done after {timeout_seconds:g} s; its log ends with: {_tail(log)}",
            "render fewer or smaller frames, or allow more time", log,
        )  # fmt: skip
    if listener.missing and not os.environ.get("SHOTLEDGER_BLENDER"):
        raise MissingPart(
            "Blender", listener.missing, "the module cannot be imported", 'pip install "shotledger[traditional]"'
        )
    if child.returncode != 0 or not listener.done:
        ended = listener.failure or _ending(child.returncode)
        raise RenderFailed(place, None, f"{ended}; its log ends with: {_tail(log)}", f"read {log}", log)
    return ChildResult(time.monotonic() - started, listener.blender_version, log, listener.device)


class _Listener:
    """Splits the child's stdout into events and chatter."""

    def __init__(self, on_event: OnEvent, keep_chatter: Callable[[bytes], object]) -> None:
        self.on_event, self.keep_chatter = on_event, keep_chatter
        self.done, self.failure, self.missing, self.blender_version = False, "", "", ""
        self.device = "CPU"

    def listen(self, child: "subprocess.Popen[bytes]", deadline: float) -> bool:
        """Until the child closes its stdout; False if the deadline comes first."""
        assert child.stdout is not None
        waiting = b""
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while True:
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                if not selector.select(left):
                    continue
                chunk = os.read(child.stdout.fileno(), 65536)
                if not chunk:
                    break
                *lines, waiting = (waiting + chunk).split(b"\n")
                for line in lines:
                    self._hear(line)
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
        return True

    def _hear(self, line: bytes) -> None:
        text = line.decode("utf-8", "replace")
        if not text.startswith(MARKER):
            self.keep_chatter(line + b"\n")
            return
        event = json.loads(text[len(MARKER) :])
        match event["event"]:
            case "done":
                self.done = True
            case "failed":
                self.failure = event["why"]
            case "missing":
                self.missing = event["module"]
            case "version":
                self.blender_version = event["blender"]
            case "device":
                self.device = event["name"]
            case _:
                self.on_event(event)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End the child and whatever it started, if it still runs."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.stdout is not None:
        child.stdout.close()


def _ending(status: int | None) -> str:
    if status is not None and status < 0:
        try:
            return f"killed by {signal.Signals(-status).name}"
        except ValueError:
            return f"killed by signal {-status}"
    return f"ended with status {status}"


def _tail(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return " | ".join(lines[-LOG_TAIL_LINES:]) or "(empty)"
