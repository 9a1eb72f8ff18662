"""The scene and its parameters of an order: drawn from its seed, with what the shot fixes laid over."""

from typing import TYPE_CHECKING

from analytics.vocabulary.errors import InputRefused
from generation.order import RenderOrder
from generation.traditional.scenes import find_scene

if TYPE_CHECKING:
    from generation.traditional.parameters import SceneParameters
    from generation.traditional.shot_scene import ShotScene


def scene_of(order: RenderOrder) -> tuple["ShotScene", "SceneParameters"]:
    """The scene that an order asks for.

    Raises
    ------
    InputRefused
        If the shot's parameters are unknown or out of range; all problems at once.
    """
    shot = order.shot
    fixed = sorted({"seed", "first_frame", "frame_count", "frames_per_second"} & set(shot.parameters))
    if fixed:
        raise InputRefused(
            f"{shot.code}: parameters", ", ".join(fixed), "is told elsewhere", "use seed, [frames] and --seed instead"
        )
    scene = find_scene(shot.scene)
    timing = {
        "first_frame": shot.frames.first,
        "frame_count": shot.frames.count,
        "frames_per_second": float(shot.fps),
    }
    return scene, scene.draw_parameters(order.seed, {**shot.parameters, **timing})
