"""Everything of the scene that does not depend on the picture: built once, written as files, read by both halves."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.boxes import Boxes, FloatArray
from generation.traditional.city.plan import Detail
from generation.traditional.snowfall.cars import add_cars, park_cars
from generation.traditional.snowfall.dressing import add_street_lamps, add_trees, add_wires
from generation.traditional.snowfall.figure import build_figure
from generation.traditional.snowfall.framing import SENSOR_MM, camera_matrices
from generation.traditional.snowfall.gait import LANTERN_PLACE, TORCH_PLACE, Gait
from generation.traditional.snowfall.ground import ground_mesh
from generation.traditional.snowfall.lamps import (
    TUNGSTEN,
    CarriedLight,
    Lamps,
    lantern,
    no_lamps,
    one_lamp,
    street_lamps,
    torch,
)
from generation.traditional.snowfall.light import (
    MOON_COLOUR,
    MOON_IRRADIANCE,
    moon_direction,
    sky_radiance,
    toxic_colour,
)
from generation.traditional.snowfall.mesh_parts import MeshParts
from generation.traditional.snowfall.parameters import SnowfallParameters
from generation.traditional.snowfall.signs import add_signs, hang_signs, sign_lamps
from generation.traditional.snowfall.street import BoxArrays, houses, joined, lit_shops, snow_on_ledges

#: Name in `Prepared.files` and file in the prepared folder.
FILES: Mapping[str, str] = {
    "camera": "camera_path.npz",
    "boxes": "boxes.npz",
    "boxes_flat": "boxes_flat.npz",
    "parts": "parts.npz",
    "ground": "ground.npz",
    "ground_flat": "ground_flat.npz",
    "figure": "figure.npz",
    "lamps": "lamps.npz",
    "carried": "carried.npz",
    "light": "light.npz",
}
_SHOPS_THAT_SHINE = 4
#: Radiance of snow on the ground, which glows on as its flakes did.
_SNOW_GLOW = 0.008


def write_layout(parameters: SnowfallParameters, folder: Path) -> None:
    """Build the scene and write the files of `FILES`."""
    folder.mkdir(parents=True, exist_ok=True)
    built: dict[str, Mapping[str, Any]] = {
        "camera": {
            "frames": np.arange(parameters.first_frame, parameters.last_frame + 1),
            "matrix_world": camera_matrices(parameters),
            "lens_mm": np.float64(parameters.lens_mm),
            "sensor_mm": np.float64(SENSOR_MM),
        },
        "ground": ground_mesh(parameters),
        "ground_flat": ground_mesh(parameters, coarse=True),
    }
    signs = hang_signs(parameters)
    hung = Boxes()
    add_signs(hung, signs, parameters.half_street_metres)
    fine, coarse = houses(parameters), houses(parameters, Detail.MIDDLE)
    built["boxes"] = joined(fine, snow_on_ledges(fine, parameters), hung.arrays())
    built["boxes_flat"] = joined(coarse, snow_on_ledges(coarse, parameters, 25.0), hung.arrays())
    row = street_lamps(parameters)
    parts = MeshParts()
    add_cars(parts, parameters, park_cars(parameters))
    add_street_lamps(parts, row, parameters)
    add_wires(parts, parameters)
    add_trees(parts, parameters)
    built["parts"] = parts.arrays()
    burning = row.lamps.take(row.burning)
    lamps = burning + sign_lamps(signs, parameters.half_street_metres) + _shop_lamps(fine, parameters)
    built["lamps"] = lamps.arrays()
    figure, gait = build_figure(parameters.seed), Gait(parameters)
    built["figure"] = {**figure.mesh, "positions": gait.pose(figure)}
    built["carried"] = _carried(parameters, gait)
    built["light"] = {
        "moon_direction": moon_direction(parameters),
        "moon_irradiance": parameters.moon * MOON_IRRADIANCE * MOON_COLOUR,
        "sky": sky_radiance(parameters),
        "toxic": toxic_colour(parameters),
        "snow_glow": np.float64(_SNOW_GLOW * parameters.flake_glow),
    }
    for name, columns in built.items():
        np.savez(folder / FILES[name], **columns)


def read_lamps(folder: Path) -> Lamps:
    """The lamps that stand still."""
    with np.load(folder / FILES["lamps"]) as stored:
        return Lamps(**{name: stored[name] for name in stored.files})


def read_carried(folder: Path) -> CarriedLight | None:
    """The figure's own light, or None where it carries none."""
    with np.load(folder / FILES["carried"]) as stored:
        if not len(stored["intensity"]):
            return None
        lamp = Lamps(**{name: stored[name] for name in ("intensity", "cone_cosine", "blend", "size_metres")},
                     position=stored["path"][:1], axis=stored["pointing"][:1])  # fmt: skip
        return CarriedLight(stored["path"], stored["pointing"], lamp)


def _carried(parameters: SnowfallParameters, gait: Gait) -> dict[str, NDArray[np.generic]]:
    kind = parameters.figure_light
    lamp = {"lantern": lantern, "torch": torch, "none": no_lamps}[kind]()
    place = LANTERN_PLACE if kind == "lantern" else TORCH_PLACE
    path = gait.hand(place)
    if kind == "lantern":
        pointing = np.tile([0.0, 0.0, -1.0], (len(path), 1))
    else:
        # The beam searches the street just beside the lens.
        sweep = np.sin(np.linspace(0.3, 2.6, len(path)))
        pointing = gait.pointing(np.array([0.0, -0.985, -0.17]))
        pointing = pointing + np.stack([0.16 * sweep - 0.05, 0 * sweep, 0.03 * sweep], 1)
        pointing = pointing / np.linalg.norm(pointing, axis=1, keepdims=True)
    columns = {name: values for name, values in lamp.arrays().items() if name not in ("position", "axis")}
    return {**columns, "path": path, "pointing": pointing, "shape": np.array(kind)}


def _shop_lamps(boxes: BoxArrays, parameters: SnowfallParameters) -> Lamps:
    """Light from the nearest lit shops onto pavement and snow."""
    lamps = no_lamps()
    for x, y, height, width, *colour in lit_shops(boxes, parameters.half_street_metres)[:_SHOPS_THAT_SHINE]:
        inward = -np.sign(x)
        place = np.array([x + inward * 0.55, y, height + 0.2])
        warm: FloatArray = np.array(colour) / max(max(colour), 1e-6)
        watts = 65.0 * width * max(colour)
        lamps = lamps + one_lamp(
            place, np.array([inward * 0.94, 0.0, -0.34]), watts, 0.5 * (warm + TUNGSTEN), 0.05, 0.9, 0.5
        )
    return lamps
