"""The composite of a snowfall: the set through the haze, lamp glow and cones in it, flakes, lens and grain."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.picture.grain import FilmGrain
from generation.traditional.camera import Camera
from generation.traditional.city.random_streams import random_stream
from generation.traditional.lens import add_grain
from generation.traditional.shot_scene import FinishedFrame
from generation.traditional.snowfall.airlight import lamp_airlight, transmittance
from generation.traditional.snowfall.flake_drawing import draw_flakes
from generation.traditional.snowfall.flakes import Snowfall
from generation.traditional.snowfall.lamps import Lamps
from generation.traditional.snowfall.light import moon_direction, sky_radiance, toxic_colour
from generation.traditional.snowfall.parameters import SnowfallParameters

Floats = NDArray[np.float32]

EXPOSURE_STOPS = 0.7
GRAIN = 0.010
VIGNETTE = 0.75
#: Distances are cut off here; of what is further nothing is seen through the haze.
SKY_METRES = 160.0
_PALER = 0.30
_CONTRAST = 0.16
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)  # Rec. ITU-R BT.709
_COLD = np.array([0.66, 1.06, 1.22], np.float32)


@dataclass(frozen=True)
class Air:
    """The haze of one frame: what it lets through (H, W) and what it adds (H, W, 3)."""

    through: Floats
    added: Floats


def haze(
    parameters: SnowfallParameters, camera: Camera, distance: Floats, lamps: Lamps, seconds: float, samples: int = 6
) -> Air:
    """Haze in front of everything, lit by lamps, moon and sky."""
    height, width = distance.shape
    rays = camera.rays(width, height)
    through = transmittance(distance, parameters.haze_per_metre)
    added = lamp_airlight(camera, rays, distance, lamps, parameters.haze_per_metre, samples)
    added = _paler(added, _PALER)
    # Far air takes the colour of the night sky, brighter towards the moon and over the lamps of the town.
    facing = np.clip(rays @ moon_direction(parameters).astype(np.float32), 0, 1)
    horizon = np.exp(-6.0 * np.abs(rays[..., 2] - 0.02))
    sky = sky_radiance(parameters).astype(np.float32)
    town = np.array([0.016, 0.019, 0.016], np.float32)
    glow = sky * (0.75 + 1.3 * parameters.moon * facing**3)[..., None] + town * horizon[..., None]
    glow = glow + 0.006 * parameters.flake_glow * toxic_colour(parameters).astype(np.float32)
    added += (1 - through)[..., None] * glow
    added *= _swathes(parameters, camera, rays, distance, seconds)[..., None]
    return Air(through, added)


def _paler(light: Floats, share: float) -> Floats:
    """Lamp light that has gone through much haze loses its colour to the night's."""
    luminance = light @ _LUMINANCE
    return np.asarray(light + share * (luminance[..., None] * _COLD - light), np.float32)


def _swathes(parameters: SnowfallParameters, camera: Camera, rays: Floats, distance: Floats, seconds: float) -> Floats:
    """Thicker and thinner haze that drifts with the wind: a factor (H, W), looked up at two distances."""
    stream = random_stream(parameters.seed, "swathes")
    wind = np.array([0.6 * parameters.wind_metres_per_second, -0.3, 0.15], np.float32)
    factor = np.ones_like(distance)
    for reach, strength in ((7.0, 0.16), (18.0, 0.22)):
        place = rays * np.minimum(distance, reach)[..., None] + (camera.origin - wind * np.float32(seconds))
        for metres in (1.1, 1.9, 3.3, 5.5):
            wave = (stream.normal(size=3) * [1, 1, 1.6] / metres * math.sqrt(reach / 18)).astype(np.float32)
            factor += np.float32(strength / 2) * np.sin(place @ wave + np.float32(stream.uniform(0, 6.28)))
    return np.asarray(np.maximum(factor, 0.25), np.float32)


def composite_frame(
    beauty: Floats, distance: Floats, camera: Camera, lamps: Lamps, snowfall: Snowfall, seconds: float, frame: int
) -> FinishedFrame:
    """Put haze, flakes and lens over a rendered frame.

    Parameters
    ----------
    beauty : (H, W, 3)
        Scene-linear, without haze or flakes.
    distance : (H, W)
        Metres along each pixel's ray to the set.
    lamps
        All that burn in this frame.
    seconds : float
        From the shot's first frame.
    """
    parameters = snowfall.parameters
    height, width = distance.shape
    air = haze(parameters, camera, distance, lamps, seconds)
    air = _softened(_mended(air, distance), distance < 0.45 * parameters.figure_distance_metres, width)
    picture = np.asarray(beauty, np.float32) * air.through[..., None] + air.added
    flakes, alpha = draw_flakes(snowfall.seen(camera, seconds, (width, height), lamps), distance)
    picture = picture * (1 - alpha)[..., None] + flakes + _spread(flakes, width)
    picture = through_night_lens(night_grade(picture))
    return FinishedFrame(add_grain(picture, FilmGrain(GRAIN, parameters.seed), frame), alpha)


