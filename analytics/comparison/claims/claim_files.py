"""Claims in TOML, one a file: read strictly, refused with every problem at once."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from analytics.vocabulary.claim import BaselineKind, Claim, ClaimedFigure, FigureKind, MetricKind
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.shipped import shipped_path

FIELDS = (
    "name",
    "title",
    "who",
    "said_on",
    "words",
    *FigureKind,
    "no_figure",
    "metric_kind",
    "baseline_kind",
    "sample",
    "n_shots",
    "quality_evidence",
    "sources",
    "caveats",
)
NO_EVIDENCE = "none"
_FIGURES_SAID = ", ".join((*FigureKind, "no_figure"))


def shipped_claims_folder() -> Path:
    """The folder of the claims that come with Shotledger."""
    return shipped_path("claims")


def load_claims(folder: Path) -> tuple[Claim, ...]:
    """Read every claim of a folder: newest first, undated ones last.

    Raises
    ------
    InputRefused
        If there is none, if any file is unusable, or if two share a name; every problem of every file at once.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise InputRefused(str(folder), None, "holds no claim", "name a folder with .toml files in it")
    claims: dict[str, Claim] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            claim = load_claim(path)
        except InputRefused as refused:
            problems += refused.problems
            continue
        if claim.name in claims:
            problems.append(Problem(f"{path}: name", claim.name, "names a claim of another file too", "rename one"))
        claims[claim.name] = claim
    if problems:
        raise InputRefused.all_of(problems)
    by_name = sorted(claims.values(), key=lambda claim: claim.name)
    return tuple(sorted(by_name, key=lambda claim: claim.said_on or "", reverse=True))


def find_claim(name_or_file: str) -> Claim:
    """The shipped claim of that name, or the one in a TOML file of one's own.

    Raises
    ------
    InputRefused
        If there is no such claim, or its file cannot be used.
    """
    if name_or_file.endswith(".toml"):
        return load_claim(Path(name_or_file))
    claims = {claim.name: claim for claim in load_claims(shipped_claims_folder())}
    if name_or_file not in claims:
        raise InputRefused(
            "claim",
            name_or_file,
            "is no claim that comes with Shotledger",
            f"use one of: {', '.join(sorted(claims))}; or name a .toml file of your own",
        )
    return claims[name_or_file]


