"""Which networks and tokenizers each model is put together from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
        Kind (``t5``, ``clip`` or ``chat``) and longest text in tokens.
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


def _sdxl(**further: Part) -> Assembly:
    parts = {
        "text_encoder": text_encoders.CLIP_L_TEXT,
        "text_encoder_2": text_encoders.OPENCLIP_BIGG_TEXT,
        "unet": denoisers.SDXL,
        "vae": autoencoders.SDXL_VAE,
    }
    return Assembly(parts | further, {"tokenizer": ("clip", 77), "tokenizer_2": ("clip", 77)})


_FULL_SIZE: Mapping[str, Assembly] = {
    "wan2.1-t2v-1.3b": _wan(denoisers.WAN21_1_3B, expand_timesteps=False),
    "wan2.1-t2v-14b": _wan(denoisers.WAN21_14B, expand_timesteps=False),
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
    "sdxl": _sdxl(),
    "sdxl-depth": _sdxl(controlnet=denoisers.SDXL_CONTROLNET),
    "flux2-klein-4b": Assembly(
        {
            "text_encoder": text_encoders.QWEN3_4B,
            "transformer": denoisers.FLUX2_KLEIN_4B,
            "vae": autoencoders.FLUX2_VAE,
        },
        {"tokenizer": ("chat", 512)},
        {"is_distilled": True},
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
