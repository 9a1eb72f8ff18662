"""Stills of a scene for whoever works on its look: ``python -m generation.traditional.look SCENE --seed 3``."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analytics.vocabulary.errors import InputRefused, ShotledgerError
from analytics.vocabulary.frames import FrameSize

if TYPE_CHECKING:
    from generation.traditional.frame_rendering import CyclesQuality


def main(
    scene: Annotated[str, typer.Argument(help="Name of the scene, such as collapse.")],
    out: Annotated[Path, typer.Option(help="Folder for the pictures.")],
    seed: Annotated[list[int] | None, typer.Option(help="May be given several times.")] = None,
    frames: Annotated[str, typer.Option(help="Frame numbers with commas between.")] = "1024",
    size: Annotated[str, typer.Option(help="Frame size.")] = "480x270",
    samples: Annotated[int, typer.Option(help="Samples a pixel.")] = 16,
    threshold: Annotated[float, typer.Option(help="Noise at which a pixel is done; 0 takes every sample.")] = 0.0,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="A parameter, as in lens_mm=35; may be given several times.")
    ] = None,
    blocking: Annotated[bool, typer.Option(help="Also the flat pass and its effect guide.")] = False,
    beauty: Annotated[bool, typer.Option(help="The finished look.")] = True,
) -> None:
    """Render stills of one or more seeds through the same steps as a render of the shot, without the ledger."""
    try:
        from generation.traditional.frame_rendering import CyclesQuality

        numbers = [int(number) for number in frames.split(",")]
        overrides = dict(_setting(words) for words in set_ or [])
        out.mkdir(parents=True, exist_ok=True)
        for each in seed or [1]:
            quality = CyclesQuality(samples, threshold)
            _stills(scene, each, numbers, FrameSize.parse(size), quality, overrides, out, blocking, beauty)
    except ShotledgerError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None


def _stills(
    name: str,
    seed: int,
    frames: list[int],
    size: FrameSize,
    quality: "CyclesQuality",
    overrides: dict[str, Any],
    out: Path,
    blocking: bool,
    beauty: bool,
) -> None:
    import numpy as np

    from generation.picture.png import write_png
    from generation.traditional.scenes import find_scene
    from generation.traditional.stills import Taken, render_stills

    def say(step: str, taken: Taken) -> None:
        each = taken.cpu_seconds / len(frames)
        print(
            f"seed {seed} {step}: {taken.wall_seconds:.1f} s, {taken.cpu_seconds:.1f} CPU-s, {each:.2f} a frame",
            file=sys.stderr,
        )

    scene = find_scene(name)
    work = out / f"{name}_{seed}_work"
    stills = render_stills(
        scene, scene.draw_parameters(seed, overrides), frames, size, quality, work,
        beauty=beauty, blocking=blocking, say=say,
    )  # fmt: skip
    for number, picture in stills.finished.items():
        write_png(out / f"{name}_{seed}_{number}.png", picture)
    for number, picture in stills.plates.items():
        write_png(out / f"{name}_{seed}_{number}_plate.png", picture)
    if stills.blocking is not None:
        blocked = stills.blocking
        for row, number in enumerate(frames):
            opacity = np.repeat(blocked.effect_opacity[row][..., None], 3, -1)
            panels = [blocked.flat[row], blocked.normal[row], opacity, blocked.effect_light[row]]
            write_png(out / f"{name}_{seed}_{number}_blocking.png", np.concatenate(panels, 1))


def _setting(words: str) -> tuple[str, Any]:
    name, equals, value = words.partition("=")
    if not equals:
        raise InputRefused("--set", words, "has no value", "write name=value, as in lens_mm=35")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


if __name__ == "__main__":
    typer.run(main)
