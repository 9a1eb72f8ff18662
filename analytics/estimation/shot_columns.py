"""What is known of shots at bid time as the columns of a regression, each with what is expected of it beforehand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from analytics.estimation.history import ATTRIBUTE
from analytics.estimation.templates import BidTemplate
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

    Matrix = np.ndarray[Any, np.dtype[np.float64]]

EXPECTED = {
    "complexity": 0.35,
    "kind": 0.35,
    "frames": 0.25,
    "frames x complexity": 0.10,
    "pixels": 0.25,
    "camera": 0.20,
    "number": 0.15,
    "level": 0.15,
    "word": 0.12,
    "handles": 0.15,
    "ai": 0.50,
    "ai x complexity": 0.25,
    "ai x kind": 0.30,
    "ai x frames": 0.15,
    "ai x year": 0.12,
    "hybrid": 0.35,
}
"""By effect: standard deviation of the logarithm by which it may differ from the template, before any shot is seen."""

_RARE_LEVEL = 5
_MOST_LEVELS = 12
_MOST_WORDS = 25
_WORD_FEWEST, _WORD_MOST_SHARE = 6, 0.5
_YEAR = 365.25


@dataclass(frozen=True)
class ShotColumns:
    """Which columns a history gives rise to; the same columns are then made for the shots of a bid.

    Attributes
    ----------
    camera_moves
        Those that at least five past shots name.
    log_pixels, day
        Middle of the history, so that an average shot has zero; ``None`` where all are alike or nothing is known.
    numbers
        Columns of the studio's own that hold numbers, with their mean and standard deviation.
    levels
        Columns of the studio's own that hold a few words, with those words.
    words
        What descriptions speak of, of more than a few and less than half of the shots.
    """

    template: BidTemplate
    camera_moves: tuple[str, ...] = ()
    log_pixels: float | None = None
    day: float | None = None
    numbers: "Mapping[str, tuple[float, float]]" = field(default_factory=dict)
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, shots: "DataFrame", template: BidTemplate) -> "ShotColumns":
        """Learn which columns there are from past shots with the columns of ``slate_shots``."""
        import numpy as np
        import pandas as pd

        if not len(shots):
            return cls(template)
        pixels = np.log((shots["width"].astype(float) * shots["height"].astype(float)).to_numpy())
        days = day_numbers(shots["turnover_on"])
        known_days = days[np.isfinite(days)]
        numbers: dict[str, tuple[float, float]] = {}
        levels: dict[str, tuple[str, ...]] = {}
        for name in map(str, shots.columns):
            if not name.startswith(ATTRIBUTE) or shots[name].notna().mean() < 0.5:
                continue
            values = pd.to_numeric(shots[name], errors="coerce")
            if values.notna().sum() >= 0.95 * shots[name].notna().sum():
                if values.std() > 0:
                    numbers[name] = (float(values.mean()), float(values.std()))
            else:
                usual = _usual_words(shots[name])
                if 2 <= len(usual) <= _MOST_LEVELS:
                    levels[name] = usual
        return cls(
            template,
            _usual_words(shots["camera_move"])[:_MOST_LEVELS],
            float(np.nanmean(pixels)) if np.isfinite(pixels).any() and np.nanstd(pixels) > 0.01 else None,
            float(np.median(known_days)) if len(known_days) else None,
            numbers,
            levels,
            _spoken_of(shots["description"].tolist()) if "description" in shots else (),
        )

    @cached_property
    def _template_hours(self) -> dict[tuple[str, str, str], float]:
        return _template_hours(self.template)

    def names(self) -> list[tuple[str, str]]:
        """Effect and level of each column, in their order."""
        kinds, complexities = [kind.value for kind in ShotKind], [each.value for each in Complexity]
        return [
            *(("complexity", each) for each in complexities),
            *(("kind", kind) for kind in kinds),
            ("frames", ""),
            *(("frames x complexity", each) for each in complexities),
            *((("pixels", ""),) if self.log_pixels is not None else ()),
            *(("camera", move) for move in self.camera_moves),
            *(("number", name) for name in self.numbers),
            *(("level", f"{name}={level}") for name, levels in self.levels.items() for level in levels),
            *(("word", word) for word in self.words),
            ("handles", ""),
            ("ai", ""),
            *(("ai x complexity", each) for each in complexities),
            *(("ai x kind", kind) for kind in kinds),
            ("ai x frames", ""),
            ("ai x year", ""),
            ("hybrid", ""),
        ]

    def expected_spread(self, otherwise: Mapping[str, float] = MappingProxyType({})) -> "Matrix":
        """Standard deviation of each column's effect beforehand: as `EXPECTED` has it, unless said otherwise."""
        import numpy as np

        return np.array([otherwise.get(effect, EXPECTED[effect]) for effect, _ in self.names()])

    def matrix(self, shots: "DataFrame") -> "Matrix":
        """Columns by shot; ``shots`` has the columns of ``slate_shots`` that are known before any work."""
        import numpy as np
        import pandas as pd

        ai = ai_share(shots["arm"], self.template.hybrid)[:, None]
        kinds = _levels(shots["kind"], [kind.value for kind in ShotKind])
        complexities = _levels(shots["complexity"], [each.value for each in Complexity])
        length = np.log(np.maximum(shots["cut_seconds"].to_numpy(float), 0.2) / self.template.seconds)[:, None]
        parts = [complexities, kinds, length, complexities * length]
        if self.log_pixels is not None:
            pixels = np.log(shots["width"].to_numpy(float) * shots["height"].to_numpy(float)) - self.log_pixels
            parts.append(np.nan_to_num(pixels)[:, None])
        if self.camera_moves:
            parts.append(_levels(_words_of(shots["camera_move"]), self.camera_moves))
        for name, (middle, spread) in self.numbers.items():
            values = pd.to_numeric(shots[name], errors="coerce") if name in shots else pd.Series(np.nan, shots.index)
            parts.append(np.nan_to_num((values.to_numpy(float) - middle) / spread).clip(-4, 4)[:, None])
        for name, levels in self.levels.items():
            parts.append(_levels(_words_of(shots[name]) if name in shots else [""] * len(shots), levels))
        if self.words:
            parts.append(_mentions(shots["description"].tolist(), self.words))
        cut = shots["cut_frames"].to_numpy(float)
        handles = np.nan_to_num(shots["handle_frames"].to_numpy(float)) if "handle_frames" in shots else 0.0 * cut
        parts.append(np.log1p(2 * handles / np.maximum(cut, 1.0))[:, None])
        years = np.zeros((len(shots), 1))
        if self.day is not None:
            years = np.nan_to_num((day_numbers(shots["turnover_on"]) - self.day) / _YEAR)[:, None]
        hybrid = (shots["arm"].to_numpy() == Workflow.HYBRID.value).astype(float)[:, None]
        parts += [ai, ai * complexities, ai * kinds, ai * length, ai * years, hybrid]
        return np.hstack(parts)

    def template_log_hours(self, shots: "DataFrame") -> "Matrix":
        """What the template says of each shot, as a natural logarithm of people-hours."""
        import numpy as np

        hours = self._template_hours
        reference = np.log(
            [
                hours[kind, complexity, arm]
                for kind, complexity, arm in zip(shots["kind"], shots["complexity"], shots["arm"], strict=True)
            ]
        )
        length = np.log(np.maximum(shots["cut_seconds"].to_numpy(float), 0.2) / self.template.seconds)
        return np.asarray(reference + self.template.length_exponent * length)


