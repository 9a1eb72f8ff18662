"""The blocking of an order's shot: the same scene as the traditional workflow's, in Blender's cheapest pass."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from analytics.vocabulary.frames import FrameSize
from analytics.vocabulary.stage import StageName
from generation.workflows.scene_parameters import scene_of
from generation.workflows.session import Session

if TYPE_CHECKING:
    from generation.blocking import Blocking
    from generation.picture.grain import FilmGrain

PLATE_FOLDER = "plate"
"""In the folder of an AI render, where its shot has a plate: ``CODE_plate.1001.png`` and on."""


@dataclass(frozen=True)
class BlockedScene:
    """A blocked shot.

    Attributes
    ----------
    grain
        The shot's film grain, which the blocking does not have.
    captions, key_frames
        Words to burn into frames, and the frames that a sheet should show, by frame number.
    settings
        What made the blocking, for the manifest.
    """

    blocking: "Blocking"
    grain: "FilmGrain"
    captions: Mapping[int, str]
    key_frames: Mapping[int, str]
    settings: Mapping[str, Any]


def block_scene(session: Session, size: FrameSize) -> BlockedScene:
    """Prepare, photograph where there is a plate, and block the frames of a session's order.

    Parameters
    ----------
    size
        Of the blocking's frames; a scene with a plate is blocked at the size of the order, which its plate has.

    Raises
    ------
    RenderFailed, MissingPart
        From the Blender child.
    """
    from generation.traditional.frame_rendering import BLOCKING_SAMPLES, CyclesQuality, render_blocking, render_plate
    from generation.workflows.baking import prepare_scene

    order, work, listener = session.order, session.work, session.listener(session.order.frames.count)
    scene, parameters = scene_of(order)
    simulated = prepare_scene(session, scene, parameters, with_effects=False)
    prepared, plate = simulated.prepared, None
    if scene.has_plate:
        size = order.size
        plate = render_plate(
            prepared, order.frames, size, CyclesQuality(order.quality.samples), work / "plate", listener
        )
    rendered = render_blocking(prepared, order.frames, size, work / "blocking", listener)
    session.enter(StageName.BLOCKING, order.frames.count)
    blocking = scene.block(prepared, rendered, plate)
    if scene.has_plate:
        session.enter(StageName.PLATE)
        _keep_plate(session, blocking)
    return BlockedScene(
        blocking,
        scene.grain(parameters),
        scene.captions(prepared),
        scene.key_frames(prepared),
        {
            **simulated.settings,
            "blocking": f"blender {rendered.blender_version} cycles, {BLOCKING_SAMPLES} samples, {size}",
            "parameters": asdict(parameters),
        },
    )


def _keep_plate(session: Session, blocking: "Blocking") -> None:
    """Leave the plate beside the frames: what was changed is judged by holding it against what it was."""
    from generation.picture.png import write_png

    folder = session.folder / PLATE_FOLDER
    folder.mkdir()
    for number, frame in zip(session.order.frames, blocking.flat, strict=True):
        write_png(folder / f"{session.order.shot.code}_plate.{number:04d}.png", frame)
