"""Two movies in sync under one scrubber, and the machine clocks that ran while they were made.

A component of Streamlit's second kind: HTML, CSS and JavaScript of our own without a build step or an iframe. Its
handles are native range inputs, so keyboard, touch and screen readers work.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from analytics.vocabulary.frames import FrameRange, FrameSize

VIEWS = ("wipe", "side by side")
"""How the two pictures stand to each other; the first is what a page opens with."""


@dataclass(frozen=True)
class ClockStage:
    """A part of a clock's track: one stage of the work."""

    name: str
    seconds: float
    words: str


@dataclass(frozen=True)
class PlayerSide:
    """One movie and its clock.

    Attributes
    ----------
    workflow
        The word on the picture and beside the clock.
    url
        Where the movie is served; ``None`` where there is none, and then ``absent`` says why.
    seconds, words
        What the clock counts to, as a number and as people say it; ``None`` where nothing was measured.
    """

    workflow: str
    url: str | None
    absent: str | None
    seconds: float | None
    words: str
    stages: Sequence[ClockStage]

    def told(self, size: FrameSize, frames: FrameRange) -> Mapping[str, Any]:
        """What the browser is told."""
        return {
            "workflow": self.workflow,
            "url": self.url,
            "absent": self.absent,
            "described": f"{self.workflow} movie, {size}, frames {frames}",
            "seconds": self.seconds,
            "words": self.words,
            "stages": [{"name": stage.name, "seconds": stage.seconds, "words": stage.words} for stage in self.stages],
        }


def show_movies(
    ai: PlayerSide,
    traditional: PlayerSide,
    size: FrameSize,
    frames: FrameRange,
    view: str,
    clocks_title: str,
    key: str,
    *,
    marks: bool = True,
) -> None:
    """Mount the player.

    Parameters
    ----------
    view
        One of `VIEWS`. With only one movie they stand side by side, because there is nothing to wipe to.
    marks
        Whether the movies carry the marks of their workflows. Without, nothing but the words of each side names it.
    """
    _component()(
        key=key,
        data={
            "sides": [ai.told(size, frames), traditional.told(size, frames)],
            "frames": {"first": frames.first, "count": frames.count},
            "width": size.width,
            "height": size.height,
            "view": view if ai.url and traditional.url else VIEWS[1],
            "clocks_title": clocks_title,
            "marks": marks,
        },
    )


@cache
def _component() -> ComponentRenderer:
    folder = Path(__file__).parent
    html, css, js = ((folder / f"player.{ending}").read_text(encoding="utf-8") for ending in ("html", "css", "js"))
    return st.components.v2.component("shotledger_player", html=html, css=css, js=js)
