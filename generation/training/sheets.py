"""Pictures of a training: the loss curve, and sheets of blocking, output and truth side by side."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from generation.blocking import Blocking

COLUMNS = "blocking | blocking with its guide | output | truth"

_WIDTH, _HEIGHT, _MARGIN = 900, 420, 56


def with_guide(blocking: Blocking) -> npt.NDArray[np.uint8]:
    """The flat colour with the guide of the effect laid over it, uint8 [F,H,W,3]: what finishing starts from."""
    share = blocking.effect_opacity.astype(np.float32)[..., None] / 255 * ~blocking.effect_is_mask[:, None, None, None]
    laid_over = blocking.flat * (1 - share) + blocking.effect_light.astype(np.float32) * share
    pixels: npt.NDArray[np.uint8] = np.rint(laid_over).astype(np.uint8)
    return pixels


def save_sheet(file: Path, rows: Sequence[tuple[Blocking, npt.NDArray[np.uint8], npt.NDArray[np.uint8]]]) -> None:
    """Write one row of four pictures a frame, with the columns of `COLUMNS`.

    Parameters
    ----------
    rows
        One-frame blockings with their output and truth, uint8 [H,W,3].
    """
    from PIL import Image

    lines = [
        np.concatenate([blocking.flat[0], with_guide(blocking)[0], output, truth], axis=1)
        for blocking, output, truth in rows
    ]
    Image.fromarray(np.concatenate(lines, axis=0)).save(file)


def save_loss_curve(log_file: Path, file: Path) -> None:
    """Draw the loss over steps, on a logarithmic scale, from a run's log; nothing is drawn of less than two entries."""
    from PIL import Image, ImageDraw

    entries = [json.loads(line) for line in log_file.read_text(encoding="utf-8").splitlines()]
    if len(entries) < 2:
        return
    steps = np.array([entry["step"] for entry in entries], float)
    losses = np.log10(np.maximum([entry["loss"] for entry in entries], 1e-6))
    low, high = float(losses.min()), float(max(losses.max(), losses.min() + 0.05))
    image = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    draw = ImageDraw.Draw(image)

    def place(step: float, loss: float) -> tuple[float, float]:
        return (
            _MARGIN + (step - steps[0]) / max(steps[-1] - steps[0], 1) * (_WIDTH - 2 * _MARGIN),
            _MARGIN + (high - loss) / (high - low) * (_HEIGHT - 2 * _MARGIN),
        )

    draw.text(
        (_MARGIN, 16), f"Does the loss still fall?  mean loss over {len(entries)} stretches, logarithmic", fill="black"
    )
    for mark in np.linspace(low, high, 5):
        _, y = place(steps[0], float(mark))
        draw.line([(_MARGIN, y), (_WIDTH - _MARGIN, y)], fill="#dddddd")
        draw.text((6, y - 6), f"{10**mark:.4f}", fill="black")
    for step in np.linspace(steps[0], steps[-1], 5):
        x, _ = place(float(step), low)
        draw.text((x - 16, _HEIGHT - _MARGIN + 8), f"{step:.0f}", fill="black")
    draw.text((_WIDTH - _MARGIN - 30, _HEIGHT - 26), "step", fill="black")
    draw.line(
        [place(float(step), float(loss)) for step, loss in zip(steps, losses, strict=True)], fill="#1f5fa8", width=2
    )
    image.save(file)
