"""Repeats a render from its manifest, and says whether the same frames came out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analytics.ledger.manifest import read_manifest
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameSize
from analytics.vocabulary.render import Outcome, Render
from analytics.vocabulary.workflow import Workflow
from generation.ai.diffusion.choice import ModelChoice
from generation.order import RenderOrder, place_order
from generation.shots import find_shot

FRAMES_FOLDER, MANIFEST = "frames", "manifest.json"


@dataclass(frozen=True)
class Repeated:
    """How two renders differ.

    Attributes
    ----------
    frame_count, equal_frame_count
        Frames compared, and those of which every pixel is equal.
    largest_difference
        In code values of 255, over all pixels.
    changed_settings
        Settings that are not the same, as ``name: before, now``: versions of libraries, another machine.
    """

    frame_count: int
    equal_frame_count: int
    largest_difference: int
    changed_settings: tuple[str, ...]


def order_to_repeat(folder: Path, out: Path, *, shot: str | None = None, weights: str | None = None) -> RenderOrder:
    """Place the order of a finished render once more.

    Parameters
    ----------
    folder
        A render's folder, with its manifest and its frames.
    out
        Where the repeat goes.
    shot
        Path of the shot's .toml, where it is not one of the shipped shots.
    weights
        Where the model's weights lie now, if not where they lay then.

    Raises
    ------
    InputRefused
        If there is no manifest, the render did not end well, or its shot or model is not known here.
    """
    manifest = read_manifest(folder / MANIFEST)
    render = manifest.render
    if render.outcome is not Outcome.OK:
        raise InputRefused(
            str(folder), render.outcome.value, "there are no frames to compare with", "name a render that ended well"
        )
    return place_order(
        find_shot(shot or manifest.shot.code),
        render.workflow,
        out=out,
        quality=render.quality,
        frames=str(render.frames),
        size=str(render.size),
        seed=render.seed,
        repeat_number=render.repeat_number + 1,
        purpose=render.purpose,
        model=_choice_of(render, weights),
    )


def compare_with(folder: Path, again: Path) -> Repeated:
    """Hold the frames and settings of a render against those of its repeat, both by their folders."""
    import numpy as np

    from generation.picture.png import read_png

    equal, largest, count = 0, 0, 0
    for path in sorted((folder / FRAMES_FOLDER).glob("*.png")):
        before, now = (read_png(each / FRAMES_FOLDER / path.name).astype(np.int16) for each in (folder, again))
        difference = int(np.abs(before - now).max())
        count, equal, largest = count + 1, equal + (difference == 0), max(largest, difference)
    settings = (_flat(read_manifest(each / MANIFEST).render.settings) for each in (folder, again))
    return Repeated(count, equal, largest, tuple(_changes(*settings)))


def _choice_of(render: Render, weights: str | None) -> ModelChoice:
    settings = render.settings
    if render.workflow is not Workflow.AI or "model_size" not in settings:
        return ModelChoice()
    still = settings["first_frame"]
    return replace(
        ModelChoice(str(settings["preset"])),
        weights=weights or settings["weights"],
        steps=int(settings["num_inference_steps"]),
        size=FrameSize.parse(settings["model_size"]),
        levers=tuple(settings["levers"]),
        speed=tuple(settings.get("speed_levers", ())) or ("none",),
        first_frame=None if still is None else Path(still["path"]),
        expected_revision=str(settings["revision"]),
    )


_EXPECTED_TO_DIFFER = (
    "wall_seconds",
    "baked_by_an_earlier_render",
    "weights",
    "first_frame.path",
    "source",
    "speed_levers_because",
)
"""Settings that say where or when, and not what."""


def _flat(settings: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in settings.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name}.")
        elif not f"{prefix}{name}".endswith(_EXPECTED_TO_DIFFER):
            flat[f"{prefix}{name}"] = value
    return flat


def _changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [
        f"{name}: {before.get(name)}, now {now.get(name)}"
        for name in sorted(before.keys() | now.keys())
        if before.get(name) != now.get(name)
    ]
