"""A render wish from what a person wrote into the fields of a page; everything that is wrong with it at once."""

import re
from collections.abc import Callable
from typing import TypeVar

from analytics.render_queue.job import RenderWish
from analytics.render_queue.own_command import AiModel, ShotToRender
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.workflow import Workflow

Parsed = TypeVar("Parsed")
LARGEST_SEED = 2**31 - 1


def wishes_of(
    shot: ShotToRender, workflows: tuple[Workflow, ...], quality: str, model: AiModel, size: str, frames: str, seed: str
) -> tuple[RenderWish, ...]:
    """One wish for each workflow, the same in everything else.

    Parameters
    ----------
    model
        What the AI workflow renders with.
    size, frames, seed
        As written; an empty text stands for that of the quality, the whole shot, the shot's own.

    Raises
    ------
    InputRefused
        With every field that cannot be used.
    """
    problems: list[Problem] = []
    if not workflows:
        problems.append(Problem("Workflow", None, "none is chosen", "choose AI, traditional or both"))
    if quality not in shot.qualities:
        known = ", ".join(shot.qualities)
        problems.append(Problem("Quality", quality, f"{shot.name} has none of that name", f"choose one of: {known}"))
    if Workflow.AI in workflows and model.why_not is not None:
        problems.append(Problem("Model", model.name, "cannot be used here", model.why_not))
    of_size = _read(size, lambda: FrameSize.parse(size), "Size", problems)
    of_frames = _read(frames, lambda: FrameRange.parse(frames), "Frames", problems)
    if of_frames is not None and not shot.frames.holds(of_frames):
        why = f"{shot.name} has frames {shot.frames} only"
        problems.append(Problem("Frames", str(of_frames), why, f"choose a range inside {shot.frames}"))
    of_seed = None
    if seed.strip():
        if re.fullmatch(r"\d{1,10}", seed.strip()) and int(seed) <= LARGEST_SEED:
            of_seed = int(seed)
        else:
            why = f"a seed is a whole number from 0 to {LARGEST_SEED}"
            problems.append(Problem("Seed", seed, why, "choose one in that range, or leave it empty"))
    if problems:
        raise InputRefused.all_of(problems)
    return tuple(
        RenderWish(
            shot.code, workflow, quality, model.name if workflow is Workflow.AI else None, of_size, of_frames, of_seed
        )
        for workflow in workflows
    )


def _read(text: str, parse: Callable[[], Parsed], place: str, problems: list[Problem]) -> Parsed | None:
    if not text.strip():
        return None
    try:
        return parse()
    except InputRefused as refused:
        problems += [Problem(place, found.value, found.why, found.mend) for found in refused.problems]
        return None
