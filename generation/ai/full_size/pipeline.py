"""Puts a real diffusers pipeline together from random weights, and says how it is called and what is timed in it."""

import inspect
from typing import Any

from generation.ai.full_size.assemblies import Assembly
from generation.ai.full_size.tokenizers import chat_tokenizer, clip_tokenizer, t5_tokenizer
from generation.ai.model_presets import ModelPreset

PROMPT = (
    "A concrete apartment block on a quiet street cracks along its ground floor and folds into itself, dust rolling "
    "towards the camera in low evening light, filmed from the opposite pavement with a slightly shaking lens."
)
SEED = 7


def build_pipeline(preset: ModelPreset, assembly: Assembly, device: str) -> Any:
    """Build every component on the device and give the pipeline that diffusers would load for the preset.

    Parameters
    ----------
    preset, assembly
        What is run, and what it is made of.
    device
        ``cpu`` or ``cuda``.
    """
    import diffusers
    import torch

    torch.manual_seed(SEED)
    dtype = getattr(torch, preset.precision)
    # One after the other, and the scheduler outside of the device: it keeps its tables on the processor.
    components: dict[str, Any] = {name: part.build(device, dtype) for name, part in assembly.parts.items()}
    makers = {"t5": t5_tokenizer, "clip": clip_tokenizer, "chat": chat_tokenizer}
    components |= {name: makers[kind](longest) for name, (kind, longest) in assembly.tokenizers.items()}
    components["scheduler"] = getattr(diffusers, preset.scheduler_class)(**preset.scheduler_arguments)
    if assembly.picture_side is not None:
        from transformers import CLIPImageProcessor

        side = {"height": assembly.picture_side, "width": assembly.picture_side}
        components["feature_extractor"] = CLIPImageProcessor(crop_size=side, size=side)
    pipeline = getattr(diffusers, preset.pipeline_class)(**components, **assembly.options)
    pipeline.set_progress_bar_config(disable=True)
    if assembly.tile_decode:
        pipeline.vae.enable_tiling()
    return pipeline


def call_arguments(preset: ModelPreset, pipeline: Any) -> dict[str, Any]:
    """Arguments of the pipeline's call for one native clip, its control pictures included."""
    import torch

    known = inspect.signature(pipeline.__call__).parameters
    wanted = {
        "prompt": PROMPT,
        "negative_prompt": "blurred, washed out, text",
        "height": preset.height,
        "width": preset.width,
        "num_frames": preset.frame_count,
        "num_inference_steps": preset.steps,
        preset.guidance_argument: preset.guidance,
        "frame_rate": preset.frames_per_second,
        "output_type": "pt",
        "generator": torch.Generator().manual_seed(SEED),
        **preset.call,
    }
    if preset.pipeline_class == "HunyuanVideoPipeline":
        del wanted["negative_prompt"]  # its guidance is distilled: one pass a step
    if {"picture to edit", "depth"} & set(preset.takes) or preset.takes == ("first frame",):
        wanted["image"] = _noise_picture(preset, 0)
    if "blocking video" in preset.takes:
        from PIL import Image

        wanted["video"] = [_noise_picture(preset, index) for index in range(preset.frame_count)]
        wanted["mask"] = [Image.new("L", (preset.width, preset.height), 255)] * preset.frame_count
    return {name: value for name, value in wanted.items() if name in known}


def timed_methods(preset: ModelPreset, pipeline: Any) -> dict[str, tuple[Any, str]]:
    """Stages besides the denoising, each as the object and the method that does it."""
    if preset.pipeline_class == "StableVideoDiffusionPipeline":
        return {
            "encode_picture": (pipeline, "_encode_image"),
            "encode_condition": (pipeline, "_encode_vae_image"),
            "decode": (pipeline, "decode_latents"),  # in chunks, of which each is a call of the decoder
        }
    stages = {"encode_text": (pipeline, "encode_prompt"), "decode": (pipeline.vae, "decode")}
    if preset.pipeline_class == "Flux2KleinPipeline":
        stages["encode_condition"] = (pipeline, "prepare_image_latents")
    if preset.pipeline_class == "WanVACEPipeline":
        stages["encode_condition"] = (pipeline, "prepare_video_latents")
    return stages


def _noise_picture(preset: ModelPreset, index: int) -> Any:
    import numpy as np
    from PIL import Image

    pixels = np.random.default_rng([SEED, index]).integers(0, 256, (preset.height, preset.width, 3), dtype=np.uint8)
    return Image.fromarray(pixels)
