"""The shadow that dust throws on the set."""

import numpy as np

from generation.traditional.camera import Camera, FloatArray
from generation.traditional.dust.lighting import LitDust
from generation.traditional.dust.threads import few_threads

_FARTHEST_METRES = 300.0
#: Shares of the set's light: what bounces, what comes from the sun and what from the sky.
_BOUNCED, _SUN, _SKY = 0.26, 0.54, 0.20


def dust_shadow(lit: LitDust | None, camera: Camera, distance: FloatArray) -> FloatArray:
    """How much the dust darkens each pixel of the set: sun most, sky less, bounce light not at all.

    Parameters
    ----------
    lit : LitDust or None
        None for a frame without dust.
    distance : (H, W)
        Metres along each pixel's ray to the set.

    Returns
    -------
    (H, W) float32
        What is left of the light, 0 to 1.
    """
    if lit is None:
        return np.ones(distance.shape, np.float32)
    height, width = distance.shape
    points = camera.origin + camera.rays(width, height) * np.minimum(distance, _FARTHEST_METRES)[..., None]
    with few_threads():
        sun, sky = lit.shadow_on(points)
    return np.asarray(_BOUNCED + _SUN * sun + _SKY * sky, np.float32)
