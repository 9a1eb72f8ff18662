"""Figures of one workflow on one shot: middles of its usable renders, costs of all of them, people's hours."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from analytics.comparison.compared_renders import WHOLE_RENDER, RenderRecord
from analytics.comparison.figures import DepartmentFigures, Spread, StageFigures, WorkflowFigures
from analytics.costing.shot_costs import total_cost
from analytics.ledger.pricing import CostKind, CostLine
from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.render import Outcome
from analytics.vocabulary.stage import StageName
from analytics.vocabulary.workflow import Workflow

Fact = TypeVar("Fact")


def each_once(found: Iterable[Fact | None]) -> tuple[Fact, ...]:
    """What was found, each once and in the order it was met; unknowns are left away."""
    return tuple(dict.fromkeys(one for one in found if one is not None))


def figures_of(
    workflow: Workflow, renders: Sequence[RenderRecord], lines: Sequence[CostLine], currency: str
) -> WorkflowFigures:
    """Sum up one workflow.

    Parameters
    ----------
    renders
        Of this workflow at the setup compared, whatever their outcome. The usable ones are timed, all are charged.
    lines
        Priced facts of this workflow; machine lines of other renders are passed over.
    """
    ok = [render for render in renders if render.outcome is Outcome.OK]
    ids = {render.render_id for render in renders}
    machine = [line for line in lines if line.kind is CostKind.MACHINE and line.fact_id in ids]
    people = [line for line in lines if line.kind is CostKind.PEOPLE]
    billed = [line for line in lines if line.kind is CostKind.BILLED and line.fact_unit == currency]

    machine_spent = total_cost(machine, currency)
    machine_cost = _per_usable(machine_spent, len(ok))
    people_cost = total_cost(people, currency) if people else None
    billed_cost = total_cost(billed, currency) or Money.of(0, currency)
    all_in_cost = None if machine_cost is None or people_cost is None else machine_cost + people_cost + billed_cost
    energies = [render.energy_joules for render in ok]
    return WorkflowFigures(
        workflow=workflow,
        ok_count=len(ok),
        failed_count=sum(render.outcome is Outcome.FAILED for render in renders),
        interrupted_count=sum(render.outcome is Outcome.INTERRUPTED for render in renders),
        unclocked_count=sum(not render.stages for render in renders),
        machines=each_once(render.machine for render in ok),
        engines=each_once(render.engine for render in ok),
        models=each_once(render.model for render in ok),
        seeds=tuple(sorted({render.seed for render in ok if render.seed is not None})),
        fact_origins=each_once(render.origin for render in renders),
        stages=tuple(_stages(renders, ok, machine, currency)),
        machine_seconds=Spread.of([render.making_seconds for render in ok]),
        load_seconds=Spread.of([render.load_seconds for render in ok]),
        energy_joules=None if None in energies else Spread.of([energy for energy in energies if energy is not None]),
        energy_origins=each_once(stage.energy_origin for render in ok for stage in render.stages),
        departments=tuple(_departments(people, currency)),
        people_hours=sum(line.fact_amount for line in people) if people else None,
        machine_cost=machine_cost,
        machine_spent=machine_spent,
        people_cost=people_cost,
        billed_cost=billed_cost,
        all_in_cost=all_in_cost,
        cost_by_origin=_by_origin(machine, [*people, *billed], len(ok), currency) if all_in_cost is not None else {},
        cost_lines=(*machine, *people, *billed),
        folder=ok[-1].folder if ok else None,
        movie=ok[-1].movie if ok else None,
    )


def _per_usable(spent: Money | None, ok_count: int) -> Money | None:
    return None if spent is None or not ok_count else Money(spent.amount / ok_count, spent.currency)


def _stages(
    renders: Sequence[RenderRecord], ok: Sequence[RenderRecord], machine: Sequence[CostLine], currency: str
) -> Iterator[StageFigures]:
    """Stages in the order that work runs through them, a stage that ran twice in one render added up."""
    ran = {stage.name for render in renders for stage in render.stages}
    for name in [name for name in (*StageName, WHOLE_RENDER) if name in ran]:
        seconds = [sum(stage.wall_seconds for stage in render.stages if stage.name == name) for render in ok
                   if any(stage.name == name for stage in render.stages)]  # fmt: skip
        spent = total_cost((line for line in machine if line.part == name), currency)
        yield StageFigures(str(name), Spread.of(seconds), _per_usable(spent, len(ok)))


def _departments(people: Sequence[CostLine], currency: str) -> Iterator[DepartmentFigures]:
    for department in sorted({line.part for line in people}):
        lines = [line for line in people if line.part == department]
        yield DepartmentFigures(
            department,
            sum(line.fact_amount for line in lines),
            each_once(line.fact_origin for line in lines),
            each_once(line.source for line in lines),
            total_cost(lines, currency),
        )


def _by_origin(
    machine: Sequence[CostLine], others: Sequence[CostLine], ok_count: int, currency: str
) -> dict[Origin, Money]:
    """The all-in cost parted by the origin of its facts; adds up to it."""
    parts: dict[Origin, Money] = {}
    for origin in Origin:
        of_machine = _per_usable(
            total_cost((line for line in machine if line.fact_origin is origin), currency), ok_count
        )
        of_others = total_cost((line for line in others if line.fact_origin is origin), currency)
        if of_machine is not None and of_others is not None and (of_machine + of_others).amount:
            parts[origin] = of_machine + of_others
    return parts
