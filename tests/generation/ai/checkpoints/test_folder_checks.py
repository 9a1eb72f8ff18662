"""A folder that is of another model, unsafe or damaged is refused before anything is loaded, with all its problems."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analytics.vocabulary.errors import InputRefused
from generation.ai.checkpoints.folder import check_folder
from generation.ai.checkpoints.loading import check_weights
from generation.ai.model_presets import find_preset

WAN = "wan2.1-t2v-1.3b"


def change(file: Path, **changes: Any) -> None:
    content = json.loads(file.read_text()) | changes
    file.write_text(json.dumps({name: value for name, value in content.items() if value is not ...}))


def cut(file: Path, bytes_kept: int) -> None:
    file.write_bytes(file.read_bytes()[:bytes_kept])


def a_shard(folder: Path) -> Path:
    return sorted((folder / "text_encoder").glob("model-*.safetensors"))[1]


SPOILED: dict[str, tuple[Callable[[Path], Any], str]] = {
    "another pipeline class": (
        lambda folder: change(folder / "model_index.json", _class_name="HunyuanVideoPipeline"),
        r"_class_name = 'HunyuanVideoPipeline': is not what wan2.1-t2v-1.3b runs, WanPipeline",
    ),
    "a pipeline class of the folder's own": (
        lambda folder: change(folder / "model_index.json", _class_name=["pipeline", "WanPipeline"]),
        r"_class_name .* is not what .* runs",
    ),
    "a component of a foreign library": (
        lambda folder: change(folder / "model_index.json", transformer=["os", "system"]),
        r"transformer = .* would run code of os; components are taken from diffusers and transformers only",
    ),
    "a network of another class": (
        lambda folder: change(folder / "model_index.json", transformer=["diffusers", "LTXVideoTransformer3DModel"]),
        r"is not what wan2.1-t2v-1.3b has there, WanTransformer3DModel of diffusers",
    ),
    "a class in a tokenizer's place": (
        lambda folder: change(folder / "model_index.json", tokenizer=["transformers", "Trainer"]),
        r"tokenizer = .* is not what .* has there",
    ),
    "a second expert": (
        lambda folder: change(folder / "model_index.json", transformer_2=["diffusers", "WanTransformer3DModel"]),
        r"transformer_2 = .* is a part that wan2.1-t2v-1.3b does not have",
    ),
    "a network of another class in its own words": (
        lambda folder: change(folder / "vae" / "config.json", _class_name="AutoencoderKLHunyuanVideo"),
        r"is not the network that belongs there, AutoencoderKLWan",
    ),
    "no scheduler": (lambda folder: shutil.rmtree(folder / "scheduler"), r"is not there: the model has no scheduler"),
    "no scheduler in the index": (
        lambda folder: change(folder / "model_index.json", scheduler=...),
        r"model_index.json: scheduler: is not named: the model has no scheduler",
    ),
    "a component left out": (
        lambda folder: change(folder / "model_index.json", vae=[None, None]),
        r"vae = .* leaves out the vae",
    ),
    "no text encoder": (lambda folder: shutil.rmtree(folder / "text_encoder"), r"the model has no text_encoder"),
    "no configuration": (lambda folder: (folder / "vae" / "config.json").unlink(), r"vae/config.json: is not there"),
    "a configuration that is no JSON": (
        lambda folder: (folder / "transformer" / "config.json").write_text('{"num_layers": 3,'),
        r"transformer/config.json: cannot be read as JSON",
    ),
    "an index that is no JSON": (
        lambda folder: (folder / "model_index.json").write_text("WanPipeline"),
        r"model_index.json: cannot be read as JSON",
    ),
    "an index that is a list": (
        lambda folder: (folder / "model_index.json").write_text("[]"),
        r"model_index.json: holds no JSON object",
    ),
    "no vocabulary": (
        lambda folder: (folder / "tokenizer" / "tokenizer.json").unlink(),
        r"tokenizer: holds no vocabulary",
    ),
    "a pickled file beside the weights": (
        lambda folder: (folder / "vae" / "diffusion_pytorch_model.bin").write_bytes(b"\x80\x04."),
        r"diffusion_pytorch_model.bin: is a pickled file, and unpickling can run any code",
    ),
    "pickled weights only": (
        lambda folder: (folder / "vae" / "diffusion_pytorch_model.safetensors").rename(folder / "vae" / "model.pth"),
        r"vae: holds no weights \(diffusion_pytorch_model.safetensors\)",
    ),
    "weights cut off": (
        lambda folder: cut(folder / "vae" / "diffusion_pytorch_model.safetensors", -5000),
        r"diffusion_pytorch_model.safetensors = '\d+ bytes': should be \d+ bytes long, so it was cut off",
    ),
    "weights cut off in the header": (
        lambda folder: cut(folder / "vae" / "diffusion_pytorch_model.safetensors", 200),
        r"is no safetensors file, or was cut off in its header",
    ),
    "git's note in place of weights": (
        lambda folder: (folder / "vae" / "diffusion_pytorch_model.safetensors").write_text(
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 508\n"
        ),
        r"is not the weights but the note that git keeps in their place. Run: git lfs pull",
    ),
    "a shard cut off": (lambda folder: cut(a_shard(folder), -100), r"model-00002-of-.*so it was cut off"),
    "a shard missing": (
        lambda folder: a_shard(folder).unlink(),
        r"model-00002-of-.*is not there, but model.safetensors.index.json names it",
    ),
    "a shard of another model": (
        lambda folder: shutil.copy(folder / "vae" / "diffusion_pytorch_model.safetensors", a_shard(folder)),
        r"model-00002-of-.*is not in it, with \d+ missing in all",
    ),
    "a shard outside the folder": (
        lambda folder: change(
            folder / "text_encoder" / "model.safetensors.index.json", weight_map={"shared.weight": "../../other.bin"}
        ),
        r"weight_map = '../../other.bin': is no safetensors file beside it",
    ),
    "an index of shards that names none": (
        lambda folder: change(folder / "text_encoder" / "model.safetensors.index.json", weight_map={}),
        r"weight_map: names no shards",
    ),
}


@pytest.mark.parametrize("fault", SPOILED)
def test_spoiled_folder_is_refused(fault: str, copy_of: Callable[[str], Path]) -> None:
    folder = copy_of(WAN)
    spoil, words = SPOILED[fault]
    spoil(folder)
    with pytest.raises(InputRefused, match=words) as refused:
        check_weights(find_preset(WAN), str(folder))
    assert all(problem.mend for problem in refused.value.problems)


def test_all_problems_are_said_at_once(copy_of: Callable[[str], Path]) -> None:
    folder = copy_of(WAN)
    shutil.rmtree(folder / "scheduler")
    cut(a_shard(folder), -100)
    (folder / "vae" / "more.ckpt").write_bytes(b"\x80\x04.")
    with pytest.raises(InputRefused) as refused:
        check_folder(find_preset(WAN), folder)
    assert len(refused.value.problems) == 3


def test_folder_of_a_sister_model_with_the_same_classes_is_refused_by_its_options(
    checkpoints: Callable[[str], Path],
) -> None:
    with pytest.raises(InputRefused, match=r"expand_timesteps = False: is True for wan2.2-ti2v-5b"):
        check_folder(find_preset("wan2.2-ti2v-5b"), checkpoints(WAN))
    with pytest.raises(InputRefused, match=r"expand_timesteps = True: is False for wan2.1-t2v-1.3b"):
        check_folder(find_preset(WAN), checkpoints("wan2.2-ti2v-5b"))


def test_what_is_no_model_folder_is_said_to_be_none(checkpoints: Callable[[str], Path], tmp_path: Path) -> None:
    preset = find_preset(WAN)
    with pytest.raises(InputRefused, match="there is no such folder"):
        check_folder(preset, tmp_path / "nowhere")
    with pytest.raises(InputRefused, match=r"holds no model in diffusers' format \(there is no model_index.json\)"):
        check_folder(preset, tmp_path)
    shutil.copytree(checkpoints(WAN), tmp_path / "inner")
    with pytest.raises(InputRefused, match="Name the folder inside it: inner"):
        check_folder(preset, tmp_path)
    single = tmp_path / "model.safetensors"
    single.write_bytes(b"")
    with pytest.raises(InputRefused, match="is one file, and a folder in diffusers' format is needed"):
        check_folder(preset, single)


def test_whole_folder_passes_and_its_numbers_are_counted(checkpoints: Callable[[str], Path]) -> None:
    checked = check_folder(find_preset(WAN), checkpoints(WAN))
    assert checked.networks.keys() == {"text_encoder", "transformer", "vae"}
    assert len(checked.networks["text_encoder"].weight_files) > 1
    assert 0 < checked.parameters["vae"] < 100_000


def test_halved_weights_are_taken_where_there_are_no_others(copy_of: Callable[[str], Path]) -> None:
    folder = copy_of("sdxl")
    for network, stem in (("unet", "diffusion_pytorch_model"), ("text_encoder", "model")):
        (folder / network / f"{stem}.safetensors").rename(folder / network / f"{stem}.fp16.safetensors")
    checked = check_folder(find_preset("sdxl"), folder)
    variants = {name: network.variant for name, network in checked.networks.items()}
    assert variants == {"text_encoder": "fp16", "text_encoder_2": None, "unet": "fp16", "vae": None}


def test_controlnet_may_be_put_into_the_folder_of_the_model_it_steers(copy_of: Callable[[str], Path]) -> None:
    preset = find_preset("sdxl-depth")
    folder = copy_of("sdxl-depth")
    change(folder / "model_index.json", _class_name="StableDiffusionXLPipeline", controlnet=...)
    assert "controlnet" in check_folder(preset, folder).networks
    shutil.rmtree(folder / "controlnet")
    with pytest.raises(InputRefused, match="the model has no controlnet"):
        check_folder(preset, folder)
