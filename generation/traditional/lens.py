"""What a lens and a film stock do to a finished frame: bloom, darker corners and grain, all scene-linear."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

#: Pictures are judged at this width; a larger frame spreads the same light over more pixels.
_BLOOM_SHARE_OF_WIDTH = 1 / 90


def through_lens(picture: FloatArray, bloom: float, vignette: float) -> FloatArray:
    """Bloom of what is brighter than white, and the fall-off of light towards the corners.

    Parameters
    ----------
    picture : (H, W, 3)
        Scene-linear.
    bloom : float
        Share of the light above white that spreads.
    vignette : float
        How much darker it gets, times the squared distance from the axis in picture widths.
    """
    from scipy.ndimage import gaussian_filter

    height, width = picture.shape[:2]
    spread = width * _BLOOM_SHARE_OF_WIDTH
    glow = gaussian_filter(np.clip(picture - 1.0, 0, 4), (spread, spread, 0))
    rows, columns = np.mgrid[0:height, 0:width]
    off_axis = (columns / width - 0.5) ** 2 + ((rows / height - 0.5) * height / width) ** 2
    return np.asarray((picture + bloom * glow) * (1 - vignette * off_axis)[..., None], np.float32)


def add_grain(picture: FloatArray, strength: float, seeds: Sequence[int]) -> FloatArray:
    """Monochrome grain, strongest in the mid tones as on negative.

    Parameters
    ----------
    strength : float
        Standard deviation relative to the light of a mid grey.
    seeds : sequence of int
        Usually the shot's seed and the frame, so that a re-render has the same grain.
    """
    random = np.random.default_rng(list(seeds))
    grain = random.standard_normal(picture.shape[:2], dtype=np.float32)[..., None]
    light = np.maximum(picture, 0)
    return np.asarray(picture + grain * strength * np.sqrt(light * 0.18 + 1e-4), np.float32)
