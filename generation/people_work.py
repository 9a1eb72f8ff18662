"""Assumed people's hours of a test shot, from the templates in ``data/templates``."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.shipped import shipped_path
from analytics.vocabulary.work_entry import WorkEntry
from analytics.vocabulary.workflow import Workflow
from generation.shots import ShotSpec


def expected_work(shot: ShotSpec, shot_id: str, workflow: Workflow, on: date) -> tuple[WorkEntry, ...]:
    """Work entries for one workflow of a shot: the middle of the template's range, every row marked ``assumed``.

    Parameters
    ----------
    on
        The day the rows are dated by, which decides the rate they are priced at.

    Raises
    ------
    InputRefused
        If the template is missing or does not cover the shot's complexity in this workflow.
    """
    template = _read_template(shot, workflow)
    hours = {department: (low + high) / 2 * template.hours_per_day for department, (low, high) in template.days.items()}
    sources = dict.fromkeys(hours, template.source)
    hours["supervision"] = round(sum(hours.values()) * template.supervision_share, 2)
    sources["supervision"] = template.supervision_source
    return tuple(
        WorkEntry(
            f"assumed/{shot_id}/{workflow.value}/{department}",
            shot_id,
            workflow,
            department,
            on,
            people_hours,
            Origin.ASSUMED,
            sources[department],
        )
        for department, people_hours in hours.items()
    )


@dataclass(frozen=True)
class _Template:
    """One section of a template: person-days, low and high, by department."""

    days: Mapping[str, tuple[float, float]]
    hours_per_day: float
    source: str
    supervision_share: float
    supervision_source: str


def _read_template(shot: ShotSpec, workflow: Workflow) -> _Template:
    folder, name = shipped_path("templates"), shot.people_work_template
    known = sorted(found.stem for found in folder.glob("*.toml"))
    place = f"{shot.code}: people_work"
    if name not in known:
        raise InputRefused(place, name, "there is no such template", f"choose one of: {', '.join(known)}")
    file = folder / f"{name}.toml"
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputRefused(str(file), None, f"is not readable TOML ({error})", "mend the line it names") from None
    by_complexity = table.get(workflow.value)
    section = f"{workflow.value}.{shot.people_work_complexity}"
    ranges = by_complexity.get(shot.people_work_complexity) if isinstance(by_complexity, Mapping) else None
    if not isinstance(ranges, Mapping) or not ranges:
        raise InputRefused(place, section, f"{file.name} has no such section", "add it, or name another complexity")

    problems = [
        Problem(
            f"{file.name}: {section}.{department}",
            value,
            "is no range of person-days",
            "write two numbers, low and high, as in [0.5, 1.0]",
        )
        for department, value in ranges.items()
        if not _is_range(value)
    ]
    for field, highest in (("hours_per_person_day", 24), ("supervision_share", 1)):
        if not _is_number(table.get(field)) or not 0 <= table[field] <= highest:
            problems.append(
                Problem(
                    f"{file.name}: {field}", table.get(field), f"must be from 0 to {highest}", f"write {field} = ..."
                )
            )
    for field in ("source", "supervision_source"):
        if not isinstance(table.get(field), str) or not table[field].strip():
            problems.append(
                Problem(f"{file.name}: {field}", table.get(field), "must say who says so", f'write {field} = "..."')
            )
    if problems:
        raise InputRefused.all_of(problems)
    return _Template(
        {department: (float(low), float(high)) for department, (low, high) in ranges.items()},
        float(table["hours_per_person_day"]),
        table["source"],
        float(table["supervision_share"]),
        table["supervision_source"],
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_range(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value)) and 0 <= value[0] <= value[1]
