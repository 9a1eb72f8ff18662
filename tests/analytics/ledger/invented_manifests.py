"""Manifests of renders that never ran, for tests and for the processes that tests start."""

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from analytics.ledger.ledger import Ledger
from analytics.ledger.manifest import Manifest
from analytics.ledger.recording import begin_render, record_manifest
from analytics.vocabulary.assignment import Assignment
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.hardware import Hardware
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.production import Production
from analytics.vocabulary.render import Outcome, Purpose, Render
from analytics.vocabulary.shot import Complexity, Shot, ShotKind
from analytics.vocabulary.stage import Stage, StageName
from analytics.vocabulary.title import Title
from analytics.vocabulary.work_entry import WorkEntry
from analytics.vocabulary.workflow import Workflow

SHOT_ID = "test_shots/collapse"
FIRST_START = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)


def invented_manifest(
    name: str = "0001", *, finished: bool = True, minutes: int = 0, outcome: Outcome = Outcome.OK
) -> Manifest:
    """A manifest that differs from others by its render's name; begun only, or finished with three stages."""
    started_at = FIRST_START + timedelta(minutes=minutes)
    stages = (
        Stage(StageName.LOAD, 0.25, 0.5, None, 3.5, Origin.ASSUMED, 2**28, None),
        Stage(StageName.DENOISE, 4.125, 8.0, 4.0, 310.0, Origin.MEASURED, 2**30, 2**31),
        Stage(StageName.ENCODE, 0.125, 0.25, None, None, None, 2**27, None),
    )
    render = Render(
        render_id=f"collapse-ai-{name}",
        shot_id=SHOT_ID,
        workflow=Workflow.AI,
        purpose=Purpose.SHOT,
        engine="diffusers 0.42",
        model="collapse-small",
        quality="draft",
        seed=7,
        repeat_number=1,
        frames=FrameRange(1001, 1048),
        size=FrameSize(256, 144),
        fps=FrameRate.parse("23.976"),
        hardware_id="0123abcd",
        started_at=started_at,
        ended_at=started_at + timedelta(seconds=5) if finished else None,
        wall_seconds=4.5 if finished else 0.0,
        outcome=outcome if finished else Outcome.INTERRUPTED,
        failure=None,
        folder=f"/renders/collapse-ai-{name}",
        movie="collapse_ai.mp4" if finished else None,
        settings={"steps": 4, "guidance": 1.5, "prompt": "façade, O'Brien's", "tiles": [1, None, True]},
        stages=stages if finished else (),
    )
    workstation = Hardware(
        "0123abcd", "machine:gpu", "Invented 9000", 16, 2**37, 180.0, "Invented G1", 1, 2**36, "Linux", "3.11"
    )
    return Manifest(
        title=Title("test_shots", "Test shots", "test"),
        production=Production("test_shots", "test_shots", "Test shots", "USD", FrameRate.parse("23.976")),
        shot=Shot(
            SHOT_ID, "test_shots", "tests", "collapse", ShotKind.DESTRUCTION, Complexity.HARD, 48, 0, "a house falls"
        ),
        hardware=workstation,
        render=render,
        work_entries=tuple(
            WorkEntry(
                f"{SHOT_ID}-ai-{department}",
                SHOT_ID,
                Workflow.AI,
                department,
                date(2026, 11, 20),
                hours,
                Origin.ASSUMED,
                "template",
            )
            for department, hours in (("comp", 6.5), ("ai", 3.0))
        ),
        assignments=(Assignment(SHOT_ID, Workflow.AI, date(2026, 11, 19), None, "open"),),
    )


def main() -> None:
    """Record so many renders in a process of its own: LEDGER PREFIX COUNT; without end where COUNT is 0."""
    ledger = Ledger.open(Path(sys.argv[1]), wait_seconds=120)
    prefix, count = sys.argv[2], int(sys.argv[3])
    number = 0
    while count == 0 or number < count:
        name = f"{prefix}-{number:05d}"
        if count == 0:
            begin_render(ledger, invented_manifest(name, finished=False, minutes=number))
        record_manifest(ledger, invented_manifest(name, minutes=number))
        number += 1
        if count == 0:
            print(name, flush=True)


if __name__ == "__main__":
    main()
