"""A finisher saved as a diffusers folder is loaded by the path the shipped model takes; anything else is refused."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from analytics.vocabulary.errors import InputRefused, MissingPart, ShotledgerError
from generation.ai.embedded import EmbeddedFinisher
from generation.ai.finisher.network import FinisherUNet
from generation.ai.finisher.pipeline import ShotFinisherPipeline, decode
from generation.ai.model_folder import check_model_folder
from generation.training.invented import invent_clip
from generation.training.saving import save_model


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """On a machine that is busy, two threads that wait for each other are ten times slower than one."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny network with weights that do something, as a real diffusers folder."""
    torch.manual_seed(3)
    network = FinisherUNet(channels=[8, 12], blocks=[1, 1], embedding_size=8)
    with torch.no_grad():
        for weight in network.parameters():
            weight.add_(torch.randn_like(weight) * 0.05)
    return save_model(network, tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def finisher(saved: Path) -> EmbeddedFinisher:
    return EmbeddedFinisher.load(saved, precision="float32", device="cpu")


def test_the_folder_is_a_real_diffusers_folder_of_float16_safetensors(saved: Path) -> None:
    from safetensors import safe_open

    index = json.loads((saved / "model_index.json").read_text())
    assert index["unet"] == ["generation.ai.finisher.network", "FinisherUNet"]
    assert index["scheduler"] == ["diffusers", "FlowMatchEulerDiscreteScheduler"]
    with safe_open(saved / "unet" / "diffusion_pytorch_model.safetensors", "pt") as weights:
        names = list(weights.keys())
        assert {weights.get_tensor(name).dtype for name in names} == {torch.float16}
    assert isinstance(ShotFinisherPipeline.from_pretrained(saved, local_files_only=True), ShotFinisherPipeline)


@pytest.mark.parametrize(("width", "height"), [(256, 144), (33, 47), (2, 1)])
def test_any_size_is_finished(finisher: EmbeddedFinisher, width: int, height: int) -> None:
    blocking = invent_clip(2, frame_count=3, width=width, height=height).blocking
    seen: list[int] = []
    frames = finisher.finish(blocking, seen.append)
    assert (frames.shape, frames.dtype) == ((3, height, width, 3), np.uint8)
    assert seen == [1, 2, 3]


def test_the_same_blocking_gives_the_same_frames(saved: Path, finisher: EmbeddedFinisher) -> None:
    blocking = invent_clip(4, frame_count=2, width=64, height=48).blocking
    again = EmbeddedFinisher.load(saved, precision="float32", device="cpu")
    np.testing.assert_array_equal(finisher.finish(blocking), again.finish(blocking))
    assert not np.array_equal(finisher.finish(blocking), blocking.flat)


def test_precisions_agree_within_two_code_values_on_average(saved: Path, finisher: EmbeddedFinisher) -> None:
    blocking = invent_clip(4, frame_count=1, width=64, height=48).blocking
    halved = EmbeddedFinisher.load(saved, precision="bfloat16", device="cpu").finish(blocking)
    assert np.abs(halved.astype(int) - finisher.finish(blocking).astype(int)).mean() < 2


def test_settings_say_what_made_the_picture(saved: Path, finisher: EmbeddedFinisher) -> None:
    assert finisher.settings["model_revision_sha256"] == check_model_folder(saved).revision()
    assert json.loads(json.dumps(finisher.settings)) == finisher.settings
    assert finisher.engine.startswith("diffusers ")
    assert ", torch " in finisher.engine


def test_more_steps_and_numbers_that_are_none_are_refused(finisher: EmbeddedFinisher) -> None:
    blocking = invent_clip(4, frame_count=1, width=32, height=32).blocking
    with pytest.raises(InputRefused, match="exactly one step"):
        finisher.pipeline(blocking, num_inference_steps=4)
    with pytest.raises(InputRefused, match="not numbers"):
        decode(np.full((1, 2, 2, 3), np.nan, np.float32))


def _wrong_class(folder: Path) -> None:
    _edit(folder / "model_index.json", _class_name="StableDiffusionPipeline")


def _foreign_code(folder: Path) -> None:
    _edit(folder / "model_index.json", unet=["os", "system"])


def _pickle(folder: Path) -> None:
    (folder / "unet" / "diffusion_pytorch_model.bin").write_bytes(b"\x80\x04.")


def _torn(folder: Path) -> None:
    file = folder / "unet" / "diffusion_pytorch_model.safetensors"
    file.write_bytes(file.read_bytes()[:-100])


def _no_scheduler(folder: Path) -> None:
    shutil.rmtree(folder / "scheduler")


def _no_weights(folder: Path) -> None:
    (folder / "unet" / "diffusion_pytorch_model.safetensors").unlink()


def _broken_index(folder: Path) -> None:
    (folder / "model_index.json").write_text("{")


def _other_network(folder: Path) -> None:
    _edit(folder / "unet" / "config.json", channels=[8, 16])


def _weights_of_nothing(folder: Path) -> None:
    (folder / "unet" / "diffusion_pytorch_model.safetensors").write_bytes(b"hello")


def _edit(file: Path, **changes: object) -> None:
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


@pytest.mark.parametrize(
    ("harm", "error", "words"),
    [
        (_wrong_class, InputRefused, "StableDiffusionPipeline"),
        (_foreign_code, InputRefused, "must be"),
        (_pickle, InputRefused, "unpickling can run any code"),
        (_torn, InputRefused, "cut off"),
        (_no_scheduler, MissingPart, "scheduler_config.json"),
        (_no_weights, MissingPart, "incomplete"),
        (_broken_index, InputRefused, "JSON"),
        (_other_network, InputRefused, "does not fit"),
        (_weights_of_nothing, InputRefused, "no safetensors"),
        (shutil.rmtree, MissingPart, "holds no model"),
    ],
)
def test_what_is_no_whole_safe_finisher_is_refused(
    saved: Path, tmp_path: Path, harm: Callable[[Path], None], error: type[ShotledgerError], words: str
) -> None:
    harmed = tmp_path / "model"
    shutil.copytree(saved, harmed)
    harm(harmed)
    with pytest.raises(error, match=words) as refused:
        EmbeddedFinisher.load(harmed)
    assert all(problem.mend for problem in refused.value.problems)


def test_unknown_options_are_refused(saved: Path) -> None:
    with pytest.raises(InputRefused, match="float32, bfloat16"):
        EmbeddedFinisher.load(saved, precision="int4")
    with pytest.raises(InputRefused, match="cpu or cuda"):
        EmbeddedFinisher.load(saved, device="abacus")
