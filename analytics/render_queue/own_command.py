"""Asks Shotledger's own command line for what only rendering code knows: shots, models, and pictures for a review.

The pages and this package may not import that code: torch and Blender would come with it. A process of its own may.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import InputRefused, MissingPart
from analytics.vocabulary.frames import FrameRange, FrameSize

ANSWER_WITHIN_SECONDS = 300.0
OUR_WORDS = "shotledger: "


@dataclass(frozen=True)
class ShotToRender:
    """A shot that can be rendered: what it shows, its frames, and its sizes by quality."""

    code: str
    name: str
    kind: str
    complexity: str
    frames: FrameRange
    frames_per_second: str
    qualities: Mapping[str, FrameSize]
    brief: str


@dataclass(frozen=True)
class AiModel:
    """A model as this machine sees it.

    Attributes
    ----------
    why_not
        Why a page cannot render with it here; ``None`` where it can.
    clip_seconds
        What one clip of the model's own size and length takes here, where that is known.
    clip_origin
        ``measured`` or ``assumed``.
    """

    name: str
    title: str
    suits: str
    licence: str
    why_not: str | None
    clip_seconds: float | None
    clip_origin: str | None


def shotledger_command() -> list[str]:
    """The command line of the Shotledger that these pages are part of.

    Raises
    ------
    MissingPart
        If it does not lie beside the package, which only a damaged installation does.
    """
    program = Path(__file__).resolve().parents[2] / "shotledger.py"
    if not program.is_file():
        raise MissingPart("shotledger", str(program), "the command line is not there", "install Shotledger again")
    return [sys.executable, str(program)]


def shots_to_render() -> tuple[ShotToRender, ...]:
    """The test shots that come with Shotledger, by code. About a second."""
    return tuple(
        ShotToRender(
            row["code"], row["name"], row["kind"], row["complexity"], FrameRange.parse(row["frames"]), row["fps"],
            {name: FrameSize.parse(size) for name, size in row["qualities"].items()}, row["brief"],
        )
        for row in _asked("shots", "--json")
    )  # fmt: skip


def models_here() -> tuple[AiModel, ...]:
    """Every model there is a preset of, the embedded one first. About a second."""
    return tuple(
        AiModel(
            row["name"], row["title"], row["suits"], row["licence"], _why_not(row), row["clip_seconds"],
            row["clip_origin"],
        )
        for row in _asked("models", "--json")
    )  # fmt: skip


def lay_out_review(ledger: Path, shot_id: str, out: Path) -> str:
    """Lay out the newest pair of a shot as A and B, or find the review of it that waits; some seconds.

    Returns
    -------
    str
        Id of the review. Which letter is which stays in the ledger.

    Raises
    ------
    InputRefused
        If the shot has no pair, or the pictures cannot be made.
    """
    laid_out = _asked("--ledger", str(ledger), "review", shot_id, "--out", str(out), "--json")
    return str(laid_out["blind_review_id"])


def _why_not(row: Mapping[str, Any]) -> str | None:
    if row["weights_here"] is None:
        return f"its weights are not on this machine: shotledger models {row['name']} tells where they go"
    if row["weights_here"] == "refused":
        return f"its weights are here but cannot be used: shotledger models {row['name']} tells why"
    if row["held"] == "no":
        return "this machine has too little memory for it"
    if row["takes"] == ["first frame"]:
        return "it needs an approved still: give one with shotledger render --first-frame"
    return None


def _asked(*arguments: str) -> Any:
    command = [*shotledger_command(), *arguments]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            timeout=ANSWER_WITHIN_SECONDS, env={**os.environ, "COLUMNS": "200"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _refused(arguments, f"gave no answer in {ANSWER_WITHIN_SECONDS:.0f} seconds") from None
    if done.returncode != 0:
        said = [line.removeprefix(OUR_WORDS) for line in done.stderr.splitlines() if line.startswith(OUR_WORDS)]
        raise _refused(arguments, " ".join(said) or f"ended with status {done.returncode}")
    return json.loads(done.stdout)


def _refused(arguments: tuple[str, ...], why: str) -> InputRefused:
    return InputRefused(
        f"shotledger {' '.join(arguments[-4:])}", None, why.rstrip("."), "run it in a terminal to see more"
    )