def _mended(air: Air, distance: Floats) -> Air:
    """Mend the air of pixels that are part edge, part what lies behind.

    Their distance is a mean, and a little of the far end of the street is enough to fill it with haze: every edge would
    be a staircase. Instead they get the air of a neighbour on either side, in the shares in which the pixel sees them.
    """
    height, width = distance.shape
    padded = np.pad(distance, 1, mode="edge")
    around = np.stack([padded[row : row + height, column : column + width] for row in range(3) for column in range(3)])
    nearest, farthest = around.argmin(0), around.argmax(0)
    near, far = around.min(0), around.max(0)
    rows, columns = np.nonzero((far - near > 1.0) & (far > 1.15 * near))
    share = ((far - distance) / np.maximum(far - near, 1e-6))[rows, columns]
    both = np.pad(np.concatenate([air.added, air.through[..., None]], -1), ((1, 1), (1, 1), (0, 0)), mode="edge")
    picked = [
        both[rows + which[rows, columns] // 3, columns + which[rows, columns] % 3] for which in (nearest, farthest)
    ]
    mended = picked[0] * share[:, None] + picked[1] * (1 - share[:, None])
    added, through = air.added.copy(), air.through.copy()
    added[rows, columns], through[rows, columns] = mended[:, :3], mended[:, 3]
    return Air(through, added)


def _softened(air: Air, near: NDArray[np.bool_], width: int) -> Air:
    """Smooth the air about what stands out of focus before the lens: there, few samples leave its distance ragged."""
    from scipy.ndimage import gaussian_filter

    if not near.any():
        return air
    sigma = width / 230
    share = np.clip(4 * gaussian_filter(near.astype(np.float32), 1.5 * sigma, truncate=2), 0, 1)
    through = air.through + share * (gaussian_filter(air.through, sigma, truncate=2) - air.through)
    added = gaussian_filter(air.added, (sigma, sigma, 0), truncate=2) - air.added
    return Air(through, air.added + share[..., None] * added)


def night_grade(picture: Floats) -> Floats:
    """Exposure, contrast, and shadows turned to teal: sodium light would dye all of the dark brown."""
    exposed = picture * np.float32(2.0**EXPOSURE_STOPS)
    above_grey = np.clip(exposed @ _LUMINANCE, 1e-3, 1.0) / np.float32(0.18)
    exposed = exposed * (above_grey ** np.float32(_CONTRAST))[..., None]
    dark = 0.55 * np.exp(-(exposed @ _LUMINANCE) / 0.14)
    cold = (exposed @ _LUMINANCE)[..., None] * _COLD
    return np.asarray(exposed + (cold - exposed) * dark[..., None], np.float32)


def _spread(flakes: Floats, width: int) -> Floats:
    """The light that glowing flakes give to the air about them."""
    from scipy.ndimage import gaussian_filter

    near = gaussian_filter(flakes, (width / 240, width / 240, 0), truncate=3)
    return np.asarray(
        0.6 * near + 0.35 * gaussian_filter(flakes, (width / 45, width / 45, 0), truncate=2.5), np.float32
    )


def through_night_lens(picture: Floats) -> Floats:
    """Halation about lamps at two widths, and darker corners."""
    from scipy.ndimage import gaussian_filter

    height, width = picture.shape[:2]
    bright = np.clip(picture - 0.9, 0, 12)
    near = gaussian_filter(bright, (width / 150, width / 150, 0), truncate=3)
    # The wide one is soft: a quarter of the pixels are enough.
    coarse = (
        bright[: height // 4 * 4, : width // 4 * 4].reshape(height // 4, 4, width // 4, 4, 3).mean((1, 3))
        if min(height, width) >= 16
        else bright
    )
    far = _enlarged(gaussian_filter(coarse, (coarse.shape[1] / 28, coarse.shape[1] / 28, 0), truncate=3), height, width)
    rows, columns = np.mgrid[0:height, 0:width]
    off_axis = (columns / width - 0.5) ** 2 + ((rows / height - 0.5) * height / width) ** 2
    spread = picture + 0.20 * near + 0.16 * far
    return np.asarray(spread * (1 - VIGNETTE * off_axis)[..., None], np.float32)


def _enlarged(picture: Floats, height: int, width: int) -> Floats:
    from scipy.ndimage import map_coordinates

    rows = (np.arange(height) + 0.5) * picture.shape[0] / height - 0.5
    columns = (np.arange(width) + 0.5) * picture.shape[1] / width - 0.5
    grid = np.meshgrid(rows, columns, indexing="ij")
    return np.stack([map_coordinates(picture[..., c], grid, order=1, mode="nearest") for c in range(3)], -1)
