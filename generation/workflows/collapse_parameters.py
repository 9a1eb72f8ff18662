"""The scene parameters of an order: drawn from its seed, with what the shot fixes laid over."""

from analytics.vocabulary.errors import InputRefused
from generation.order import RenderOrder
from generation.traditional.collapse.parameters import CollapseParameters, draw_parameters


def parameters_of(order: RenderOrder) -> CollapseParameters:
    """The collapse that an order asks for.

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
    return draw_parameters(
        order.seed,
        {
            **shot.parameters,
            "first_frame": shot.frames.first,
            "frame_count": shot.frames.count,
            "frames_per_second": float(shot.fps),
        },
    )
