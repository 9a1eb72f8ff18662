"""Every preset's miniature goes through the path of the full-size measurement, and what it records can be believed."""

from typing import Any

import pytest
import torch

from analytics.vocabulary.errors import RenderFailed
from generation.ai.full_size.assemblies import full_size
from generation.ai.full_size.card import card_of
from generation.ai.full_size.measure import measure
from generation.ai.full_size.miniatures import tiny
from generation.ai.full_size.stage_timing import MethodTimer, counted, require_finite
from generation.ai.model_presets import find_preset, preset_names

PASSES_OF_TWO_CALLS = {"WanPipeline", "WanVACEPipeline"}


@pytest.fixture(autouse=True)
def _quiet_libraries() -> None:
    import diffusers
    import transformers

    diffusers.utils.logging.set_verbosity_error()
    transformers.utils.logging.set_verbosity_error()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("name", preset_names())
def test_miniature_of_every_preset_is_measured(name: str) -> None:
    preset, assembly = tiny(find_preset(name))
    reports: list[dict[str, Any]] = []
    record = measure(preset, assembly, card_of("cpu"), "cpu", 1e9, reports.append)
    assert [report["complete"] for report in reports] == [False, True]
    assert record["weights"] == "random"
    assert record["purpose"] == "benchmark"
    assert (record["measured_steps"], record["native_steps"], record["extrapolated"]) == (3, 5, True)
    assert record["denoiser_calls_per_step"] == (2 if preset.pipeline_class in PASSES_OF_TWO_CALLS else 1)
    stages = record["stages"]
    assert {"denoise_step", "decode"} < stages.keys()
    assert all(stage["flops"] > 0 for stage in stages.values())
    assert all(stage["joules"] is None for stage in stages.values())
    others = sum(stage["median_seconds"] for stage_name, stage in stages.items() if stage_name != "denoise_step")
    assert record["native_seconds"] == pytest.approx(5 * record["seconds_per_step"] + others)


@pytest.mark.parametrize(
    ("name", "part", "parameter_count"),
    [
        ("wan2.1-t2v-1.3b", "transformer", 1_418_996_800),
        ("wan2.1-t2v-14b", "transformer", 14_288_491_584),
        ("wan2.1-vace-1.3b", "transformer", 2_153_972_032),
        ("wan2.2-ti2v-5b", "transformer", 4_999_787_712),
        ("ltx-video-2b", "transformer", 1_923_385_472),
        ("cogvideox-2b", "transformer", 1_693_783_872),
        ("cogvideox-5b", "transformer", 5_570_283_072),
        ("hunyuanvideo", "transformer", 12_821_012_544),
        ("svd-xt", "unet", 1_524_623_082),
        ("sdxl", "unet", 2_567_463_684),
        ("sdxl-depth", "controlnet", 1_251_014_160),
        ("flux2-klein-4b", "transformer", 3_875_544_576),
        ("flux2-klein-4b", "text_encoder", 4_022_468_096),
    ],
)
def test_full_size_has_the_published_number_of_parameters_all_on_the_device(
    name: str, part: str, parameter_count: int
) -> None:
    network = full_size(find_preset(name)).parts[part].build("meta", torch.bfloat16)
    assert sum(weight.numel() for weight in network.parameters()) == parameter_count
    assert {weight.device.type for weight in network.parameters()} == {"meta"}


def test_operations_of_a_controlnet_are_counted_with_those_of_the_denoiser_that_it_steers() -> None:
    flops = {}
    for name in ("sdxl", "sdxl-depth"):
        preset, assembly = tiny(find_preset(name))
        record = measure(preset, assembly, card_of("cpu"), "cpu", 1e9, lambda report: None)
        flops[name] = record["denoiser_flops_per_call"]
    assert flops["sdxl-depth"] > 1.2 * flops["sdxl"]


def test_parts_that_checkpoints_keep_in_float32_are_built_so() -> None:
    _, assembly = tiny(find_preset("wan2.1-t2v-1.3b"))
    network = assembly.parts["transformer"].build("cpu", torch.bfloat16)
    kinds = {name.split(".")[0]: weight.dtype for name, weight in network.named_parameters()}
    assert kinds["scale_shift_table"] == torch.float32
    assert kinds["proj_out"] == torch.bfloat16
    assert torch.get_default_dtype() == torch.float32


def test_attention_with_fewer_key_heads_than_heads_is_counted() -> None:
    query, key = (torch.empty(1, heads, 64, 32, device="meta", dtype=torch.bfloat16) for heads in (8, 2))
    _, flops = counted(torch.ops.aten._scaled_dot_product_flash_attention, (query, key, key), {})
    assert flops == 2 * 8 * 64 * 64 * (32 + 32)


def test_broken_numbers_are_refused() -> None:
    with pytest.raises(RenderFailed, match="not finite"):
        require_finite("decode", (torch.ones(2), {"sample": torch.tensor([1.0, float("nan")])}))
    with pytest.raises(RenderFailed, match="nothing but zeros"):
        require_finite("decode", torch.zeros(3))


class FullCard:
    """A decoder that finds no memory until it is asked to work in tiles: what a GPU does, on a processor."""

    use_tiling = False

    def enable_tiling(self) -> None:
        self.use_tiling = True

    def decode(self, latents: Any) -> Any:
        if not self.use_tiling:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return latents + 1


def test_decoding_that_runs_out_of_memory_is_done_in_tiles_and_says_so() -> None:
    decoder = FullCard()
    timer = MethodTimer(card_of("cpu"), "decode", decoder, "decode")
    assert decoder.decode(torch.zeros(2)).tolist() == [1, 1]
    assert timer.measurement is not None
    assert timer.measurement.tiled
    assert len(timer.measurement.seconds) >= 3
