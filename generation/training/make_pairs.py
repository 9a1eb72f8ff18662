"""Render training clips: ``python -m generation.training.make_pairs FOLDER --clips 120 --held-out 12``."""

import contextlib
import fcntl
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from analytics.vocabulary.errors import InputRefused, ShotledgerError
from analytics.vocabulary.frames import FrameSize
from analytics.vocabulary.stage import StageName
from generation.traditional.scenes import find_scene
from generation.training.footage import note_clip
from generation.training.pairs import FIRST_HELD_OUT_SEED, FIRST_TRAINING_SEED, clip_file


def main(
    folder: Annotated[
        Path, typer.Argument(help="Where the clips go. Clips that are there are kept and not made again.")
    ],
    scene: Annotated[list[str] | None, typer.Option(help="A scene; may be given several times.")] = None,
    clips: Annotated[int, typer.Option(help="Clips of each scene to train on, seeds from 100000.")] = 120,
    held_out: Annotated[int, typer.Option(help="Clips of each scene to score on, seeds from 900000.")] = 12,
    frames: Annotated[int, typer.Option(help="Frames of a clip, spread over the shot.")] = 8,
    size: Annotated[str, typer.Option(help="Frame size.")] = "256x144",
    samples: Annotated[int, typer.Option(help="Samples a pixel of the traditional render.")] = 8,
    processes: Annotated[int, typer.Option(help="Clips rendered at a time, one thread each.")] = 1,
    minutes: Annotated[float | None, typer.Option(help="Begin no further clip after so long.")] = None,
    beside: Annotated[int, typer.Option(min=1, hidden=True, help="Processes that render at the same time.")] = 1,
) -> None:
    """Render clips both ways, as blocking and as finished frames. Stop it at any time; the same command goes on."""
    # A terminated run must still end its Blender, so it is given the same way out as Ctrl-C; a shell's background job
    # is born with SIGINT ignored, and is stopped by it all the same.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    try:
        frame_size = FrameSize.parse(size)
        if min(clips, frames, samples, processes) < 1 or held_out < 0:
            raise InputRefused("options", None, "clips, frames, samples and processes must be at least 1", "give more")
        scenes = scene or ["collapse", "snowfall", "de_age"]
        for name in scenes:
            find_scene(name)
        folder.mkdir(parents=True, exist_ok=True)
        others = [
            subprocess.Popen(
                [sys.executable, "-m", "generation.training.make_pairs", *_arguments_for_one(sys.argv[1:], processes)]
            )
            for _ in range(processes - 1)
        ]
        try:
            # Scene by scene within a seed, so that a run stopped early has its share of each.
            wanted = [(name, seed) for seed in seeds_in_order(clips, held_out) for name in scenes]
            make_clips(folder, wanted, frames, frame_size, samples, minutes, max(processes, beside))
        except BaseException:
            for other in others:
                other.terminate()
            raise
        finally:
            for other in others:
                other.wait()
    except ShotledgerError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        print("stopped; the same command goes on", file=sys.stderr)
        raise typer.Exit(130) from None


def seeds_in_order(training: int, held_out: int) -> list[int]:
    """All seeds, held-out ones spread evenly, so that a run stopped early has its share of both."""
    placed = [((number + 0.5) / training, FIRST_TRAINING_SEED + number) for number in range(training)]
    placed += [((number + 0.25) / held_out, FIRST_HELD_OUT_SEED + number) for number in range(held_out)]
    return [seed for _, seed in sorted(placed)]


def make_clips(
    folder: Path,
    wanted: list[tuple[str, int]],
    frame_count: int,
    size: FrameSize,
    samples: int,
    minutes: float | None = None,
    beside_each_other: int = 1,
) -> None:
    """Render every clip, of a scene and a seed, that is not there and that no other process is rendering.

    One that fails is written down as ``refused_<scene>_<seed>.txt`` with the reason and passed over from then on.
    """
    from generation.metering.stopwatch import Stopwatch
    from generation.training.clip_rendering import render_clip

    started, made = time.monotonic(), 0
    for scene, seed in wanted:
        if minutes is not None and time.monotonic() - started > 60 * minutes:
            return
        name = f"{scene}_{seed:06d}"
        refused = folder / f"refused_{name}.txt"
        with _claimed(folder, name) as is_ours:
            if not is_ours or clip_file(folder, scene, seed).exists() or refused.exists():
                continue
            begun = time.monotonic()
            steps: list[tuple[str, float]] = []
            stopwatch = Stopwatch()
            stopwatch.enter(StageName.RENDER)
            with tempfile.TemporaryDirectory(prefix=f"clip_{name}_") as work:
                try:
                    clip = render_clip(
                        scene, seed, frame_count, size, samples, Path(work),
                        lambda step, taken=steps: taken.append((step, time.monotonic())),  # type: ignore[misc]
                    )  # fmt: skip
                    file = clip.save(folder)
                except ShotledgerError as error:
                    refused.write_text(f"{error}\n", encoding="utf-8")
                    print(f"clip {name} refused: {error}", file=sys.stderr)
                    continue
                finally:
                    taken = stopwatch.stop()[0]
            note_clip(folder, file, frame_count, taken, beside_each_other)
            made += 1
            there = sum(clip_file(folder, *other).exists() for other in wanted)
            left = (time.monotonic() - started) / made * (len(wanted) - there) / 60
            print(
                f"clip {name} in {time.monotonic() - begun:.0f} s ({_durations(steps)}); "
                f"{there} of {len(wanted)}, about {left:.0f} min left for one process",
                file=sys.stderr,
            )


@contextlib.contextmanager
def _claimed(folder: Path, name: str) -> Iterator[bool]:
    """Whether this process may make the clip. The lock goes with the process, however that ends."""
    claim = folder / f".claim_{name}"
    with claim.open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _durations(steps: list[tuple[str, float]]) -> str:
    ends = [begun for _, begun in steps[1:]] + [time.monotonic()]
    return ", ".join(f"{step} {end - begun:.0f}" for (step, begun), end in zip(steps, ends, strict=True))


def _arguments_for_one(arguments: list[str], processes: int) -> list[str]:
    """The same command line for a process of its own: the last --processes wins."""
    return [*arguments, "--processes", "1", "--beside", str(processes)]


if __name__ == "__main__":
    typer.run(main)
