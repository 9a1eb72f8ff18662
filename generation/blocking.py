"""The blocking of a shot: the cheap pass that the AI workflow finishes and the traditional workflow never shows."""

import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.errors import InputRefused, Problem

SKY_DEPTH_METRES = 1e10
"""Depth of a pixel where the ray meets nothing. Anything from a tenth of it on counts as sky."""

_SHAPES: Mapping[str, tuple[type, str, int | None]] = {
    "flat": (np.uint8, "[F,H,W,3]", 3),
    "normal": (np.uint8, "[F,H,W,3]", 3),
    "depth": (np.float32, "[F,H,W]", None),
    "effect_opacity": (np.uint8, "[F,H,W]", None),
    "effect_light": (np.uint8, "[F,H,W,3]", 3),
}


@dataclass(frozen=True)
class Blocking:
    """Frames of a blocking pass, row 0 at the top.

    Attributes
    ----------
    flat
        uint8 [F,H,W,3], display sRGB: flat colour with hard sun shadow and the sky plate, or a camera's plate; no
        texture of the renderer's, no effect.
    normal
        uint8 [F,H,W,3]: camera space (x right, y up, z towards the camera) as ``n * 127.5 + 127.5``; sky is 128. At
        an edge it is the mean over the samples, and shorter than one.
    depth
        float32 [F,H,W]: metres along the camera's axis; sky is 1e10.
    effect_opacity
        uint8 [F,H,W]: 0 to 255, how much of the frame behind the cheap guide of the effect hides.
    effect_light
        uint8 [F,H,W,3], display sRGB: colour of the effect, not multiplied by its opacity; 0 where there is none.
    effect_is_mask
        bool [F]: whether the opacity is a mask of what may change in a plate, and its light only a guide to the form of
        what is to come; otherwise the effect lies over the picture.
    sun_direction
        float32 [F,3]: unit vector in camera space, towards the sun.

    Raises
    ------
    InputRefused
        If a shape, type or value is not as above; all problems at once.
    """

    flat: npt.NDArray[np.uint8]
    normal: npt.NDArray[np.uint8]
    depth: npt.NDArray[np.float32]
    effect_opacity: npt.NDArray[np.uint8]
    effect_light: npt.NDArray[np.uint8]
    effect_is_mask: npt.NDArray[np.bool_]
    sun_direction: npt.NDArray[np.float32]

    def __post_init__(self) -> None:
        problems = list(_problems_of(self))
        if problems:
            raise InputRefused.all_of(problems)

    @property
    def frame_count(self) -> int:
        """Number of frames."""
        return len(self.flat)

    @property
    def height(self) -> int:
        """Rows of a frame."""
        return int(self.flat.shape[1])

    @property
    def width(self) -> int:
        """Columns of a frame."""
        return int(self.flat.shape[2])

    @property
    def is_sky(self) -> npt.NDArray[np.bool_]:
        """Where a frame shows the sky plate, bool [F,H,W]."""
        return self.depth >= SKY_DEPTH_METRES / 10

    def __len__(self) -> int:
        return self.frame_count

    def __getitem__(self, frames: slice) -> "Blocking":
        """The same blocking over fewer frames; the arrays are views.

        Raises
        ------
        TypeError
            If one frame is asked for by its number: a blocking always has a frame axis.
        """
        if not isinstance(frames, slice):
            raise TypeError("a blocking is sliced, as in blocking[3:4], and never loses its frame axis")
        return Blocking(**{name: array[frames] for name, array in self.arrays().items()})

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Its arrays by name, for writing."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def save(self, file: Path) -> None:
        """Write a compressed npz, first under a temporary name, so that a file of that name is always whole.

        Raises
        ------
        InputRefused
            If the folder cannot be written to.
        """
        save_arrays(file, self.arrays())

    @classmethod
    def load(cls, file: Path) -> "Blocking":
        """Read what `save` wrote.

        Raises
        ------
        InputRefused
            If there is no such file, or it is no blocking.
        """
        return cls.from_arrays(load_arrays(file), str(file))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]], place: str) -> "Blocking":
        """Pick a blocking's arrays out of a file that may hold more; ``place`` names the file in a refusal."""
        missing = [field.name for field in fields(cls) if field.name not in arrays]
        if missing:
            raise InputRefused(
                place, ", ".join(missing), "is not in the file, so it is no blocking", "render the blocking again"
            )
        return cls(**{field.name: arrays[field.name] for field in fields(cls)})


def _problems_of(blocking: Blocking) -> list[Problem]:
    """Everything that keeps these arrays from being a blocking."""
    mend = "render the blocking again with the renderer of this version"
    shape = np.shape(blocking.flat)[:3]
    if len(shape) != 3 or 0 in shape:
        return [
            Problem(
                "blocking.flat",
                np.shape(blocking.flat),
                "must be uint8 [F,H,W,3] with at least one frame and pixel",
                mend,
            )
        ]
    problems = []
    for name, (kind, words, last) in _SHAPES.items():
        array = getattr(blocking, name)
        wanted = shape if last is None else (*shape, last)
        if getattr(array, "dtype", None) != kind or array.shape != wanted:
            found = f"{getattr(array, 'dtype', type(array).__name__)} {list(np.shape(array))}"
            problems.append(
                Problem(
                    f"blocking.{name}",
                    found,
                    f"must be {np.dtype(kind).name} {words} of the same size as flat, {list(wanted)}",
                    mend,
                )
            )
    is_mask = blocking.effect_is_mask
    if getattr(is_mask, "dtype", None) != np.bool_ or is_mask.shape != (shape[0],):
        problems.append(Problem("blocking.effect_is_mask", str(np.shape(is_mask)), f"must be bool [{shape[0]}]", mend))
    sun = blocking.sun_direction
    if getattr(sun, "dtype", None) != np.float32 or sun.shape != (shape[0], 3):
        problems.append(
            Problem("blocking.sun_direction", str(np.shape(sun)), f"must be float32 [F,3], here [{shape[0]}, 3]", mend)
        )
    elif not np.all(np.isfinite(sun)) or np.any(np.abs(np.linalg.norm(sun, axis=1) - 1) > 0.01):
        problems.append(Problem("blocking.sun_direction", sun.tolist()[0], "must be unit vectors", mend))
    if not problems and not (np.all(np.isfinite(blocking.depth)) and np.all(blocking.depth > 0)):
        problems.append(Problem("blocking.depth", None, "must be finite and above 0 everywhere (sky is 1e10)", mend))
    return problems


def save_arrays(file: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write a compressed npz under a temporary name, then rename it.

    Raises
    ------
    InputRefused
        If the file cannot be written.
    """
    # The process id keeps two processes that make the same clip from writing into one temporary file.
    temporary = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as stream:
            np.savez_compressed(stream, **arrays)
        temporary.replace(file)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise InputRefused(
            str(file),
            None,
            f"cannot be written ({error.strerror or error})",
            "choose a folder that exists, can be written to and has room",
        ) from error


def load_arrays(file: Path) -> dict[str, npt.NDArray[Any]]:
    """Read an npz without ever unpickling anything.

    Raises
    ------
    InputRefused
        If it is missing, damaged or holds pickled objects.
    """
    try:
        # numpy leaves a file that it opened itself open when the archive in it is torn.
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except FileNotFoundError as error:
        raise InputRefused(str(file), None, "there is no such file", "render it first, or name another") from error
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, AttributeError, TypeError) as error:
        raise InputRefused(
            str(file), None, f"is damaged or no npz of plain arrays ({error})", "delete it and render it again"
        ) from error
