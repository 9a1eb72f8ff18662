"""Text and picture encoders of the full-size models, as published in their configurations."""

from generation.ai.full_size.parts import Part

_T5_XXL = {
    "d_model": 4096,
    "d_kv": 64,
    "d_ff": 10240,
    "num_layers": 24,
    "num_heads": 64,
    "relative_attention_num_buckets": 32,
    "relative_attention_max_distance": 128,
    "dropout_rate": 0.1,
    "layer_norm_epsilon": 1e-6,
    "feed_forward_proj": "gated-gelu",
    "tie_word_embeddings": False,
}
UMT5_XXL = Part("transformers.UMT5EncoderModel", {"vocab_size": 256384, **_T5_XXL}, "transformers.UMT5Config")
T5_XXL = Part("transformers.T5EncoderModel", {"vocab_size": 32128, **_T5_XXL}, "transformers.T5Config")

_CLIP_TEXT = {"vocab_size": 49408, "max_position_embeddings": 77, "bos_token_id": 0, "eos_token_id": 2}
CLIP_L_TEXT = Part(
    "transformers.CLIPTextModel",
    {
        **_CLIP_TEXT,
        "pad_token_id": 1,
        "hidden_size": 768,
        "intermediate_size": 3072,
        "num_hidden_layers": 12,
        "num_attention_heads": 12,
        "hidden_act": "quick_gelu",
        "projection_dim": 768,
    },
    "transformers.CLIPTextConfig",
)
OPENCLIP_BIGG_TEXT = Part(
    "transformers.CLIPTextModelWithProjection",
    {
        **_CLIP_TEXT,
        "pad_token_id": 1,
        "hidden_size": 1280,
        "intermediate_size": 5120,
        "num_hidden_layers": 32,
        "num_attention_heads": 20,
        "hidden_act": "gelu",
        "projection_dim": 1280,
    },
    "transformers.CLIPTextConfig",
)
CLIP_H14_VISION = Part(
    "transformers.CLIPVisionModelWithProjection",
    {
        "hidden_size": 1280,
        "intermediate_size": 5120,
        "num_hidden_layers": 32,
        "num_attention_heads": 16,
        "image_size": 224,
        "patch_size": 14,
        "projection_dim": 1024,
        "hidden_act": "gelu",
    },
    "transformers.CLIPVisionConfig",
)
LLAMA3_8B = Part(
    "transformers.LlamaModel",
    {
        "vocab_size": 128320,
        "hidden_size": 4096,
        "intermediate_size": 14336,
        "num_hidden_layers": 32,
        "num_attention_heads": 32,
        "num_key_value_heads": 8,
        "rms_norm_eps": 1e-5,
        "rope_theta": 500000.0,
        "max_position_embeddings": 8192,
    },
    "transformers.LlamaConfig",
)
QWEN3_4B = Part(
    "transformers.Qwen3ForCausalLM",
    {
        "vocab_size": 151936,
        "hidden_size": 2560,
        "intermediate_size": 9728,
        "num_hidden_layers": 36,
        "num_attention_heads": 32,
        "num_key_value_heads": 8,
        "head_dim": 128,
        "rms_norm_eps": 1e-6,
        "max_position_embeddings": 40960,
        "tie_word_embeddings": True,
    },
    "transformers.Qwen3Config",
)
