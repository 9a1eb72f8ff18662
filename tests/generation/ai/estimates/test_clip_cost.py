"""Estimated seconds are held against published timings, and recorded ones are passed on as they are."""

from dataclasses import replace

import pytest

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin
from generation.ai.estimates.clip_cost import HIGH, LOW, clip_cost
from generation.ai.estimates.machines import card_named, rating_of, this_machine
from generation.ai.estimates.memory import holding, needs_of
from generation.ai.model_presets import find_preset, preset_names

PUBLISHED = [
    ("cogvideox-5b", "a100", 243.3, "diffusers-torchao README, bfloat16, eager"),
    ("cogvideox-2b", "a100", 93.9, "diffusers-torchao README, bfloat16, eager"),
    ("svd-xt", "a100", 50.9, "onediff pull request 514, eager"),
    ("wan2.1-t2v-1.3b", "rtx-4090", 261.4, "Wan2.1 repository, comp_effic.png"),
    ("wan2.2-ti2v-5b", "rtx-4090", 534.7, "Wan2.2 repository, comp_effic.png, offloading"),
    ("wan2.1-t2v-1.3b", "rtx-5090", 184.0, "TurboDiffusion README, denoising alone"),
    ("wan2.1-t2v-14b", "rtx-5090", 1676.0, "TurboDiffusion README, denoising alone"),
    ("wan2.1-t2v-1.3b", "b200", 74.0, "ML.ENERGY leaderboard v3"),
    ("wan2.1-t2v-14b", "b200", 334.2, "ML.ENERGY leaderboard v3"),
    ("hunyuanvideo", "b200", 1383.5, "ML.ENERGY leaderboard v3"),
    ("cogvideox-2b", "b200", 34.7, "ML.ENERGY leaderboard v3"),
]


@pytest.mark.parametrize(("model", "card", "seconds", "source"), PUBLISHED)
def test_published_timing_lies_within_the_assumed_range(model: str, card: str, seconds: float, source: str) -> None:
    cost = clip_cost(find_preset(model), card_named(card))
    assert cost is not None
    assert cost.origin is Origin.ASSUMED
    assert cost.low_seconds <= seconds <= cost.high_seconds, f"{seconds / cost.seconds:.2f} of it, {source}"
    assert (cost.low_seconds, cost.high_seconds) == pytest.approx((LOW * cost.seconds, HIGH * cost.seconds))


def test_recorded_clip_is_measured_and_names_its_file() -> None:
    cost = clip_cost(find_preset("wan2.1-t2v-14b"), card_named("h100"))
    assert cost is not None
    assert cost.origin is Origin.MEASURED
    assert cost.seconds == cost.low_seconds == cost.high_seconds == pytest.approx(345.2, abs=0.1)
    assert cost.joules == pytest.approx(241_056, abs=1)
    assert cost.source == "data/recordings/wan2.1-t2v-14b_h100-80gb-hbm3.json"


def test_every_model_is_measured_on_the_card_that_all_were_recorded_on() -> None:
    costs = [clip_cost(find_preset(name), card_named("h100")) for name in preset_names()]
    assert {cost.origin for cost in costs if cost is not None} == {Origin.MEASURED}
    assert None not in costs


def test_offloading_is_no_faster_and_half_the_steps_take_half_the_denoising() -> None:
    preset, card = find_preset("wan2.1-t2v-14b"), card_named("rtx-4090")
    held = holding(preset, card)
    assert "group_offload" in (held.needs.levers if held.needs else ())
    whole, offloaded = clip_cost(preset, replace(card, memory_bytes=10**12)), clip_cost(preset, card, held)
    halved = clip_cost(replace(preset, steps=25), card, held)
    assert whole is not None
    assert offloaded is not None
    assert halved is not None
    assert offloaded.seconds >= whole.seconds
    assert halved.seconds == pytest.approx(offloaded.seconds / 2, rel=0.02)


def test_what_does_not_fit_or_is_not_rated_has_no_seconds() -> None:
    preset = find_preset("wan2.1-t2v-14b")
    small = replace(card_named("l4"), memory_bytes=2 * 10**9)
    assert holding(preset, small).words == "no"
    assert clip_cost(preset, small) is None
    assert clip_cost(preset, replace(card_named("b200"), flops_per_second=None)) is None
    unknown = replace(preset, parameters={}, clip_flops={})
    assert holding(unknown, card_named("b200")).words == "not known"
    assert clip_cost(unknown, card_named("b200")) is None


@pytest.mark.parametrize("name", preset_names())
def test_memory_falls_with_every_lever_that_saves_some(name: str) -> None:
    preset = find_preset(name)
    levers = [lever for lever in preset.memory_levers if lever != "layerwise_float8"]
    needs = [needs_of(preset, "bfloat16", levers[:count]).device_bytes for count in range(len(levers) + 1)]
    assert needs == sorted(needs, reverse=True)
    assert needs[-1] < needs[0]
    assert needs_of(preset, "bfloat16", ("layerwise_float8",)).device_bytes < needs[0]
    assert needs_of(preset, "float32", ()).device_bytes == 2 * needs[0]


def test_cards_are_found_by_their_drivers_names() -> None:
    named = {
        "NVIDIA H100 80GB HBM3": "h100",
        "NVIDIA H200": "h200",
        "NVIDIA A100-SXM4-80GB": "a100",
        "NVIDIA A100-SXM4-40GB": "a100-40gb",
        "NVIDIA L4": "l4",
        "NVIDIA L40S": "l40s",
        "NVIDIA GeForce RTX 4090": "rtx-4090",
        "NVIDIA RTX 6000 Ada Generation": "rtx-6000-ada",
    }
    for device, name in named.items():
        rating = rating_of(device)
        assert rating is not None
        assert rating["name"] == name
    assert rating_of("Tesla K80") is None
    with pytest.raises(InputRefused, match=r"no figures of such a card.*rtx-4090"):
        card_named("voodoo")


def test_this_machine_is_rated() -> None:
    machine = this_machine()
    assert machine.memory_bytes > 10**9
    assert machine.device in ("cpu", "cuda")
