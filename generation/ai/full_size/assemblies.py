"""Which networks and tokenizers each model is put together from, at full size and as a tiny stand-in for tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from analytics.vocabulary.errors import InputRefused
from generation.ai.full_size import autoencoders, denoisers, text_encoders
from generation.ai.full_size.parts import Part
from generation.ai.model_presets import ModelPreset


@dataclass(frozen=True)
class Assembly:
    """The components of a pipeline, under the names that the pipeline gives them.

    Attributes
    ----------
    parts
        Networks; the denoiser is ``transformer`` or ``unet``.
    tokenizers
        Kind (``t5`` or ``clip``) and longest text in tokens.
    options
        Further constructor arguments of the pipeline.
    picture_side
        Side in pixels that the picture encoder takes, for models that have one.
    tile_decode
        Decode in tiles from the start: untiled it would not fit on any card of today.
    """

    parts: Mapping[str, Part]
    tokenizers: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    picture_side: int | None = None
    tile_decode: bool = False

    @property
    def denoiser(self) -> str:
        """Name of the denoising network among the parts."""
        return "transformer" if "transformer" in self.parts else "unet"


def _wan(transformer: Part, vae: Part = autoencoders.WAN21_VAE, **options: Any) -> Assembly:
    parts = {"text_encoder": text_encoders.UMT5_XXL, "transformer": transformer, "vae": vae}
    return Assembly(parts, {"tokenizer": ("t5", 512)}, options)


def _cogvideox(transformer: Part, latent_scale: float) -> Assembly:
    vae = autoencoders.COGVIDEOX_VAE.with_arguments(scaling_factor=latent_scale)
    return Assembly(
        {"text_encoder": text_encoders.T5_XXL, "transformer": transformer, "vae": vae}, {"tokenizer": ("t5", 226)}
    )


_FULL_SIZE: Mapping[str, Assembly] = {
    "wan2.1-t2v-1.3b": _wan(denoisers.WAN21_1_3B),
    "wan2.1-t2v-14b": _wan(denoisers.WAN21_14B),
    "wan2.1-vace-1.3b": _wan(denoisers.WAN21_VACE_1_3B),
    "wan2.2-ti2v-5b": _wan(denoisers.WAN22_5B, autoencoders.WAN22_VAE, expand_timesteps=True),
    "ltx-video-2b": Assembly(
        {
            "text_encoder": text_encoders.T5_XXL,
            "transformer": denoisers.LTX_2B,
            "vae": autoencoders.LTX_VAE_095,
        },
        {"tokenizer": ("t5", 128)},
    ),
    "cogvideox-2b": _cogvideox(denoisers.COGVIDEOX_2B, 1.15258426),
    "cogvideox-5b": _cogvideox(denoisers.COGVIDEOX_5B, 0.7),
    "hunyuanvideo": Assembly(
        {
            "text_encoder": text_encoders.LLAMA3_8B,
            "text_encoder_2": text_encoders.CLIP_L_TEXT,
            "transformer": denoisers.HUNYUAN_VIDEO,
            "vae": autoencoders.HUNYUAN_VAE,
        },
        {"tokenizer": ("clip", 256), "tokenizer_2": ("clip", 77)},
        tile_decode=True,
    ),
    "svd-xt": Assembly(
        {
            "image_encoder": text_encoders.CLIP_H14_VISION,
            "unet": denoisers.SVD_XT,
            "vae": autoencoders.SVD_VAE,
        },
        picture_side=224,
    ),
    "sdxl": Assembly(
        {
            "text_encoder": text_encoders.CLIP_L_TEXT,
            "text_encoder_2": text_encoders.OPENCLIP_BIGG_TEXT,
            "unet": denoisers.SDXL,
            "vae": autoencoders.SDXL_VAE,
        },
        {"tokenizer": ("clip", 77), "tokenizer_2": ("clip", 77)},
    ),
}


def full_size(preset: ModelPreset) -> Assembly:
    """The published architecture of a preset.

    Raises
    ------
    InputRefused
        If we don't know its architecture.
    """
    if preset.name not in _FULL_SIZE:
        raise InputRefused(
            "model", preset.name, "its architecture is not described here", f"choose one of: {', '.join(_FULL_SIZE)}"
        )
    return _FULL_SIZE[preset.name]


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
    "rope_max_seq_len": 32,
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
        "max_text_seq_length": 16,
    },
    "vae": {"block_out_channels": _FOUR_OF_EIGHT, "latent_channels": 4, "layers_per_block": 1, "norm_num_groups": 2},
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
    "sdxl": {
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
    },
}


def tiny(preset: ModelPreset) -> tuple[ModelPreset, Assembly]:
    """The same classes in miniature, and the preset at a size that runs on a processor within a second."""
    changes = _TINY[preset.name]
    assembly = full_size(preset)
    assembly = replace(
        assembly, parts={name: part.with_arguments(**changes[name]) for name, part in assembly.parts.items()}
    )
    call = {name: value for name, value in preset.call.items() if name != "max_sequence_length"}
    if "max_sequence_length" in preset.call:
        call["max_sequence_length"] = 16
    frame_count = 1 if preset.frame_count == 1 else 9
    return replace(preset, sizes=((32, 32),), frame_count=frame_count, steps=5, call=call), assembly
