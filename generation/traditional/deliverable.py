"""The frames that go to a compositor: one multi-layer EXR a frame, scene-linear, half float, depth in full."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.picture.exr import read_exr, write_exr
from generation.traditional.shot_scene import Rendered

#: Our channel to Blender's, in the geometry pass: unblurred, one centred sample. Normals are on world axes; motion is
#: in pixels, right and up, to where the surface was a frame earlier and to where it is a frame later.
_GEOMETRY = {
    "depth.Z": "ViewLayer.Depth.Z",
    "normal.X": "ViewLayer.Normal.X",
    "normal.Y": "ViewLayer.Normal.Y",
    "normal.Z": "ViewLayer.Normal.Z",
    "object_mask.Y": "ViewLayer.IndexOB.X",
    "backward.u": "ViewLayer.Vector.X",
    "backward.v": "ViewLayer.Vector.Y",
}
#: Cycles writes its second pair from the later place to this one: what falls has the same sign in both.
_FORWARD = {"forward.u": "ViewLayer.Vector.Z", "forward.v": "ViewLayer.Vector.W"}
_FARTHEST_METRES = 1e10


def write_deliverable(folder: Path, code: str, rendered: Rendered, index: int, linear: NDArray[np.float32]) -> Path:
    """Write one frame.

    Layers: the finished picture as R, G, B; what Blender rendered, before the composite, as ``render``; depth (metres
    along the camera's axis), normal (world axes), object_mask (1 hero, 2 secondary, 0 set), backward and forward
    motion.

    Parameters
    ----------
    folder
        Made if need be.
    code
        The shot's code, for the file's name.
    rendered
        The beauty, with its geometry pass.
    index
        Which of its frames.
    linear
        The finished picture (H, W, 3), scene-linear Rec.709.
    """
    folder.mkdir(exist_ok=True)
    beauty = read_exr(rendered.files[index])
    channels = dict(zip("RGB", np.moveaxis(linear, -1, 0), strict=True))
    channels |= {f"render.{name}": beauty[f"ViewLayer.Combined.{name}"] for name in "RGB"}
    if rendered.geometry_files:
        geometry = read_exr(rendered.geometry_files[index])
        channels |= {ours: geometry[blenders] for ours, blenders in _GEOMETRY.items()}
        channels |= {ours: -geometry[blenders] for ours, blenders in _FORWARD.items()}
        channels["depth.Z"] = np.minimum(channels["depth.Z"], np.float32(_FARTHEST_METRES))
    path = folder / f"{code}.{rendered.frames[index]:04d}.exr"
    write_exr(path, channels, full={"depth.Z"})
    return path
