"""Lists for the terminal: renders, shots, what a machine can do, what is wrong with a ledger."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol

from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

NOTHING = "–"

COLOURS = {Workflow.AI: "#5b9bd5", Workflow.TRADITIONAL: "#c8963c", Workflow.HYBRID: "default"}
MARKS = {Workflow.AI: "●", Workflow.TRADITIONAL: "◆", Workflow.HYBRID: "◐"}


def plain(*cells: "RenderableType") -> "list[RenderableType]":
    """Cells that are shown as they are: in ``shotledger[dashboard]`` rich would take the brackets for a style."""
    from rich.text import Text

    return [Text(cell) if isinstance(cell, str) else cell for cell in cells]


def workflow_words(workflow: Workflow) -> str:
    """Mark and name of a workflow: ``● AI``, ``◆ Traditional``."""
    return f"{MARKS[workflow]} {workflow.label}"


def renders_table(renders: Iterable[Mapping[str, Any]]) -> "Table":
    """Renders as the ledger's question ``renders`` returns them, two lines each so that no id is ever cut."""
    from rich.text import Text

    table = _listing("Render, and how it was made", "Started", ">Outcome")
    for render in renders:
        workflow = Workflow(render["workflow"])
        name = Text(f"{render['render_id']}\n")
        name.append(workflow_words(workflow), style=COLOURS[workflow])
        name.append(f"  {_setup_words(render)}")
        started = f"{render['started_at']:%Y-%m-%d\n%H:%M} UTC" if render["started_at"] else NOTHING
        table.add_row(*plain(name, started, f"{render['outcome']}\n{render['wall_seconds']:,.1f} s"))
    return table


def _setup_words(render: Mapping[str, Any]) -> str:
    known = [
        # Every AI render has a model; only one that was chosen needs naming.
        None if render.get("model") == "embedded" else render.get("model"),
        render["quality"],
        render["width"] and f"{render['width']}x{render['height']}",
        None if render["first_frame"] is None else f"{render['first_frame']}-{render['last_frame']}",
        # A shot's own renders need no word on what they were for.
        None if render["purpose"] == "shot" else render["purpose"].replace("_", "-"),
    ]
    return ", ".join(part for part in known if part) or "setup not recorded"


def shots_table(shots: Iterable[Mapping[str, Any]]) -> "Table":
    """Shots that can be rendered, with the size of each quality."""
    table = _listing("Shot", "Name", "Kind", "Frames", ">Fps", "Qualities")
    for shot in shots:
        qualities = ", ".join(f"{name} {size}" for name, size in shot["qualities"].items())
        table.add_row(*plain(shot["code"], shot["name"], shot["kind"], shot["frames"], shot["fps"], qualities))
    return table


class DoctorFinding(Protocol):
    """One part of the machine, as ``shotledger doctor`` finds it."""

    @property
    def part(self) -> str:
        """What was looked at."""

    @property
    def state(self) -> str:
        """``ok``, ``degraded`` or ``missing``."""

    @property
    def detail(self) -> str:
        """What was found."""

    @property
    def mend(self) -> str:
        """What to do about it; empty where nothing is to be done."""


def doctor_table(findings: Iterable[DoctorFinding]) -> "Table":
    """What this machine can do, and under each part that is not in order what to do about it."""
    table = _listing("Part", "State", "What was found", wrapping=True)
    for finding in findings:
        detail = f"{finding.detail}\n→ {finding.mend}" if finding.mend else finding.detail
        table.add_row(*plain(finding.part, _state_words(finding.state, finding.state == "ok"), detail))
    return table


class CheckFinding(Protocol):
    """One thing that ``shotledger ledger check`` found."""

    @property
    def severity(self) -> str:
        """``problem`` or ``notice``."""

    @property
    def sentence(self) -> str:
        """What was found."""

    @property
    def mend(self) -> str:
        """What to do about it; empty where nothing is to be done."""


def check_table(findings: Sequence[CheckFinding]) -> "RenderableType":
    """What is wrong with a ledger, problems first; one sentence where nothing is."""
    from rich.text import Text

    if not findings:
        return Text("The ledger is in order: schema, references, sums and manifests agree.")
    table = _listing("Severity", "Finding", wrapping=True)
    for finding in sorted(findings, key=lambda one: one.severity != "problem"):
        sentence = f"{finding.sentence}\n→ {finding.mend}" if finding.mend else finding.sentence
        table.add_row(*plain(_state_words(finding.severity, finding.severity != "problem"), sentence))
    return table


def _state_words(state: str, in_order: bool) -> "RenderableType":
    from rich.text import Text

    return Text(state) if in_order else Text(state, style="bold reverse")


def _listing(*headings: str, wrapping: bool = False) -> "Table":
    """A plain table; a heading that starts with ``>`` has numbers under it."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in headings:
        last = heading is headings[-1]
        justify: Literal["right", "left"] = "right" if heading.startswith(">") else "left"
        # Ids and names are copied from here into the next command: they are never cut, only the last column may wrap.
        table.add_column(heading.lstrip(">"), justify=justify, no_wrap=not (wrapping and last), overflow="fold")
    return table
