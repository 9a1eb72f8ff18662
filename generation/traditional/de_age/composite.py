"""The de-ageing composite: the young face put into the plate where the face may change, then lens and grain."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from generation.picture.exr import read_exr, rgb_of
from generation.picture.grain import FilmGrain
from generation.traditional.lens import add_grain, through_lens

FloatArray = npt.NDArray[np.float32]

#: The layer in which the child writes how much of a pixel is skin that ages.
CHANGES_LAYER = "ViewLayer.changes"
GRAIN, BLOOM, VIGNETTE = 0.011, 0.22, 0.75
#: The mask's edge: how far it reaches beyond the face and how soft it is, in picture widths.
_GROWN, _SOFT = 0.006, 0.004


def picture_and_changes(path: Path) -> tuple[FloatArray, FloatArray]:
    """A rendered frame: linear [H,W,3], and how much of each pixel is skin that ages [H,W]."""
    channels = read_exr(path)
    changes = next(channels[name] for name in sorted(channels) if name.startswith(CHANGES_LAYER))
    return rgb_of(channels), np.clip(changes, 0, 1)


def change_mask(young: FloatArray, old: FloatArray) -> FloatArray:
    """What may change, 0 to 1 [H,W]: the faces of both ages together, a little grown and with a soft edge.

    Both, because a jowl that is gone uncovers the collar behind it.
    """
    from scipy.ndimage import gaussian_filter, grey_dilation

    either = np.maximum(young, old)
    reach = 1 + 2 * max(1, round(_GROWN * either.shape[1]))
    return np.asarray(np.clip(gaussian_filter(grey_dilation(either, (reach, reach)), _SOFT * either.shape[1]), 0, 1))


def composite(young: FloatArray, plate: FloatArray, mask: FloatArray) -> FloatArray:
    """The young face within the mask, the plate elsewhere; scene-linear."""
    return np.asarray(plate + (young - plate) * mask[..., None], np.float32)


def in_the_light_of(form: FloatArray, young: FloatArray, plate: FloatArray, old: FloatArray) -> FloatArray:
    """The flat young head with exposure and colour of the plate: its skin [H,W] is on average what the plate's is."""
    shown = np.maximum((form * young[..., None]).sum((0, 1)), 1e-6) / max(float(young.sum()), 1e-6)
    wanted = (plate * old[..., None]).sum((0, 1)) / max(float(old.sum()), 1e-6)
    return np.asarray(form * np.clip(wanted / shown, 0.1, 10), np.float32)


def photographed(picture: FloatArray, seed: int | None, frame: int, exposure_stops: float) -> FloatArray:
    """Exposure and lens, and the negative's grain if a seed is given."""
    seen = through_lens(picture * np.float32(2.0**exposure_stops), BLOOM, VIGNETTE)
    return seen if seed is None else add_grain(seen, FilmGrain(GRAIN, seed), frame)
