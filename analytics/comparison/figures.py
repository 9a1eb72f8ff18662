"""What a comparison of one shot is made of: figures by workflow, ratios by clock, and what was left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from analytics.ledger.pricing import CostLine, MissingRate
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from analytics.comparison.quality_figures import QualityFigures
    from analytics.comparison.review_results import ReviewResults
    from analytics.comparison.training_cost import TrainingCost

QUALITY_NOT_MEASURED = "quality not measured"


class Clock(StrEnum):
    """What a speed-up is measured by. A ratio that does not name its clock means nothing."""

    MACHINE = "machine"
    PEOPLE = "people"
    CALENDAR = "calendar"
    COST_MACHINE = "cost_machine"
    COST_ALL_IN = "cost_all_in"
    COST_GROSS = "cost_gross"
    COST_NET = "cost_net"

    @property
    def label(self) -> str:
        """The words shown to people."""
        return {
            "machine": "Machine, without load",
            "people": "People",
            "calendar": "Calendar",
            "cost_machine": "Cost of machines",
            "cost_all_in": "Cost, all in",
            "cost_gross": "Cost, gross",
            "cost_net": "Cost, net of incentives",
        }[self.value]


@dataclass(frozen=True)
class RenderSetup:
    """What two renders must share to be compared at all."""

    quality: str
    size: FrameSize
    frames: FrameRange

    def __str__(self) -> str:
        return f"{self.quality}, {self.size}, frames {self.frames}"


@dataclass(frozen=True)
class Spread:
    """Middle of some repeats with the lowest and highest of them; repeats of one shot have no better interval."""

    median: float
    lowest: float
    highest: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread | None":
        """Spread of the values, or ``None`` where there are none."""
        return cls(median(values), min(values), max(values), len(values)) if values else None


@dataclass(frozen=True)
class StageFigures:
    """One stage of one workflow.

    Attributes
    ----------
    name
        A `StageName`, or ``whole render`` for one that was imported without stages.
    wall_seconds
        Over the usable renders that have this stage; ``None`` where only failed ones got to it.
    cost
        Of every render of the setup, failed ones included, divided by the usable ones. ``None`` where a rate is
        missing or no render is usable.
    """

    name: str
    wall_seconds: Spread | None
    cost: Money | None


@dataclass(frozen=True)
class DepartmentFigures:
    """People's hours of one department in one workflow, with the origins and sources they come from."""

    department: str
    people_hours: float
    origins: tuple[Origin, ...]
    sources: tuple[str, ...]
    cost: Money | None


@dataclass(frozen=True)
class WorkflowFigures:
    """Everything the ledger knows of one workflow on this shot, at the setup compared.

    Attributes
    ----------
    ok_count, failed_count, interrupted_count
        Renders of the setup by outcome. All are charged; only the ``ok`` ones are timed.
    unclocked_count
        Failed or interrupted renders without one recorded second: they cost something, but nobody knows what.
    machine_seconds, load_seconds
        Per usable render: all stages but loading, and loading. Never added up.
    energy_joules
        Per usable render, all stages; ``None`` where a stage has no reading.
    people_hours
        ``None`` where nobody's hours are known, which is not the same as none.
    machine_cost
        Per usable render, failed ones included.
    machine_spent
        Of all renders of the setup together.
    all_in_cost
        Machine, people and bills. ``None`` as soon as one part is unknown.
    cost_by_origin
        The all-in cost parted by the origin of the facts it is made of; empty where that cost is unknown.
    folder, movie
        Of the newest usable render.
    """

    workflow: Workflow
    ok_count: int
    failed_count: int
    interrupted_count: int
    unclocked_count: int
    machines: tuple[str, ...]
    engines: tuple[str, ...]
    models: tuple[str, ...]
    seeds: tuple[int, ...]
    fact_origins: tuple[Origin, ...]
    stages: tuple[StageFigures, ...]
    machine_seconds: Spread | None
    load_seconds: Spread | None
    energy_joules: Spread | None
    energy_origins: tuple[Origin, ...]
    departments: tuple[DepartmentFigures, ...]
    people_hours: float | None
    machine_cost: Money | None
    machine_spent: Money | None
    people_cost: Money | None
    billed_cost: Money
    all_in_cost: Money | None
    cost_by_origin: Mapping[Origin, Money]
    cost_lines: tuple[CostLine, ...]
    folder: str | None
    movie: str | None

    @property
    def people_origins(self) -> tuple[Origin, ...]:
        """Origins of the people's hours, each once."""
        return tuple(dict.fromkeys(origin for department in self.departments for origin in department.origins))


@dataclass(frozen=True)
class ClockRatio:
    """AI over traditional by one clock: below 1, AI took less.

    Attributes
    ----------
    unit
        Of ``ai`` and ``traditional``: ``seconds``, ``hours``, ``days`` or a currency.
    n_pairs
        Shots with both sides known. Repeats of a shot are no further pairs.
    origins
        Of the facts on both sides.
    why_not
        Why there is no ratio, where there is none.
    quality
        How near the AI picture comes, in a word or two: a ratio is never shown without it.
    """

    clock: Clock
    unit: str
    ai: float | None
    traditional: float | None
    ratio: float | None
    n_pairs: int
    origins: tuple[Origin, ...]
    why_not: str | None = None
    quality: str = QUALITY_NOT_MEASURED


@dataclass(frozen=True)
class LeftOut:
    """Facts of the shot that the comparison does not use, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class ShotComparison:
    """One shot made by both workflows, side by side.

    Attributes
    ----------
    setup
        What the compared renders share; ``both_rendered`` says whether both workflows have a usable one.
    shot_frame_count
        Frames the whole shot has to be worked on, handles included.
    quality_evidence
        What is known of whether both pictures are equally good.
    quality_scores
        Of the AI renders against their traditional twins; ``None`` where none of them has been measured.
    reviews
        What people preferred who were not told which is which; ``None`` where nobody has answered.
    training
        Of the AI model; ``None`` where its training is not known.
    """

    shot_id: str
    shot_code: str
    shot_frame_count: int
    setup: RenderSetup
    both_rendered: bool
    rate_card_id: str
    currency: str
    ai: WorkflowFigures
    traditional: WorkflowFigures
    ratios: tuple[ClockRatio, ...]
    quality_is_measured: bool
    quality_evidence: str
    left_out: tuple[LeftOut, ...]
    missing_rates: tuple[MissingRate, ...]
    quality_scores: "QualityFigures | None" = None
    reviews: "ReviewResults | None" = None
    training: "TrainingCost | None" = None

    @property
    def sides(self) -> tuple[WorkflowFigures, WorkflowFigures]:
        """AI first, as on every screen."""
        return self.ai, self.traditional

    def newest_pair(self) -> dict[Workflow, Path]:
        """Folder of the newest usable render of each workflow; a workflow without one is not in it."""
        return {side.workflow: Path(side.folder) for side in self.sides if side.folder is not None}

    def ratio(self, clock: Clock) -> ClockRatio:
        """The ratio by one clock."""
        return next(ratio for ratio in self.ratios if ratio.clock is clock)
