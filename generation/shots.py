"""Test shots: read from TOML, checked field by field, refused with every problem at once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import InputRefused, MissingPart, Problem
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.shipped import shipped_path
from analytics.vocabulary.shot import Complexity, ShotKind
from generation.traditional.scenes import SCENES

SHORTEST_SHOT_FRAMES, LONGEST_SHOT_FRAMES = 2, 480
MOST_SAMPLES = 4_096


@dataclass(frozen=True)
class Quality:
    """How carefully a shot is rendered: size in pixels and samples per pixel of the traditional renderer."""

    name: str
    size: FrameSize
    samples: int


@dataclass(frozen=True)
class ShotSpec:
    """A test shot as its TOML describes it.

    Attributes
    ----------
    scene
        Which of `generation.traditional.scenes.SCENES` it is.
    parameters
        Scene parameters that are the same for every seed; the rest is drawn from the seed.
    people_work_template, people_work_complexity
        Where the assumed people's hours of this shot come from.
    poster_frame
        The frame that stands for the shot in a gallery.
    """

    code: str
    name: str
    scene: str
    kind: ShotKind
    complexity: Complexity
    brief: str
    prompt: str
    seed: int
    frames: FrameRange
    fps: FrameRate
    handle_frames: int
    parameters: Mapping[str, Any]
    qualities: Mapping[str, Quality]
    people_work_template: str
    people_work_complexity: str
    poster_frame: int

    def quality(self, name: str) -> Quality:
        """The quality of that name.

        Raises
        ------
        InputRefused
            If the shot has none of that name.
        """
        if name not in self.qualities:
            raise InputRefused(
                "--quality", name, f"{self.code} has no such quality", f"choose one of: {', '.join(self.qualities)}"
            )
        return self.qualities[name]


def shot_codes() -> list[str]:
    """Codes of the shipped test shots, in alphabetical order."""
    folder = shipped_path("shots")
    codes = sorted(path.stem for path in folder.glob("*.toml"))
    if not codes:
        raise MissingPart(
            "test shots", str(folder), "there are none", "point SHOTLEDGER_DATA at the data folder, or unset it"
        )
    return codes


def find_shot(code_or_path: str) -> ShotSpec:
    """Load a shipped shot by its code, or any shot by the path of its TOML file.

    Raises
    ------
    InputRefused
        If there is no such shot, or its file has problems (all are listed).
    """
    named = Path(code_or_path)
    if named.suffix == ".toml":
        return load_shot(named)
    if code_or_path not in shot_codes():
        raise InputRefused(
            "shot",
            code_or_path,
            "there is no test shot of that name",
            f"choose one of: {', '.join(shot_codes())}; or give the path of a .toml file",
        )
    return load_shot(shipped_path("shots", f"{code_or_path}.toml"))


class _Fields:
    """Reads typed fields out of a TOML table and collects what is wrong with them."""

    def __init__(self, file: Path, table: Mapping[str, Any], problems: list[Problem], prefix: str = "") -> None:
        self.file, self.table, self.problems, self.prefix = file, table, problems, prefix

    def _refuse(self, name: str, value: object, why: str, mend: str) -> None:
        self.problems.append(Problem(f"{self.file.name}: {self.prefix}{name}", value, why, mend))

    def text(self, name: str) -> str:
        value = self.table.get(name)
        if not isinstance(value, str) or not value.strip():
            self._refuse(name, value, "a text is needed", f'write {name} = "..."')
            return ""
        return " ".join(value.split())

    def name(self, name: str) -> str:
        """A text that can be the name of a folder."""
        value = self.text(name)
        if value and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", value):
            self._refuse(
                name, value, "is no plain name", "use up to 64 letters, digits, _ and -, as in building_collapse"
            )
            return "unnamed"
        return value

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        value = self.table.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self._refuse(name, value, f"a whole number from {low} to {high} is needed", f"write {name} = {max(low, 1)}")
            return low
        return value

    def one_of(self, name: str, choices: list[str]) -> str:
        value = self.table.get(name)
        if value not in choices:
            self._refuse(name, value, "is not one of the known words", f"choose one of: {', '.join(choices)}")
            return choices[0]
        return str(value)

    def section(self, name: str) -> "_Fields":
        value = self.table.get(name)
        if not isinstance(value, Mapping):
            self._refuse(f"[{name}]", value, "the section is missing", f"add a [{name}] section")
            value = {}
        return _Fields(self.file, value, self.problems, f"{self.prefix}{name}.")


def load_shot(path: Path) -> ShotSpec:
    """Read a shot's TOML file.

    Raises
    ------
    InputRefused
        Naming the file, and every field that is missing, mistyped or out of range.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        why = "there is no such file" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        raise InputRefused(str(path), None, why, "give the path of a shot's .toml file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputRefused(str(path), None, f"is not readable TOML ({error})", "mend the line it names") from None

    problems: list[Problem] = []
    fields = _Fields(path, table, problems)
    frames = fields.section("frames")
    first = frames.whole("first", 0, 9_999_999, 1001)
    last = frames.whole("last", first + SHORTEST_SHOT_FRAMES - 1, first + LONGEST_SHOT_FRAMES - 1)
    fps = FrameRate.parse(24)
    try:
        fps = FrameRate.parse(frames.table.get("fps", "24"))
    except InputRefused as refused:
        problems.extend(replace(problem, place=f"{path.name}: frames.fps") for problem in refused.problems)
    parameters = table.get("parameters", {})
    if not isinstance(parameters, Mapping):
        problems.append(Problem(f"{path.name}: parameters", parameters, "is not a section", "write [parameters]"))
        parameters = {}
    work = fields.section("people_work")
    spec = ShotSpec(
        code=fields.name("code"),
        name=fields.text("name"),
        scene=fields.one_of("scene", list(SCENES)),
        kind=ShotKind(fields.one_of("kind", [k.value for k in ShotKind])),
        complexity=Complexity(fields.one_of("complexity", [c.value for c in Complexity])),
        brief=fields.text("brief"),
        prompt=fields.text("prompt"),
        seed=fields.whole("seed", 0, 2**31 - 1, 1),
        frames=FrameRange(first, max(first, last)),
        fps=fps,
        handle_frames=frames.whole("handles", 0, 1_000, 0),
        parameters=dict(parameters),
        qualities={
            name: _read_quality(name, fields.section("quality").section(name), problems)
            for name in fields.section("quality").table
        },
        people_work_template=work.text("template"),
        people_work_complexity=work.text("complexity"),
        poster_frame=frames.whole("poster", first, max(first, last), (first + last) // 2),
    )
    if not spec.qualities:
        problems.append(
            Problem(f"{path.name}: quality", None, "no quality is described", "add a [quality.draft] section")
        )
    if problems:
        raise InputRefused.all_of(problems)
    return spec


def _read_quality(name: str, fields: _Fields, problems: list[Problem]) -> Quality:
    width, height = fields.whole("width", 32, 8192), fields.whole("height", 32, 8192)
    size = FrameSize(32, 32)
    try:
        size = FrameSize(width, height)
    except InputRefused as refused:
        problems.extend(
            replace(problem, place=f"{fields.file.name}: {fields.prefix}width x height") for problem in refused.problems
        )
    return Quality(name, size, fields.whole("samples", 1, MOST_SAMPLES))
