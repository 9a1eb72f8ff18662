"""Invented but typed facts, written into real ledgers through the ledger's own write side."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

import pytest

from analytics.ledger.ledger import Ledger
from analytics.ledger.manifest import Manifest
from analytics.ledger.recording import record_manifest
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.hardware import Hardware
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.production import Production
from analytics.vocabulary.rate_card import Rate, RateCard
from analytics.vocabulary.render import Outcome, Purpose, Render
from analytics.vocabulary.shot import Complexity, Shot, ShotKind
from analytics.vocabulary.stage import Stage, StageName
from analytics.vocabulary.title import Title
from analytics.vocabulary.work_entry import WorkEntry
from analytics.vocabulary.workflow import Workflow

RENDERED_AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


class InventedShot:
    """One shot of a ledger, and verbs to add facts to it."""

    def __init__(self, ledger: Ledger, code: str) -> None:
        self.ledger = ledger
        self.title = Title("test_shots", "Test shots", "test")
        self.production = Production("test_shots", "test_shots", "Test shots", "USD", FrameRate(Fraction(24)))
        kind, complexity = ShotKind.DESTRUCTION, Complexity.HARD
        self.shot = Shot(
            f"test_shots/{code}", "test_shots", "tests", code, kind, complexity, 48, 0, "a house comes down"
        )
        self.shot_id, self.code = self.shot.shot_id, code
        self.rendered_count = 0
        self.workstation = self.machine(cpu_count=8)

    def machine(self, cpu_count: int = 8, gpu_model: str | None = None, gpu_count: int = 1) -> Hardware:
        """A machine with so many processors, and graphics cards where a model is named."""
        return Hardware(f"{cpu_count}-{gpu_model}-{gpu_count}", "machine:gpu" if gpu_model else "machine:cpu",
                        "Invented 9000", cpu_count, 64 * 2**30, 180.0, gpu_model, gpu_count if gpu_model else 0,
                        80 * 2**30 if gpu_model else 0, "Linux", "3.11")  # fmt: skip

    def render(
        self,
        workflow: Workflow,
        stages: Mapping[StageName, float],
        *,
        hardware: Hardware | None = None,
        quality: str = "draft",
        size: str = "256x144",
        frames: str = "1001-1048",
        outcome: Outcome = Outcome.OK,
        purpose: Purpose = Purpose.SHOT,
        started_at: datetime | None = None,
        work: tuple[WorkEntry, ...] = (),
        origin: Origin = Origin.MEASURED,
        seed: int = 7,
        joules_per_second: float | None = 40.0,
        energy_origin: Origin = Origin.ASSUMED,
        settings: Mapping[str, Any] | None = None,
    ) -> str:
        """Record a render with so many wall seconds a stage; returns its id."""
        self.rendered_count += 1
        machine = hardware or self.workstation
        began = started_at or RENDERED_AT + timedelta(minutes=self.rendered_count)
        timed = tuple(
            Stage(name, seconds, seconds, None, joules_per_second and seconds * joules_per_second,
                  energy_origin if joules_per_second is not None else None, 2**30, None)
            for name, seconds in stages.items()
        )  # fmt: skip
        wall_seconds = sum(stages.values())
        render_id = f"{self.code}-{workflow}-{self.rendered_count:04d}"
        ended = None if outcome is Outcome.INTERRUPTED else began + timedelta(seconds=wall_seconds)
        render = Render(
            render_id=render_id,
            shot_id=self.shot_id,
            workflow=workflow,
            purpose=purpose,
            engine="blender 4.5" if workflow is Workflow.TRADITIONAL else "diffusers 0.42",
            model="collapse-small" if workflow is Workflow.AI else None,
            quality=quality,
            seed=seed,
            repeat_number=self.rendered_count,
            frames=FrameRange.parse(frames),
            size=FrameSize.parse(size),
            fps=FrameRate(Fraction(24)),
            hardware_id=machine.hardware_id,
            started_at=began,
            ended_at=ended,
            wall_seconds=wall_seconds,
            outcome=outcome,
            failure="it crashed" if outcome is Outcome.FAILED else None,
            folder=f"/renders/{render_id}",
            movie="movie.mp4",
            settings=settings or {},
            stages=timed,
            origin=origin,
        )
        record_manifest(self.ledger, Manifest(self.title, self.production, self.shot, machine, render, work))
        return render_id

    def hours(
        self,
        workflow: Workflow,
        department: str,
        people_hours: float,
        *,
        on: date = RENDERED_AT.date(),
        origin: Origin = Origin.ASSUMED,
        **more: Any,
    ) -> WorkEntry:
        """A work entry, to be given to `render`."""
        number = more.pop("number", 1)
        entry_id = f"{self.code}/{workflow}/{department}/{on}/{number}"
        source = "an invented template"
        return WorkEntry(entry_id, self.shot_id, workflow, department, on, people_hours, origin, source, **more)


@pytest.fixture(scope="session")
def new_shot(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], InventedShot]:
    """Makes a shot without facts. All share one ledger, which is quicker and shows that shots don't get mixed up."""
    ledger = Ledger.open(tmp_path_factory.mktemp("ledger") / "shots.duckdb")
    numbers = count(1)
    return lambda: InventedShot(ledger, f"collapse_{next(numbers):03d}")


@pytest.fixture
def shot(new_shot: Callable[[], InventedShot]) -> InventedShot:
    """A shot without facts."""
    return new_shot()


@pytest.fixture(scope="session")
def make_rate() -> Callable[..., Rate]:
    """Builds a rate from what matters to a test."""

    def rate(resource: str, price: str, unit: str = "hour", valid_from: date = date(2020, 1, 1), **more: Any) -> Rate:
        return Rate(resource, unit, Decimal(price), more.pop("currency", "USD"), valid_from, more.pop("valid_to", None),
                    "invented for a test", Origin.ASSUMED, **more)  # fmt: skip

    return rate


@pytest.fixture(scope="session")
def make_card() -> Callable[..., RateCard]:
    """Builds a card of rates, with an id made of its content."""
    from analytics.costing.rate_cards import rate_card_id

    def card(*rates: Rate, currency: str = "USD") -> RateCard:
        return RateCard(rate_card_id("invented", currency, rates), "invented", currency, rates)

    return card
