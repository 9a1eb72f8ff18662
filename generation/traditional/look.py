"""Stills of a scene for whoever works on its look: ``python -m generation.traditional.look SCENE --seed 3``."""

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from analytics.vocabulary.errors import InputRefused, ShotledgerError
from analytics.vocabulary.frames import FrameSize


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
        numbers = [int(number) for number in frames.split(",")]
        overrides = dict(_setting(words) for words in set_ or [])
        out.mkdir(parents=True, exist_ok=True)
        for each in seed or [1]:
            _stills(scene, each, numbers, FrameSize.parse(size), samples, threshold, overrides, out, blocking, beauty)
    except ShotledgerError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None


def _stills(
    name: str,
    seed: int,
    frames: list[int],
    size: FrameSize,
    samples: int,
    threshold: float,
    overrides: dict[str, Any],
    out: Path,
    blocking: bool,
    beauty: bool,
) -> None:
    import numpy as np

    from generation.picture.display import to_display
    from generation.picture.png import write_png
    from generation.traditional.frame_rendering import CyclesQuality, render_beauty, render_blocking, render_plate
    from generation.traditional.scenes import find_scene

    scene = find_scene(name)
    work = out / f"{name}_{seed}_work"
    quality = CyclesQuality(samples, threshold)

    def heard(event: dict[str, Any]) -> None:
        """Nobody: the steps are timed here."""

    parameters = scene.draw_parameters(seed, overrides)
    with _timed("prepare", seed):
        prepared = scene.prepare(parameters, work / "prepared", heard)
    plate = None
    if scene.has_plate:
        with _timed("plate", seed, len(frames)):
            plate = render_plate(prepared, frames, size, quality, work / "plate", heard)
    if blocking:
        with _timed("blocking", seed, len(frames)):
            flat = render_blocking(prepared, frames, size, work / "blocking", heard)
        with _timed("guide", seed, len(frames)):
            blocked = scene.block(prepared, flat, plate)
        for row, number in enumerate(frames):
            panels = [blocked.flat[row], blocked.normal[row]]
            panels += [
                np.repeat(guide[row][..., None], 3, -1) for guide in (blocked.effect_opacity, blocked.effect_light)
            ]
            write_png(out / f"{name}_{seed}_{number}_blocking.png", np.concatenate(panels, 1))
    if not beauty:
        return
    with _timed("beauty", seed, len(frames)):
        rendered = render_beauty(prepared, frames, size, quality, work / "beauty", heard)
    with _timed("effects", seed):
        scene.simulate_effects(prepared)
    with _timed("composite", seed, len(frames)):
        for number, finished in zip(frames, scene.finish(prepared, rendered, plate), strict=True):
            write_png(out / f"{name}_{seed}_{number}.png", to_display(finished.linear))


def _setting(words: str) -> tuple[str, Any]:
    name, equals, value = words.partition("=")
    if not equals:
        raise InputRefused("--set", words, "has no value", "write name=value, as in lens_mm=35")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


@contextmanager
def _timed(step: str, seed: int, frame_count: int = 0) -> Iterator[None]:
    started, before = time.monotonic(), _cpu_seconds()
    yield
    wall, cpu = time.monotonic() - started, _cpu_seconds() - before
    each = f", {cpu / frame_count:.2f} CPU-s a frame" if frame_count else ""
    print(f"seed {seed} {step}: {wall:.1f} s, {cpu:.1f} CPU-s{each}", file=sys.stderr)


def _cpu_seconds() -> float:
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


if __name__ == "__main__":
    typer.run(main)
