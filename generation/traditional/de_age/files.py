"""What is written for the Blender child: one file a head, one for what both ages share. Metres from here on."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.traditional.de_age.background import DISTANCE_METRES, OVERSIZE, paint_background
from generation.traditional.de_age.eyeball import corner_flesh, eyeball
from generation.traditional.de_age.head_mesh import Skin, build_skin
from generation.traditional.de_age.parameters import DeAgeParameters
from generation.traditional.de_age.proportions import EYE, Face, draw_face
from generation.traditional.de_age.staging import camera_move, performance
from generation.traditional.de_age.strands import Strands, beard, brow_mask, brows, hair, lashes, scalp_mask
from generation.traditional.de_age.wardrobe import beanie, garment

FILES = {
    "camera": "camera_path.npz",
    "performance": "performance.npz",
    "young": "head_young.npz",
    "old": "head_old.npz",
    "shared": "shared.npz",
}
_METRES = np.float32(0.01)


def write_files(parameters: DeAgeParameters, folder: Path) -> None:
    """Build both heads and everything around them."""
    folder.mkdir(parents=True, exist_ok=True)
    face = draw_face(parameters.seed)
    young, old = build_skin(face, parameters.age_target), build_skin(face, parameters.age_plate)
    np.savez(folder / FILES["camera"], **camera_move(parameters))
    np.savez(folder / FILES["performance"], **performance(parameters))
    for name, skin, age in (("young", young, parameters.age_target), ("old", old, parameters.age_plate)):
        np.savez(folder / FILES[name], **_head(skin, face, age, parameters))
    np.savez(folder / FILES["shared"], **_shared(young, face, parameters))


def _head(skin: Skin, face: Face, age: float, parameters: DeAgeParameters) -> dict[str, NDArray[Any]]:
    blades, blade_quads = lashes(skin, face, age)
    scalp = scalp_mask(skin.rest) if parameters.hairstyle != "bald" else np.zeros(len(skin.rest), np.float32)
    stored = {
        "vertices": skin.vertices * _METRES,
        "quads": skin.quads,
        "rest": skin.rest,
        "lash_vertices": blades * _METRES,
        "lash_quads": blade_quads,
        "age": np.array(age),
        **{f"paint_{name}": values for name, values in skin.paint.items()},
        "paint_scalp": scalp,
        "paint_brow": brow_mask(skin.rest, face, age),
        **_strands("brows", brows(skin, face, age)),
    }
    if parameters.beard > 0.15:
        stored |= _strands("beard", beard(skin, face, parameters.beard))
    return stored


def _shared(skin: Skin, face: Face, parameters: DeAgeParameters) -> dict[str, NDArray[Any]]:
    ball, ball_quads = eyeball()
    # Where the lids meet beyond the eyeball there is flesh, or one would look into the skull.
    inner, inner_quads = corner_flesh((EYE[0] - 1.20, EYE[1] - 0.50, -0.10), (0.20, 0.24, 0.15))
    outer, outer_quads = corner_flesh((EYE[0] + 1.18, EYE[1] - 0.15, 0.06), (0.26, 0.32, 0.20))
    flesh, flesh_quads = np.concatenate([inner, outer]), np.concatenate([inner_quads, outer_quads + len(inner)])
    stored = {
        "eye_vertices": ball * _METRES,
        "eye_quads": ball_quads,
        "eye_rest": ball,
        "eye_place": np.array(EYE) * _METRES,
        "flesh_vertices": flesh * _METRES,
        "flesh_quads": flesh_quads,
        "background": paint_background(parameters.background, parameters.seed, parameters.key_azimuth_degrees),
        "background_metres": np.array(DISTANCE_METRES),
        "background_oversize": np.array(OVERSIZE),
    }
    if parameters.hairstyle != "bald":
        stored |= _strands("hair", hair(skin, face, parameters.hairstyle))
    pieces = dict(zip(("inner", "outer"), garment(parameters.garment, parameters.seed), strict=False))
    if parameters.hairstyle == "beanie":
        pieces["beanie"] = beanie(parameters.seed)
    for name, (vertices, quads, cloth) in pieces.items():
        stored |= {f"{name}_vertices": vertices * _METRES, f"{name}_quads": quads, f"{name}_cloth": cloth}
    return stored


def _strands(name: str, strands: Strands) -> dict[str, NDArray[Any]]:
    return {
        f"{name}_points": strands.points * _METRES,
        f"{name}_radius": strands.radius * _METRES,
        f"{name}_shade": strands.shade,
    }
