"""A training pair: the blocking of a few frames of a clip and the traditional frames it should become."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.errors import InputRefused, Problem
from generation.blocking import Blocking, load_arrays, save_arrays

FIRST_TRAINING_SEED = 100_000
FIRST_HELD_OUT_SEED = 900_000
"""Clips are trained on from the first number on and scored on from the second: no clip can be both."""

_BLANK_DEVIATION = 4.0
"""Below this standard deviation, of 255, a picture counts as blank."""


@dataclass(frozen=True)
class Clip:
    """Some frames of one generated shot, both ways.

    Attributes
    ----------
    scene, seed
        What the clip was drawn from.
    blocking
        The cheap pass.
    target
        uint8 [F,H,W,3]: the traditional render of the same frames, display sRGB.
    frame_numbers
        int32 [F], from 1001; not always consecutive.
    parameters
        What the seed gave: as JSON, for whoever wants to know what the model has seen.
    """

    scene: str
    seed: int
    blocking: Blocking
    target: npt.NDArray[np.uint8]
    frame_numbers: npt.NDArray[np.int32]
    parameters: Mapping[str, Any]

    def save(self, folder: Path) -> Path:
        """Write ``clip_<scene>_<seed>.npz``; a file of that name is always whole."""
        file = clip_file(folder, self.scene, self.seed)
        save_arrays(
            file,
            {
                **self.blocking.arrays(),
                "target": self.target,
                "frame_numbers": self.frame_numbers,
                "scene": np.array(self.scene),
                "seed": np.array(self.seed),
                "parameters": np.array(json.dumps(dict(self.parameters), sort_keys=True)),
            },
        )
        return file

    def cut(self, places: Sequence[int], height: int, width: int) -> "Clip":
        """A few of its frames, cropped about the middle and with depth to 11 bits: a sample that is small on disk."""
        top, left = (self.blocking.height - height) // 2, (self.blocking.width - width) // 2
        window = (list(places), slice(top, top + height), slice(left, left + width))
        per_frame = {"sun_direction", "effect_is_mask"}
        arrays = {
            name: array[list(places)] if name in per_frame else array[window]
            for name, array in self.blocking.arrays().items()
        }
        arrays["depth"] = (arrays["depth"].view(np.uint32) & np.uint32(0xFFFFE000)).view(np.float32)
        blocking = Blocking(**arrays)
        numbers = self.frame_numbers[list(places)]
        return Clip(self.scene, self.seed, blocking, self.target[window], numbers, self.parameters)

    @classmethod
    def load(cls, file: Path) -> "Clip":
        """Read and check a clip.

        Raises
        ------
        InputRefused
            If the file is missing, damaged, no clip, or fails `problems`.
        """
        arrays = load_arrays(file)
        missing = [name for name in ("target", "frame_numbers", "scene", "seed", "parameters") if name not in arrays]
        if missing:
            raise InputRefused(
                str(file),
                ", ".join(missing),
                "is not in the file, so it is no training clip",
                "delete it and run make_pairs again",
            )
        clip = cls(
            str(arrays["scene"]),
            int(arrays["seed"]),
            Blocking.from_arrays(arrays, str(file)),
            arrays["target"],
            arrays["frame_numbers"],
            json.loads(str(arrays["parameters"])),
        )
        problems = clip.problems(str(file))
        if problems:
            raise InputRefused.all_of(problems)
        return clip

    def problems(self, place: str) -> list[Problem]:
        """What makes this clip useless: shapes that disagree, blank pictures, a target that is its blocking."""
        mend = "delete the clip and look at what this seed renders"
        if (
            self.target.dtype != np.uint8
            or self.target.shape != self.blocking.flat.shape
            or len(self.frame_numbers) != len(self.target)
        ):
            return [
                Problem(
                    f"{place}: target",
                    str(self.target.shape),
                    f"must be uint8 of the blocking's size, {self.blocking.flat.shape}",
                    mend,
                )
            ]
        found = []
        for number, flat, target, is_sky in zip(
            self.frame_numbers, self.blocking.flat, self.target, self.blocking.is_sky, strict=True
        ):
            where = f"{place}: frame {number}"
            if target.std() < _BLANK_DEVIATION or flat.std() < _BLANK_DEVIATION:
                found.append(Problem(where, None, "is blank", mend))
            elif is_sky.mean() > 0.97:
                found.append(Problem(where, None, "shows nothing but sky", mend))
            elif np.array_equal(target, flat):
                found.append(Problem(where, None, "is the same picture before and after", mend))
        return found


def clip_file(folder: Path, scene: str, seed: int) -> Path:
    """Where the clip of a scene's seed lies."""
    return folder / f"clip_{scene}_{seed:06d}.npz"


def find_clips(folder: Path) -> tuple[list[Path], list[Path]]:
    """Training and held-out clip files of a folder, of every scene, by seed.

    Raises
    ------
    InputRefused
        If there is no training clip.
    """
    files = sorted(folder.glob("clip_*.npz"))
    training = [file for file in files if FIRST_TRAINING_SEED <= _seed_of(file) < FIRST_HELD_OUT_SEED]
    held_out = [file for file in files if _seed_of(file) >= FIRST_HELD_OUT_SEED]
    if not training:
        raise InputRefused(
            str(folder),
            None,
            f"holds no training clip (clip_collapse_{FIRST_TRAINING_SEED}.npz and on)",
            "render some with `python -m generation.training.make_pairs`",
        )
    return training, held_out


def load_clips(files: Sequence[Path]) -> list[Clip]:
    """Read clips of one frame size.

    Raises
    ------
    InputRefused
        If one cannot be used, or their sizes differ; all problems at once.
    """
    clips: list[Clip] = []
    problems: list[Problem] = []
    for file in files:
        try:
            clip = Clip.load(file)
        except InputRefused as refused:
            problems += refused.problems
            continue
        if clips and clip.target.shape[1:] != clips[0].target.shape[1:]:
            problems.append(
                Problem(
                    str(file),
                    str(clip.target.shape[1:3]),
                    f"has another frame size than {files[0]}",
                    "keep one folder for each frame size",
                )
            )
        clips.append(clip)
    if problems:
        raise InputRefused.all_of(problems)
    return clips


def _seed_of(file: Path) -> int:
    digits = file.stem.rpartition("_")[2]
    return int(digits) if digits.isdigit() else -1
