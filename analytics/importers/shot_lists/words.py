"""What people write for kinds of work, complexities, workflows and yes or no, in Shotledger's words."""

import re
from collections.abc import Iterable
from typing import Literal

from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

_KINDS: dict[ShotKind, tuple[str, ...]] = {
    ShotKind.DESTRUCTION: ("destruction", "explosion", "explosions", "collapse", "debris", "fire", "pyro", "fx",
                           "fx sim", "simulation", "blast", "crash", "rigid body"),
    ShotKind.WEATHER: ("weather", "rain", "snow", "fog", "storm", "mist", "atmos", "atmosphere", "smoke", "dust",
                       "lightning", "water"),
    ShotKind.DE_AGE: ("de age", "de aging", "de ageing", "deage", "deaging", "beauty", "beauty work", "cosmetic",
                      "cosmetics", "face replacement", "face swap", "digital makeup", "digital make up"),
    ShotKind.PREVIS: ("previs", "previz", "pre vis", "postvis", "techvis", "pitchvis", "stuntvis"),
    ShotKind.CLEANUP: ("cleanup", "clean up", "paint", "roto", "rotoscope", "rotoscoping", "roto paint", "prep",
                       "removal", "wire removal", "rig removal", "wire rig removal", "marker removal", "crew removal",
                       "paint out", "cosmetic fix", "stabilisation", "stabilization"),
    ShotKind.SET_EXTENSION: ("set extension", "set ext", "extension", "dmp", "matte painting", "digital matte painting",
                             "environment", "env", "sky replacement", "set ex", "cg environment", "city", "background"),
    ShotKind.CROWD: ("crowd", "crowds", "crowd replication", "crowd tiling", "tiling", "extras"),
    ShotKind.CREATURE: ("creature", "creatures", "character", "cg character", "animal", "animals", "monster",
                        "digi double", "digital double", "digidouble"),
    ShotKind.OTHER: ("other", "misc", "miscellaneous", "comp", "compositing", "composite", "2d", "2d comp", "3d", "cg",
                     "cgi", "screen", "screens", "screen insert", "screen replacement", "monitor", "monitor comp",
                     "monitor insert", "phone screen", "burn in", "bluescreen", "blue screen", "greenscreen",
                     "green screen", "gs", "bs", "keying", "muzzle flash", "blood", "vehicle", "driving comp",
                     "graphics", "split screen", "split comp", "speed change", "retime"),
}  # fmt: skip
_KIND_OF = {words: kind for kind, all_words in _KINDS.items() for words in all_words}
_COMPLEXITY_OF = {
    "easy": Complexity.EASY, "simple": Complexity.EASY, "low": Complexity.EASY, "small": Complexity.EASY,
    "basic": Complexity.EASY, "minor": Complexity.EASY,
    "medium": Complexity.MEDIUM, "moderate": Complexity.MEDIUM, "med": Complexity.MEDIUM, "mid": Complexity.MEDIUM,
    "average": Complexity.MEDIUM, "normal": Complexity.MEDIUM,
    "hard": Complexity.HARD, "complex": Complexity.HARD, "high": Complexity.HARD, "large": Complexity.HARD,
    "difficult": Complexity.HARD, "heavy": Complexity.HARD, "major": Complexity.HARD,
    "hero": Complexity.HERO, "very complex": Complexity.HERO, "very hard": Complexity.HERO, "extreme": Complexity.HERO,
    "extra large": Complexity.HERO, "super complex": Complexity.HERO,
}  # fmt: skip
_EASY, _MEDIUM, _HARD, _HERO = Complexity
_SCALES: tuple[dict[str, Complexity], ...] = (
    {"a": _HARD, "b": _MEDIUM, "c": _EASY},
    {"a+": _HERO, "a": _HARD, "b": _MEDIUM, "c": _EASY},
    {"s": _EASY, "m": _MEDIUM, "c": _HARD, "h": _HERO},
    {"s": _EASY, "m": _MEDIUM, "l": _HARD, "xl": _HERO},
    {"l": _EASY, "m": _MEDIUM, "h": _HARD},
    {"e": _EASY, "m": _MEDIUM, "h": _HARD},
)
"""Letters that producers grade by. ``C`` is the easiest of A, B, C and the third of S, M, C, H: the column decides."""
_WORKFLOW_OF = {
    "ai": Workflow.AI, "gen ai": Workflow.AI, "genai": Workflow.AI, "generative": Workflow.AI,
    "generative ai": Workflow.AI, "ml": Workflow.AI,
    "traditional": Workflow.TRADITIONAL, "trad": Workflow.TRADITIONAL, "cg": Workflow.TRADITIONAL,
    "cgi": Workflow.TRADITIONAL, "2d": Workflow.TRADITIONAL, "3d": Workflow.TRADITIONAL,
    "conventional": Workflow.TRADITIONAL, "manual": Workflow.TRADITIONAL, "classic": Workflow.TRADITIONAL,
    "hybrid": Workflow.HYBRID, "mixed": Workflow.HYBRID, "both": Workflow.HYBRID, "ai assisted": Workflow.HYBRID,
}  # fmt: skip
ANY_WORKFLOW = {"any", "either", "best", "tbd", "tba", "open", "n a", "none", "auto"}
_YES = {"yes", "y", "true", "1", "x", "ok", "okay", "allowed", "permitted", "approved", "✓", "✔"}
_NO = {"no", "n", "false", "0", "not allowed", "never", "forbidden", "prohibited", "denied", "✗"}
_OMITTED = {"omit", "omitted", "omt", "removed", "deleted", "cancelled", "canceled", "killed", "dropped"}


