"""Shipped model presets are read, and a faulty one is refused with every problem at once."""

import inspect
from pathlib import Path

import pytest
import torch

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.shipped import shipped_path
from generation.ai.full_size.assemblies import full_size
from generation.ai.model_presets import find_preset, load_preset, preset_names


def test_every_shipped_preset_is_read() -> None:
    presets = [find_preset(name) for name in preset_names()]
    assert len(presets) >= 10
    assert "embedded" not in preset_names()
    assert all(preset.width % 8 == 0 and preset.frame_count >= 1 for preset in presets)
    assert {preset.name for preset in presets if "blocking video" in preset.takes} == {"wan2.1-vace-1.3b"}
    assert {preset.name for preset in presets if "picture to edit" in preset.takes} == {"flux2-klein-4b"}
    assert {preset.name for preset in presets if "depth" in preset.takes} == {"sdxl-depth"}


@pytest.mark.parametrize("name", preset_names())
def test_preset_agrees_with_itself(name: str) -> None:
    preset = find_preset(name)
    assert all(side % preset.size_multiple == 0 for size in preset.sizes for side in size)
    assert (preset.frame_count - 1) % preset.frame_step == 0
    assert preset.window_overlap_frames < preset.frame_count
    assert bool(preset.negative_prompt) == ("negative text" in preset.takes)
    assert preset.makes_pictures == (preset.frames_per_second is None)
    assert set(preset.clip_flops) == {"encode", "denoise_step", "decode"}


@pytest.mark.parametrize("name", preset_names())
def test_classes_and_arguments_are_known_to_diffusers(name: str) -> None:
    import diffusers

    preset = find_preset(name)
    call = inspect.signature(getattr(diffusers, preset.pipeline_class).__call__).parameters
    assert {preset.guidance_argument, *preset.call} <= call.keys()
    assert ("negative_prompt" in call) >= ("negative text" in preset.takes)
    for class_name in preset.pipeline_classes:
        assert hasattr(diffusers, class_name)
    if preset.first_frame_pipeline_class:
        assert "image" in inspect.signature(getattr(diffusers, preset.first_frame_pipeline_class).__call__).parameters
    scheduler = getattr(diffusers, preset.scheduler_class)
    assert preset.scheduler_arguments.keys() <= inspect.signature(scheduler.__init__).parameters.keys()


@pytest.mark.parametrize("name", preset_names())
def test_numbers_of_parameters_are_those_of_the_architecture(name: str) -> None:
    preset = find_preset(name)
    networks = {part: of.build("meta", torch.bfloat16) for part, of in full_size(preset).parts.items()}
    counted = {part: sum(weight.numel() for weight in network.parameters()) for part, network in networks.items()}
    assert counted == preset.parameters


def test_preset_of_a_studio_is_read_from_its_own_file(tmp_path: Path) -> None:
    text = shipped_path("models", "sdxl.toml").read_text(encoding="utf-8")
    own = tmp_path / "our-sdxl.toml"
    own.write_text(text.replace('name = "sdxl"', 'name = "our-sdxl"'), encoding="utf-8")
    assert find_preset(str(own)).name == "our-sdxl"


def test_unknown_model_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(InputRefused, match=r"no model of that name.*ltx-video-2b"):
        find_preset("wan9")


def test_faulty_preset_is_refused_with_all_its_problems(tmp_path: Path) -> None:
    text = shipped_path("models", "sdxl.toml").read_text(encoding="utf-8")
    text = text.replace("steps = 50", 'steps = "many"').replace('commercial_use = "yes"', 'commercial_use = "maybe"')
    text = text.replace("[[1024, 1024],", "[[1023, 1024],").replace("guidance =", "guidanse =")
    text = text.replace('"vae_tiling"', '"magic"').replace("decode = 10_", "decoding = 10_")
    faulty = tmp_path / "sdxl.toml"
    faulty.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        load_preset(faulty)
    places = {problem.place for problem in refused.value.problems}
    names = ("steps", "commercial_use", "sizes", "guidance", "guidanse", "memory_levers", "clip_flops")
    assert places == {f"sdxl.toml: {name}" for name in names}
    faulty.write_text("name = ", encoding="utf-8")
    with pytest.raises(InputRefused, match="not readable TOML"):
        load_preset(faulty)
