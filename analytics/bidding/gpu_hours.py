"""Hours of GPUs that the shots of a list will hold: what past shots of the same workflow held a frame."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from analytics.estimation.history import BidHistory

FEWEST_SHOTS = 5
"""Of fewer past shots nothing is told."""


def gpu_hours_by_workflow(
    ledger: Ledger, history: "BidHistory", shots: Sequence[ListedShot], workflows: Sequence[Workflow]
) -> tuple[Mapping[Workflow, Sequence[float]], tuple[str, ...]]:
    """By workflow and shot, hours of one GPU; and what has to be said about them.

    All GPU hours of past final shots over all their frames, handles included, of the workflow that they count in. A
    workflow of which history says too little is left out; a hybrid shot is then taken to hold what an AI shot does.
    """
    held = ledger.ask("gpu_hours_of_shots", production_ids=sorted(set(history.shots["production_id"])))
    past = history.shots[history.shots["status"] == "final"].merge(held, on="shot_id")
    past = past[past["gpu_hours"].notna() & past["cut_frames"].gt(0)]
    found: dict[Workflow, Sequence[float]] = {}
    words = []
    for workflow in workflows:
        own = past[past["arm"] == workflow.value]
        if len(own) < FEWEST_SHOTS and workflow is Workflow.HYBRID:
            own = past[past["arm"] == Workflow.AI.value]
        if len(own) < FEWEST_SHOTS:
            words.append(
                f"GPU hours of {workflow.label} shots are not counted: history holds {len(own)} final shots whose "
                f"renders tell them, and {FEWEST_SHOTS} are needed."
            )
            continue
        frames = float((own["cut_frames"] + 2 * own["handle_frames"].fillna(0)).sum())
        per_frame = float(own["gpu_hours"].sum()) / frames
        found[workflow] = [per_frame * shot.work_frames for shot in shots]
        words.append(
            f"GPU hours: {1000 * per_frame:,.3g} for 1,000 frames by {workflow.label}, as {len(own):,} past shots held."
        )
    return found, tuple(words)
