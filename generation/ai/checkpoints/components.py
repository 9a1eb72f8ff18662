"""Which components a model's folder must hold, and of which classes."""

from dataclasses import dataclass
from functools import cache

from generation.ai.full_size.assemblies import Assembly, full_size
from generation.ai.model_presets import ModelPreset, find_preset, preset_names

LIBRARIES = ("diffusers", "transformers")
"""Where components may come from: diffusers imports whatever ``model_index.json`` names."""


@dataclass(frozen=True)
class Component:
    """What a folder must hold under one name.

    Attributes
    ----------
    class_word
        A network's class; of the others a word that the class's name holds, since they come in several makes.
    library
        Library of the class.
    config
        File that must lie in its folder.
    has_weights
        Whether it is a network.
    """

    class_word: str
    library: str
    config: str
    has_weights: bool = False

    @property
    def weights_stem(self) -> str:
        """First word of its weight files, as each library calls them."""
        return "diffusion_pytorch_model" if self.library == "diffusers" else "model"

    def accepts(self, library: str, class_name: str) -> bool:
        """Whether a class may stand in its place."""
        fits = class_name == self.class_word if self.has_weights else self.class_word in class_name
        return library == self.library and fits


_SCHEDULER = Component("Scheduler", "diffusers", "scheduler_config.json")
_TOKENIZER = Component("Tokenizer", "transformers", "tokenizer_config.json")
_PICTURE_PROCESSOR = Component("ImageProcessor", "transformers", "preprocessor_config.json")


def known_assembly(preset: ModelPreset) -> Assembly | None:
    """What a model is made of. A studio's own preset: as the shipped model with the same pipeline class.

    ``None`` where no shipped model has that class: then only what ``model_index.json`` itself names can be checked.
    """
    name = preset.name if preset.name in preset_names() else _shipped_by_class().get(preset.pipeline_class)
    return None if name is None else full_size(find_preset(name))


def components_of(assembly: Assembly) -> dict[str, Component]:
    """Components by their names, as the assembly puts them together."""
    components = {"scheduler": _SCHEDULER}
    for name, part in assembly.parts.items():
        library, _, class_name = part.class_name.rpartition(".")
        components[name] = Component(class_name, library, "config.json", has_weights=True)
    components |= dict.fromkeys(assembly.tokenizers, _TOKENIZER)
    if assembly.picture_side is not None:
        components["feature_extractor"] = _PICTURE_PROCESSOR
    return components


@cache
def _shipped_by_class() -> dict[str, str]:
    return {find_preset(name).pipeline_class: name for name in preset_names()}
