"""Scene-linear OpenEXR images read and written as named float32 channels."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.errors import InputRefused

Channels = dict[str, npt.NDArray[np.float32]]


def read_exr(path: Path) -> Channels:
    """Read every channel of the first part of an OpenEXR file.

    Parameters
    ----------
    path : Path
        A single- or multi-layer EXR, as Blender writes it.

    Returns
    -------
    dict[str, float32 array]
        Channel name, for example ``ViewLayer.Combined.R``, to an array of shape (height, width), row 0 on top.

    Raises
    ------
    InputRefused
        When the file is absent or is no readable EXR.
    """
    import OpenEXR

    if not path.is_file():
        raise InputRefused(str(path), path.name, "there is no such picture", "render the frame again")
    try:
        with OpenEXR.File(str(path), separate_channels=True) as picture:
            return {name: np.array(channel.pixels, np.float32) for name, channel in picture.channels().items()}
    except (RuntimeError, ValueError) as failure:
        raise InputRefused(
            str(path), path.name, f"it is no readable OpenEXR picture ({failure})", "render the frame again"
        ) from failure


def write_exr(path: Path, channels: Mapping[str, npt.NDArray[Any]], full: Collection[str] = ()) -> None:
    """Write channels as one scanline EXR with lossless ZIP compression.

    Parameters
    ----------
    path : Path
        Where to write; an existing file is replaced.
    channels : mapping of name to array
        All of one shape (height, width).
    full : collection of str
        Channels to store as 32-bit floats, such as a depth; all others are 16-bit, which is what a picture needs.
    """
    import OpenEXR

    shapes = {name: np.shape(pixels) for name, pixels in channels.items()}
    if len(set(shapes.values())) != 1 or len(next(iter(shapes.values()))) != 2:
        raise InputRefused(str(path), shapes, "channels must share one (height, width)", "give channels of equal shape")
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    pixels = {
        name: np.ascontiguousarray(values, dtype=np.float32 if name in full else np.float16)
        for name, values in channels.items()
    }
    with OpenEXR.File(header, pixels) as picture:
        picture.write(str(path))


def rgb_of(
    channels: Mapping[str, npt.NDArray[np.float32]], layer: str = "ViewLayer.Combined"
) -> npt.NDArray[np.float32]:
    """Stack the R, G and B channels of a layer to (height, width, 3)."""
    return np.stack([channels[f"{layer}.{name}" if layer else name] for name in "RGB"], axis=-1)
