"""An estimate: what a list of shots may take, as a few thousand simulated outcomes that share what shots share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.vocabulary.bid import Basis, Hours
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

    Draws = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Rests:
    """The history an estimate was learned from; shots are the finished ones."""

    n_shots: int
    n_productions: int
    n_ai_shots: int
    until: date | None


@dataclass(frozen=True)
class Estimate:
    """What shots may take in people-hours, touch time of all departments, retakes and fallbacks included.

    Attributes
    ----------
    hours_by_workflow
        By workflow that can be estimated, people-hours of shape (outcomes, shots): the same outcome in both workflows
        has the same production, sequence and shot. What an AI shot takes counts its fallbacks.
    in_ai
        Shape (outcomes, shots), bool: whether the shot is made by AI (or as a hybrid) in that outcome.
    workflows
        By shot, the one that is named on the bid: the likelier one, where the bid follows the studio's habit.
    department_shares
        By workflow, one row a shot and one column a department, rows adding up to 1.
    basis, flags, drivers
        By shot; see `analytics.vocabulary.bid.BidShot`.
    """

    shots: tuple[ListedShot, ...]
    hours_by_workflow: "Mapping[Workflow, Draws]"
    in_ai: "np.ndarray[Any, np.dtype[np.bool_]]"
    workflows: tuple[Workflow, ...]
    department_shares: "Mapping[Workflow, DataFrame]"
    basis: tuple[Basis, ...]
    flags: tuple[tuple[str, ...], ...]
    drivers: tuple[tuple[str, ...], ...]
    rests_on: Rests
    warnings: tuple[str, ...] = ()

    @property
    def people_hours(self) -> "Draws":
        """Shape (outcomes, shots)."""
        return self.as_made(self.hours_by_workflow)

    def as_made(self, by_workflow: "Mapping[Workflow, Draws]") -> "Draws":
        """Of a quantity by workflow (outcomes, shots), what applies in each outcome: of hours, or of their costs."""
        import numpy as np

        made = np.where(self.in_ai, by_workflow[Workflow.AI], by_workflow[Workflow.TRADITIONAL])
        if Workflow.HYBRID in by_workflow:
            hybrid = np.array([workflow is Workflow.HYBRID for workflow in self.workflows])
            made = np.where(hybrid[None, :], by_workflow[Workflow.HYBRID], made)
        return made

    def with_workflows(self, workflows: "Sequence[Workflow]") -> "Estimate":
        """The same with a workflow decided for each shot.

        Raises
        ------
        ValueError
            If one is not among those that were estimated.
        """
        import numpy as np

        unknown = set(workflows) - set(self.hours_by_workflow)
        if unknown or len(workflows) != len(self.shots):
            raise ValueError("one estimated workflow is needed for each shot")
        decided = np.array([workflow is not Workflow.TRADITIONAL for workflow in workflows])
        return replace(self, workflows=tuple(workflows), in_ai=np.broadcast_to(decided, self.in_ai.shape).copy())


def hours_range(outcomes: "Draws") -> Hours:
    """Range of one quantity over its outcomes, shape (outcomes,)."""
    import numpy as np

    p10, p50, p90 = (float(value) for value in np.quantile(outcomes, (0.1, 0.5, 0.9)))
    return Hours(p10, p50, p90, float(outcomes.mean()))
