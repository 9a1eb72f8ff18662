"""Runs the command line as a user does: another process, its exit code, what it printed."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class CommandLine:
    """Shotledger in a folder of its own."""

    folder: Path

    TINY = ("--size", "64x36", "--frames", "1020-1023")
    """A render that shows everything and takes seconds: four frames in the middle of the fall."""

    @property
    def ledger(self) -> Path:
        return self.folder / "shots.duckdb"

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        return [sys.executable, str(REPOSITORY / "shotledger.py"), "--ledger", str(self.ledger), *arguments]

    def run(self, *arguments: str, timeout_seconds: float = 300) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            self._command(arguments),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=timeout_seconds,
            check=False,
        )

    def ok(self, *arguments: str) -> str:
        """Run a command that has to succeed and give what it printed."""
        done = self.run(*arguments)
        assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a command in a process group of its own and don't wait for it."""
        return subprocess.Popen(
            self._command(arguments),
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # A shell's background job ignores Ctrl-C and hands that on; a user's terminal does not.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    @staticmethod
    def end(process: "subprocess.Popen[bytes]", signal_number: int) -> None:
        """Send a signal to a command and to all that it started, as a user at a terminal or a dying machine does."""
        os.killpg(process.pid, signal_number)
        process.wait(60)


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)
