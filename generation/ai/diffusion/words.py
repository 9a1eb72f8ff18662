"""The words that a model is given for a shot."""

from generation.ai.model_presets import ModelPreset


def prompt_for(preset: ModelPreset, prompt: str) -> str | None:
    """A shot's prompt as this model takes it; ``None`` for a model that takes none.

    An editor follows instructions: told only what the picture shows, it gives the picture back.
    """
    if "text" not in preset.takes:
        return None
    if "picture to edit" in preset.takes:
        return f"Turn this picture into: {prompt}. Keep the camera, the framing, the poses and where everything stands."
    return prompt


def negative_prompt_for(preset: ModelPreset) -> str | None:
    """What the picture should not be; ``None`` for a model that takes no such words."""
    return preset.negative_prompt if "negative text" in preset.takes else None
