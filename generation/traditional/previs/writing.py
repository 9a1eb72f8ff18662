"""A planned previs on disk: what the Blender child and the slates read."""

import json
from pathlib import Path

import numpy as np

from generation.traditional.city.boxes import Colour
from generation.traditional.city.random_streams import random_stream
from generation.traditional.previs.action import Action, Performer
from generation.traditional.previs.car import car_mesh
from generation.traditional.previs.mannequin import Cloth, mannequin
from generation.traditional.previs.massing import Massing
from generation.traditional.previs.parameters import PrevisParameters
from generation.traditional.previs.props import MATT, Props, car_colours
from generation.traditional.previs.shot_plan import Judged
from generation.traditional.previs.sight import SENSOR_MM
from generation.traditional.previs.skeleton import FloatArray
from generation.traditional.previs.skinning import Skinned

FILES = {"street": "street.npz", "props": "props.npz", "moving": "moving.npz", "camera": "camera_path.npz",
         "camera_keys": "camera_keys.npz", "slates": "slates.json"}  # fmt: skip

#: Heroes are told apart by colour, as on every previs floor: who is who must read at any size.
ORANGE: Colour = (0.80, 0.235, 0.025)
TEAL: Colour = (0.015, 0.30, 0.30)
RED: Colour = (0.52, 0.018, 0.02)
_SKIN: Colour = (0.56, 0.43, 0.35)
_DARK: Colour = (0.075, 0.08, 0.09)
#: How far from its frame a camera key is set: past the shutter, and still before the next frame's.
_KEY_APART = 0.4


def write_street(massing: Massing, props: Props, folder: Path) -> None:
    """The set: boxes, and the mesh of what stands about."""
    np.savez(folder / FILES["street"], **massing.boxes)
    np.savez(folder / FILES["props"], **props.mesh.arrays())


def write_moving(parameters: PrevisParameters, action: Action, folder: Path) -> None:
    """Figures and car, each under its name, and the action step of every shot frame."""
    stream = random_stream(parameters.seed, "costume")
    coat = "coat" if action.other.speed == 0 and stream.random() < 0.6 else "plain"
    hero = _figure(action.hero, "courier", ORANGE, (0.10, 0.11, 0.13), (0.16, 0.17, 0.19))
    other = _figure(action.other, coat, TEAL, _DARK, (0.11, 0.07, 0.045))
    vertices, quads, bone, parts = car_mesh()
    tint, surface = car_colours(parts, RED)
    bones, weights = np.stack([bone, bone], 1), np.tile([1.0, 0.0], (len(bone), 1))
    car = Skinned(vertices, quads.ravel(), np.full(len(quads), 4), bones, weights, action.car, tint, surface)
    steps = np.concatenate([1 + np.arange(length) for length in parameters.option_lengths])
    columns = {**hero.columns("hero"), **other.columns("other"), **car.columns("car")}
    np.savez(folder / FILES["moving"], step=steps, **columns)


def _figure(performer: Performer, outfit: str, jacket: Colour, trousers: Colour, hair: Colour) -> Skinned:
    body = mannequin(outfit)
    colours = {
        Cloth.JACKET: jacket,
        Cloth.TROUSERS: trousers,
        Cloth.SHOES: (0.62, 0.61, 0.59) if outfit == "courier" else (0.05, 0.05, 0.055),
        Cloth.SKIN: _SKIN,
        Cloth.HAIR: hair,
        Cloth.BAG: (0.085, 0.09, 0.10),
    }
    tint = np.array([colours[cloth] for cloth in Cloth])[body.cloth]
    count = len(body.quads)
    surface = np.full(count, MATT)
    return Skinned(body.vertices, body.quads.ravel(), np.full(count, 4), body.bones, body.weights,
                   performer.matrices, tint, surface)  # fmt: skip


def write_cameras(parameters: PrevisParameters, options: list[Judged], folder: Path) -> None:
    """The cameras one after another, once as they are at every frame and once as keys around each frame."""
    lengths = parameters.option_lengths
    matrices = [option.candidate.shot.matrix_world[:length] for option, length in zip(options, lengths, strict=True)]
    lens_mm = np.concatenate(
        [option.candidate.shot.lens_mm[:length] for option, length in zip(options, lengths, strict=True)]
    )
    frames = np.arange(parameters.first_frame, parameters.last_frame + 1)
    np.savez(folder / FILES["camera"], frames=frames, matrix_world=np.concatenate(matrices), lens_mm=lens_mm,
             sensor_mm=SENSOR_MM)  # fmt: skip
    # Motion blur looks half a shutter before and after a frame. Across a cut it must not meet the next option's camera.
    keys = [_between_frames(option) for option in matrices]
    np.savez(folder / FILES["camera_keys"],
             frames=(frames[:, None] + _KEY_APART * np.array([-1.0, 0.0, 1.0])).ravel(),
             matrix_world=np.concatenate(keys), lens_mm=np.repeat(lens_mm, 3), sensor_mm=SENSOR_MM)  # fmt: skip


def _between_frames(matrices: FloatArray) -> FloatArray:
    """Matrices [3A,4,4] shortly before, at and shortly after each of [A,4,4]."""
    change = np.gradient(matrices, axis=0) if len(matrices) > 1 else np.zeros_like(matrices)
    three = np.stack([matrices - _KEY_APART * change, matrices, matrices + _KEY_APART * change], 1)
    around: FloatArray = three.reshape(-1, 4, 4)
    back = around[:, :3, 2] / np.linalg.norm(around[:, :3, 2], axis=1, keepdims=True)
    right = around[:, :3, 0] - (around[:, :3, 0] * back).sum(1, keepdims=True) * back
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    around[:, :3, 0], around[:, :3, 1], around[:, :3, 2] = right, np.cross(back, right), back
    return around


def write_slates(parameters: PrevisParameters, options: list[Judged], folder: Path) -> None:
    """The words on every frame, and the frame that stands for each option."""
    captions: dict[int, str] = {}
    keys: dict[int, str] = {}
    frame = parameters.first_frame
    total = len(options)
    for number, (option, length) in enumerate(zip(options, parameters.option_lengths, strict=True), start=1):
        camera = option.candidate
        words = f"{camera.lens_mm:.0f} mm   {camera.height_metres:.1f} m   {camera.kind.words}"
        keys[frame + min(option.best_step, length - 1)] = f"OPT {number}   {words}"
        for _ in range(length):
            captions[frame] = f"OPT {number} / {total}   {words}   f {frame}"
            frame += 1
    written = {"captions": captions, "key_frames": keys}
    (folder / FILES["slates"]).write_text(json.dumps(written, indent=1), encoding="utf-8")


def read_slates(file: Path, name: str) -> dict[int, str]:
    """What `write_slates` wrote: ``captions`` or ``key_frames``, by frame."""
    written = json.loads(file.read_text(encoding="utf-8"))[name]
    return {int(frame): words for frame, words in written.items()}
