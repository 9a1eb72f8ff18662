"""Model presets: what a published model is, what its licence allows and how it is run natively; one TOML a model."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.shipped import shipped_path

COMMERCIAL_USE = ("yes", "with conditions", "no")
TAKES = ("text", "negative text", "first frame", "plate with mask", "blocking video", "reference images")
_EMBEDDED = "embedded"
"""The finisher that ships with Shotledger is described beside the presets but is no diffusers model of others."""


@dataclass(frozen=True)
class ModelPreset:
    """A published model as its TOML describes it.

    Attributes
    ----------
    pipeline_class
        Class of diffusers that runs it.
    hub_id, revision
        Where its weights are published.
    commercial_use
        ``yes``, ``with conditions`` or ``no``; `commercial_terms` says which. What the licence itself says holds.
    takes
        What it can be given, in words of `TAKES`.
    sizes
        Native sizes as (width, height) in pixels; the first is the one that is run unless another is asked for.
    frame_count, frames_per_second
        Of one native clip; a picture model makes one frame and has no rate.
    call
        Further arguments of the pipeline's call, by its own names.
    scheduler_class, scheduler_arguments
        The scheduler it is published with.
    memory_levers
        What can be traded for memory, in the order to try.
    """

    name: str
    title: str
    pipeline_class: str
    hub_id: str
    revision: str
    licence: str
    commercial_use: str
    commercial_terms: str
    takes: tuple[str, ...]
    suits: str
    sizes: tuple[tuple[int, int], ...]
    frame_count: int
    frames_per_second: float | None
    steps: int
    guidance: float
    precision: str
    scheduler_class: str
    scheduler_arguments: Mapping[str, Any] = field(default_factory=dict)
    call: Mapping[str, Any] = field(default_factory=dict)
    memory_levers: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Width in pixels of the first native size."""
        return self.sizes[0][0]

    @property
    def height(self) -> int:
        """Height in pixels of the first native size."""
        return self.sizes[0][1]


def preset_names() -> list[str]:
    """Names of the shipped presets, in alphabetical order."""
    names = (path.name.removesuffix(".toml") for path in shipped_path("models").glob("*.toml"))
    return sorted(name for name in names if name != _EMBEDDED)


def find_preset(name: str) -> ModelPreset:
    """Load a shipped preset by its name.

    Raises
    ------
    InputRefused
        If there is none of that name, or its file has problems (all are listed).
    """
    if name not in preset_names():
        raise InputRefused(
            "model", name, "there is no model of that name", f"choose one of: {', '.join(preset_names())}"
        )
    return load_preset(shipped_path("models", f"{name}.toml"))


def load_preset(path: Path) -> ModelPreset:
    """Read a preset's TOML file.

    Raises
    ------
    InputRefused
        Naming the file, and every field that is missing, mistyped, unknown or out of range.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputRefused(
            str(path), None, f"cannot be read ({error.strerror})", "give the path of a model's .toml file"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputRefused(str(path), None, f"is not readable TOML ({error})", "mend the line it names") from None
    problems = [
        Problem(f"{path.name}: {name}", table.get(name), why, mend)
        for name, (accepts, why, mend) in _FIELDS.items()
        if not accepts(table.get(name))
    ]
    problems += [
        Problem(f"{path.name}: {name}", table[name], "is no field of a model preset", "delete it, or mend its name")
        for name in table.keys() - _FIELDS.keys()
    ]
    if table.get("name") != path.name.removesuffix(".toml"):
        problems.append(
            Problem(f"{path.name}: name", table.get("name"), "is not the file's name", "give both the same name")
        )
    if problems:
        raise InputRefused.all_of(problems)
    scheduler = dict(table["scheduler"])
    return ModelPreset(
        **{name: value for name, value in table.items() if name not in _SHAPED},
        takes=tuple(table["takes"]),
        sizes=tuple((size[0], size[1]) for size in table["sizes"]),
        frames_per_second=table.get("frames_per_second"),
        scheduler_class=scheduler.pop("class"),
        scheduler_arguments=scheduler,
        call=table.get("call", {}),
        memory_levers=tuple(table["memory_levers"]),
    )


_SHAPED = ("takes", "sizes", "frames_per_second", "scheduler", "call", "memory_levers")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 100_000


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1000


def _is_size(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(_is_whole(side) and side % 8 == 0 for side in value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)


_TEXT = (_is_text, "a text is needed", "write it in quotes")
_WHOLE = (_is_whole, "a whole number from 1 to 100000 is needed", "write one")
_FIELDS: Mapping[str, tuple[Any, str, str]] = {
    "name": _TEXT,
    "title": _TEXT,
    "pipeline_class": _TEXT,
    "hub_id": _TEXT,
    "revision": _TEXT,
    "licence": _TEXT,
    "commercial_use": (
        lambda value: value in COMMERCIAL_USE,
        "is not one of the known words",
        f"choose one of: {', '.join(COMMERCIAL_USE)}",
    ),
    "commercial_terms": _TEXT,
    "takes": (
        lambda value: _is_texts(value) and bool(value) and set(value) <= set(TAKES),
        "a list of known words is needed",
        f"choose from: {', '.join(TAKES)}",
    ),
    "suits": _TEXT,
    "sizes": (
        lambda value: isinstance(value, list) and bool(value) and all(map(_is_size, value)),
        "a list of [width, height] in multiples of 8 pixels is needed",
        "write sizes = [[832, 480]]",
    ),
    "frame_count": _WHOLE,
    "frames_per_second": (
        lambda value: value is None or (_is_number(value) and value > 0),
        "a number above 0 is needed",
        "leave it out for a model of single pictures",
    ),
    "steps": _WHOLE,
    "guidance": (_is_number, "a number from 0 to 1000 is needed", "write guidance = 5.0"),
    "precision": (
        lambda value: value in ("bfloat16", "float16", "float32"),
        "is no precision we run in",
        "choose one of: bfloat16, float16, float32",
    ),
    "scheduler": (
        lambda value: isinstance(value, dict) and _is_text(value.get("class")),
        "a section that names a class is needed",
        'write [scheduler] and class = "..."',
    ),
    "call": (lambda value: value is None or isinstance(value, dict), "is not a section", "write [call]"),
    "memory_levers": (_is_texts, "a list of texts is needed", "write memory_levers = []"),
}
