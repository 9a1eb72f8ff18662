"""Denoising networks of the full-size models, as published in their configurations."""

from generation.ai.full_size.parts import Part

WAN21_1_3B = Part(
    "diffusers.WanTransformer3DModel",
    {
        "patch_size": (1, 2, 2),
        "num_attention_heads": 12,
        "attention_head_dim": 128,
        "ffn_dim": 8960,
        "num_layers": 30,
        "in_channels": 16,
        "out_channels": 16,
        "text_dim": 4096,
        "freq_dim": 256,
        "cross_attn_norm": True,
        "qk_norm": "rms_norm_across_heads",
        "eps": 1e-6,
        "image_dim": None,
        "added_kv_proj_dim": None,
        "rope_max_seq_len": 1024,
    },
)
WAN21_14B = WAN21_1_3B.with_arguments(num_attention_heads=40, ffn_dim=13824, num_layers=40)
WAN22_5B = WAN21_1_3B.with_arguments(num_attention_heads=24, ffn_dim=14336, in_channels=48, out_channels=48)
WAN21_VACE_1_3B = Part(
    "diffusers.WanVACETransformer3DModel",
    {**WAN21_1_3B.arguments, "vace_layers": list(range(0, 30, 2)), "vace_in_channels": 96},
)
LTX_2B = Part(
    "diffusers.LTXVideoTransformer3DModel",
    {
        "in_channels": 128,
        "out_channels": 128,
        "patch_size": 1,
        "patch_size_t": 1,
        "num_attention_heads": 32,
        "attention_head_dim": 64,
        "cross_attention_dim": 2048,
        "num_layers": 28,
        "activation_fn": "gelu-approximate",
        "qk_norm": "rms_norm_across_heads",
        "norm_elementwise_affine": False,
        "norm_eps": 1e-6,
        "caption_channels": 4096,
        "attention_bias": True,
        "attention_out_bias": True,
    },
)
COGVIDEOX_2B = Part(
    "diffusers.CogVideoXTransformer3DModel",
    {
        "num_attention_heads": 30,
        "attention_head_dim": 64,
        "in_channels": 16,
        "out_channels": 16,
        "flip_sin_to_cos": True,
        "freq_shift": 0,
        "time_embed_dim": 512,
        "text_embed_dim": 4096,
        "num_layers": 30,
        "dropout": 0.0,
        "attention_bias": True,
        "sample_width": 90,
        "sample_height": 60,
        "sample_frames": 49,
        "patch_size": 2,
        "patch_size_t": None,
        "temporal_compression_ratio": 4,
        "max_text_seq_length": 226,
        "activation_fn": "gelu-approximate",
        "timestep_activation_fn": "silu",
        "norm_elementwise_affine": True,
        "norm_eps": 1e-5,
        "spatial_interpolation_scale": 1.875,
        "temporal_interpolation_scale": 1.0,
        "use_rotary_positional_embeddings": False,
        "use_learned_positional_embeddings": False,
        "patch_bias": True,
    },
)
COGVIDEOX_5B = COGVIDEOX_2B.with_arguments(num_attention_heads=48, num_layers=42, use_rotary_positional_embeddings=True)
HUNYUAN_VIDEO = Part(
    "diffusers.HunyuanVideoTransformer3DModel",
    {
        "in_channels": 16,
        "out_channels": 16,
        "num_attention_heads": 24,
        "attention_head_dim": 128,
        "num_layers": 20,
        "num_single_layers": 40,
        "num_refiner_layers": 2,
        "mlp_ratio": 4.0,
        "patch_size": 2,
        "patch_size_t": 1,
        "qk_norm": "rms_norm",
        "guidance_embeds": True,
        "text_embed_dim": 4096,
        "pooled_projection_dim": 768,
        "rope_theta": 256.0,
        "rope_axes_dim": (16, 56, 56),
        "image_condition_type": None,
    },
)
SVD_XT = Part(
    "diffusers.UNetSpatioTemporalConditionModel",
    {
        "sample_size": 96,
        "in_channels": 8,
        "out_channels": 4,
        "down_block_types": ("CrossAttnDownBlockSpatioTemporal",) * 3 + ("DownBlockSpatioTemporal",),
        "up_block_types": ("UpBlockSpatioTemporal",) + ("CrossAttnUpBlockSpatioTemporal",) * 3,
        "block_out_channels": (320, 640, 1280, 1280),
        "addition_time_embed_dim": 256,
        "projection_class_embeddings_input_dim": 768,
        "layers_per_block": 2,
        "cross_attention_dim": 1024,
        "transformer_layers_per_block": 1,
        "num_attention_heads": (5, 10, 20, 20),
        "num_frames": 25,
    },
)
SDXL = Part(
    "diffusers.UNet2DConditionModel",
    {
        "sample_size": 128,
        "in_channels": 4,
        "out_channels": 4,
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        "mid_block_type": "UNetMidBlock2DCrossAttn",
        "block_out_channels": (320, 640, 1280),
        "layers_per_block": 2,
        "attention_head_dim": (5, 10, 20),
        "cross_attention_dim": 2048,
        "transformer_layers_per_block": [1, 2, 10],
        "use_linear_projection": True,
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": 256,
        "projection_class_embeddings_input_dim": 2816,
        "norm_num_groups": 32,
        "norm_eps": 1e-5,
        "act_fn": "silu",
    },
)
_NOT_OF_A_CONTROLNET = {"sample_size", "out_channels", "up_block_types"}
SDXL_CONTROLNET = Part(
    "diffusers.ControlNetModel",
    {
        **{name: value for name, value in SDXL.arguments.items() if name not in _NOT_OF_A_CONTROLNET},
        "conditioning_channels": 3,
        "conditioning_embedding_out_channels": (16, 32, 96, 256),
    },
)
FLUX2_KLEIN_4B = Part(
    "diffusers.Flux2Transformer2DModel",
    {
        "patch_size": 1,
        "in_channels": 128,
        "num_layers": 5,
        "num_single_layers": 20,
        "attention_head_dim": 128,
        "num_attention_heads": 24,
        "joint_attention_dim": 7680,
        "timestep_guidance_channels": 256,
        "mlp_ratio": 3.0,
        "axes_dims_rope": (32, 32, 32, 32),
        "rope_theta": 2000,
        "guidance_embeds": False,
    },
)
