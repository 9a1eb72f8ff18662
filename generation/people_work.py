"""Assumed people's hours of a test shot, from the templates in ``data/templates``."""

import tomllib
from datetime import date

from analytics.vocabulary.errors import InputRefused
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
    path = shipped_path("templates", f"{shot.people_work_template}.toml")
    place = f"{shot.code}: people_work"
    if not path.is_file():
        known = ", ".join(sorted(found.stem for found in path.parent.glob("*.toml")))
        raise InputRefused(place, shot.people_work_template, "there is no such template", f"choose one of: {known}")
    template = tomllib.loads(path.read_text(encoding="utf-8"))
    ranges = template.get(workflow.value, {}).get(shot.people_work_complexity)
    if ranges is None:
        raise InputRefused(
            place,
            f"{workflow.value}.{shot.people_work_complexity}",
            f"{path.name} has no such section",
            "add it, or name another complexity",
        )
    hours_per_day = float(template["hours_per_person_day"])
    hours = {department: (low + high) / 2 * hours_per_day for department, (low, high) in ranges.items()}
    sources = dict.fromkeys(hours, str(template["source"]))
    hours["supervision"] = round(sum(hours.values()) * float(template["supervision_share"]), 2)
    sources["supervision"] = str(template["supervision_source"])
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
