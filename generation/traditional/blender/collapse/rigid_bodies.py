"""The fall: Bullet through Blender, pieces let go in a wave, glued to each other by breakable joints."""

from typing import Any, NamedTuple

import bpy
import numpy as np

from ..animation import set_curves
from ..arrays import Array, Arrays
from ..meshes import BOX_FACES, BOX_TAKES_HIGH
from ..protocol import Report

#: Hulls are shrunk so that nothing touches at rest; crushed pieces keep only a core.
SHRUNK, CRUSHED = 0.94, 0.42
FRICTION = 0.5
SUBSTEPS, SOLVER_ITERATIONS = 8, 8
CHARGE_FRAMES = 4


class Bodies(NamedTuple):
    """The simulated scene and its pieces in order."""

    scene: Any
    pieces: list[Any]


def build(pieces: Arrays, parameters: dict[str, Any]) -> Bodies:
    """A throw-away scene with ground, obstacles, pieces, joints and the charge."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    last = parameters["frame_count"]
    scene.frame_start, scene.frame_end = 1, last
    scene.gravity = (0.0, 0.0, -parameters["gravity"])
    bpy.ops.rigidbody.world_add()
    world = scene.rigidbody_world
    world.collection, world.constraints = bpy.data.collections.new("bodies"), bpy.data.collections.new("joints")
    world.substeps_per_frame, world.solver_iterations = SUBSTEPS, SOLVER_ITERATIONS
    # Blender's rigid-body clock assumes 24 frames a second whatever the scene's rate.
    world.time_scale = parameters["time_scale"] * 24.0 / parameters["frames_per_second"]
    world.point_cache.frame_start, world.point_cache.frame_end = 1, last
    _add_obstacles(scene, np.concatenate([pieces["obstacles"], pieces["cars"]]))
    bodies = _add_pieces(scene, world, pieces)
    _add_joints(scene, world, pieces, bodies)
    _add_charge(pieces, parameters)
    return Bodies(scene, bodies)


def run(bodies: Bodies, parameters: dict[str, Any], report: Report) -> tuple[Array, Array]:
    """Step through all frames; location float32 [F,N,3] and rotation float32 [F,N,4] (w, x, y, z)."""
    frame_count, piece_count = parameters["frame_count"], len(bodies.pieces)
    location = np.zeros((frame_count, piece_count, 3), np.float32)
    rotation = np.zeros((frame_count, piece_count, 4), np.float32)
    for index in range(frame_count):  # the cache only simulates when frames come one after the other
        bodies.scene.frame_set(index + 1)
        for number, piece in enumerate(bodies.pieces):
            place, turn, _ = piece.matrix_world.decompose()
            location[index, number], rotation[index, number] = place, turn
        report("frame", frame=parameters["first_frame"] + index)
    for index in range(1, frame_count):  # q and -q are one rotation; keep neighbours on the same side
        flip = np.where((rotation[index] * rotation[index - 1]).sum(1) < 0, -1.0, 1.0)
        rotation[index] *= flip[:, None].astype(np.float32)
    return location, rotation


def _template(scene: Any, mesh: Any, kind: str, shape: str) -> Any:
    body = bpy.data.objects.new("body", mesh)
    scene.collection.objects.link(body)
    with bpy.context.temp_override(object=body, active_object=body, selected_objects=[body]):
        bpy.ops.rigidbody.object_add(type=kind)
    body.rigid_body.collision_shape = shape
    return body


def _add_obstacles(scene: Any, obstacles: Array) -> None:
    ground = np.array([[[-200.0, -200.0, -4.0], [200.0, 200.0, 0.0]]])
    for low, high in np.concatenate([ground, obstacles.reshape(-1, 2, 3)]):
        # A box shape is centred on the object's origin whatever its mesh says, so the mesh must be too.
        centre = (low + high) / 2
        mesh = bpy.data.meshes.new("obstacle")
        corners = np.where(BOX_TAKES_HIGH, high, low) - centre
        mesh.from_pydata(corners.tolist(), [], BOX_FACES.tolist())
        body = _template(scene, mesh, "PASSIVE", "BOX")
        body.location = centre
        body.rigid_body.friction, body.rigid_body.restitution = 0.9, 0.05
        body.rigid_body.use_margin, body.rigid_body.collision_margin = True, 0.0


def _add_pieces(scene: Any, world: Any, pieces: Arrays) -> list[Any]:
    bodies: list[Any] = []
    starts = pieces["hull_start"]
    for index, centre in enumerate(pieces["centre"]):
        hull = pieces["hull_points"][starts[index] : starts[index + 1]]
        core = (hull - centre) * (CRUSHED if pieces["crushed"][index] else SHRUNK)
        mesh = bpy.data.meshes.new("hull")
        mesh.vertices.add(len(core))
        mesh.vertices.foreach_set("co", np.ascontiguousarray(core, np.float32).ravel())
        if not bodies:
            body = _template(scene, mesh, "ACTIVE", "CONVEX_HULL")
            settings = body.rigid_body
            settings.friction, settings.restitution = FRICTION, 0.03
            settings.linear_damping, settings.angular_damping = 0.02, 0.12
            settings.use_margin, settings.collision_margin = True, 0.0
        else:
            # Copying keeps the rigid-body settings; the operator once per body takes seconds.
            body = bodies[0].copy()
            body.data = mesh
            body.animation_data_clear()
            scene.collection.objects.link(body)
        if body.name not in world.collection.objects:
            world.collection.objects.link(body)
        body.location = centre
        body.rigid_body.mass = float(pieces["volume"][index]) * 2.2
        body.rigid_body.kinematic = True
        free = int(pieces["release_frame"][index])
        set_curves(body, {("rigid_body.kinematic", 0): ([1, free - 1, free], [1, 1, 0])})
        bodies.append(body)
    return bodies


def _add_joints(scene: Any, world: Any, pieces: Arrays, bodies: list[Any]) -> None:
    template: Any = None
    for (first, second), strength in zip(pieces["glued"], pieces["glue_strength"], strict=True):
        if template is None:
            joint = template = bpy.data.objects.new("joint", None)
            scene.collection.objects.link(joint)
            # This operator crashes Blender under temp_override; it wants a real active object.
            bpy.context.view_layer.objects.active = joint
            bpy.ops.rigidbody.constraint_add(type="FIXED")
        else:
            joint = template.copy()
            scene.collection.objects.link(joint)
        if joint.name not in world.constraints.objects:
            world.constraints.objects.link(joint)
        settings = joint.rigid_body_constraint
        settings.object1, settings.object2, settings.disable_collisions = bodies[first], bodies[second], False
        settings.use_breaking, settings.breaking_threshold = True, float(strength)
        joint.location = (pieces["centre"][first] + pieces["centre"][second]) / 2


def _add_charge(pieces: Arrays, parameters: dict[str, Any]) -> None:
    """A short outward push under the weak side: rigid bodies take no impulses, and keyframes that shove blow up."""
    bpy.ops.object.effector_add(type="FORCE", location=pieces["charge_place"].tolist())
    charge = bpy.context.object
    charge.field.falloff_power, charge.field.use_max_distance = 0, True
    charge.field.distance_max = float(pieces["charge_radius"])
    start = 1 + round(parameters["collapse_start_seconds"] * parameters["frames_per_second"])
    frames = [0, start, start + 1, start + CHARGE_FRAMES, start + CHARGE_FRAMES + 1]
    strength = parameters["charge"]
    set_curves(charge, {("field.strength", 0): (frames, [0, 0, strength, strength, 0])})
