"""Both workflows in one picture: a side-by-side movie with two clocks running, and a contact sheet."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.ledger.manifest import MANIFEST_NAME, Manifest, read_manifest
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.stage import OUTSIDE_THE_WORKFLOW
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHEET_FRAMES = 6


def make_comparison_pictures(folders: Mapping[Workflow, Path], out: Path) -> dict[str, Path]:
    """Make the movie and the sheet of one render of each workflow.

    Parameters
    ----------
    folders
        Folder of the render of each workflow. Fewer than two make no pictures: there is nothing to put side by side.
    out
        Where they are written.

    Returns
    -------
    dict
        ``movie`` and ``sheet`` with their paths; empty where a side or its frames are missing.
    """
    if set(folders) != {Workflow.TRADITIONAL, Workflow.AI} or not all(
        (folder / MANIFEST_NAME).is_file() for folder in folders.values()
    ):
        return {}
    from generation.picture.contact_sheet import write_contact_sheet
    from generation.picture.lettering import clock_words
    from generation.picture.png import read_png
    from generation.picture.side_by_side import write_side_by_side

    # Traditional on the left and on top: it is what the other is held against.
    manifests = {
        workflow: read_manifest(folders[workflow] / MANIFEST_NAME) for workflow in (Workflow.TRADITIONAL, Workflow.AI)
    }
    frames = {
        workflow: [read_png(path) for path in _frame_files(folders[workflow], manifest)]
        for workflow, manifest in manifests.items()
    }
    if len({len(side) for side in frames.values()}) != 1 or not frames[Workflow.AI]:
        return {}
    manifest = manifests[Workflow.AI]
    # As everywhere: loading, and a plate that stands for a camera, are no part of a workflow's machine time.
    machine_seconds = {
        workflow: sum(stage.wall_seconds for stage in each.render.stages if stage.name not in OUTSIDE_THE_WORKFLOW)
        for workflow, each in manifests.items()
    }
    movie, sheet = out / f"{manifest.shot.code}_side_by_side.mp4", out / f"{manifest.shot.code}_contact_sheet.png"
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_side_by_side(movie, frames, machine_seconds, manifest.render.frames.first, manifest.render.fps.exact)
        count = manifest.render.frames.count
        shown = sorted({round(place * (count - 1) / (SHEET_FRAMES - 1)) for place in range(SHEET_FRAMES)})
        write_contact_sheet(
            sheet,
            {workflow: [side[place] for place in shown] for workflow, side in frames.items()},
            [manifest.render.frames.first + place for place in shown],
            f"{manifest.shot.code}, {manifest.render.quality}, {manifest.render.size}",
            {
                workflow: f"{clock_words(seconds)} of machine time without loading"
                for workflow, seconds in machine_seconds.items()
            },
            plate=_plate(folders[Workflow.AI], manifest, shown),
        )
    except OSError as error:
        raise InputRefused(
            "--out",
            str(out),
            f"the pictures cannot be written ({error.strerror or error})",
            "name a folder you may write to",
        ) from None
    return {"movie": movie, "sheet": sheet}


def _frame_files(folder: Path, manifest: Manifest) -> list[Path]:
    stem = f"{manifest.shot.code}_{manifest.render.workflow}"
    files = [folder / "frames" / f"{stem}.{number:04d}.png" for number in manifest.render.frames]
    return files if all(file.is_file() for file in files) else []


def _plate(folder: Path, manifest: Manifest, places: list[int]) -> "list[NDArray[np.uint8]] | None":
    """The plate of some frames, where the shot has one and the render kept all of them."""
    from generation.picture.png import read_png
    from generation.workflows.blocked_scene import PLATE_FOLDER

    first, code = manifest.render.frames.first, manifest.shot.code
    files = [folder / PLATE_FOLDER / f"{code}_plate.{first + place:04d}.png" for place in places]
    return [read_png(file) for file in files] if all(file.is_file() for file in files) else None
