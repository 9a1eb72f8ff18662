"""Light that the haze scatters towards the lens: lamps with cones, moon and sky, along every pixel's ray.

For one lamp and a ray that passes it at the distance h, light falls off as 1/r^2 = cos^2(a)/h^2 with a the angle at
the lamp, and dt = h da/cos^2(a): over the angle, the fall-off is constant (the closed form of single scattering, Sun
et al. 2005, "A practical analytic single scattering model"; as a way to place samples it is Kulla and Fajardo's
equiangular sampling, 2012). What is left under the integral (cone, phase, extinction) is smooth in the angle and takes
few samples.
"""

import numpy as np
from numpy.typing import NDArray

from generation.traditional.camera import Camera
from generation.traditional.snowfall.lamps import EVERYWHERE_COSINE, Lamps, cone_share

Floats = NDArray[np.float32]

_FORWARD = 0.42  # Henyey-Greenstein anisotropy of the haze
#: Light that is scattered more than once is not followed; this much more of the first scattering stands in for it.
_MORE_THAN_ONCE = 1.4
_CLOSEST_METRES = 0.14  # no nearer: inside the lamp's glass there is no haze
_LAMP_REACH_METRES = 80.0
#: A torch's beam is thin: fewer angles than these miss it on most rays that cross it.
_NARROW_COSINE, _NARROW_SAMPLES = 0.8, 6


def transmittance(distance: Floats, haze_per_metre: float) -> Floats:
    """The share of light that gets through the haze."""
    return np.asarray(np.exp(-np.minimum(distance, 1e4) * np.float32(haze_per_metre)), np.float32)


def lamp_airlight(
    camera: Camera, rays: Floats, distance: Floats, lamps: Lamps, haze_per_metre: float, samples: int = 6
) -> Floats:
    """In-scattered radiance (H, W, 3) from all lamps.

    Parameters
    ----------
    rays : (H, W, 3)
        Unit world directions.
    distance : (H, W)
        Metres along each ray to the set.
    samples : int
        Angles a lamp; lamps far away get half, and a near one with a narrow beam gets 6 at least.
    """
    radiance = np.zeros((*distance.shape, 3), np.float32)
    origin = camera.origin.astype(np.float64)
    for lamp in range(len(lamps)):
        towards = (lamps.position[lamp] - origin).astype(np.float32)
        away = float(np.linalg.norm(towards))
        if away > _LAMP_REACH_METRES or not lamps.intensity[lamp].any():
            continue
        count = samples if away < 45 else max(2, samples // 2)
        if away < 45 and lamps.cone_cosine[lamp] > _NARROW_COSINE:
            count = max(count, _NARROW_SAMPLES)
        share = _along_rays(rays, distance, towards, lamps, lamp, haze_per_metre, count)
        radiance += share[..., None] * lamps.intensity[lamp].astype(np.float32)
    return radiance


def _along_rays(
    rays: Floats, distance: Floats, towards: Floats, lamps: Lamps, lamp: int, haze: float, count: int
) -> Floats:
    """Scattered share for one lamp of 1 W/sr: (H, W) in 1/m^2/sr."""
    nearest = rays @ towards
    closest = np.maximum(_CLOSEST_METRES, float(lamps.size_metres[lamp]))
    height = np.sqrt(np.maximum(towards @ towards - nearest * nearest, np.float32(closest**2)))
    start = np.arctan(-nearest / height)
    span = np.arctan((distance - nearest) / height) - start
    axis = lamps.axis[lamp].astype(np.float32)
    ray_axis, lamp_axis = rays @ axis, np.float32(towards @ axis)
    cone, blend = float(lamps.cone_cosine[lamp]), float(lamps.blend[lamp])
    total = np.zeros_like(distance)
    g = np.float32(_FORWARD)
    for step in range(count):
        angle = start + span * np.float32((step + 0.5) / count)
        cosine = np.cos(angle)
        sine = np.sin(angle)
        reach = height / np.maximum(cosine, np.float32(1e-4))  # from the lamp
        along = nearest + reach * sine  # from the lens
        seen = np.exp((along + reach) * np.float32(-haze))
        # Light that has passed the lamp's nearest point goes away from the lens: it is scattered back.
        seen *= (1 - g * g) / (1 + g * g + 2 * g * sine) ** np.float32(1.5)
        if cone > EVERYWHERE_COSINE:
            seen *= cone_share((ray_axis * along - lamp_axis) / reach, cone, blend)
        total += seen
    return np.asarray(total * span / height * np.float32(_MORE_THAN_ONCE * haze / (4 * np.pi) / count), np.float32)
