"""Models for the terminal: what each takes and makes, what a machine can hold of them, and what a clip takes there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analytics.comparison.sentences import duration_words
from dashboards.look.words import energy_words
from dashboards.terminal.listings import NOTHING, plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

DAY_SECONDS = 86_400


def models_table(models: Sequence[Mapping[str, Any]]) -> "RenderableType":
    """Models as ``shotledger models`` lists them, two lines each, for one machine."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    machine = next(model for model in models if model["machine"])
    table = Table(box=SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("Model, and what it takes", overflow="fold")
    table.add_column("Native clip", no_wrap=True)
    table.add_column("Weights", justify="right", no_wrap=True)
    table.add_column("Fits", no_wrap=True)
    table.add_column("A clip takes", justify="right", no_wrap=True)
    table.add_column("Commercial", no_wrap=True)
    for model in models:
        name = Text(model["name"], style="bold")
        name.append(f"\n{', '.join(word for word in model['takes'] if word != 'negative text')}", style="dim")
        table.add_row(
            *plain(
                name,
                _clip_words(model),
                f"{gigabytes(model['weights_bytes'])}\n{_where_words(model)}",
                _fits_words(model),
                _cost_words(model),
                model["commercial_use"].replace("with ", "with\n"),
            )
        )
    return Group(
        Text(f"For {machine['machine']}, {gigabytes(machine['machine_memory_bytes'])} of memory.\n"),
        table,
        *(Text(f"· {note}") for note in _notes(models)),
    )


def model_screen(model: Mapping[str, Any]) -> "RenderableType":
    """One preset in full, with its memory by levers on one machine."""
    from rich.console import Group
    from rich.text import Text

    hub = [f"{model['hub_id']} at revision {model['revision']}"]
    hub += [f"{name}: {part['hub_id']} at revision {part['revision']}" for name, part in model["parts_from"].items()]
    scheduler = dict(model["scheduler"])
    class_name = scheduler.pop("class")
    about = _pairs(
        {
            "Takes": ", ".join(model["takes"]),
            "Suits": model["suits"],
            "Licence": f"{model['licence']}; commercial use: {model['commercial_use']}. {model['commercial_terms']}",
            "Weights": "; ".join(hub),
            "On this machine": model["weights_here"] or "no weights found",
            "Pipeline": " or ".join(filter(None, (model["pipeline_class"], model["first_frame_pipeline_class"]))),
            "Native clip": f"{_clip_words(model)}, {model['steps']} steps, guidance {model['guidance']:g}".replace(
                "\n", ", "
            ),
            "Sizes": ", ".join(f"{width}x{height}" for width, height in model["sizes"])
            + f"; others in multiples of {model['size_multiple']}"
            + (f"; frames k x {model['frame_step']} + 1" if model["frame_step"] > 1 else ""),
            "Scheduler": f"{class_name} ({_arguments(scheduler)})",
            "Call": _arguments(model["call"]) or NOTHING,
            "Keeps out": model["negative_prompt"] or NOTHING,
            "Parameters": ", ".join(f"{name} {count / 1e9:.2f} G" for name, count in model["parameters"].items()),
            "Precision": f"{model['precision']}, run in {model['precision_here']}",
        }
    )
    lines: list[RenderableType] = [Text(f"{model['name']}: {model['title']}", style="bold"), about]
    memory = gigabytes(model["machine_memory_bytes"])
    lines.append(Text(f"\nOn {model['machine']}, {memory} of memory\n", style="bold"))
    lines.append(_memory_table(model))
    lines.append(Text(f"\n{_cost_sentence(model)}\n"))
    if model["memory_levers"]:
        lines.append(_pairs(model["memory_levers"]))
    lines.append(Text(f"\nshotledger render SHOT --workflow ai --model {model['name']} [--weights FOLDER]"))
    return Group(*lines)


def gigabytes(byte_count: int | None) -> str:
    """``45.6 GB``, of 10^9 bytes; ``16 MB`` where a tenth of a gigabyte says too little."""
    if byte_count is None:
        return NOTHING
    if byte_count < 100e6:
        return f"{byte_count / 1e6:.0f} MB"
    return f"{byte_count / 1e9:.1f} GB" if byte_count < 100e9 else f"{byte_count / 1e9:,.0f} GB"


def _fits_words(model: Mapping[str, Any]) -> str:
    needs = f"needs {gigabytes(model['needed_bytes'])}" if model["needed_bytes"] else ""
    return f"{model['held']}\n{needs}"


def _cost_words(model: Mapping[str, Any]) -> str:
    """Seconds, and below them where they come from, with the energy."""
    if model["clip_seconds"] is None:
        return NOTHING
    energy = "" if model["clip_joules"] is None else f", {energy_words(model['clip_joules'])}"
    return f"{_seconds_words(model)}\n{model['clip_origin']}{energy}"


def _clip_words(model: Mapping[str, Any]) -> str:
    if model["width"] is None:
        return "as the shot"
    size = f"{model['width']}x{model['height']}"
    if model["frame_count"] == 1:
        return f"{size}\n1 picture"
    return f"{size}\n{model['frame_count']} at {model['frames_per_second']:g} fps"


def _where_words(model: Mapping[str, Any]) -> str:
    where = model["weights_here"]
    if where is None:
        return "not here"
    return str(where) if where in ("shipped", "refused") else "here"


def _seconds_words(model: Mapping[str, Any]) -> str:
    low, high = model["clip_seconds_low"], model["clip_seconds_high"]
    if low is None:
        return NOTHING
    return _long_words(low) if low == high else f"{_long_words(low)} to {_long_words(high)}"


def _long_words(seconds: float) -> str:
    """Seconds as people say an estimate: two digits are all that it is good for."""
    if seconds < 99.5:
        return f"{seconds:.2g} s"
    if seconds < 100 * 60:
        return f"{seconds / 60:.2g} min"
    return f"{seconds / 3600:.2g} h" if seconds < 2 * DAY_SECONDS else f"{seconds / DAY_SECONDS:,.0f} days"


def _notes(models: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    yield (
        "A clip is the native one, loading apart. measured: a recording of that model on such a card, see "
        "data/recordings. assumed: from operations, steps and the machine's rated speed, as a range."
    )
    if any(model["held"] == "with levers" for model in models):
        yield "with levers: memory is traded for time or exactness; `shotledger models NAME` says which levers."
    if any(model["weights_here"] == "refused" for model in models):
        yield "refused: there are weights, but they cannot be used; `shotledger render` says why."
    yield "On another card: `shotledger models --card h100`. Licences are summed up; what they say themselves holds."


def _memory_table(model: Mapping[str, Any]) -> "RenderableType":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    if not model["memory"]:
        return Text("How much memory it needs is not known: its preset states no parameters.")
    table = Table(box=SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("With", overflow="fold")
    for heading in ("Needs", "Beside it, in main memory"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Fits", no_wrap=True)
    for needs in model["memory"]:
        table.add_row(
            *plain(
                ", ".join(needs["levers"]) or "no levers",
                gigabytes(needs["needed_bytes"]),
                gigabytes(needs["main_memory_bytes"] or None),
                "yes" if needs["fits"] else "no",
            )
        )
    return table


def _cost_sentence(model: Mapping[str, Any]) -> str:
    if model["clip_seconds"] is None:
        return "It does not fit, so there are no seconds." if model["held"] == "no" else "Its seconds are not known."
    levers = f" with {', '.join(model['levers'])}" if model["levers"] else ""
    energy = "" if model["clip_joules"] is None else f" and {energy_words(model['clip_joules'])}"
    if model["clip_origin"] == "measured":
        return f"A native clip took {duration_words(model['clip_seconds'])}{energy}: measured, {model['clip_source']}."
    return (
        f"A native clip takes {_seconds_words(model)}{levers}, about {_long_words(model['clip_seconds'])}{energy}: "
        f"assumed, {model['clip_source']}."
    )


def _arguments(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {str(value).lower()}" for name, value in arguments.items())


def _pairs(pairs: Mapping[str, str]) -> "Table":
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for name, words in pairs.items():
        table.add_row(*plain(name, words))
    return table