def plain(words: str) -> str:
    """Lower case, single spaces, no punctuation: ``Roto/Paint`` and ``roto-paint`` are one."""
    return " ".join(re.sub(r"[^\w+✓✔✗]+|_+", " ", words.casefold()).split())


def kind_of(words: str) -> tuple[ShotKind, bool] | None:
    """The kind of work, and whether that was a guess: the first known words in a longer text."""
    written = plain(words)
    if written in _KIND_OF:
        return _KIND_OF[written], False
    found = [
        (place.start(), -len(known), kind)
        for known, kind in _KIND_OF.items()
        if kind is not ShotKind.OTHER and (place := re.search(rf"\b{re.escape(known)}\b", written))
    ]
    return (min(found)[2], True) if found else None


def complexity_of(words: str) -> Complexity | None:
    """The complexity that whole words say; letters and numbers need the column: `complexity_scale`."""
    return _COMPLEXITY_OF.get(plain(words))


def complexity_scale(grades: Iterable[str]) -> dict[str, Complexity] | Literal["ambiguous"] | None:
    """What the letters of a column mean, ``ambiguous`` where two scales fit and disagree, ``None`` where none fits."""
    letters = {plain(grade) for grade in grades}
    if letters and letters <= set("12345") and letters & set("5"):
        # Five steps, as trackers count difficulty; fewer steps may end at hard or at hero.
        return {"1": _EASY, "2": _EASY, "3": _MEDIUM, "4": _HARD, "5": _HERO}
    fitting = [{letter: scale[letter] for letter in letters} for scale in _SCALES if letters and letters <= set(scale)]
    if not fitting:
        return None
    return fitting[0] if all(meaning == fitting[0] for meaning in fitting) else "ambiguous"


def workflow_of(words: str) -> Workflow | None:
    """The workflow a list insists on."""
    return _WORKFLOW_OF.get(plain(words))


def truth_of(words: str) -> bool | None:
    """Yes or no; ``None`` where it is neither."""
    written = plain(words)
    return True if written in _YES else False if written in _NO else None


def is_omitted(status: str) -> bool:
    """Whether a status says that a shot is no longer in the cut."""
    return plain(status) in _OMITTED
