"""Words of the bid page that are an interface: what pickers say is what the address holds."""

from collections.abc import Mapping, Sequence

from analytics.bidding.priced_list import Mix
from analytics.comparison.slate.kind_words import kind_words
from analytics.vocabulary.errors import Problem
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

MIXES: dict[Mix, str] = {
    "current": "As the studio works now",
    "best": "Chosen shot by shot",
    "ai": "All AI",
    "traditional": "All traditional",
}
UNSAID = "not said"
AS_MIX = "as the mix says"
KINDS = {UNSAID: "", **{kind_words(kind.value): kind.value for kind in ShotKind}}
COMPLEXITIES = {UNSAID: "", **{each.value: each.value for each in Complexity}}
WORKFLOWS = {AS_MIX: "", **{each.label: each.value for each in (Workflow.TRADITIONAL, Workflow.AI, Workflow.HYBRID)}}
DEPARTMENTS = {
    "ai": "AI", "fx": "FX", "comp": "Compositing", "roto": "Roto", "prep": "Paint and prep", "dmp": "Matte painting",
}  # fmt: skip
EVENTS = {
    "made": "made",
    "priced_again": "priced again",
    "sent": "sent",
    "extended": "validity extended",
    "awarded": "awarded",
    "locked": "locked as the budget",
    "changed": "change order",
}
RATES = ("23.976", "24", "25", "29.97", "30", "48", "50", "59.94", "60")


OPTIONS = {
    "--production": "Production",
    "--mix": "Who makes the shots",
    "--rates": "Rates",
    "--currency": "Bid in",
    "--confidence": "Price covers",
    "--margin": "Margin",
    "--version": "version",
    "--fps": "Frames a second",
    "--handles": "Handles at each end",
    "--valid-days": "Holds for days",
    "--incentive": "Incentives",
}
"""What the terminal's options are called on this page."""


def in_page_words(problems: Sequence[Problem]) -> list[Problem]:
    """Problems as somebody meets them who has pickers and not options."""
    return [
        Problem(OPTIONS.get(each.place, each.place), each.value, page_sentence(each.why), page_sentence(each.mend))
        for each in problems
    ]


def page_sentence(words: str) -> str:
    """A sentence with the pickers' names in place of the options'."""
    for option, word in OPTIONS.items():
        words = words.replace(option, word)
    return words


def department_words(department: str) -> str:
    """As in ``Compositing``."""
    return DEPARTMENTS.get(department, department.replace("_", " ").capitalize())


def word_of(words: Mapping[str, str], value: str | None) -> str:
    """The word that stands for a value."""
    return next((word for word, each in words.items() if each == (value or "")), str(value))
