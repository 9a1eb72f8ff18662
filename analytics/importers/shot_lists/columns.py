"""Which column of a table says what: the headings of trackers, editorial tools and home-made sheets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a heading says a length is counted in."""

    UNSAID = "unsaid"
    FRAMES = "frames"
    SECONDS = "seconds"
    TIMECODE = "timecode"
    FEET = "feet"


HEADINGS: dict[str, tuple[str, ...]] = {
    "code": (
        "code", "shot code", "vfx id", "vfx shot id", "vfx code", "vfx shot", "vfx number", "vfx no", "vfx #", "vfx",
        "shot", "shot name", "shot no", "shot number", "shot #", "name", "shot id",
    ),
    "sequence": ("sequence", "sequence code", "sequence name", "seq", "seq code", "scene", "scene number", "scene no",
                 "scene #", "sc"),
    "episode": ("episode", "episode code", "ep"),
    "length": (
        "cut frames", "cut duration", "cut length", "cut dur", "frames", "frame count", "frame count duration",
        "nb frames", "num frames", "no frames", "no of frames", "number of frames", "# frames", "total cut frames",
        "length", "shot length", "duration", "shot duration", "frame duration", "dur", "len",
    ),
    "work_length": ("work frames", "working frames", "work duration", "working duration", "total frames",
                    "vendor duration", "delivery frames"),
    "in": ("cut in", "frame in", "in frame", "first frame", "start frame", "frame start", "in"),
    "out": ("cut out", "frame out", "out frame", "last frame", "end frame", "frame end", "out"),
    "head_in": ("head in",),
    "tail_out": ("tail out",),
    "source_in": ("source in", "src in", "source start", "source tc in", "source in tc", "start", "start tc"),
    "source_out": ("source out", "src out", "source end", "source tc out", "source out tc", "end", "end tc"),
    "record_in": ("record in", "rec in", "record tc in", "edit in", "timeline in", "cut in tc", "tc in"),
    "record_out": ("record out", "rec out", "record tc out", "edit out", "timeline out", "cut out tc", "tc out"),
    "reel": ("tape", "tape name", "reel name", "reel", "source", "source name", "source reel", "camera roll"),
    "speed": ("speed", "retime speed", "playback speed"),
    "handles": ("handle frames", "handles", "handle", "pull handles", "handle length", "handles each side"),
    "fps": ("fps", "frame rate", "framerate", "frames per second"),
    "kind": ("kind", "shot kind", "type", "shot type", "vfx type", "work type", "type of work", "type of vfx",
             "shot work type", "category", "vfx category", "shot category"),
    "complexity": ("complexity", "shot complexity", "vfx complexity", "complexity tier", "difficulty", "tier", "grade",
                   "level"),
    "description": ("description", "shot description", "vfx description", "vfx work", "scope of work", "vfx scope",
                    "work description", "scope", "work", "brief", "desc", "action"),
    "notes": ("notes", "note", "vfx notes", "comments", "comment", "remarks", "supervisor notes", "editorial notes"),
    "width": ("width",),
    "height": ("height",),
    "resolution": ("resolution", "res", "delivery resolution"),
    "camera_move": ("camera move", "camera movement", "camera motion", "camera"),
    "vendor": ("vendor", "contractor", "facility", "vfx vendor", "vfx house"),
    "territory": ("territory", "country", "region"),
    "workflow": ("workflow", "method", "approach", "technique", "methodology"),
    "ai_allowed": ("ai allowed", "ai ok", "ai permitted", "ai approved", "allow ai", "gen ai allowed", "genai allowed",
                   "gen ai ok", "genai ok"),
    "ai_forbidden": ("no ai", "ai forbidden", "ai prohibited", "ai excluded", "no gen ai"),
    "turnover_on": ("turnover on", "turnover", "turnover date", "turned over"),
    "due_on": ("due on", "due", "due date", "delivery", "delivery date", "deadline", "final due"),
    "status": ("status", "shot status"),
}  # fmt: skip
"""By what they say, the headings in the order in which one is preferred where several are there."""

MEASURES = {
    "length",
    "work_length",
    "in",
    "out",
    "head_in",
    "tail_out",
    "source_in",
    "source_out",
    "record_in",
    "record_out",
}
"""What says how long a shot is, or where it begins and ends."""

