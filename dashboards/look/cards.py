"""HTML for what Streamlit has no element for: heads, cards of two values, origin marks, empty states, problems.

Every function returns a string and escapes what it is given. Colours are classes of style.css, never written here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from analytics.vocabulary.errors import Problem
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow

CSS_CLASS = {Workflow.AI: "ai", Workflow.TRADITIONAL: "trad"}
MARK = {Workflow.AI: "●", Workflow.TRADITIONAL: "◆"}


@dataclass(frozen=True)
class SideValue:
    """One workflow's value on a card: as people say it, and as a length (``None`` where it is unknown)."""

    workflow: Workflow
    words: str
    length: float | None


def show(*html: str) -> None:
    """Put HTML on the page. Streamlit sanitizes it: no scripts, and no ``<svg>`` either."""
    st.html("".join(html))


def mark(workflow: Workflow) -> str:
    """The workflow's shape in its colour; the word always stands beside it."""
    return f'<span class="mark {CSS_CLASS[workflow]}" aria-hidden="true">{MARK[workflow]}</span>'


def origin_marks(origins: Iterable[Origin]) -> str:
    """Where a figure comes from, each origin with its own pattern."""
    return "".join(
        f'<span class="origin"><i class="o-{origin}" aria-hidden="true"></i>{origin}</span>' for origin in origins
    )


def banner(words: str) -> str:
    """Says on top of a page that synthetic rows are in it."""
    return f'<div class="sl-banner" role="note"><strong>Synthetic data.</strong> {escape(words)}</div>'


def page_head(where: str, aside: str, headline: str, details: Sequence[str]) -> str:
    """Where we are, one sentence with a number, and what that rests on."""
    lines = "".join(f'<p class="detail">{escape(detail)}</p>' for detail in details)
    return (
        f'<header class="sl-head"><p class="eyebrow"><span>{escape(where)}</span><span>{escape(aside)}</span></p>'
        f"<h1>{escape(headline)}</h1>{lines}</header>"
    )


def section(title: str, words: str = "") -> str:
    """Heading of a part of the page."""
    return f'<div class="sl-section"><h2>{escape(title)}</h2>{f"<p>{escape(words)}</p>" if words else ""}</div>'


def side_title(workflow: Workflow, words: str) -> str:
    """Heading over one workflow's half of a part."""
    return f'<h3 class="sl-side">{mark(workflow)} {workflow.label}<small>{escape(words)}</small></h3>'


def value_card(
    name: str,
    title: str,
    sides: Sequence[SideValue],
    origins: Sequence[Origin],
    verdict: str,
    facts: Sequence[str] = (),
) -> str:
    """Both workflows by one measure, on a scale of that measure's own; hatched where any of it is assumed.

    Parameters
    ----------
    name
        Word by which tests and print rules find the card.
    verdict
        The ratio in words with its n, or why there is none.
    """
    longest = max((side.length or 0 for side in sides), default=0)
    rows = "".join(_pair(side, longest, assumed=Origin.ASSUMED in origins) for side in sides)
    return (
        f'<article class="sl-card" data-card="{escape(name)}"><header><h2>{escape(title)}</h2>'
        f"<span>{origin_marks(origins)}</span></header>{rows}"
        f'<p class="words">{escape(verdict)}</p>{_facts(facts)}</article>'
    )


def words_card(name: str, title: str, verdict: str, facts: Sequence[str] = ()) -> str:
    """A measure of which nothing is known yet, in words instead of a number."""
    return (
        f'<article class="sl-card" data-card="{escape(name)}"><header><h2>{escape(title)}</h2></header>'
        f'<p class="words">{escape(verdict)}</p>{_facts(facts)}</article>'
    )


def cards(*html: str) -> str:
    """Cards in one grid: two a row, or one where there is no room."""
    return f'<div class="sl-fit"><div class="sl-cards">{"".join(html)}</div></div>'


def limits(sentences: Sequence[str], title: str = "What this does not show") -> str:
    """What a reader could wrongly take the figures for, or what they rest on."""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f'<section class="sl-limits"><h2>{escape(title)}</h2><ul>{items}</ul></section>'


def teach(title: str, words: Sequence[str], command: str, *, is_whole_page: bool = False) -> str:
    """An empty state: what would stand here, and what to type to get it."""
    level = "h1" if is_whole_page else "h2"
    said = "".join(f"<p>{escape(line)}</p>" for line in words)
    return f'<section class="sl-teach"><{level}>{escape(title)}</{level}>{said}<pre>{escape(command)}</pre></section>'


def problem_box(title: str, problems: Sequence[Problem]) -> str:
    """What went wrong, in words."""
    items = "".join(f"<li>{escape(str(problem))}</li>" for problem in problems)
    return f'<section class="sl-problems" role="alert"><h2>{escape(title)}</h2><ul>{items}</ul></section>'


def _pair(side: SideValue, longest: float, *, assumed: bool) -> str:
    bar = ""
    if side.length is not None and longest > 0:
        classes = f"{CSS_CLASS[side.workflow]}{' assumed' if assumed else ''}"
        bar = f'<i class="{classes}" style="width:{100 * side.length / longest:.2f}%"></i>'
    return (
        f'<div class="pair" data-side="{side.workflow}"><span>{mark(side.workflow)} {side.workflow.label}</span>'
        f'<span class="track">{bar}</span><b>{escape(side.words)}</b></div>'
    )


def _facts(facts: Sequence[str]) -> str:
    return "".join(f'<p class="facts">{escape(fact)}</p>' for fact in facts)
