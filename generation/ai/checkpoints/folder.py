"""Checks a model folder in diffusers' format against a preset before anything in it is loaded; says all problems."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from generation.ai.checkpoints.components import LIBRARIES, Component, components_of, known_assembly
from generation.ai.checkpoints.weight_files import COPY_AGAIN, json_object, pickled_files, tensor_shapes
from generation.ai.model_presets import ModelPreset

INDEX = "model_index.json"
_VOCABULARIES = ("tokenizer.json", "vocab.json", "spiece.model", "tokenizer.model", "sentencepiece.bpe.model")
_VARIANTS = ("bf16", "fp16")
"""Makers publish halved weights beside the full ones under these words, and many users fetch nothing else."""


@dataclass(frozen=True)
class CheckedNetwork:
    """A network whose files are whole.

    Attributes
    ----------
    class_name
        Its class with its library.
    folder
        Where its files lie.
    weight_files
        Its safetensors, all of its shards.
    variant
        ``fp16`` or ``bf16`` where it is there in that form only.
    parameter_count
        Numbers in its weight files.
    """

    class_name: str
    folder: Path
    weight_files: tuple[Path, ...]
    variant: str | None
    parameter_count: int


@dataclass(frozen=True)
class CheckedFolder:
    """A folder that has passed the checks, with its networks by their names."""

    path: Path
    networks: Mapping[str, CheckedNetwork]

    @property
    def parameters(self) -> dict[str, int]:
        """Numbers in the weight files of each network."""
        return {name: network.parameter_count for name, network in self.networks.items()}


def check_folder(preset: ModelPreset, path: Path, elsewhere: Mapping[str, Path] | None = None) -> CheckedFolder:
    """Find out whether a folder holds a preset's model, safe and whole.

    Takes milliseconds: of the weights only the headers are read.

    Parameters
    ----------
    path
        The folder that holds ``model_index.json``.
    elsewhere
        Folders of components that do not lie in `path`, as the hub keeps those of `ModelPreset.parts_from`.

    Raises
    ------
    InputRefused
        With every problem: another kind of model, components that are missing or of another class or library, files
        that are pickled, cut off or not JSON.
    """
    _require_model_folder(preset, path)
    problems = pickled_files(path)
    index = _collected(problems, lambda: json_object(path / INDEX))
    if index is None:
        raise InputRefused.all_of(problems)
    named = index.get("_class_name")
    if named not in preset.pipeline_classes:
        wanted = " or ".join(preset.pipeline_classes)
        problems.append(
            Problem(
                f"{path / INDEX}: _class_name",
                str(named),
                f"is not what {preset.name} runs, {wanted}",
                f"name a folder of {preset.hub_id}, or render with the model that this folder holds",
            )
        )
        raise InputRefused.all_of(problems)  # what else such a folder lacks is no fault of it
    assembly = known_assembly(preset)
    expected = components_of(assembly) if assembly is not None else {}
    folders = {name: path / name for name in expected} | dict(elsewhere or {})
    problems += _index_problems(preset, path / INDEX, index, expected, folders)
    problems += [
        Problem(
            f"{path / INDEX}: {option}",
            index.get(option),
            f"is {value} for {preset.name}, so this is another model",
            f"name a folder of {preset.hub_id}",
        )
        for option, value in (assembly.options if assembly is not None else {}).items()
        if index.get(option, False) != value  # older folders leave out what is off
    ]
    networks = {}
    for name, component in (expected or _named_components(index)).items():
        folder = folders.get(name, path / name)
        if not folder.is_dir():
            problems.append(Problem(str(folder), None, f"is not there: the model has no {name}", _mend_missing(preset)))
            continue
        problems += _config_problems(folder, component)
        if component.has_weights:
            network = _network(folder, component, problems)
            if network is not None:
                networks[name] = network
    if problems:
        raise InputRefused.all_of(problems)
    return CheckedFolder(path, networks)


def _collected(problems: list[Problem], check: Callable[[], Any]) -> Any:
    """Answer of a check; what it refuses joins the problems, and the answer is ``None``."""
    try:
        return check()
    except InputRefused as refused:
        problems.extend(refused.problems)
        return None


def _require_model_folder(preset: ModelPreset, path: Path) -> None:
    if path.is_file():
        raise InputRefused(
            str(path),
            None,
            "is one file, and a folder in diffusers' format is needed",
            f"name a folder of {preset.hub_id}, or save the file as one with from_single_file and save_pretrained",
        )
    if not path.is_dir():
        raise InputRefused(str(path), None, "there is no such folder", f"name a folder that holds {INDEX}")
    if not (path / INDEX).is_file():
        inner = sorted(child.parent.name for child in path.glob(f"*/{INDEX}"))
        mend = (
            f"name the folder inside it: {', '.join(inner)}"
            if inner
            else f"name the folder of a whole pipeline, such as a copy of {preset.hub_id}"
        )
        raise InputRefused(str(path), None, f"holds no model in diffusers' format (there is no {INDEX})", mend)


def _index_problems(
    preset: ModelPreset,
    file: Path,
    index: Mapping[str, Any],
    expected: Mapping[str, Component],
    folders: Mapping[str, Path],
) -> list[Problem]:
    """What ``model_index.json`` names, against what the model is made of."""
    problems = []
    for name, value in index.items():
        if name.startswith("_") or not isinstance(value, list):
            continue  # an option of the pipeline
        place = f"{file}: {name}"
        if len(value) != 2 or not all(item is None or isinstance(item, str) for item in value):
            problems.append(Problem(place, str(value), "is no pair of library and class", COPY_AGAIN))
            continue
        library, class_name = value
        if library is None or class_name is None:
            if name in expected:
                problems.append(Problem(place, str(value), f"leaves out the {name}", _mend_missing(preset)))
        elif library not in LIBRARIES:
            problems.append(
                Problem(
                    place,
                    str(value),
                    f"would run code of {library}; components are taken from {' and '.join(LIBRARIES)} only",
                    f"name a folder of {preset.hub_id} as its makers publish it",
                )
            )
        elif name in expected:
            component = expected[name]
            if not component.accepts(library, class_name):
                problems.append(
                    Problem(
                        place,
                        str(value),
                        f"is not what {preset.name} has there, {component.class_word} of {component.library}",
                        f"name a folder of {preset.hub_id}",
                    )
                )
        elif expected:
            problems.append(
                Problem(
                    place,
                    str(value),
                    f"is a part that {preset.name} does not have, so this is another model",
                    f"name a folder of {preset.hub_id}",
                )
            )
    problems += [
        Problem(f"{file}: {name}", None, f"is not named: the model has no {name}", _mend_missing(preset))
        for name in expected
        # a ControlNet that was put into the folder of the model it steers is not in that model's index
        if name not in index and not (name in preset.parts_from and folders[name].is_dir())
    ]
    return problems


def _named_components(index: Mapping[str, Any]) -> dict[str, Component]:
    """Components as the index itself names them, for a pipeline class that none of the shipped models has."""
    components = {}
    for name, value in index.items():
        if name.startswith("_") or not isinstance(value, list) or len(value) != 2 or None in value:
            continue
        library, class_name = value
        if class_name.endswith("Scheduler"):
            config = "scheduler_config.json"
        elif "Tokenizer" in class_name:
            config = "tokenizer_config.json"
        elif "Processor" in class_name or "Extractor" in class_name:
            config = "preprocessor_config.json"
        else:
            config = "config.json"
        components[name] = Component(class_name, library, config, has_weights=config == "config.json")
    return components


def _config_problems(folder: Path, component: Component) -> list[Problem]:
    """Configurations of a component: there, JSON, and of the class that is expected."""
    problems: list[Problem] = []
    if not (folder / component.config).is_file():
        problems.append(Problem(str(folder / component.config), None, "is not there", COPY_AGAIN))
    for file in sorted(folder.glob("*.json")):
        if file.name == "vocab.json" or file.name.endswith(".index.json"):
            continue  # no configuration; the index of the shards is read with them
        content = _collected(problems, lambda file=file: json_object(file))  # type: ignore[misc]
        named = (content or {}).get("_class_name")
        if component.has_weights and file.name == component.config and named not in (None, component.class_word):
            why = f"is not the network that belongs there, {component.class_word}"
            problems.append(Problem(f"{file}: _class_name", str(named), why, COPY_AGAIN))
    if "Tokenizer" in component.class_word and not any((folder / name).is_file() for name in _VOCABULARIES):
        problems.append(Problem(str(folder), None, "holds no vocabulary (tokenizer.json or the like)", COPY_AGAIN))
    return problems


def _network(folder: Path, component: Component, problems: list[Problem]) -> CheckedNetwork | None:
    """A network with its safetensors, every shard of them checked."""
    stem = component.weights_stem
    for variant in (None, *_VARIANTS):
        word = f".{variant}" if variant else ""
        whole = folder / f"{stem}{word}.safetensors"
        # diffusers and transformers put the variant on different sides of ".index"
        indexes = (f"{stem}.safetensors.index{word}.json", f"{stem}{word}.safetensors.index.json")
        index = next((folder / name for name in indexes if (folder / name).is_file()), None)
        if whole.is_file():
            shapes = {whole: _collected(problems, lambda whole=whole: tensor_shapes(whole))}  # type: ignore[misc]
        elif index is not None:
            shapes = _shards(index, problems)
        else:
            continue
        count = sum(math.prod(shape) for of_file in shapes.values() for shape in (of_file or {}).values())
        return CheckedNetwork(f"{component.library}.{component.class_word}", folder, tuple(shapes), variant, count)
    mend = "weights are taken from safetensors only; " + COPY_AGAIN
    problems.append(Problem(str(folder), None, f"holds no weights ({stem}.safetensors)", mend))
    return None


def _shards(index: Path, problems: list[Problem]) -> dict[Path, dict[str, tuple[int, ...]] | None]:
    """Weight files that an index of shards names; each must hold the tensors that the index says it does."""
    content = _collected(problems, lambda: json_object(index))
    if content is None:
        return {}
    tensors = content.get("weight_map")
    if not isinstance(tensors, dict) or not tensors or not all(isinstance(name, str) for name in tensors.values()):
        problems.append(Problem(f"{index}: weight_map", None, "names no shards", COPY_AGAIN))
        return {}
    files = {}
    for name in sorted(set(tensors.values())):
        file = index.parent / name
        if PurePath(name).name != name or not name.endswith(".safetensors"):
            problems.append(Problem(f"{index}: weight_map", name, "is no safetensors file beside it", COPY_AGAIN))
        elif not file.is_file():
            problems.append(Problem(str(file), None, f"is not there, but {index.name} names it", COPY_AGAIN))
        else:
            shapes = _collected(problems, lambda file=file: tensor_shapes(file))  # type: ignore[misc]
            lacking = [tensor for tensor, shard in tensors.items() if shard == name and tensor not in (shapes or {})]
            if shapes is not None and lacking:
                problems.append(
                    Problem(str(file), lacking[0], f"is not in it, with {len(lacking)} missing in all", COPY_AGAIN)
                )
            files[file] = shapes
    return files


def _mend_missing(preset: ModelPreset) -> str:
    return f"copy the whole folder of {preset.hub_id} again"
