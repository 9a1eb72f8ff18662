"""The same classes in miniature: what tests run in place of models of billions of numbers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generation.ai.full_size.assemblies import Assembly, full_size
from generation.ai.model_presets import ModelPreset

_TINY_T5 = {
    "vocab_size": 1103,
    "d_model": 32,
    "d_kv": 8,
    "d_ff": 37,
    "num_layers": 2,
    "num_heads": 4,
    "relative_attention_num_buckets": 8,
}
_TINY_CLIP = {
    "hidden_size": 32,
    "intermediate_size": 37,
    "num_hidden_layers": 5,
    "num_attention_heads": 4,
    "projection_dim": 32,
}
_FOUR_OF_EIGHT = (8, 8, 8, 8)
_TINY_WAN = {
    "num_attention_heads": 2,
    "attention_head_dim": 12,
    "ffn_dim": 32,
    "num_layers": 3,
    "text_dim": 32,
    "rope_max_seq_len": 128,
}
_TINY_WAN_VAE = {"base_dim": 3, "dim_mult": [1, 1, 1, 1], "num_res_blocks": 1}
_TINY_COGVIDEOX: Mapping[str, Mapping[str, Any]] = {
    "text_encoder": _TINY_T5,
    "transformer": {
        "num_attention_heads": 2,
        "attention_head_dim": 16,
        "in_channels": 4,
        "out_channels": 4,
        "time_embed_dim": 2,
        "text_embed_dim": 32,
        "num_layers": 1,
        "sample_width": 2,
        "sample_height": 2,
        "sample_frames": 9,
        "max_text_seq_length": 226,
    },
    "vae": {"block_out_channels": _FOUR_OF_EIGHT, "latent_channels": 4, "layers_per_block": 1, "norm_num_groups": 2},
}
_TINY_SDXL: Mapping[str, Mapping[str, Any]] = {
    "text_encoder": _TINY_CLIP,
    "text_encoder_2": _TINY_CLIP,
    "unet": {
        "block_out_channels": (4, 4, 8),
        "layers_per_block": 1,
        "attention_head_dim": (2, 2, 4),
        "transformer_layers_per_block": [1, 1, 2],
        "cross_attention_dim": 64,
        "addition_time_embed_dim": 8,
        "projection_class_embeddings_input_dim": 80,
        "norm_num_groups": 1,
    },
    "vae": {"block_out_channels": (8, 8, 8, 8), "layers_per_block": 1, "norm_num_groups": 4},
}
_TINY: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "wan2.1-t2v-1.3b": {"text_encoder": _TINY_T5, "transformer": _TINY_WAN, "vae": _TINY_WAN_VAE},
    "wan2.1-t2v-14b": {"text_encoder": _TINY_T5, "transformer": _TINY_WAN, "vae": _TINY_WAN_VAE},
    "wan2.1-vace-1.3b": {
        "text_encoder": _TINY_T5,
        "transformer": {**_TINY_WAN, "vace_layers": [0, 2]},
        "vae": _TINY_WAN_VAE,
    },
    "wan2.2-ti2v-5b": {
        "text_encoder": _TINY_T5,
        "transformer": _TINY_WAN,
        "vae": {**_TINY_WAN_VAE, "decoder_base_dim": 3},
    },
    "ltx-video-2b": {
        "text_encoder": _TINY_T5,
        "transformer": {
            "in_channels": 8,
            "out_channels": 8,
            "num_attention_heads": 4,
            "attention_head_dim": 8,
            "cross_attention_dim": 32,
            "num_layers": 1,
            "caption_channels": 32,
        },
        "vae": {
            "latent_channels": 8,
            "block_out_channels": (8, 8, 8, 16, 16),
            "decoder_block_out_channels": (8, 16, 32),
            "layers_per_block": (1,) * 5,
            "decoder_layers_per_block": (1,) * 4,
        },
    },
    "cogvideox-2b": _TINY_COGVIDEOX,
    "cogvideox-5b": _TINY_COGVIDEOX,
    "hunyuanvideo": {
        "text_encoder": {
            "vocab_size": 1000,
            "hidden_size": 16,
            "intermediate_size": 37,
            "num_hidden_layers": 4,
            "num_attention_heads": 4,
            "num_key_value_heads": 2,
        },
        "text_encoder_2": {**_TINY_CLIP, "hidden_size": 8, "projection_dim": 8},
        "transformer": {
            "in_channels": 4,
            "out_channels": 4,
            "num_attention_heads": 2,
            "attention_head_dim": 10,
            "num_layers": 1,
            "num_single_layers": 1,
            "num_refiner_layers": 1,
            "text_embed_dim": 16,
            "pooled_projection_dim": 8,
            "rope_axes_dim": (2, 4, 4),
        },
        "vae": {
            "latent_channels": 4,
            "block_out_channels": _FOUR_OF_EIGHT,
            "layers_per_block": 1,
            "norm_num_groups": 4,
        },
    },
    "svd-xt": {
        "image_encoder": {**_TINY_CLIP, "image_size": 224, "patch_size": 56},
        "unet": {
            "block_out_channels": (32, 32, 32, 32),
            "num_attention_heads": (2, 2, 2, 2),
            "cross_attention_dim": 32,
            "layers_per_block": 1,
            "addition_time_embed_dim": 32,
            "projection_class_embeddings_input_dim": 96,
        },
        "vae": {"block_out_channels": (32, 32, 32, 32), "layers_per_block": 1},
    },
    "sdxl": _TINY_SDXL,
    "sdxl-depth": {
        **_TINY_SDXL,
        "controlnet": {**_TINY_SDXL["unet"], "conditioning_embedding_out_channels": (4, 4, 4, 4)},
    },
    "flux2-klein-4b": {
        "text_encoder": {
            "vocab_size": 1000,
            "hidden_size": 16,
            "intermediate_size": 37,
            "num_hidden_layers": 28,  # the pipeline reads what the 9th, 18th and 27th layer say
            "num_attention_heads": 4,
            "num_key_value_heads": 2,
            "head_dim": 8,
        },
        "transformer": {
            "in_channels": 16,
            "num_layers": 1,
            "num_single_layers": 1,
            "attention_head_dim": 16,
            "num_attention_heads": 2,
            "joint_attention_dim": 48,
            "axes_dims_rope": (4, 4, 4, 4),
        },
        "vae": {
            "block_out_channels": _FOUR_OF_EIGHT,
            "latent_channels": 4,
            "layers_per_block": 1,
            "norm_num_groups": 4,
        },
    },
}


def tiny(preset: ModelPreset) -> tuple[ModelPreset, Assembly]:
    """The same classes in miniature, and the preset at a size that runs on a processor within a second."""
    changes = _TINY[preset.name]
    assembly = full_size(preset)
    parts = {name: part.with_arguments(**changes[name]) for name, part in assembly.parts.items()}
    side = 64 if "picture to edit" in preset.takes else 32  # diffusers refuses to edit anything smaller
    frame_count = 1 if preset.makes_pictures else 9
    return replace(preset, sizes=((side, side),), frame_count=frame_count, steps=5), replace(assembly, parts=parts)
