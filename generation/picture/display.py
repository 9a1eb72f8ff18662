"""The view transform: scene-linear Rec.709 to display sRGB, the same for both workflows."""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

# Pinned rather than "latest": the picture must not change because OpenColorIO was upgraded.
# ACES 1.3 takes 6 ms a frame at 256x144 on one CPU core; the ACES 2.0 view of later configs takes 80 ms.
_CONFIG = "ocio://cg-config-v2.1.0_aces-v1.3_ocio-v2.3"
_SCENE = "Linear Rec.709 (sRGB)"
_DISPLAY = "sRGB - Display"
_VIEW = "ACES 1.0 - SDR Video"


def to_display(
    linear: npt.NDArray[np.floating[Any]], exposure_stops: float = 0.0, dither: npt.NDArray[np.float32] | None = None
) -> npt.NDArray[np.uint8]:
    """Turn scene-linear Rec.709 into display sRGB code values.

    Parameters
    ----------
    linear : float array (..., 3)
        Scene-linear light with Rec.709 primaries; 0.18 is mid grey.
    exposure_stops : float
        Exposure in photographic stops: each doubles the light.
    dither : float array, optional
        Added in code values before rounding; broadcast against ``linear``.

    Returns
    -------
    uint8 array of the same shape
        sRGB code values under the ACES 1.3 SDR view (Academy S-2014-004 reference rendering transform).
    """
    codes = to_display_values(linear * np.float32(2.0**exposure_stops)) * np.float32(255.0)
    if dither is not None:
        codes = codes + dither
    return np.asarray(np.clip(np.rint(codes), 0, 255), np.uint8)


def to_display_values(linear: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float32]:
    """The same before it is rounded: float32 (..., 3) in 0 to 1."""
    picture = np.array(linear, dtype=np.float32, order="C")
    _processor().applyRGB(picture.reshape(-1, picture.shape[-2] if picture.ndim > 2 else 1, 3))
    return picture


@lru_cache(maxsize=1)
def _processor() -> Any:
    import PyOpenColorIO as ocio

    config = ocio.Config.CreateFromFile(_CONFIG)
    processor = config.getProcessor(_SCENE, _DISPLAY, _VIEW, ocio.TRANSFORM_DIR_FORWARD)
    return processor.getDefaultCPUProcessor()
