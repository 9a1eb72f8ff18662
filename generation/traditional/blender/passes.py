"""Which layers a frame carries."""

from collections.abc import Sequence
from typing import Any

#: Mist is the distance from the eye as a share of this many metres, averaged over the samples.
MIST_METRES = 400.0

#: Layers of the unblurred geometry frames.
GEOMETRY = ("depth", "normal", "object_mask", "motion_vectors")

_SWITCHES = {
    "depth": "use_pass_z",
    "normal": "use_pass_normal",
    "mist": "use_pass_mist",
    "object_mask": "use_pass_object_index",
    "motion_vectors": "use_pass_vector",
}


def request(scene: Any, wanted: Sequence[str]) -> None:
    """Switch on the layers named in ``wanted``; Combined is always there. The layer's name is ``ViewLayer``."""
    layer = scene.view_layers[0]
    layer.name = "ViewLayer"
    for name, switch in _SWITCHES.items():
        setattr(layer, switch, name in wanted)
    mist = scene.world.mist_settings
    mist.start, mist.depth, mist.falloff = 0.0, MIST_METRES, "LINEAR"
