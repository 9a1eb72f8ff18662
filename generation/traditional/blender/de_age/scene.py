"""The portrait inside Blender: a head that turns and blinks, its clothes, lamps and background."""

from collections.abc import Mapping
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix, Vector

from .. import camera
from ..animation import set_curves
from ..arrays import Array, Arrays
from ..built import Built
from . import lighting, parts, surfaces

#: Where the head turns on the neck, metres.
_PIVOT = (0.0, 0.02, -0.11)


def build(scene: Any, job: Mapping[str, Any], look: str) -> Built:
    """The young head, or the old one on the plate; the flat look has no textures and one hard sun."""
    parameters, files, flat = job["parameters"], job["files"], look == "flat"
    head = dict(np.load(files["old" if look == "plate" else "young"]))
    shared, acted = dict(np.load(files["shared"])), dict(np.load(files["performance"]))
    placed = camera.install(scene, files["camera"], parameters)
    path = np.load(files["camera"])
    _focus(placed, path, parameters, sharp=flat)
    layer = scene.view_layers[0].aovs.add()
    layer.name, layer.type = parts.CHANGES, "VALUE"
    pivot = _pivot(scene, acted)
    skin, lashes = _head(scene, head, shared, acted, parameters, pivot, flat)
    _clothes(scene, shared, parameters, pivot, flat)
    eye = path["matrix_world"][len(path["frames"]) // 2, :3, 3]
    lighting.backdrop(scene, shared, eye, float(path["lens_mm"]), float(path["sensor_mm"]))
    if flat:
        lighting.key_sun(scene, parameters)
    else:
        lighting.portrait_lamps(scene, parameters)
    lighting.world(scene, 0.0 if flat else 0.035)
    return Built(placed, (Lids(skin, head["vertices"], acted), Lids(lashes, head["lash_vertices"], acted)), _tune)


class Lids:
    """The vertices of a mesh that follow the blink; left alone while the eyes stay open."""

    def __init__(self, placed: Any, shapes: Array, acted: Arrays) -> None:
        self.mesh, self.shapes = placed.data, shapes
        self.shut = dict(zip(acted["frames"].tolist(), acted["shut"].tolist(), strict=True))
        self.at = 0.0

    def place(self, frame: int) -> None:
        """Set the lids for one shot frame."""
        shut = self.shut.get(frame, 0.0)
        if shut == self.at:
            return
        self.at = shut
        # Phases lie at 0, 0.35, 0.7 and 1: see the parent's eyelids.
        along = float(np.interp(shut, [0, 0.35, 0.7, 1.0], [0, 1, 2, 3]))
        low = min(int(along), len(self.shapes) - 2)
        vertices = self.shapes[low] + (self.shapes[low + 1] - self.shapes[low]) * np.float32(along - low)
        self.mesh.vertices.foreach_set("co", np.ascontiguousarray(vertices, np.float32).ravel())
        self.mesh.update()


def _tune(scene: Any) -> None:
    # A walk under the skin is bounded by itself; light needs only one bounce between nose and cheek.
    cycles = scene.cycles
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces, cycles.transmission_bounces = 2, 1, 1, 0
    cycles.use_light_tree = False
    scene.cycles_curves.shape = "RIBBONS"
    scene.cycles_curves.subdivisions = 2


def _focus(placed: Any, path: Any, parameters: Mapping[str, Any], sharp: bool) -> None:
    if sharp:
        return
    middle = path["matrix_world"][len(path["frames"]) // 2, :3, 3]
    field = placed.data.dof
    # Cycles counts the lens in metres of the scene: an 85 mm at f/2.8 has a pupil of 30 mm.
    field.use_dof, field.aperture_fstop = True, parameters["f_stop"]
    field.focus_distance = float(-0.076 - middle[1])


def _pivot(scene: Any, acted: Arrays) -> Any:
    pivot = bpy.data.objects.new("neck", None)
    pivot.location = _PIVOT
    scene.collection.objects.link(pivot)
    frames = acted["frames"]
    set_curves(
        pivot,
        {
            ("rotation_euler", 0): (frames, acted["nod"]),
            ("rotation_euler", 1): (frames, acted["tilt"]),
            ("rotation_euler", 2): (frames, acted["turn"]),
        },
    )
    return pivot


def _head(
    scene: Any, head: Arrays, shared: Arrays, acted: Arrays, parameters: Mapping[str, Any], pivot: Any, flat: bool
) -> tuple[Any, Any]:
    age = float(head["age"])
    grey = surfaces.grey_of(age)
    tone = surfaces.skin_colour(parameters["skin_tone"], age)
    own, aged = (
        surfaces.hair_colour(parameters["hair_colour"], 0.1),
        surfaces.hair_colour(parameters["hair_colour"], grey),
    )
    dark = own * 0.25 + 0.002
    skin = surfaces.flat("skin", tone, True) if flat else surfaces.skin(parameters, age)
    paint = {"rest": head["rest"]} | {name[6:]: head[name] for name in head if name.startswith("paint_")}
    face = parts.smooth_mesh(scene, "head", head["vertices"][0], head["quads"], skin, paint)
    lash = surfaces.flat("lash", dark, True) if flat else surfaces.lash(dark)
    lashes = parts.smooth_mesh(scene, "lashes", head["lash_vertices"][0], head["lash_quads"], lash, {})
    followers = [face, lashes]
    for name, colour, ages in (("brows", aged * 0.7, True), ("beard", aged, True), ("hair", own, False)):
        stored = head if f"{name}_points" in head else shared
        if f"{name}_points" not in stored or (flat and name == "beard"):
            continue
        material = surfaces.flat(name, colour, ages) if flat else surfaces.hair(name, colour, 0.35, ages)
        followers.append(parts.strands(scene, name, stored, material))
    eye = surfaces.flat("eye", np.array([0.3, 0.28, 0.26]), True) if flat else surfaces.eye(parameters, age)
    flesh = surfaces.flat("flesh", tone * [0.9, 0.5, 0.45], True) if flat else surfaces.wet_flesh(parameters)
    for sign in (1, -1):
        mirror = np.array([sign, 1, 1], np.float32)
        order = slice(None, None, sign)
        followers.append(
            parts.smooth_mesh(
                scene, "corner", shared["flesh_vertices"] * mirror, shared["flesh_quads"][:, order], flesh, {}
            )
        )
        ball = parts.smooth_mesh(
            scene, "eye", shared["eye_vertices"], shared["eye_quads"], eye, {"rest": shared["eye_rest"]}
        )
        ball.location = (shared["eye_place"] * mirror).tolist()
        # Eyes look at something near: they toe in by a degree or two.
        toe = np.radians(-1.6) * sign
        set_curves(
            ball,
            {
                ("rotation_euler", 0): (acted["frames"], acted["gaze_nod"]),
                ("rotation_euler", 2): (acted["frames"], acted["gaze_turn"] + toe),
            },
        )
        followers.append(ball)
    for follower in followers:
        _follow(follower, pivot)
    return face, lashes


def _clothes(scene: Any, shared: Arrays, parameters: Mapping[str, Any], pivot: Any, flat: bool) -> None:
    worn = parameters["wardrobe_colour"]
    for name, colour in (("inner", worn + 4), ("outer", worn), ("beanie", worn + 1)):
        if f"{name}_vertices" not in shared:
            continue
        tint = surfaces.cloth_colour(colour)
        if flat:
            material = surfaces.flat(name, tint, False)
        elif name == "outer" and parameters["garment"] == "coat":
            material = surfaces.woven(name, tint)
        else:
            material = surfaces.knit(name, tint, 2.6)
        cloth = shared[f"{name}_cloth"]
        padded = np.concatenate([cloth, np.zeros((len(cloth), 1), np.float32)], 1)
        placed = parts.smooth_mesh(
            scene, name, shared[f"{name}_vertices"], shared[f"{name}_quads"], material, {"cloth": padded}
        )
        placed.pass_index = 0
        if name == "beanie":
            _follow(placed, pivot)


def _follow(placed: Any, pivot: Any) -> None:
    """Turn with the head; where it stands stays as it is."""
    placed.parent = pivot
    placed.matrix_parent_inverse = Matrix.Translation(-Vector(_PIVOT))
