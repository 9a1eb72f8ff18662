"""What rendering the training clips took: a line a clip beside them, and the sum over those a model was made from."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analytics.vocabulary.hardware import Hardware
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.stage import Stage
from analytics.vocabulary.training_run import Footage
from generation.metering.hardware import read_hardware

FILE_NAME = "footage.jsonl"


def note_clip(folder: Path, clip: Path, frame_count: int, taken: Stage, beside_each_other: int) -> None:
    """Write down what one clip took; several processes may do so at once.

    Parameters
    ----------
    beside_each_other
        Clips that were rendered at the same time: each took that part of the machine's seconds.
    """
    origin = taken.energy_origin
    line = {
        "clip": clip.name,
        "frame_count": frame_count,
        "wall_seconds": round(taken.wall_seconds / beside_each_other, 3),
        "cpu_seconds": round(taken.cpu_seconds, 3),
        "energy_joules": None if taken.energy_joules is None else round(taken.energy_joules, 1),
        "energy_origin": origin and origin.value,
        "hardware": asdict(read_hardware()),
    }
    with (folder / FILE_NAME).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(line) + "\n")


def footage_of(folder: Path, clips: Iterable[Path]) -> tuple[Footage, ...]:
    """The footage that these clips are, an entry for each kind of machine; clips that nobody metered are left out."""
    file = folder / FILE_NAME
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    # A clip that was deleted and rendered again counts once, as it was rendered last.
    noted = {entry["clip"]: entry for entry in map(json.loads, lines)}
    of_machine: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for clip in clips:
        if clip.name in noted:
            entry = noted[clip.name]
            of_machine[entry["hardware"]["hardware_id"]].append(entry)
    return tuple(
        Footage(
            clip_count=len(entries),
            hardware=Hardware(**entries[0]["hardware"]),
            wall_seconds=round(sum(entry["wall_seconds"] for entry in entries), 3),
            frame_count=sum(entry["frame_count"] for entry in entries),
            cpu_seconds=round(sum(entry["cpu_seconds"] for entry in entries), 3),
            energy_joules=_sum([entry["energy_joules"] for entry in entries]),
            energy_origin=Origin(entries[0]["energy_origin"]) if entries[0]["energy_origin"] else None,
        )
        for entries in of_machine.values()
    )


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known), 1) if len(known) == len(values) else None
