"""What kinds of shot are called where people read of them."""

from analytics.vocabulary.shot import ShotKind

_WORDS = {
    ShotKind.DESTRUCTION: "Destruction",
    ShotKind.WEATHER: "Weather",
    ShotKind.DE_AGE: "De-ageing",
    ShotKind.PREVIS: "Previs",
    ShotKind.CLEANUP: "Clean-up",
    ShotKind.SET_EXTENSION: "Set extension",
    ShotKind.CROWD: "Crowd",
    ShotKind.CREATURE: "Creature",
    ShotKind.OTHER: "Other kinds",
}


def kind_words(kind: str) -> str:
    """As in ``De-ageing``; a word that is no kind stays as it is."""
    return _WORDS[ShotKind(kind)] if kind in set(ShotKind) else kind
