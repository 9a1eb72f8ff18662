"""What a shot's page says in sentences: how it stands, what it is, what became of it, what it does not show."""

from collections.abc import Iterator

from analytics.comparison.slate.kind_words import kind_words
from analytics.costing.cost_steps import ShotCostSteps
from analytics.ledger.found_shots import FoundShot, Standing
from analytics.ledger.shot_life import ShotLife
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow
from dashboards.app_pages.shots.wording import day_words, late_words, short_money, size_words, workflow_of
from dashboards.look.words import count_words, listed, sentence

A_WEEK_HOURS = 40.0
"""From here on hours are told in artist-weeks too."""


def headline(shot: FoundShot) -> str:
    """One sentence with the numbers that matter most while the shot stands as it does."""
    if shot.made_both_ways and shot.people_hours_ai is not None and shot.people_hours_traditional is not None:
        ai, traditional = f"{shot.people_hours_ai:,.1f}", f"{shot.people_hours_traditional:,.1f}"
        return f"{shot.code} was made both ways: {ai} people-hours with AI, {traditional} traditionally."
    took = took_words(shot)
    match shot.status:
        case Standing.FINAL:
            days = f" in {count_words(shot.calendar_days, 'day')}" if shot.calendar_days else ""
            return f"{shot.code} is final: {took}{days}{_after(shot)}."
        case Standing.LATE:
            return f"{shot.code} is {late_words(shot.days_late)}, with {took} so far."
        case Standing.IN_WORK:
            due = f", and is due on {day_words(shot.due_on)}" if shot.due_on else ""
            return f"{shot.code} has taken {took} so far{due}."
        case Standing.NOT_STARTED:
            due = f"; it is due on {day_words(shot.due_on)}" if shot.due_on else ""
            return f"Nobody has begun {shot.code}{due}."
        case Standing.OMITTED:
            return f"{shot.code} was omitted after {took}."


def took_words(shot: FoundShot) -> str:
    """``115.8 people-hours and CAD 16,764``."""
    hours = f"{shot.people_hours:,.1f} people-hours" if shot.people_hours is not None else "no hours booked"
    return f"{hours} and {short_money(shot.cost, shot.production_currency)}" if shot.cost is not None else hours


def what_it_is(shot: FoundShot) -> str:
    """What is to be seen, how much of it, and who makes it."""
    what = [
        sentence(shot.description.rstrip(". ")) if shot.description else "",
        ", ".join([*([kind_words(shot.kind)] if shot.kind else []), *([shot.complexity] if shot.complexity else [])]),
        _frames(shot),
    ]
    if shot.people_hours:
        maker = shot.main_vendor or "the studio itself"
        what.append(f"Made by {maker}{f', {shot.territory}' if shot.territory else ''}")
    return f"{'. '.join(each for each in what if each)}."


def history_words(shot: FoundShot, life: ShotLife) -> str:
    """What became of it, day by day."""
    steps = []
    if shot.turnover_on:
        steps.append(f"turned over on {day_words(shot.turnover_on)}")
    for before, given in zip((None, *life.given), life.given, strict=False):
        began = f" on {day_words(given.started_on)}" if given.started_on else ""
        to = "AI" if given.workflow is Workflow.AI else f"the {given.workflow.label.lower()} workflow"
        verb = "fell back to" if before is not None and before.outcome == "fell_back" else "given to"
        steps.append(f"{verb} {to}{began}")
    if shot.final_on and shot.status is Standing.FINAL:
        due = f", {late_words(shot.days_late)}" if shot.days_late is not None else ""
        steps.append(f"final on {day_words(shot.final_on)}{due}")
    elif shot.due_on:
        steps.append(f"due on {day_words(shot.due_on)}")
    return f"{sentence(listed(steps))}." if steps else ""


def what_this_does_not_show(shot: FoundShot, life: ShotLife, steps: ShotCostSteps | None) -> tuple[str, ...]:
    """Everything that a reader could wrongly take the figures for; only what applies to this shot."""
    return tuple(_limits(shot, life, steps))


def _limits(shot: FoundShot, life: ShotLife, steps: ShotCostSteps | None) -> Iterator[str]:
    yield "One shot is n = 1: neither workflow is better or worse for what happened here."
    yield "Shots like it share its kind and complexity and no more: length, vendor and year are not adjusted for."
    if shot.fell_back:
        yield "It counts for the workflow that it was given to first, with all hours and costs of both."
    if shot.enabled:
        yield "It would not have been made without AI, so it stands for no saving: there is nothing to compare it with."
    if shot.status in (Standing.IN_WORK, Standing.LATE):
        yield "It is not final: hours, days and cost will still grow."
    if steps is not None and steps.missing:
        yield f"No price was found for {listed(steps.missing)}: what that costs is in no sum."
    if shot.weakest_origin is Origin.ASSUMED:
        yield "Some of its facts are assumed: a rate or a template that somebody chose."
    if any(span.workflow is None for span in life.departments):
        yield "Some hours name no workflow, and nothing says which one was in force."
    if steps is not None:
        yield "Costs are gross: no incentive is taken off, and margin and contingency of a bid are not in them."


def _after(shot: FoundShot) -> str:
    first, last = workflow_of(shot.arm), workflow_of(shot.last_workflow)
    if shot.fell_back and first and last:
        return f", after {first.label if first is Workflow.AI else first.label.lower()} was given up"
    if shot.enabled:
        return ", and only possible with AI"
    return f", made {'with AI' if first is Workflow.AI else 'traditionally'}" if first in _MADE else ""


_MADE = (Workflow.AI, Workflow.TRADITIONAL)


def _frames(shot: FoundShot) -> str:
    seconds = f" ({shot.cut_seconds:.1f} s)" if shot.cut_seconds else ""
    handles = f" with handles of {shot.handle_frames}" if shot.handle_frames else ""
    further = [each for each in (size_words(shot), shot.camera_move) if each]
    return ", ".join([f"{count_words(shot.cut_frames, 'frame')}{seconds}{handles}", *further])
