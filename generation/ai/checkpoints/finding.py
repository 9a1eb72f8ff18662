"""Where a preset's weights are: a folder that was named, the studio's folder of models, or the hub's cache."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analytics.vocabulary.errors import InputRefused
from generation.ai.checkpoints import hub
from generation.ai.checkpoints.folder import CheckedFolder, check_folder
from generation.ai.model_presets import ModelPreset


@dataclass(frozen=True)
class FoundWeights:
    """Weights that have passed the checks.

    Attributes
    ----------
    source
        ``folder:<name>`` or ``hub:<id>@<revision>``.
    commit
        The hub's own name of the revision; ``None`` for a folder, whose weights have to be read for one.
    """

    checked: CheckedFolder
    source: str
    commit: str | None = None
    elsewhere: Mapping[str, Path] = field(default_factory=dict)


def find_weights(preset: ModelPreset, weights: str | None) -> FoundWeights | None:
    """Look for a preset's weights on this machine.

    Parameters
    ----------
    weights
        A folder, or ``None`` for ``$SHOTLEDGER_MODELS/<name>`` where that is one, else the hub's cache.

    Returns
    -------
    FoundWeights or None
        ``None`` where they would have to be fetched.

    Raises
    ------
    InputRefused
        If the folder cannot be used; with every reason.
    """
    folder = weights if weights is not None else _of_the_studio(preset)
    if folder is not None:
        path = Path(folder).expanduser()
        return FoundWeights(check_folder(preset, path), f"folder:{path.resolve().name}")
    cached = hub.cached_folders(preset)
    if cached is None:
        return None
    try:
        return _from_hub(preset, *cached)
    except InputRefused:  # a download that broke off: fetching goes on where it stopped
        return None


def fetch_weights(preset: ModelPreset) -> FoundWeights:
    """Fetch a preset's weights from the hub into its cache, with the hub's own progress bar.

    Raises
    ------
    MissingPart
        If the hub cannot be reached or refuses.
    InputRefused
        If what it gave cannot be used.
    """
    return _from_hub(preset, *hub.fetch(preset))


def _of_the_studio(preset: ModelPreset) -> str | None:
    models = os.environ.get(hub.MODELS_VARIABLE)
    folder = Path(models) / preset.name if models else None
    return str(folder) if folder is not None and folder.is_dir() else None


def _from_hub(preset: ModelPreset, main: Path, elsewhere: dict[str, Path]) -> FoundWeights:
    checked = check_folder(preset, main, elsewhere)
    commits = [main.name, *(folder.name for folder in elsewhere.values())]
    return FoundWeights(checked, f"hub:{preset.hub_id}@{preset.revision}", " + ".join(commits), elsewhere)
