"""Where a model runs on this machine, and in which precision."""

from generation.ai.model_presets import ModelPreset


def device_of_this_machine() -> str:
    """``cuda`` where torch sees a card, else ``cpu``."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def precision_on(device: str, preset: ModelPreset) -> str:
    """The precision a preset runs in: its own, or float32 where the device would only emulate it."""
    from generation.ai.embedded import native_precision

    if preset.precision == "float32":
        return "float32"
    if device == "cuda" and preset.precision == "float16":
        return "float16"
    return native_precision(device)
