"""Weights from the hub, by revision: what its cache on this machine holds, and what has to be fetched."""

import os
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import MissingPart
from generation.ai.checkpoints.components import components_of, known_assembly
from generation.ai.model_presets import ModelPreset

REACH_SECONDS = 10.0
"""A hub that has not answered by then is not there: nobody should wait for minutes to be told that."""
MODELS_VARIABLE = "SHOTLEDGER_MODELS"


def cached_folders(preset: ModelPreset) -> tuple[Path, dict[str, Path]] | None:
    """Folders of a preset in the hub's cache, that of the model and those of parts published apart, or ``None``."""
    try:
        return _folders(preset, local_files_only=True)
    except Exception:  # whatever keeps the cache from being read, the weights can still be fetched
        return None


def require_reachable(preset: ModelPreset) -> None:
    """Ask the hub for a preset's revision.

    Raises
    ------
    MissingPart
        If it gives no answer, or refuses: with where weights were looked for and how to bring them.
    """
    import huggingface_hub

    try:
        for hub_id, revision in _sources(preset):
            huggingface_hub.HfApi().model_info(hub_id, revision=revision, timeout=REACH_SECONDS)
    except Exception as error:
        raise _not_there(preset, error) from None


def fetch(preset: ModelPreset) -> tuple[Path, dict[str, Path]]:
    """Fetch what a preset needs: configurations, tokenizers and full safetensors of its components, nothing else.

    Raises
    ------
    MissingPart
        As `require_reachable`, and where the connection breaks off.
    """
    require_reachable(preset)
    try:
        return _folders(preset, local_files_only=False)
    except Exception as error:
        raise _not_there(preset, error) from None


def _folders(preset: ModelPreset, local_files_only: bool) -> tuple[Path, dict[str, Path]]:
    main = _snapshot(preset.hub_id, preset.revision, _patterns(preset), local_files_only)
    network = ["config.json", "diffusion_pytorch_model*.safetensors*"]
    return main, {
        name: _snapshot(part["hub_id"], part["revision"], network, local_files_only)
        for name, part in preset.parts_from.items()
    }


def _snapshot(hub_id: str, revision: str, patterns: list[str], local_files_only: bool) -> Path:
    import huggingface_hub

    folder: Any = huggingface_hub.snapshot_download(
        hub_id,
        revision=revision,
        local_files_only=local_files_only,
        allow_patterns=patterns,
        ignore_patterns=["*.fp16.*", "*.bf16.*", "*.non_ema.*"],  # halves of what is fetched anyway
        etag_timeout=REACH_SECONDS,
    )
    return Path(folder)


def _patterns(preset: ModelPreset) -> list[str]:
    assembly = known_assembly(preset)
    components = list(components_of(assembly)) if assembly is not None else ["*"]
    endings = ("*.json", "*.safetensors", "*.txt", "*.model", "*.jinja")
    return ["model_index.json", *(f"{name}/{ending}" for name in components for ending in endings)]


def _sources(preset: ModelPreset) -> list[tuple[str, str]]:
    return [
        (preset.hub_id, preset.revision),
        *((part["hub_id"], part["revision"]) for part in preset.parts_from.values()),
    ]


def _not_there(preset: ModelPreset, error: Exception) -> MissingPart:
    reason = (str(error).strip() or type(error).__name__).splitlines()[0]
    folder = f"${MODELS_VARIABLE}/{preset.name}"
    if os.environ.get(MODELS_VARIABLE):
        folder = str(Path(os.environ[MODELS_VARIABLE]) / preset.name)
    commands = [f"hf download {preset.hub_id} --revision {preset.revision} --local-dir {preset.name}"]
    commands += [
        f"hf download {part['hub_id']} --revision {part['revision']} --local-dir {preset.name}/{name}"
        for name, part in preset.parts_from.items()
    ]
    return MissingPart(
        "weights",
        preset.name,
        f"are not on this machine: there is no folder {folder}, and {preset.hub_id} at revision {preset.revision} "
        f"is neither in the hub's cache nor can it be fetched ({reason})",
        f"where there is a network run `{' && '.join(commands)}`, bring the folder here and add "
        f"--weights {preset.name}; a model that asks for consent on its page also needs `hf auth login`",
    )
