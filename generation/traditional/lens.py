"""What a lens and a film stock do to a finished frame: bloom, darker corners and grain, all scene-linear."""

import numpy as np
import numpy.typing as npt

from generation.picture.grain import FilmGrain

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


def add_grain(picture: FloatArray, grain: FilmGrain, frame_number: int) -> FloatArray:
    """Monochrome grain on a scene-linear picture (H, W, 3); a re-render has the same grain."""
    noise = grain.noise(frame_number, *picture.shape[:2])[..., None]
    return np.asarray(picture + noise * grain.deviation(picture), np.float32)
