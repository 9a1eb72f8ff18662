"""Model presets: what a published model is, what its licence allows and how it is run natively; one TOML a model."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.shipped import shipped_path

COMMERCIAL_USE = ("yes", "with conditions", "no")
TAKES = (
    "text",
    "negative text",
    "first frame",
    "picture to edit",
    "plate with mask",
    "depth",
    "blocking video",
    "reference images",
)
LEVERS = ("vae_tiling", "model_cpu_offload", "group_offload", "layerwise_float8")
SPEED_LEVERS = ("cuda_graph", "regional_compile")
_EMBEDDED = "embedded"
"""The finisher that ships with Shotledger is described beside the presets but is no diffusers model of others."""


@dataclass(frozen=True)
class ModelPreset:
    """A published model as its TOML describes it.

    Attributes
    ----------
    pipeline_class
        Class of diffusers that runs it.
    first_frame_pipeline_class
        Class that runs the same networks from a first frame; empty where there is none, or `pipeline_class` does.
    also_saved_as
        Further classes that a folder with these same networks may name.
    hub_id, revision
        Where its weights are published.
    parts_from
        Components that are published apart from the rest: for each its ``hub_id`` and ``revision``.
    commercial_use
        ``yes``, ``with conditions`` or ``no``; `commercial_terms` says which. What the licence itself says holds.
    takes
        What it can be given, in words of `TAKES`.
    sizes
        Native sizes as (width, height) in pixels; the first is the one that is run unless another is asked for.
    size_multiple
        Both sides of a picture must be multiples of so many pixels.
    frame_count, frames_per_second
        Of one native clip; a picture model makes one frame and has no rate.
    frame_step
        A clip has ``k x frame_step + 1`` frames for a whole k; 1 allows any number.
    window_overlap_frames
        Frames of the model that two neighbouring windows of a long shot share.
    key_frame_seconds
        A picture model makes one picture for so many seconds of the shot; ``None`` is one for every frame.
    guidance, guidance_argument
        Strength of the guidance, and the name under which the pipeline's call takes it.
    negative_prompt
        What to keep out of the picture, for models that take a negative text.
    call
        Further arguments of the pipeline's call, by its own names.
    scheduler_class, scheduler_arguments
        The scheduler it is published with.
    memory_levers
        What can be traded for memory, of `LEVERS`, in the order to try: first those that leave the picture as it is.
    speed_levers
        What pays to set up before the first step, of `SPEED_LEVERS`, in the order to pull: for each the ``saved_share``
        of a denoising step, those before it pulled already, and the ``set_up_seconds`` that it takes once.
    parameters
        Number of parameters of each network.
    clip_flops
        Floating-point operations of one native clip at the first size: ``encode`` and ``decode`` once,
        ``denoise_step`` once a step with all its passes.
    working_bytes
        Memory beyond the weights while a clip is made in bfloat16: ``denoise``, ``decode`` and ``decode_tiled``.
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
    speed_levers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    size_multiple: int = 8
    frame_step: int = 1
    window_overlap_frames: int = 0
    key_frame_seconds: float | None = None
    guidance_argument: str = "guidance_scale"
    negative_prompt: str = ""
    first_frame_pipeline_class: str = ""
    also_saved_as: tuple[str, ...] = ()
    parts_from: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    parameters: Mapping[str, int] = field(default_factory=dict)
    clip_flops: Mapping[str, int] = field(default_factory=dict)
    working_bytes: Mapping[str, int] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Width in pixels of the first native size."""
        return self.sizes[0][0]

    @property
    def height(self) -> int:
        """Height in pixels of the first native size."""
        return self.sizes[0][1]

    @property
    def makes_pictures(self) -> bool:
        """Whether it makes single pictures and no clips."""
        return self.frame_count == 1

    @property
    def pipeline_classes(self) -> tuple[str, ...]:
        """Every class that a folder with its networks may name, the one that runs it first."""
        others = (self.first_frame_pipeline_class, *self.also_saved_as)
        return (self.pipeline_class, *(name for name in others if name))


def preset_names() -> list[str]:
    """Names of the shipped presets, in alphabetical order."""
    names = (path.name.removesuffix(".toml") for path in shipped_path("models").glob("*.toml"))
    return sorted(name for name in names if name != _EMBEDDED)


def find_preset(name: str) -> ModelPreset:
    """Load a shipped preset by its name, or a studio's own by the path of its ``.toml`` file.

    Raises
    ------
    InputRefused
        If there is none of that name, or its file has problems (all are listed).
    """
    if name.endswith(".toml"):
        return load_preset(Path(name))
    if name not in preset_names():
        raise InputRefused(
            "model",
            name,
            "there is no model of that name",
            f"choose one of: {', '.join(preset_names())}; or give the path of a preset's own .toml file",
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
        memory_levers=tuple(table["memory_levers"]),
        also_saved_as=tuple(table.get("also_saved_as", ())),
    )


_SHAPED = ("takes", "sizes", "frames_per_second", "scheduler", "memory_levers", "also_saved_as")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 100_000


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1000


def _is_size(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(_is_whole(side) and side % 8 == 0 for side in value)


def _is_part_source(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"hub_id", "revision"} and all(map(_is_text, value.values()))


def _is_speed_levers(value: object) -> bool:
    return isinstance(value, dict) and all(
        lever in SPEED_LEVERS
        and isinstance(figures, dict)
        and figures.keys() == {"saved_share", "set_up_seconds"}
        and all(map(_is_number, figures.values()))
        and figures["saved_share"] < 1
        for lever, figures in value.items()
    )


def _is_counts(allowed: tuple[str, ...] | None, needed: tuple[str, ...] = ()) -> Callable[[Any], bool]:
    def accepts(value: Any) -> bool:
        return (
            isinstance(value, dict)
            and all(isinstance(count, int) and count > 0 for count in value.values())
            and (allowed is None or set(value) <= set(allowed))
            and set(needed) <= set(value)
        )

    return accepts


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)


_CLIP_STAGES = ("encode", "denoise_step", "decode")
Check = tuple[Callable[[Any], bool], str, str]
"""Whether a value is accepted; if not, why, and how to mend it."""


def _optional(check: Check) -> Check:
    accepts, why, mend = check
    return (lambda value: value is None or accepts(value), why, mend)


_TEXT: Check = (_is_text, "a text is needed", "write it in quotes")
_WHOLE: Check = (_is_whole, "a whole number from 1 to 100000 is needed", "write one")
_FIELDS: Mapping[str, Check] = {
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
    "memory_levers": (
        lambda value: _is_texts(value) and set(value) <= set(LEVERS),
        "a list of known levers is needed",
        f"choose from: {', '.join(LEVERS)}; or write memory_levers = []",
    ),
    "speed_levers": _optional(
        (
            _is_speed_levers,
            "a section of known levers with their figures is needed",
            f"write {SPEED_LEVERS[0]} = {{ saved_share = 0.3, set_up_seconds = 10 }} under [speed_levers], "
            f"for any of: {', '.join(SPEED_LEVERS)}",
        )
    ),
    "size_multiple": _optional(_WHOLE),
    "frame_step": _optional(_WHOLE),
    "window_overlap_frames": _optional((_is_number, "a whole number from 0 is needed", "write one")),
    "key_frame_seconds": _optional(
        (lambda value: _is_number(value) and value > 0, "a number above 0 is needed", "leave it out for every frame")
    ),
    "guidance_argument": _optional(_TEXT),
    "negative_prompt": _optional(_TEXT),
    "first_frame_pipeline_class": _optional(_TEXT),
    "also_saved_as": _optional((_is_texts, "a list of class names is needed", "write also_saved_as = []")),
    "parts_from": _optional(
        (
            lambda value: isinstance(value, dict) and all(map(_is_part_source, value.values())),
            "a section of components with their hub_id and revision is needed",
            'write [parts_from.NAME], hub_id = "..." and revision = "..."',
        )
    ),
    "parameters": _optional((_is_counts(None), "a number for each network is needed", "write transformer = 1_000_000")),
    "clip_flops": _optional(
        (
            _is_counts(_CLIP_STAGES, _CLIP_STAGES),
            "operations of each stage are needed",
            f"write a number for each of: {', '.join(_CLIP_STAGES)}",
        )
    ),
    "working_bytes": _optional(
        (
            _is_counts(("denoise", "decode", "decode_tiled"), ("denoise", "decode")),
            "bytes of denoising and decoding are needed",
            "write denoise = ... and decode = ..., and decode_tiled where it is known",
        )
    ),
}
