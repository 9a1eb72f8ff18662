"""A shot that begins from a plate: the plate is kept beside the frames, and only what was asked for is changed."""

from pathlib import Path

import numpy as np
import pytest

from generation.picture.png import read_png

SIZE = (64, 36)


@pytest.mark.slow
def test_the_plate_stays_beside_the_frames_and_on_the_sheet(command_line) -> None:
    options = ("--frames", "1001-1002", "--size", "{}x{}".format(*SIZE))
    folders = command_line.ok("render", "de_age", "--workflow", "both", *options).split()
    ai = next(Path(folder) for folder in folders if "-ai-" in folder)
    plates = [read_png(path) for path in sorted(ai.glob("plate/de_age_plate.*.png"))]
    frames = [read_png(path) for path in sorted(ai.glob("frames/*.png"))]
    assert len(plates) == len(frames) == 2
    for plate, frame in zip(plates, frames, strict=True):
        changed = np.abs(plate.astype(int) - frame).max(-1)
        corner = changed[:8, :8]
        assert corner.max() < 30, "outside the face there is only the film's grain between the two"
        assert changed.max() > 30, "the face is another"

    command_line.ok("compare", "de_age")
    sheet = read_png(command_line.folder / "renders" / "de_age" / "de_age_contact_sheet.png")
    row = 30 + round(256 * SIZE[1] / SIZE[0]) + 12
    assert sheet.shape[0] > 3 * row, "plate, traditional and AI"
