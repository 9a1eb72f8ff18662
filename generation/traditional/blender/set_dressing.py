"""What stands still: the street's boxes in one mesh."""

from collections.abc import Sequence
from typing import Any

from . import meshes
from .arrays import Array, Arrays


def build(scene: Any, street: Arrays, surfaces: Sequence[Any], eyes: Array) -> None:
    """Add the set; faces turned away from every camera position [F,3] are left out."""
    still = meshes.boxes_object(scene, "street", street, surfaces, eyes)
    still.cycles.use_motion_blur = False
