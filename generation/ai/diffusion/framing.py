"""At which of its sizes a model is run for a shot, and which part of its frame shows the shot."""

from analytics.vocabulary.frames import FrameSize
from generation.ai.diffusion.choice import ModelChoice
from generation.ai.model_presets import ModelPreset
from generation.picture.conform import PictureArea

LEAST_USED_SHARE = 0.8
"""A native size of whose frame less than this shows the shot is passed over for the next one."""


def picture_area(preset: ModelPreset, choice: ModelChoice, shot_size: FrameSize) -> PictureArea:
    """The size that was asked for, or the first native one that the shot nearly fills; failing that, the fullest.

    Models are trained at a few sizes and get worse away from them, so the shot is cropped out of a native frame instead
    of asking for a frame of its shape.
    """
    if choice.size is not None:
        return PictureArea.of(choice.size, shot_size)
    areas = [PictureArea.of(FrameSize(width, height), shot_size) for width, height in preset.sizes]
    full = [area for area in areas if area.share >= LEAST_USED_SHARE]
    return full[0] if full else max(areas, key=lambda area: area.share)
