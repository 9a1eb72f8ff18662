"""Which model a render is made with, and what the user asks of it beside its preset."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.frames import FrameSize
from generation.ai.model_presets import ModelPreset

EMBEDDED = "embedded"
"""The model that ships with Shotledger; the only one that is not described by a preset."""
RANDOM_WEIGHTS = "random"
MOST_STEPS = 1000


@dataclass(frozen=True)
class ModelChoice:
    """A model and the options it is run with; what is not given comes from its preset.

    Attributes
    ----------
    name
        A preset's name, the path of a preset's .toml, or `EMBEDDED`.
    weights
        Folder of a checkpoint, or `RANDOM_WEIGHTS`; the preset's own place where not given.
    steps
        Denoising steps.
    size
        Size in pixels that the model works at.
    levers
        What is traded for memory, by the preset's words.
    speed
        What is set up to make steps quicker, by the preset's words; ``none`` for nothing, empty for what pays.
    first_frame
        An approved still that the shot begins with.
    expected_revision
        Revision of the weights that an earlier render was made with, for a repeat: any other is refused.
    """

    name: str = EMBEDDED
    weights: str | None = None
    steps: int | None = None
    size: FrameSize | None = None
    levers: tuple[str, ...] = ()
    speed: tuple[str, ...] = ()
    first_frame: Path | None = None
    expected_revision: str | None = None

    @property
    def is_embedded(self) -> bool:
        """Whether it is the model that ships with Shotledger."""
        return self.name == EMBEDDED

    @property
    def has_random_weights(self) -> bool:
        """Whether its picture means nothing and only its cost is asked for."""
        return self.weights == RANDOM_WEIGHTS

    def given(self) -> list[str]:
        """The command line's options that say something other than the default."""
        options = {
            "--model": None if self.is_embedded else self.name,
            "--weights": self.weights,
            "--steps": self.steps,
            "--model-size": self.size,
            "--lever": self.levers or None,
            "--speed": self.speed or None,
            "--first-frame": self.first_frame,
        }
        return [option for option, value in options.items() if value is not None]

    def refuse_for_traditional(self) -> None:
        """Refuse a model where nothing is rendered by AI.

        Raises
        ------
        InputRefused
            If anything but the default was chosen.
        """
        if self.given():
            raise InputRefused(
                ", ".join(self.given()),
                None,
                "the traditional workflow has no model",
                "leave it out, or give --workflow ai or both",
            )


def choose_model(
    name: str = EMBEDDED,
    *,
    weights: str | None = None,
    steps: int | None = None,
    size: str | None = None,
    levers: Sequence[str] = (),
    speed: Sequence[str] = (),
    first_frame: Path | None = None,
) -> ModelChoice:
    """Choose a model by the words of the command line; `check_choice` holds them against its preset.

    Raises
    ------
    InputRefused
        If ``size`` is no size, or options are given to the embedded model, which has none.
    """
    try:
        parsed = None if size is None else FrameSize.parse(size)
    except InputRefused as refused:
        raise InputRefused.all_of([replace(problem, place="--model-size") for problem in refused.problems]) from None
    choice = ModelChoice(name, weights, steps, parsed, tuple(levers), tuple(speed), first_frame)
    if choice.is_embedded and choice.given():
        raise InputRefused(
            ", ".join(choice.given()),
            None,
            "the embedded model has nothing to choose",
            "name another model with --model; `shotledger models` lists them",
        )
    return choice


def check_choice(choice: ModelChoice, preset: ModelPreset) -> None:
    """Hold the options against the model's preset.

    Raises
    ------
    InputRefused
        For every option that the model cannot be run with, all at once.
    """
    problems = []
    if choice.steps is not None and not 1 <= choice.steps <= MOST_STEPS:
        problems.append(
            Problem("--steps", choice.steps, f"must be from 1 to {MOST_STEPS}", f"{preset.name} has {preset.steps}")
        )
    multiple = preset.size_multiple
    if choice.size is not None and (choice.size.width % multiple or choice.size.height % multiple):
        native = ", ".join(f"{width}x{height}" for width, height in preset.sizes)
        problems.append(
            Problem(
                "--model-size",
                str(choice.size),
                f"both sides must be multiples of {multiple} for {preset.name}",
                f"its native sizes are {native}",
            )
        )
    if choice.first_frame is not None:
        problems += _problems_of_still(choice.first_frame, preset)
    if problems:
        raise InputRefused.all_of(problems)


def _problems_of_still(path: Path, preset: ModelPreset) -> list[Problem]:
    if "first frame" not in preset.takes:
        return [Problem("--first-frame", str(path), f"{preset.name} takes no first frame", "leave the option out")]
    from PIL import Image

    try:
        with Image.open(path) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        why = "there is no such file" if isinstance(error, FileNotFoundError) else "cannot be read as a picture"
        return [Problem("--first-frame", str(path), why, "give a PNG or JPEG file")]
    return []
