"""The composite of `building_collapse`: beauty, dust, its shadow, air, lens and film grain, all scene-linear."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from generation.traditional.dust.camera import Camera, FloatArray
from generation.traditional.dust.lighting import LitDust
from generation.traditional.dust.ray_march import DustMarcher
from generation.traditional.dust.threads import few_threads

SKY_METRES = 900.0  # further than any part of the set
_FARTHEST_METRES = 400.0
_EDGE_METRES = 1.5


@dataclass(frozen=True)
class CompositeLook:
    """The shot's grade, in scene-linear Rec.709.

    Attributes
    ----------
    exposure_stops
        Applied to everything before lens and grain.
    haze_colour, haze_metres
        Colour of the air in the distance, and the distance at which 63 % of it is seen.
    bloom, vignette
        Share of light above white that spreads; darkening at the corners.
    grain
        Standard deviation of the film grain relative to the light of a mid grey.
    """

    exposure_stops: float = 0.2
    haze_colour: tuple[float, float, float] = (0.40, 0.46, 0.55)
    haze_metres: float = 520.0
    bloom: float = 0.16
    vignette: float = 0.55
    grain: float = 0.012


def daylight_grade(sun_elevation_degrees: float, overcast: float, haze_metres: float) -> CompositeLook:
    """The grade for the shot's light.

    Air takes the colour of the sky behind it: blue-white when clear, warmer the lower the sun, grey when overcast. An
    overcast or low sun gets a slightly longer exposure, as a camera operator would give it.
    """
    low_sun = float(np.interp(sun_elevation_degrees, [8, 40], [1.0, 0.0])) * (1 - overcast)
    clear = np.array([0.40, 0.46, 0.55]) + low_sun * np.array([0.09, 0.02, -0.07])
    red, green, blue = ((1 - overcast) * clear + overcast * np.array([0.58, 0.60, 0.63])).tolist()
    return CompositeLook(
        exposure_stops=0.05 + 0.20 * low_sun + 0.30 * overcast,
        haze_colour=(red, green, blue),
        haze_metres=haze_metres * 1.5,
    )


@dataclass(frozen=True)
class FinishedFrame:
    """A composited frame: scene-linear (H, W, 3), and the dust's alpha (H, W)."""

    linear: FloatArray
    dust_alpha: FloatArray = field(repr=False)


def composite_frame(
    beauty: FloatArray,
    distance: FloatArray,
    camera: Camera,
    marcher: DustMarcher,
    frame_index: int,
    seed: int,
    look: CompositeLook | None = None,
) -> FinishedFrame:
    """Put dust, air and lens over a rendered frame.

    Parameters
    ----------
    beauty : (H, W, 3)
        Scene-linear Rec.709 render, denoised, without dust.
    distance : (H, W)
        Metres along the ray of each pixel to the set, `SKY_METRES` or more for the sky.
    camera : Camera
    marcher : DustMarcher
        Of the shot.
    frame_index : int
        0 is the first frame; also seeds the grain.
    seed : int
        Of the render.
    look : CompositeLook, optional

    Returns
    -------
    FinishedFrame
        Linear light, ready for the view transform.
    """
    look = look or CompositeLook()
    lit = marcher.light(frame_index)
    sky = (distance >= SKY_METRES)[..., None]
    picture = np.asarray(beauty, np.float32)
    picture = picture * np.where(sky, 1.0, _dust_shadow(lit, camera, distance)[..., None])
    haze = 1 - np.exp(-np.where(sky[..., 0], 0, distance) / look.haze_metres)[..., None]
    picture = picture * (1 - haze) + np.asarray(look.haze_colour, np.float32) * haze
    dust_colour, dust_alpha = _at_edges(*marcher.march(lit, camera, distance), distance)
    picture = picture * (1 - dust_alpha[..., None]) + dust_colour
    picture = picture * np.float32(2.0**look.exposure_stops)
    picture = _grain(_lens(picture, look), look.grain, [seed, frame_index])
    return FinishedFrame(np.asarray(picture, np.float32), dust_alpha)


def _dust_shadow(lit: LitDust | None, camera: Camera, distance: FloatArray) -> npt.NDArray[np.float32]:
    """How much the dust darkens each pixel of the set: sun most, sky less, bounce light not at all."""
    if lit is None:
        return np.ones(distance.shape, np.float32)
    height, width = distance.shape
    points = camera.origin + camera.rays(width, height) * np.minimum(distance, 300.0)[..., None]
    with few_threads():
        sun, sky = lit.shadow_on(points)
    return np.asarray(0.26 + 0.54 * sun + 0.20 * sky, np.float32)


def _at_edges(
    colour: FloatArray, alpha: FloatArray, distance: FloatArray
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Mend the dust of pixels that are part wall, part what lies behind.

    Their distance is an average, and a march to it stops between wall and background: a dark rim round every piece.
    Instead they get the dust of a neighbour on either side, in the shares in which the pixel sees them.
    """
    height, width = distance.shape
    clipped = np.minimum(distance, _FARTHEST_METRES)
    padded = np.pad(clipped, 1, mode="edge")
    around = np.stack([padded[row : row + height, column : column + width] for row in range(3) for column in range(3)])
    nearest, farthest = around.argmin(0), around.argmax(0)
    near, far = around.min(0), around.max(0)
    edge = far - near > _EDGE_METRES
    share = np.where(edge, (far - clipped) / np.maximum(far - near, 1e-6), 1.0)[..., None]
    both = np.pad(np.concatenate([colour, alpha[..., None]], -1), ((1, 1), (1, 1), (0, 0)), mode="edge")
    rows, columns = np.mgrid[0:height, 0:width]
    near_dust = both[rows + nearest // 3, columns + nearest % 3]
    far_dust = both[rows + farthest // 3, columns + farthest % 3]
    mended = np.where(edge[..., None], near_dust * share + far_dust * (1 - share), both[1:-1, 1:-1])
    return np.asarray(mended[..., :3], np.float32), np.asarray(mended[..., 3], np.float32)


def _lens(picture: FloatArray, look: CompositeLook) -> FloatArray:
    """Bloom of what is brighter than white, and the fall-off of light towards the corners."""
    from scipy.ndimage import gaussian_filter

    height, width = picture.shape[:2]
    spread = width / 90
    glow = gaussian_filter(np.clip(picture - 1.0, 0, 4), (spread, spread, 0))
    rows, columns = np.mgrid[0:height, 0:width]
    off_axis = (columns / width - 0.5) ** 2 + ((rows / height - 0.5) * height / width) ** 2
    return np.asarray((picture + look.bloom * glow) * (1 - look.vignette * off_axis)[..., None], np.float32)


def _grain(picture: FloatArray, strength: float, seeds: list[int]) -> FloatArray:
    """Monochrome grain, strongest in the mid tones as on negative; seeded per frame, so a re-render is identical."""
    random = np.random.default_rng(seeds)
    grain = random.standard_normal(picture.shape[:2], dtype=np.float32)[..., None]
    light = np.maximum(picture, 0)
    return np.asarray(picture + grain * strength * np.sqrt(light * 0.18 + 1e-4), np.float32)
