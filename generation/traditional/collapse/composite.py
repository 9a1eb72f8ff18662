"""The composite of `building_collapse`: beauty, dust, its shadow, air, lens and film grain, all scene-linear."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generation.picture.grain import FilmGrain
from generation.traditional.camera import Camera, FloatArray
from generation.traditional.dust.ray_march import DustMarcher
from generation.traditional.dust.set_shadow import dust_shadow
from generation.traditional.lens import add_grain, through_lens
from generation.traditional.shot_scene import FinishedFrame

SKY_METRES = 900.0  # further than any part of the set
_FARTHEST_METRES = 400.0
_EDGE_METRES = 1.5
_EDGE_SMOOTH_PIXELS = 0.9
_EDGE_PIXELS = 2  # how far an edge is smeared by the pixel filter and a little motion


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


def daylight_grade(
    sun_elevation_degrees: float, overcast: float, haze_metres: float, exposure_stops: float = 0.0
) -> CompositeLook:
    """The grade for the shot's light.

    Air takes the colour of the sky behind it: blue-white when clear, warmer the lower the sun, grey when overcast.
    """
    low_sun = float(np.interp(sun_elevation_degrees, [8, 40], [1.0, 0.0])) * (1 - overcast)
    clear = np.array([0.40, 0.46, 0.55]) + low_sun * np.array([0.09, 0.02, -0.07])
    red, green, blue = ((1 - overcast) * clear + overcast * np.array([0.58, 0.60, 0.63])).tolist()
    return CompositeLook(
        exposure_stops=exposure_stops,
        haze_colour=(red, green, blue),
        haze_metres=haze_metres * 1.5,
    )


def composite_frame(
    beauty: FloatArray,
    distance: FloatArray,
    camera: Camera,
    marcher: DustMarcher | None,
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
    marcher : DustMarcher or None
        Of the shot; None for air without dust.
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
    lit = marcher.light(frame_index) if marcher else None
    sky = (distance >= SKY_METRES)[..., None]
    picture = np.asarray(beauty, np.float32)
    picture = picture * np.where(sky, 1.0, dust_shadow(lit, camera, distance)[..., None])
    haze = 1 - np.exp(-np.where(sky[..., 0], 0, distance) / look.haze_metres)[..., None]
    dust = np.zeros((*distance.shape, 4), np.float32)
    if marcher and lit:
        dust_colour, opacity = marcher.march(lit, camera, distance)
        dust = np.concatenate([dust_colour, opacity[..., None]], -1)
    over = _at_edges(np.concatenate([haze, dust], -1), distance)
    haze, dust_alpha = over[..., :1], over[..., 4]
    picture = picture * (1 - haze) + np.asarray(look.haze_colour, np.float32) * haze
    picture = picture * (1 - over[..., 4:]) + over[..., 1:4]
    picture = picture * np.float32(2.0**look.exposure_stops)
    picture = add_grain(through_lens(picture, look.bloom, look.vignette), FilmGrain(look.grain, seed), frame_index)
    return FinishedFrame(np.asarray(picture, np.float32), dust_alpha)


def _at_edges(over: FloatArray, distance: FloatArray) -> npt.NDArray[np.float32]:
    """Mend the air and dust (channels of ``over``) of pixels that are part wall, part what lies behind.

    Their distance is an average, and a march to it stops between wall and background: a dark rim round every piece.
    Instead they get the values of a neighbour on either side, in the shares in which the pixel sees them.
    """
    from scipy.ndimage import gaussian_filter

    height, width = distance.shape
    clipped = np.minimum(distance, _FARTHEST_METRES)
    reach, wide = _EDGE_PIXELS, 2 * _EDGE_PIXELS + 1
    padded = np.pad(clipped, reach, mode="edge")
    around = np.stack(
        [padded[row : row + height, column : column + width] for row in range(wide) for column in range(wide)]
    )
    nearest, farthest = around.argmin(0), around.argmax(0)
    near, far = around.min(0), around.max(0)
    edge = far - near > _EDGE_METRES
    share = np.where(edge, (far - clipped) / np.maximum(far - near, 1e-6), 1.0)[..., None]
    both = np.pad(over, ((reach, reach), (reach, reach), (0, 0)), mode="edge")
    rows, columns = np.mgrid[0:height, 0:width]
    near_side = both[rows + nearest // wide, columns + nearest % wide]
    far_side = both[rows + farthest // wide, columns + farthest % wide]
    mended = np.where(edge[..., None], near_side * share + far_side * (1 - share), over)
    # The shares come from a few samples a pixel and are as noisy as those: without this, moving edges are ragged.
    smooth = gaussian_filter(mended, (_EDGE_SMOOTH_PIXELS, _EDGE_SMOOTH_PIXELS, 0))
    return np.asarray(np.where(edge[..., None], smooth, mended), np.float32)
