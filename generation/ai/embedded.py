"""The embedded model as the AI workflow uses it: load, finish, and say what was used."""

import importlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from analytics.vocabulary.errors import InputRefused, MissingPart
from generation.ai.model_folder import ModelFolder, check_model_folder
from generation.blocking import Blocking

if TYPE_CHECKING:
    from generation.ai.finisher.pipeline import ShotFinisherPipeline

PRECISIONS = ("float32", "bfloat16")
DEFAULT_BATCH_SIZE = 1


@dataclass(frozen=True)
class EmbeddedFinisher:
    """A loaded finisher.

    `finish` is `denoise` followed by `decode`; the two are apart so that a stopwatch can time each as its own stage.
    """

    name: str
    revision: str
    precision: str
    device: str
    pipeline: "ShotFinisherPipeline"

    @classmethod
    def load(
        cls, folder: Path | None = None, precision: str | None = None, device: str | None = None
    ) -> "EmbeddedFinisher":
        """Check and load a model folder; nothing is ever fetched.

        Parameters
        ----------
        folder
            A diffusers folder of a `ShotFinisherPipeline`; the shipped one by default.
        precision
            ``float32`` or ``bfloat16``. By default what this processor is built for. It follows from the processor's
            features and not from a trial run: on a busy machine a stopwatch would now choose one, now the other, and
            the same seed would give different pixels.
        device
            ``cpu`` or ``cuda``; by default CUDA where there is a GPU.

        Raises
        ------
        MissingPart
            If torch, diffusers or a part of the model is not there.
        InputRefused
            If the folder holds something else, something unsafe or something damaged, or an option is not one.
        """
        checked = check_model_folder(folder)
        torch = _required("torch")
        _required("diffusers")
        from diffusers.utils import logging as diffusers_logging

        from generation.ai.finisher.pipeline import ShotFinisherPipeline

        if device not in (None, "cpu", "cuda"):
            raise InputRefused("device", device, "is not a device we run on", "give cpu or cuda, or leave it out")
        if device == "cuda" and not torch.cuda.is_available():
            raise MissingPart(
                "device", device, "torch finds no GPU", "leave the device out, or install a torch build for your GPU"
            )
        device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        if precision not in (None, *PRECISIONS):
            raise InputRefused(
                "precision",
                precision,
                "is not a precision we run in",
                f"give one of {', '.join(PRECISIONS)}, or leave it out",
            )
        precision = precision or native_precision(device)
        _check_weights_fit(checked)
        diffusers_logging.disable_progress_bar()  # a bar of its own in the middle of ours, for a tenth of a second
        pipeline = ShotFinisherPipeline.from_pretrained(
            checked.path,
            dtype=getattr(torch, precision),
            local_files_only=True,
            use_safetensors=True,
            low_cpu_mem_usage=False,
        )
        if not all(bool(torch.isfinite(weight).all()) for weight in pipeline.unet.parameters()):
            raise InputRefused(
                str(checked.weights_file),
                None,
                "holds weights that are not numbers",
                "copy the whole model folder again",
            )
        pipeline.set_progress_bar_config(disable=True)  # type: ignore[no-untyped-call]
        pipeline.to(device)
        pipeline.unet.to(memory_format=torch.channels_last).eval()
        return cls(_name_of(checked.path), checked.revision(), precision, device, pipeline)

    def warm_up(self, width: int, height: int) -> None:
        """Finish one grey frame, so that the first real one isn't billed for the libraries' own set-up."""
        shape = (1, height, width)
        grey = Blocking(
            np.full((*shape, 3), 128, np.uint8),
            np.full((*shape, 3), 128, np.uint8),
            np.full(shape, 10, np.float32),
            np.zeros(shape, np.uint8),
            np.zeros((*shape, 3), np.uint8),
            np.zeros(1, bool),
            np.array([[0, 0, 1]], np.float32),
        )
        self.denoise(grey)

    def denoise(self, blocking: Blocking, on_frame: Callable[[int], None] | None = None) -> npt.NDArray[np.float32]:
        """Run the network over every frame.

        Parameters
        ----------
        blocking
            Frames of any size.
        on_frame
            Called with the number of frames finished so far.

        Returns
        -------
        numpy.ndarray
            float32 [F,H,W,3] in 0 to 1, for `decode`.
        """
        finished: npt.NDArray[np.float32] = self.pipeline(
            blocking, batch_size=DEFAULT_BATCH_SIZE, output_type="float", on_frame=on_frame
        )
        return finished

    def decode(self, finished: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
        """Turn the network's frames into pixels, uint8 [F,H,W,3]."""
        from generation.ai.finisher.pipeline import decode

        return decode(finished)

    def finish(self, blocking: Blocking, on_frame: Callable[[int], None] | None = None) -> npt.NDArray[np.uint8]:
        """Finish every frame of a blocking: uint8 [F,H,W,3], display sRGB, row 0 at the top."""
        return self.decode(self.denoise(blocking, on_frame))

    @property
    def engine(self) -> str:
        """The libraries that run the model, for the manifest."""
        return f"diffusers {_required('diffusers').__version__}, torch {_required('torch').__version__}"

    @property
    def settings(self) -> dict[str, Any]:
        """Everything about the model that changes the picture, for the manifest."""
        torch = _required("torch")
        return {
            "model": self.name,
            "model_revision_sha256": self.revision,
            "precision": self.precision,
            "device": self.device,
            "device_name": torch.cuda.get_device_name() if self.device == "cuda" else "cpu",
            "threads": torch.get_num_threads(),
            "num_inference_steps": 1,
            "batch_size": DEFAULT_BATCH_SIZE,
        }


def native_precision(device: str) -> str:
    """The precision that this machine multiplies in hardware.

    A processor without bfloat16 units runs it in emulation, about nine times slower than float32 (measured on an AVX2
    machine); one with AMX runs it about twice as fast. The frames differ by less than the model's own error.
    """
    if device == "cuda":
        torch = _required("torch")
        return "bfloat16" if torch.cuda.is_bf16_supported(including_emulation=False) else "float32"
    try:
        features = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "float32"
    return "bfloat16" if "amx_bf16" in features or "avx512_bf16" in features else "float32"


def _required(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingPart(
            module,
            None,
            f"the AI workflow needs it and it cannot be imported ({error})",
            "run: pip install 'shotledger[ai]'",
        ) from error


def _check_weights_fit(checked: ModelFolder) -> None:
    """Hold the weights against the config: diffusers only warns of tensors that are missing, and invents them."""
    from generation.ai.finisher.network import FinisherUNet

    place = str(checked.path / "unet" / "config.json")
    try:
        config = FinisherUNet.load_config(checked.path / "unet", local_files_only=True)
        network = FinisherUNet.from_config(config)
    except (TypeError, ValueError, RuntimeError, OSError) as error:
        raise InputRefused(
            place, None, f"describes no network that can be built ({error})", "copy the whole model folder again"
        ) from error
    expected = {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}
    if expected != checked.tensor_shapes:
        odd = sorted(
            name
            for name in expected.keys() | checked.tensor_shapes.keys()
            if expected.get(name) != checked.tensor_shapes.get(name)
        )
        raise InputRefused(
            str(checked.weights_file),
            odd[0],
            f"does not fit the network that {place} describes ({len(odd)} tensors differ)",
            "copy the whole model folder again",
        )


def _name_of(folder: Path) -> str:
    """The shipped model has its name in a file beside its folder; any other is called by its folder."""
    described = folder.with_suffix(".toml")
    if described.is_file():
        return str(tomllib.loads(described.read_text(encoding="utf-8")).get("name", folder.name))
    return folder.name
