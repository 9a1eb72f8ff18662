"""The scenes that a test shot can name."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from analytics.vocabulary.errors import InputRefused

if TYPE_CHECKING:
    from generation.traditional.shot_scene import ShotScene

#: Name in a shot's TOML, and where its class is: imported only when asked for: this file is read at every start.
SCENES: Mapping[str, tuple[str, str]] = {
    "collapse": ("generation.traditional.collapse.scene", "CollapseScene"),
    "snowfall": ("generation.traditional.snowfall.scene", "SnowfallScene"),
    "de_age": ("generation.traditional.de_age.scene", "DeAgeScene"),
    "previs": ("generation.traditional.previs.scene", "PrevisScene"),
}


def find_scene(name: str) -> "ShotScene":
    """The scene of that name.

    Raises
    ------
    InputRefused
        If there is none.
    """
    if name not in SCENES:
        raise InputRefused("scene", name, "there is no such scene", f"choose one of: {', '.join(SCENES)}")
    module, cls = SCENES[name]
    scene: ShotScene = getattr(import_module(module), cls)()
    return scene
