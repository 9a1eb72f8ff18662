"""Stills of the shipped test shots for the documentation: ``python -m generation.gallery --out docs``."""

import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.vocabulary.errors import ShotledgerError
from analytics.vocabulary.frames import FrameSize
from generation.shots import ShotSpec, find_shot, shot_codes

if TYPE_CHECKING:
    from generation.traditional.stills import Picture, Stills

JPEG_QUALITY = 88
COLUMNS = 3
HEAD = """# The test shots

Made by `python -m generation.gallery --out docs`, with the traditional workflow at final quality. The seconds are those
of these stills: preparing (geometry and simulation) and effects are for the whole shot, the rest for the frames shown.
"""
MOST_TILES = 6


def main(
    out: Annotated[Path, typer.Option(help="Documentation folder: gallery.md and gallery/ are written into it.")],
    shot: Annotated[list[str] | None, typer.Option(help="Only this shot; may be given several times.")] = None,
    quality: Annotated[str, typer.Option(help="Quality of the stills, as the shot names it.")] = "final",
    size: Annotated[str | None, typer.Option(help="Another size, to try it quickly.")] = None,
) -> None:
    """Render a still of each shot at final quality, with the seconds it took, and write the page that shows them.

    A shot with a plate shows plate and finished frame; a shot of camera options one frame of each, at half the size. At
    1280x720 a still takes minutes.
    """
    try:
        (out / "gallery").mkdir(parents=True, exist_ok=True)
        for code in shot or shot_codes():
            section = _section(find_shot(code), quality, size, out / "gallery")
            _put_into(out / "gallery.md", code, section)
    except ShotledgerError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None


def _section(shot: ShotSpec, quality_name: str, size_words: str | None, folder: Path) -> str:
    from generation.metering.hardware import read_hardware
    from generation.traditional.frame_rendering import CyclesQuality
    from generation.traditional.scenes import find_scene
    from generation.traditional.stills import render_stills
    from generation.workflows.traditional import FINAL_NOISE_THRESHOLD

    scene, quality = find_scene(shot.scene), shot.quality(quality_name)
    frame_size = FrameSize.parse(size_words) if size_words else quality.size
    timing = {"first_frame": shot.frames.first, "frame_count": shot.frames.count, "frames_per_second": float(shot.fps)}
    parameters = scene.draw_parameters(shot.seed, {**shot.parameters, **timing})
    with tempfile.TemporaryDirectory(prefix="gallery_") as work:
        key_frames = scene.key_frames(scene.prepare(parameters, Path(work) / "key_frames", lambda event: None))
        frames = sorted(key_frames)[:MOST_TILES] or [shot.poster_frame]
        if len(frames) > 1 and size_words is None:
            frame_size = FrameSize(frame_size.width // 4 * 2, frame_size.height // 4 * 2)
        print(f"{shot.code}: {len(frames)} still(s) at {frame_size}", file=sys.stderr)
        stills = render_stills(
            scene,
            parameters,
            frames,
            frame_size,
            CyclesQuality(quality.samples, FINAL_NOISE_THRESHOLD),
            Path(work) / "stills",
            say=lambda step, taken: print(f"  {step}: {taken.wall_seconds:.1f} s", file=sys.stderr),
        )
    _save(_arranged(stills), folder / f"{shot.code}.jpg")
    machine = read_hardware()
    shown = f"frames {', '.join(map(str, frames))}" if len(frames) > 1 else f"frame {frames[0]}"
    rows = "\n".join(
        f"| {step} | {taken.wall_seconds:.1f} | {taken.cpu_seconds:.1f} |" for step, taken in stills.taken.items()
    )
    return f"""## {shot.name}

![{shot.name}, {shown}](gallery/{shot.code}.jpg)

{shot.brief}

`{shot.code}`, seed {shot.seed}, {shown}, {frame_size}, at most {quality.samples} samples a pixel, on
{machine.cpu_model or platform.machine()} with {machine.cpu_count} processors, {datetime.now(UTC):%Y-%m-%d}.

| step | wall seconds | processor seconds |
|---|---:|---:|
{rows}
"""


def _arranged(stills: "Stills") -> "Picture":
    """One picture: a single still, plate beside finished frame, or rows of three."""
    import numpy as np

    pictures: Sequence[Picture] = [
        picture
        for number in sorted(stills.finished)
        for picture in (*_optional(stills.plates, number), stills.finished[number])
    ]
    columns = 2 if stills.plates else min(COLUMNS, len(pictures))
    while len(pictures) % columns:
        pictures = [*pictures, np.zeros_like(pictures[0])]
    rows = [np.concatenate(pictures[start : start + columns], 1) for start in range(0, len(pictures), columns)]
    return np.concatenate(rows, 0)


def _optional(pictures: Mapping[int, "Picture"], number: int) -> "Sequence[Picture]":
    return [pictures[number]] if number in pictures else []


def _save(picture: "Picture", path: Path) -> None:
    """As a JPEG at most 1920 pixels wide: a page of stills should not weigh ten megabytes."""
    from PIL import Image

    image = Image.fromarray(picture)
    image.thumbnail((1920, 1920))
    image.save(path, quality=JPEG_QUALITY)


def _put_into(page: Path, code: str, section: str) -> None:
    """Write a shot's section into the page and leave those of the other shots as they are."""
    there = page.read_text(encoding="utf-8").split("\n## ")[1:] if page.is_file() else []
    sections = {_code_of(text): f"## {text.strip()}\n" for text in there}
    sections[code] = section
    page.write_text("\n".join([HEAD, *(sections[name] for name in sorted(sections))]), encoding="utf-8")


def _code_of(section: str) -> str:
    """A section names its shot in the address of its picture."""
    return section.partition("(gallery/")[2].partition(".jpg)")[0]


if __name__ == "__main__":
    typer.run(main)