_FIELD_OF = {heading: (said, rank) for said, headings in HEADINGS.items() for rank, heading in enumerate(headings)}
_UNITS = {
    Unit.SECONDS: {"s", "sec", "secs", "second", "seconds"},
    Unit.FRAMES: {"f", "fr", "frame", "frames"},
    Unit.TIMECODE: {"tc", "timecode"},
    Unit.FEET: {"ft", "feet", "feet frames", "ft fr"},
}
_MONEY = {"cost", "costs", "price", "rate", "rates", "budget", "amount", "currency", "quote", "fee", "usd", "eur",
          "gbp", "cad", "aud", "nzd", "$", "€", "£"}  # fmt: skip
_WITH_HANDLES = re.compile(r"\b(?:inc|incl|including|with|w)\s+(?:handles?)\b")


@dataclass(frozen=True)
class Heading:
    """A column's heading and what was understood of it.

    Attributes
    ----------
    said
        What the column says, a key of `HEADINGS`; ``money`` for what a bid works out itself, ``None`` for the rest.
    rank
        The lower, the more that heading is meant for it.
    """

    column: int
    text: str
    said: str | None
    rank: int = 0
    unit: Unit = Unit.UNSAID


def understood(column: int, text: str) -> Heading:
    """What a heading says, whatever its case, its punctuation and the unit in brackets behind it."""
    plain = _plain(text)
    if _WITH_HANDLES.search(plain):
        shorter = _WITH_HANDLES.sub("", plain).strip()
        if _FIELD_OF.get(shorter, ("", 0))[0] in ("length", "work_length"):
            return Heading(column, text, "work_length", 0, _unit_of(shorter))
    if plain in _FIELD_OF:
        said, rank = _FIELD_OF[plain]
        return Heading(column, text, said, rank, _unit_of(plain) if said in ("length", "work_length") else Unit.UNSAID)
    for unit, words in _UNITS.items():
        for word in words:
            shorter = plain.removesuffix(f" {word}").removeprefix(f"{word} ") if plain != word else plain
            if shorter != plain and shorter in _FIELD_OF:
                said, rank = _FIELD_OF[shorter]
                if said in ("length", "work_length", "handles", "in", "out"):
                    return Heading(column, text, said, rank, unit)
                if unit is Unit.TIMECODE and said in ("source_in", "source_out", "record_in", "record_out"):
                    return Heading(column, text, said, rank, unit)
    words_of = set(plain.split())
    if words_of & _MONEY and not words_of & {"days", "hours"}:
        return Heading(column, text, "money")
    return Heading(column, text, None)


def understood_row(cells: Sequence[str]) -> list[Heading]:
    """The headings of a row; of two that say the same the one that is meant for it keeps saying it.

    Lengths may stand in several columns: they are held against each other.
    """
    headings = [understood(column, text) for column, text in enumerate(cells)]
    best: dict[str, Heading] = {}
    for heading in headings:
        if heading.said and heading.said != "money":
            rival = best.get(heading.said)
            if rival is None or heading.rank < rival.rank:
                best[heading.said] = heading
    several = {"length", "money", "notes"}
    return [
        heading
        if heading.said is None or heading.said in several or best[heading.said] is heading
        else Heading(heading.column, heading.text, None)
        for heading in headings
    ]


def says_what_a_shot_needs(headings: Sequence[Heading]) -> bool:
    """Whether a row of headings names shots and, in one way or another, their lengths."""
    said = {heading.said for heading in headings}
    pairs = (("in", "out"), ("source_in", "source_out"), ("record_in", "record_out"), ("head_in", "tail_out"))
    return "code" in said and (
        "length" in said or "work_length" in said or any(said.issuperset(pair) for pair in pairs)
    )


def _plain(text: str) -> str:
    # Flow and databases write fields as sg_cut_in; people write Cut-In, "Cut in:" or CUT IN.
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.strip()) if " " not in text.strip() else text
    return re.sub(r"[^\w#$€£]+|_+", " ", spaced.casefold()).removeprefix("sg ").strip()


def _unit_of(plain: str) -> Unit:
    return Unit.FRAMES if re.search(r"\bframes?\b|#", plain) else Unit.UNSAID
