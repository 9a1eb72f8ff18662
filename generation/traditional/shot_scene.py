"""What every test shot's scene can do, and what passes between its steps; one package a scene implements it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from generation.blocking import Blocking
from generation.picture.grain import FilmGrain
from generation.traditional.blender_process import OnEvent
from generation.traditional.camera import Camera
from generation.traditional.parameters import SceneParameters


@dataclass(frozen=True)
class Prepared:
    """A scene that is ready to be rendered; both workflows share it.

    Attributes
    ----------
    scene
        Its name in the registry.
    parameters
        The scene's own frozen dataclass; see `SceneParameters`.
    folder
        Where its files lie.
    files
        What the Blender child reads, by name. Always holds ``camera``: an npz of frames [F], matrix_world [F,4,4],
        lens_mm (a number or [F]) and sensor_mm.
    blender_version
        Empty where no Blender was needed.
    """

    scene: str
    parameters: Any
    folder: Path
    files: Mapping[str, Path]
    blender_version: str = ""


@dataclass(frozen=True)
class CameraMove:
    """The camera of rendered frames: float64 [F,4,4] camera to world (looks along -z, y up), lens mm [F], sensor mm."""

    frames: NDArray[np.int64]
    matrix_world: NDArray[np.float64]
    lens_mm: NDArray[np.float64]
    sensor_mm: float

    @classmethod
    def read(cls, path: Path) -> "CameraMove":
        """A ``camera.npz``; one lens for all frames may be stored as a number."""
        with np.load(path) as stored:
            frames = stored["frames"]
            lens_mm = np.broadcast_to(np.asarray(stored["lens_mm"], np.float64), frames.shape).copy()
            return cls(frames, stored["matrix_world"], lens_mm, float(stored["sensor_mm"]))

    def at(self, frame: int) -> Camera:
        """The camera of one shot frame.

        Raises
        ------
        KeyError
            If the frame is not among ``frames``.
        """
        rows = np.flatnonzero(self.frames == frame)
        if not len(rows):
            raise KeyError(f"no camera for frame {frame}")
        row = int(rows[0])
        return Camera(self.matrix_world[row], float(self.lens_mm[row]), self.sensor_mm)

    def in_camera(self, direction: NDArray[Any]) -> NDArray[np.float32]:
        """A world direction, [3] or [F,3], on the camera's axes: float32 [F,3]."""
        every = np.broadcast_to(np.asarray(direction, np.float64), (len(self.frames), 3))
        turned: NDArray[np.float32] = np.einsum("fij,fi->fj", self.matrix_world[:, :3, :3], every).astype(np.float32)
        return turned


@dataclass(frozen=True)
class Rendered:
    """EXR files in the order of ``frames``, all layers under ``ViewLayer``, and the camera they were seen through.

    ``geometry_files`` are there if motion vectors were asked for: depth, normal (world axes), object mask and motion
    vectors (pixels, to the frame before and after) at one centred sample, without blur.
    """

    frames: tuple[int, ...]
    files: tuple[Path, ...]
    camera: CameraMove
    blender_version: str
    device: str = "CPU"
    geometry_files: tuple[Path, ...] = ()

    def cameras(self) -> list[Camera]:
        """The camera of each frame, in order."""
        return [self.camera.at(frame) for frame in self.frames]


@dataclass(frozen=True)
class FinishedFrame:
    """A composited frame: scene-linear Rec.709 (H, W, 3), and the alpha (H, W) of what was put over the render."""

    linear: NDArray[np.float32]
    effect_alpha: NDArray[np.float32] = field(repr=False)


class ShotScene(Protocol):
    """One kind of test shot, from numbers to finished frames.

    Attributes
    ----------
    name
        As in ``scene = "..."`` of a shot's TOML.
    has_plate
        Whether the shot begins with a photographed plate. The plate is rendered for both workflows in a stage of its
        own: it stands for a camera on a set and is nobody's visual effect.
    simulated
        Whether `prepare` and `simulate_effects` simulate something that is worth keeping for the next render.
    """

    name: str
    has_plate: bool
    simulated: bool

    def draw_parameters(self, seed: int, overrides: Mapping[str, Any]) -> SceneParameters:
        """The parameters that belong to a seed with ``overrides`` laid over them.

        Raises
        ------
        InputRefused
            For every unknown name, wrong type and value out of range, all at once.
        """

    def prepare(self, parameters: Any, folder: Path, on_event: OnEvent) -> Prepared:
        """Build and simulate what both workflows share, and write it into ``folder``.

        Raises
        ------
        RenderFailed, MissingPart
            From the Blender child.
        """

    def load(self, parameters: Any, folder: Path) -> Prepared:
        """What `prepare` of the same parameters left in ``folder``."""

    def simulate_effects(self, prepared: Prepared) -> None:
        """Simulate what only the finished frames need, and write it into the prepared folder."""

    def finish(self, prepared: Prepared, beauty: Rendered, plate: Rendered | None) -> Iterator[FinishedFrame]:
        """Composite the rendered frames, in order."""

    def block(self, prepared: Prepared, blocking: Rendered, plate: Rendered | None) -> Blocking:
        """The blocking that the AI workflow gets."""

    def grain(self, parameters: Any) -> FilmGrain:
        """The film grain that `finish` puts on; the blocking has none, so that whoever finishes it puts it back."""

    def captions(self, prepared: Prepared) -> Mapping[int, str]:
        """Words to burn into a frame, by frame; empty for a shot without."""

    def key_frames(self, prepared: Prepared) -> Mapping[int, str]:
        """The frames that a contact sheet should show, with their words; empty for evenly spaced ones."""
