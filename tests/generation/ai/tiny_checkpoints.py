"""Tiny checkpoints of every preset in diffusers' folder format: the real classes, made from configs, without a hub."""

from dataclasses import replace
from pathlib import Path

from generation.ai.checkpoints.quiet import quiet_libraries
from generation.ai.full_size.miniatures import tiny
from generation.ai.full_size.pipeline import build_pipeline
from generation.ai.model_presets import ModelPreset, find_preset


def save_tiny_checkpoint(name: str, folder: Path, text_encoder_shards: str = "10GB") -> ModelPreset:
    """Save a miniature of a preset as its makers would have saved the model.

    Its decoder's last layer is made louder, since random weights paint an almost even grey; and what starts at zero is
    given numbers, as the layers by which a ControlNet or VACE steers, or larger ones, as the editor's
    denoiser, in which a small picture drowns among the words: a test should see what it puts in.

    Parameters
    ----------
    text_encoder_shards
        Largest file of the text encoder's weights, which large models are published in several of.

    Returns
    -------
    ModelPreset
        The preset with the size, frames and steps of the miniature.
    """
    import torch

    preset, assembly = tiny(find_preset(name))
    with quiet_libraries():
        pipeline = build_pipeline(replace(preset, precision="float32"), assembly, "cpu")
        for network in (part for part in pipeline.components.values() if isinstance(part, torch.nn.Module)):
            for layer_name, weight in network.named_parameters():
                if layer_name.startswith("decoder.conv_out") and layer_name.endswith("weight"):
                    weight.mul_(2.0)
                elif network is pipeline.components.get("transformer") and "picture to edit" in preset.takes:
                    weight.mul_(3.0)
                elif not weight.any():
                    weight.normal_(0.0, 0.05)
        pipeline.save_pretrained(folder, safe_serialization=True)
        if "text_encoder" in pipeline.components and text_encoder_shards != "10GB":
            (folder / "text_encoder" / "model.safetensors").unlink()
            pipeline.text_encoder.save_pretrained(folder / "text_encoder", max_shard_size=text_encoder_shards)
    return preset
