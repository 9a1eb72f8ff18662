"""Every preset's tiny checkpoint is saved as a diffusers folder, loaded by the path of the real ones, and runs."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from analytics.vocabulary.errors import InputRefused
from generation.ai.checkpoints import memory_levers
from generation.ai.checkpoints.loading import RANDOM, check_weights, levers_left, load_model, load_random
from generation.ai.checkpoints.memory_levers import check_levers
from generation.ai.checkpoints.quiet import quiet_libraries
from generation.ai.full_size.miniatures import tiny
from generation.ai.full_size.pipeline import call_arguments
from generation.ai.model_presets import find_preset, preset_names

WAN = "wan2.1-t2v-1.3b"


@pytest.mark.parametrize("name", preset_names())
def test_tiny_checkpoint_is_loaded_and_runs(
    name: str, checkpoints: Callable[[str], Path], capfd: pytest.CaptureFixture[str]
) -> None:
    folder = checkpoints(name)
    capfd.readouterr()
    loaded = load_model(find_preset(name), str(folder))
    assert capfd.readouterr() == ("", ""), "loading must not talk"
    assert type(loaded.pipeline).__name__ == find_preset(name).pipeline_class
    assert loaded.source == f"folder:{name}"
    assert len(loaded.revision) == 64
    assert loaded.parameter_count > 50_000
    preset, _ = tiny(find_preset(name))
    arguments = call_arguments(preset, loaded.pipeline) | {"output_type": "np", "num_inference_steps": 2}
    with quiet_libraries(), torch.no_grad():
        output = loaded.pipeline(**arguments)
    frames = np.asarray(output.images if preset.makes_pictures else output.frames[0])
    assert frames.shape == (preset.frame_count, preset.height, preset.width, 3)
    assert np.isfinite(frames).all()
    assert frames.std() * 255 > 10


@pytest.mark.parametrize("name", [name for name in preset_names() if find_preset(name).first_frame_pipeline_class])
def test_first_frame_pipeline_has_the_same_networks(name: str, checkpoints: Callable[[str], Path]) -> None:
    loaded = load_model(find_preset(name), str(checkpoints(name)))
    other = loaded.first_frame_pipeline()
    assert type(other).__name__ == loaded.preset.first_frame_pipeline_class
    assert other.transformer is loaded.pipeline.transformer
    assert other.vae is loaded.pipeline.vae
    assert other is loaded.first_frame_pipeline()
    options = {"expand_timesteps"} & other.config.keys()
    assert {name: other.config[name] for name in options} == {name: loaded.pipeline.config[name] for name in options}


def test_model_of_words_only_has_no_first_frame(checkpoints: Callable[[str], Path]) -> None:
    with pytest.raises(InputRefused, match="starts from words only"):
        load_model(find_preset(WAN), str(checkpoints(WAN))).first_frame_pipeline()


def test_revision_is_that_of_the_weights_wherever_they_lie(
    checkpoints: Callable[[str], Path], copy_of: Callable[[str], Path]
) -> None:
    preset, moved = find_preset(WAN), copy_of(WAN)
    first = load_model(preset, str(checkpoints(WAN))).revision
    assert load_model(preset, str(moved)).revision == first
    weights = moved / "vae" / "diffusion_pytorch_model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert load_model(preset, str(moved)).revision != first


def test_weights_that_do_not_fill_the_network_are_refused(copy_of: Callable[[str], Path]) -> None:
    folder = copy_of(WAN)
    config = folder / "transformer" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"num_layers": 4}))
    with pytest.raises(InputRefused, match=r"transformer = 'blocks.3.* is not in the weights .* invented numbers"):
        load_model(find_preset(WAN), str(folder))
    config.write_text(json.dumps(json.loads(config.read_text()) | {"num_layers": 3, "ffn_dim": 48}))
    with pytest.raises(InputRefused, match="cannot be loaded as WanTransformer3DModel"):
        load_model(find_preset(WAN), str(folder))


def test_levers_are_applied_and_those_that_are_left_are_known(checkpoints: Callable[[str], Path]) -> None:
    preset = find_preset(WAN)
    loaded = load_model(preset, str(checkpoints(WAN)), ["layerwise_float8", "vae_tiling"])
    assert loaded.levers == ("vae_tiling", "layerwise_float8")
    assert loaded.pipeline.vae.use_tiling
    assert torch.float8_e4m3fn in {weight.dtype for weight in loaded.pipeline.transformer.parameters()}
    arguments = call_arguments(tiny(preset)[0], loaded.pipeline) | {"output_type": "np", "num_inference_steps": 1}
    with quiet_libraries(), torch.no_grad():
        assert np.isfinite(loaded.pipeline(**arguments).frames).all()
    left = levers_left(preset, loaded.levers)
    assert not {"vae_tiling", "layerwise_float8"} & set(left)


def test_unknown_lever_is_refused(checkpoints: Callable[[str], Path]) -> None:
    with pytest.raises(InputRefused, match=r"lever = 'magic': is no memory lever of wan2.1-t2v-1.3b"):
        check_weights(find_preset(WAN), str(checkpoints(WAN)), ["magic"])


def test_lever_that_needs_a_card_is_refused_without_one() -> None:
    with pytest.raises(InputRefused, match="moves weights between a card and main memory, and there is no card here"):
        check_levers(find_preset(WAN), "cpu", ["group_offload"])
    assert memory_levers.levers_left(find_preset(WAN), (), "cpu") == ("vae_tiling", "layerwise_float8")


def test_random_weights_are_built_without_a_folder() -> None:
    preset, assembly = tiny(find_preset(WAN))
    loaded = load_random(preset, assembly, "cpu")
    assert (loaded.source, loaded.revision) == ("random", "random seed 7")
    again = load_random(preset, assembly, "cpu")
    first, second = (next(iter(each.pipeline.transformer.parameters())) for each in (loaded, again))
    assert torch.equal(first, second)


def test_random_model_that_no_machine_holds_is_refused_with_where_its_estimate_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    preset = find_preset("wan2.1-t2v-14b")
    giant = replace(preset, parameters={name: 1000 * count for name, count in preset.parameters.items()})
    with pytest.raises(InputRefused, match=r"needs about .* GB .* `shotledger models wan2.1-t2v-14b --card h100`"):
        check_weights(giant, RANDOM)


def test_random_weights_of_an_unknown_architecture_are_refused() -> None:
    with pytest.raises(InputRefused, match="its architecture is not described here"):
        check_weights(replace(find_preset(WAN), name="our-own"), RANDOM)
