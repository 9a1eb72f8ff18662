"""What a scene hands over when it is built."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .animation import Moving


@dataclass(frozen=True)
class Built:
    """A scene that is ready to render.

    Attributes
    ----------
    camera
        The scene's camera object.
    moving
        What has to be placed before each frame; keyframed objects move by themselves.
    tune
        Called with the scene after the general Cycles settings, for what this scene needs otherwise.
    """

    camera: Any
    moving: Sequence[Moving] = ()
    tune: Callable[[Any], None] | None = None
