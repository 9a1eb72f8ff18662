"""What a model is shown beside words: pictures made of a shot's blocking and plate, in the form that it was taught."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from generation.ai.diffusion.choice import ModelChoice
from generation.ai.model_presets import ModelPreset
from generation.blocking import Blocking
from generation.picture.conform import PictureArea, fit_into

Frames = npt.NDArray[np.uint8]

NEAREST_SHARE = 0.99
"""White is this quantile of nearness over the whole clip, so that one pixel at the lens does not darken the rest."""


@dataclass(frozen=True)
class Shown:
    """Pictures at the model's size, one for each frame of the shot; ``None`` for what the model does not take.

    Attributes
    ----------
    control
        uint8 [F,H,W,3]: depth, or the plate with depth where it is to change.
    mask
        uint8 [F,H,W]: 255 where the model makes the picture.
    picture
        uint8 [F,H,W,3]: the frame that an editor changes.
    first_frame
        uint8 [H,W,3]: what the shot begins with.
    words
        What each of them is, for the manifest.
    """

    control: Frames | None = None
    mask: Frames | None = None
    picture: Frames | None = None
    first_frame: Frames | None = None
    words: tuple[str, ...] = ()


def takes_scene(preset: ModelPreset, choice: ModelChoice) -> bool:
    """Whether the shot's scene has to be blocked for this model: some begin from words, or from a given still."""
    if {"blocking video", "depth", "picture to edit"} & set(preset.takes):
        return True
    return needs_first_frame(preset) and choice.first_frame is None


def needs_first_frame(preset: ModelPreset) -> bool:
    """Whether the model cannot begin from words."""
    return "first frame" in preset.takes and "text" not in preset.takes


def show(preset: ModelPreset, choice: ModelChoice, area: PictureArea, blocking: Blocking | None) -> Shown:
    """Make the pictures that a model takes.

    Parameters
    ----------
    blocking
        Of the shot's frames; ``None`` where `takes_scene` says no.
    """
    first_frame, words = None, []
    if choice.first_frame is not None:
        first_frame = _still(choice.first_frame, area)
        words.append(f"first frame: {choice.first_frame.name}")
    if blocking is None:
        return Shown(first_frame=first_frame, words=tuple(words))
    has_plate = changes_plate(blocking)
    flat_words = "plate" if has_plate else "flat blocking"
    if {"blocking video", "depth"} & set(preset.takes):
        control = fit_into(depth_pictures(blocking), area)
        mask = None
        if has_plate and "plate with mask" in preset.takes:
            mask = np.where(fit_into(blocking.effect_opacity, area) > 0, 255, 0).astype(np.uint8)
            control = np.where(mask[..., None] > 0, control, fit_into(blocking.flat, area))
            words.append("plate, with the depth of the blocking where it changes")
        else:
            words.append("depth of the blocking")
        return Shown(control, mask, None, first_frame, tuple(words))
    if "picture to edit" in preset.takes:
        words.append(f"picture to change: {flat_words}")
        return Shown(picture=fit_into(blocking.flat, area), words=tuple(words))
    words.append(f"first frame: that of the {flat_words}")
    return Shown(first_frame=fit_into(blocking.flat[:1], area)[0], words=tuple(words))


def changes_plate(blocking: Blocking) -> bool:
    """Whether its flat frames are a photographed plate that is to change within a mask only."""
    return bool(blocking.effect_is_mask.all())


def depth_pictures(blocking: Blocking) -> Frames:
    """Depth as models are shown it, uint8 [F,H,W,3]: near is white, sky black, by nearness (1 / metres).

    One scale serves the whole clip. With a scale of its own each frame would pump as things come and go. Where only a
    part of a plate is to change, the scale is spread over that part: a face is as good as flat beside its background.
    """
    nearness = 1.0 / blocking.depth
    part = changes_plate(blocking)
    there = nearness[~blocking.is_sky & (blocking.effect_opacity > 0)] if part else nearness[~blocking.is_sky]
    white = float(np.quantile(there, NEAREST_SHARE)) if there.size else 1.0
    black = float(np.quantile(there, 1 - NEAREST_SHARE)) if there.size and part else 0.0
    spread = max(white - black, 1e-6)
    grey: Frames = np.rint(np.clip((nearness - black) / spread, 0.0, 1.0) * 255).astype(np.uint8)
    grey[blocking.is_sky] = 0
    pictures: Frames = np.repeat(grey[..., None], 3, axis=-1)
    return pictures


def _still(path: Path, area: PictureArea) -> Frames:
    """A given still, cropped to the shot's shape and put where the shot lies in the model's frame."""
    from PIL import Image, ImageOps

    with Image.open(path) as picture:
        upright: Any = ImageOps.exif_transpose(picture).convert("RGB")
        fitted = ImageOps.fit(upright, (area.width, area.height), Image.Resampling.LANCZOS)
    still: Frames = fit_into(np.asarray(fitted, np.uint8)[None], area)[0]
    return still
