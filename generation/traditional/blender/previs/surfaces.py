"""Clay: a matt surface, a glossy one for glass and lamps, and lacquer for cars; each face brings its own colour."""

import math
from typing import Any

from ..materials import Nodes

#: Faces that meet at less than this are shaded as one round surface.
_SHARP_DEGREES = 38.0


def clay_surfaces() -> list[Any]:
    """The materials in the order of the slots: matt, gloss, lacquer."""
    matt = Nodes("matt")
    matt.finish(matt.matt(matt.attribute("tint")))
    return [matt.owner, _principled("gloss", 0.12, 0.6), _principled("lacquer", 0.22, 0.55)]


def _principled(name: str, roughness: float, specular: float) -> Any:
    nodes = Nodes(name)
    return nodes.finish(nodes.principled(nodes.attribute("tint"), roughness, specular))


def round_off(mesh: Any) -> None:
    """Shade the mesh smooth where its faces meet at a small angle."""
    mesh.shade_smooth()
    mesh.set_sharp_from_angle(angle=math.radians(_SHARP_DEGREES))