def load_claim(path: Path) -> Claim:
    """Read one claim.

    Raises
    ------
    InputRefused
        If the file cannot be read, is not TOML, or any field is unusable; every problem at once.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputRefused(
            str(path), None, f"cannot be read: {error.strerror or error}", "name a TOML file that is there"
        ) from None
    except UnicodeDecodeError:
        raise InputRefused(str(path), None, "is not UTF-8 text", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputRefused(str(path), None, f"is not TOML: {error}", "mend the line named") from None
    reader = _Reader(str(path), written)
    claim = reader.claim()
    if reader.problems:
        raise InputRefused.all_of(reader.problems)
    return claim


class _Reader:
    """Turns the parsed file into a claim and collects what is wrong with it on the way."""

    def __init__(self, file_name: str, written: Mapping[str, Any]) -> None:
        self.file_name = file_name
        self.written = written
        self.problems: list[Problem] = []

    def refuse(self, field: str, value: object, why: str, mend: str) -> None:
        self.problems.append(Problem(f"{self.file_name}: {field}", value, why, mend))

    def claim(self) -> Claim:
        for field in self.written:
            if field not in FIELDS:
                self.refuse(field, self.written[field], "is no field of a claim", f"use one of: {', '.join(FIELDS)}")
        name = self.text("name")
        if name and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            self.refuse("name", name, "is not written as expected", 'write name = "el-eternauta"')
        figure = self.figure()
        metric_kind = self.choice("metric_kind", tuple(MetricKind))
        baseline_kind = self.choice("baseline_kind", tuple(BaselineKind))
        evidence = self.text("quality_evidence", f'write "{NO_EVIDENCE}", or what is known')
        return Claim(
            name=name,
            title=self.text("title"),
            who=self.text("who"),
            said_on=self.day(),
            words=self.text("words"),
            figure=figure,
            no_figure=self.text("no_figure") if "no_figure" in self.written else None,
            metric_kind=MetricKind(metric_kind),
            baseline_kind=BaselineKind(baseline_kind),
            sample=self.text("sample") if "sample" in self.written else None,
            n_shots=self.shot_count(),
            quality_evidence=None if evidence == NO_EVIDENCE else evidence,
            sources=self.texts("sources", needed=True),
            caveats=self.texts("caveats"),
        )

    def text(self, field: str, mend: str = "") -> str:
        value = self.written.get(field)
        if not isinstance(value, str) or not value.strip():
            why = "must be there" if value is None else "must be text"
            self.refuse(field, value, why, mend or f'write {field} = "..."')
            return ""
        return value.strip()

    def texts(self, field: str, *, needed: bool = False) -> tuple[str, ...]:
        value = self.written.get(field, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            self.refuse(field, str(value), "is no list of texts", f'write {field} = ["..."]')
        elif needed and not value:
            self.refuse(field, None, "a claim without a source is a rumour", f'write {field} = ["who reported it"]')
        else:
            return tuple(each.strip() for each in value)
        return ()

    def choice(self, field: str, known: tuple[str, ...]) -> str:
        value = self.written.get(field)
        if value in known:
            return str(value)
        self.refuse(
            field, value, "must be there" if value is None else "is none of the known", f"use {', '.join(known)}"
        )
        return known[-1]

    def day(self) -> str | None:
        """As exact as the sources are: a day, a month or a year."""
        value = self.written.get("said_on")
        if value is None:
            return None
        text = str(value)
        match = (
            re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text) if isinstance(value, date | str) else None
        )
        try:
            year, month, day = (int(part or 1) for part in match.groups()) if match else (0, 0, 0)
            date(year, month, day)
        except ValueError:
            self.refuse(
                "said_on", text, "is no day, month or year", 'write 2025-07-17, "2025-07" or "2025", or leave it out'
            )
            return None
        return text

    def shot_count(self) -> int | None:
        value = self.written.get("n_shots")
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 1):
            return value
        self.refuse("n_shots", value, "is no number of shots", "write n_shots = 2, or leave it out where nobody said")
        return None

    def figure(self) -> ClaimedFigure | None:
        named = [field for field in (*FigureKind, "no_figure") if field in self.written]
        if len(named) != 1:
            self.refuse(
                ", ".join(named) or "figure",
                None,
                f"a claim needs one of {_FIGURES_SAID}, and only one",
                'write times_less = 10, percent_less = [15, 20], percent_more = 19 or no_figure = "why there is none"',
            )
            return None
        if named == ["no_figure"]:
            return None
        kind = FigureKind(named[0])
        value = self.written[kind]
        ends = value if isinstance(value, list) else [value]
        if len(ends) not in (1, 2) or not all(_is_number(end) for end in ends):
            self.refuse(
                kind, str(value), "is neither a number nor two", f"write {kind} = 10, or {kind} = [15, 20] for a range"
            )
        elif not all(_fits(kind, end) for end in ends):
            why, mend = _OUTSIDE[kind]
            self.refuse(kind, str(value), why, mend)
        elif len(ends) == 2 and ends[0] >= ends[1]:
            self.refuse(kind, str(value), "is no range", "write the smaller number first")
        else:
            return ClaimedFigure(kind, float(ends[0]), float(ends[-1]))
        return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fits(kind: FigureKind, value: float) -> bool:
    return {
        FigureKind.TIMES_LESS: 1 < value < 1e6,
        FigureKind.PERCENT_LESS: 0 < value < 100,
        FigureKind.PERCENT_MORE: 0 < value < 1e6,
    }[kind]


_OUTSIDE = {
    FigureKind.TIMES_LESS: ("is no saving", "write a number above 1: a tenth of the time is 10"),
    FigureKind.PERCENT_LESS: ("is no part of the whole", "write per cent between 0 and 100: a fifth less is 20"),
    FigureKind.PERCENT_MORE: ("is no number of per cent", "write a number above 0: a fifth more is 20"),
}
