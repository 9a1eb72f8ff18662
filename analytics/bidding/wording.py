"""What a bid takes for granted and what it leaves out, in the studio's own words: data/bids/wording.toml."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analytics.costing.strict_toml import StrictReader, read_toml
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.shipped import shipped_path

FILLED_IN: Mapping[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "handles": "handles",
        "handles_differ": "least most",
        "no_handles": "",
        "hours_in_day": "hours",
        "retakes": "",
        "template_only": "",
        "history": "shots productions until",
        "complexity": "count all",
        "rates": "day cards",
        "currency": "currency day",
        "confidence": "share",
        "no_contingency": "",
        "margin": "share",
        "no_margin": "",
        "mix_current": "ai all",
        "mix_ai": "ai all",
        "mix_traditional": "ai all",
        "mix_best": "ai all",
        "no_machines": "",
        "no_supervision": "",
        "incentives": "",
        "change": "",
    }.items()
}
"""The sentences by their case, and the words that each may have in braces."""


@dataclass(frozen=True)
class Wording:
    """Sentences of a bid.

    Attributes
    ----------
    assumptions
        By case; a case that is left out of the file is not said.
    """

    assumptions: Mapping[str, str]
    exclusions: tuple[str, ...]

    def assumption(self, case: str, **words: object) -> Iterator[str]:
        """The sentence of a case with its words filled in, or nothing where the file has none."""
        if case in self.assumptions:
            yield self.assumptions[case].format(**{name: str(word) for name, word in words.items()})


@cache
def shipped_wording() -> Wording:
    """The wording that comes with Shotledger, or the one in the folder that ``SHOTLEDGER_DATA`` names."""
    return load_wording(shipped_path("bids", "wording.toml"))


def load_wording(path: Path) -> Wording:
    """Read a wording.

    Raises
    ------
    InputRefused
        If the file cannot be read, names an unknown case, or fills in a word that its case does not have; every problem
        at once.
    """
    reader = StrictReader(str(path))
    written = read_toml(path)
    reader.known_fields(written, ("assumptions", "exclusions"), "")
    sentences = reader.table(written, "assumptions", "")
    reader.known_fields(sentences, tuple(FILLED_IN), "assumptions.")
    assumptions = {name: reader.text(sentences, name, "assumptions.") for name in sentences if name in FILLED_IN}
    for name, sentence in assumptions.items():
        asked = set(re.findall(r"\{([^{}]*)\}", sentence))
        if asked - FILLED_IN[name] or set("{}") & set(re.sub(r"\{\w*\}", "", sentence)):
            known = ", ".join(f"{{{word}}}" for word in sorted(FILLED_IN[name])) or "no word in braces"
            reader.refuse(
                f"assumptions.{name}", sentence, "fills in a word that this case does not have", f"use {known}"
            )
    exclusions = tuple(
        reader.text(table, "text", f"exclusions {number}: ")
        for number, table in enumerate(reader.tables(written, "exclusions", ""), start=1)
    )
    if reader.problems:
        raise InputRefused.all_of(reader.problems)
    return Wording(assumptions, exclusions)
