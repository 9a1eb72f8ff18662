"""Pairs invented with numpy, to try the training where there is no Blender. Nothing useful is learned from them."""

from pathlib import Path

import numpy as np

from generation.blocking import SKY_DEPTH_METRES, Blocking
from generation.training.pairs import FIRST_HELD_OUT_SEED, FIRST_TRAINING_SEED, Clip


def invent_clip(seed: int, frame_count: int = 4, width: int = 160, height: int = 136) -> Clip:
    """A grey box before a plain sky with a growing puff of dust; its target is graded, shaded and dusty.

    Parameters
    ----------
    seed
        Gives the box, the light and the dust.
    """
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:height, 0:width] / height
    left, right, roof = random.uniform(0.1, 0.4), random.uniform(0.6, 1.0), random.uniform(0.2, 0.5)
    in_box = (columns > left) & (columns < right) & (rows > roof)
    is_ground = rows > 0.85
    is_sky = ~in_box & ~is_ground
    sun = random.normal(size=3) + np.array([0, 0, 1])
    sun /= np.linalg.norm(sun)
    normal = np.zeros((height, width, 3))
    normal[in_box], normal[is_ground & ~in_box] = (0, 0, 1), (0, 1, 0)
    sky_colour, wall, ground = random.uniform(120, 220, 3), random.uniform(60, 180, 3), random.uniform(40, 120, 3)
    flat = np.where(is_sky[..., None], sky_colour, np.where(in_box[..., None], wall, ground))
    depth = np.where(is_sky, SKY_DEPTH_METRES, np.where(in_box, 20.0, 10 + 10 / rows.clip(0.1)))
    lit = np.where(is_sky, 1.0, (normal @ sun).clip(0) * 0.6 + 0.6)
    finished = flat * lit[..., None] + (random.normal(size=(height, width, 1)) * 4) * ~is_sky[..., None]
    opacity, targets = [], []
    for number in range(frame_count):
        spread = 0.02 + 0.1 * number / frame_count
        puff = np.exp(-((columns - right) ** 2 + (rows - 0.8) ** 2) / spread) * number / max(frame_count - 1, 1)
        opacity.append(puff * 200)
        dusty = finished * (1 - puff[..., None] * 0.9) + np.array([190, 175, 155]) * puff[..., None] * 0.9
        targets.append(dusty.clip(0, 255))
    stack = (frame_count, 1, 1)
    blocking = Blocking(
        flat=np.tile(flat.astype(np.uint8), (*stack, 1)),
        normal=np.tile(np.rint(normal * 127.5 + 127.5).clip(0, 255).astype(np.uint8), (*stack, 1)),
        depth=np.tile(depth.astype(np.float32), stack),
        effect_opacity=np.array(opacity).astype(np.uint8),
        effect_light=np.where(np.array(opacity)[..., None] >= 1, [110, 110, 110], 0).astype(np.uint8),
        effect_is_mask=np.zeros(frame_count, bool),
        sun_direction=np.tile(sun.astype(np.float32), (frame_count, 1)),
    )
    numbers = np.arange(1001, 1001 + frame_count, dtype=np.int32)
    return Clip("collapse", seed, blocking, np.array(targets).astype(np.uint8), numbers, {"invented": True})


def invent_folder(folder: Path, training_clips: int = 6, held_out_clips: int = 2) -> None:
    """Write a folder of invented clips."""
    folder.mkdir(parents=True, exist_ok=True)
    for first, count in ((FIRST_TRAINING_SEED, training_clips), (FIRST_HELD_OUT_SEED, held_out_clips)):
        for seed in range(first, first + count):
            invent_clip(seed).save(folder)
