"""Film grain on frames that are display-referred already, as heavy as the view transform shows it on scene light."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from generation.picture.display import to_display_values


@dataclass(frozen=True)
class FilmGrain:
    """The grain of a shot.

    Attributes
    ----------
    strength
        Standard deviation relative to the light of a mid grey.
    seed
        Of the shot.
    first_number
        The frame that counts as 0.
    """

    strength: float
    seed: int
    first_number: int = 0

    def noise(self, frame_number: int, height: int, width: int) -> npt.NDArray[np.float32]:
        """The grain of one frame before it meets any light, float32 [H,W]: the same in both workflows."""
        random = np.random.default_rng([self.seed, frame_number - self.first_number])
        return random.standard_normal((height, width), dtype=np.float32)

    def deviation(self, light: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Standard deviation of the grain on scene-linear light, strongest in the mid tones as on negative."""
        return np.asarray(self.strength * np.sqrt(np.maximum(light, 0) * 0.18 + 1e-4), np.float32)

    def on_display(self, frame: npt.NDArray[np.uint8], frame_number: int) -> npt.NDArray[np.uint8]:
        """Put the grain on a finished frame, uint8 [H,W,3] display sRGB."""
        values, slope = _grey_curve()
        codes = np.arange(256) / 255
        deviation = np.interp(codes, values[:, 1], 255 * self.deviation(values[:, 0]) * slope).astype(np.float32)
        grained = frame + self.noise(frame_number, *frame.shape[:2])[..., None] * deviation[frame]
        pixels: npt.NDArray[np.uint8] = np.clip(np.rint(grained), 0, 255).astype(np.uint8)
        return pixels


@lru_cache(maxsize=1)
def _grey_curve() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Light and display value of greys [N,2], rising, and how fast the second grows with the first [N]."""
    light = np.geomspace(1e-5, 16.0, 1024).astype(np.float32)
    shown = to_display_values(np.repeat(light[:, None], 3, axis=1)[None])[0, :, 1]
    return np.stack([light, shown], axis=1), np.gradient(shown, light).astype(np.float32)