def ai_share(arms: "Sequence[Any] | Any", hybrid: float) -> "Matrix":
    """1 for AI, 0 for traditional, and the template's share for a hybrid."""
    import numpy as np

    shares = {Workflow.AI.value: 1.0, Workflow.HYBRID.value: hybrid}
    return np.array([shares.get(arm, 0.0) for arm in arms])


def day_numbers(days: Any) -> "Matrix":
    """Days since 1970, nan where not known."""
    import numpy as np
    import pandas as pd

    stamps = pd.to_datetime(pd.Series(days), errors="coerce").to_numpy("datetime64[s]")
    return np.where(np.isnat(stamps), np.nan, stamps.astype("int64") / 86400.0)


def _levels(values: Any, levels: Sequence[str]) -> "Matrix":
    import numpy as np

    return np.asarray(
        np.asarray(values, dtype=object)[:, None] == np.array(levels, dtype=object)[None, :], dtype=np.float64
    )


def _words_of(values: Any) -> list[str]:
    return [str(value).strip().casefold() if value is not None and value == value else "" for value in values]


def _usual_words(values: Any) -> tuple[str, ...]:
    counts = Counter(word for word in _words_of(values) if word)
    return tuple(word for word, count in counts.most_common() if count >= _RARE_LEVEL)


def _spoken_of(descriptions: Sequence[Any]) -> tuple[str, ...]:
    """Words that some, but not most, descriptions hold; the commonest first."""
    from sklearn.feature_extraction.text import CountVectorizer

    texts = [_text(each) for each in descriptions]
    told = sum(1 for text in texts if text)
    if told < 3 * _WORD_FEWEST:
        return ()
    reader = CountVectorizer(binary=True, stop_words="english", min_df=_WORD_FEWEST, token_pattern=_WORD)
    try:
        counts = reader.fit_transform(texts).sum(axis=0).A1
    except ValueError:  # no word is left
        return ()
    found = sorted(
        ((int(count), str(word)) for word, count in zip(reader.get_feature_names_out(), counts, strict=True)),
        key=lambda each: (-each[0], each[1]),
    )
    return tuple(word for count, word in found if count <= _WORD_MOST_SHARE * told)[:_MOST_WORDS]


_WORD = r"(?u)\b[^\W\d_]{3,}\b"
"""Numbers and names of shots say nothing about the next show."""


def _mentions(descriptions: Sequence[Any], words: Sequence[str]) -> "Matrix":
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer

    reader = CountVectorizer(binary=True, stop_words="english", vocabulary=list(words), token_pattern=_WORD)
    return np.asarray(reader.transform([_text(each) for each in descriptions]).toarray(), dtype=np.float64)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _template_hours(template: BidTemplate) -> dict[tuple[str, str, str], float]:
    return {
        (kind.value, complexity.value, workflow.value): sum(
            template.department_hours(kind, complexity, template.seconds, workflow).values()
        )
        for kind in ShotKind
        for complexity in Complexity
        for workflow in Workflow
    }
