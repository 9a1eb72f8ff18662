"""Speed levers are pulled where they save more than setting them up takes, and refused where they cannot work."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from analytics.vocabulary.errors import InputRefused
from generation.ai.checkpoints.loading import check_weights, load_model
from generation.ai.checkpoints.recorded_steps import RecordedCalls, record_steps
from generation.ai.checkpoints.speed_levers import (
    LEAST_GAIN,
    MEANING,
    check_speed_levers,
    choose_speed_levers,
    what_pays,
)
from generation.ai.full_size.assemblies import full_size
from generation.ai.model_presets import SPEED_LEVERS, find_preset, preset_names


@pytest.mark.parametrize("name", [name for name in preset_names() if find_preset(name).speed_levers])
def test_levers_of_a_preset_can_be_pulled_with_its_networks(name: str) -> None:
    import diffusers

    preset, assembly = find_preset(name), full_size(find_preset(name))
    denoiser = getattr(diffusers, assembly.parts[assembly.denoiser].class_name.rpartition(".")[2])
    assert tuple(preset.speed_levers) == tuple(lever for lever in SPEED_LEVERS if lever in preset.speed_levers)
    assert "regional_compile" not in preset.speed_levers or denoiser._repeated_blocks


def test_every_lever_has_words() -> None:
    assert set(MEANING) == set(SPEED_LEVERS)


def test_a_lever_is_pulled_from_the_length_on_at_which_it_pays() -> None:
    preset = find_preset("ltx-video-2b")
    figures = preset.speed_levers["regional_compile"]
    enough = LEAST_GAIN * figures["set_up_seconds"] / figures["saved_share"]
    short, words = what_pays(preset, ["regional_compile"], 0.9 * enough)
    assert short == ()
    assert "would save about" in words[0]
    assert what_pays(preset, ["regional_compile"], 1.1 * enough)[0] == ("regional_compile",)


def test_a_second_lever_saves_a_share_of_what_the_first_has_left() -> None:
    preset = find_preset("sdxl")
    first, second = (preset.speed_levers[lever] for lever in SPEED_LEVERS)
    enough = LEAST_GAIN * second["set_up_seconds"] / second["saved_share"] / (1 - first["saved_share"])
    assert what_pays(preset, SPEED_LEVERS, 0.9 * enough)[0] == ("cuda_graph",)
    assert what_pays(preset, SPEED_LEVERS, 1.1 * enough)[0] == SPEED_LEVERS


def test_without_a_card_none_is_pulled_and_the_reason_is_said() -> None:
    choice = choose_speed_levers(find_preset("sdxl"), "cpu", (), (), 1000)
    assert choice.levers == ()
    assert choice.because == "cuda_graph needs a card; regional_compile needs a card"


def test_a_user_can_have_none_or_name_them() -> None:
    preset = find_preset("sdxl")
    assert choose_speed_levers(preset, "cuda", ("none",), (), 1000).levers == ()
    assert choose_speed_levers(preset, "cuda", ("cuda_graph",), ("vae_tiling",), 0.001).levers == ("cuda_graph",)


def test_a_lever_that_cannot_work_is_neither_pulled_nor_taken() -> None:
    preset = find_preset("sdxl")
    offloaded = choose_speed_levers(preset, "cuda", (), ("model_cpu_offload",), 1000)
    assert offloaded.levers == ()
    with pytest.raises(InputRefused, match=r"speed = 'cuda_graph': cannot go with group_offload"):
        check_speed_levers(preset, "cuda", ["cuda_graph"], ["vae_tiling", "group_offload"])
    with pytest.raises(InputRefused, match="diffusers names no repeated blocks"):
        check_speed_levers(find_preset("cogvideox-2b"), "cuda", ["regional_compile"], [])
    with pytest.raises(InputRefused) as refused:
        check_speed_levers(preset, "cpu", ["none", "cuda_graph", "magic"], [])
    assert [problem.value for problem in refused.value.problems] == ["none", "cuda_graph", "magic"]


def test_a_render_that_asks_for_a_card_is_refused_before_anything_is_loaded(checkpoints: Callable[[str], Path]) -> None:
    if torch.cuda.is_available():
        assert load_model(find_preset("sdxl"), str(checkpoints("sdxl")), (), ("cuda_graph",)).speed.levers
    else:
        with pytest.raises(InputRefused, match=r"speed = 'cuda_graph': needs a card. Leave it out, or say none"):
            check_weights(find_preset("sdxl"), str(checkpoints("sdxl")), None, ["cuda_graph"])
    assert load_model(find_preset("sdxl"), str(checkpoints("sdxl")), None, ("none",)).speed.levers == ()


def test_what_does_not_run_on_a_card_is_never_recorded() -> None:
    layer = torch.nn.Linear(4, 4).requires_grad_(False)
    record_steps(layer)
    recorder = layer.forward
    record_steps(layer)
    assert layer.forward is recorder, "a second pipeline of the same networks must not record the recorder"
    assert isinstance(recorder, RecordedCalls)
    given = torch.randn(2, 4)
    for _ in range(3):
        assert torch.equal(layer(given), torch.nn.functional.linear(given, layer.weight, layer.bias))
    assert recorder._seen == {}
