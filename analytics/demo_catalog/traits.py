"""What kinds and complexities of shots are like: tables that shots and their outcomes are drawn from.

All of it is assumed. Person-days by complexity follow the ranges that practitioners name: 1 to 4 for an easy shot, 5 to
15 for a medium one, 15 to 40 for a hard one, 40 to 150 and more for a hero shot.
"""

from analytics.vocabulary.shot import Complexity, ShotKind

KINDS = tuple(ShotKind)
COMPLEXITIES = tuple(Complexity)

KIND_SHARE = {
    ShotKind.DESTRUCTION: 0.07,
    ShotKind.WEATHER: 0.10,
    ShotKind.DE_AGE: 0.05,
    ShotKind.PREVIS: 0.02,
    ShotKind.CLEANUP: 0.29,
    ShotKind.SET_EXTENSION: 0.24,
    ShotKind.CROWD: 0.08,
    ShotKind.CREATURE: 0.07,
    ShotKind.OTHER: 0.08,
}
COMPLEXITY_SHARE = {
    ShotKind.DESTRUCTION: (0.12, 0.40, 0.36, 0.12),
    ShotKind.WEATHER: (0.40, 0.42, 0.15, 0.03),
    ShotKind.DE_AGE: (0.15, 0.47, 0.30, 0.08),
    ShotKind.PREVIS: (0.50, 0.42, 0.08, 0.00),
    ShotKind.CLEANUP: (0.64, 0.30, 0.06, 0.00),
    ShotKind.SET_EXTENSION: (0.32, 0.46, 0.18, 0.04),
    ShotKind.CROWD: (0.25, 0.47, 0.24, 0.04),
    ShotKind.CREATURE: (0.06, 0.32, 0.44, 0.18),
    ShotKind.OTHER: (0.38, 0.40, 0.18, 0.04),
}
"""Shares of easy, medium, hard and hero shots."""

MIDDLE_HOURS = {Complexity.EASY: 17.0, Complexity.MEDIUM: 66.0, Complexity.HARD: 175.0, Complexity.HERO: 500.0}
"""Median people-hours of the traditional workflow for a shot of 3.5 seconds."""
MIDDLE_CUT_FRAMES = 84
CUT_FRAMES_SD = 0.45
LENGTH_EXPONENT = 0.45
"""A shot twice as long takes 1.37 times the hours: set-up is paid once."""
KIND_LOG_HOURS = {
    ShotKind.DESTRUCTION: 0.20,
    ShotKind.WEATHER: 0.05,
    ShotKind.DE_AGE: 0.15,
    ShotKind.PREVIS: -0.60,
    ShotKind.CLEANUP: -0.20,
    ShotKind.SET_EXTENSION: 0.0,
    ShotKind.CROWD: 0.10,
    ShotKind.CREATURE: 0.30,
    ShotKind.OTHER: 0.0,
}
MACHINE_SECONDS_PER_FRAME = {
    Complexity.EASY: 60.0,
    Complexity.MEDIUM: 240.0,
    Complexity.HARD: 800.0,
    Complexity.HERO: 2200.0,
}
"""All versions together, for every frame worked on."""
KIND_LOG_MACHINE = {
    ShotKind.DESTRUCTION: 0.7,
    ShotKind.WEATHER: 0.4,
    ShotKind.DE_AGE: -0.2,
    ShotKind.PREVIS: -1.2,
    ShotKind.CLEANUP: -1.0,
    ShotKind.SET_EXTENSION: 0.1,
    ShotKind.CROWD: 0.5,
    ShotKind.CREATURE: 0.8,
    ShotKind.OTHER: 0.0,
}
DAYS_OF_AN_HOUR = 2.0
"""Calendar days are about 2 x hours ** 0.52: 9 for an easy shot, 18 for a medium, 30 for a hard, 53 for a hero."""
MIDDLE_ROUNDS = {Complexity.EASY: 1.7, Complexity.MEDIUM: 2.6, Complexity.HARD: 4.0, Complexity.HERO: 7.0}
"""Times a shot is shown to the client, the last of them approved."""

KIND_LOG_RATIO = {
    ShotKind.DESTRUCTION: -0.30,
    ShotKind.WEATHER: -0.40,
    ShotKind.DE_AGE: 0.15,
    ShotKind.PREVIS: -0.35,
    ShotKind.CLEANUP: -0.12,
    ShotKind.SET_EXTENSION: -0.15,
    ShotKind.CROWD: 0.05,
    ShotKind.CREATURE: 0.95,
    ShotKind.OTHER: 0.10,
}
"""Where AI pays more, and where less, than on the middling shot; in people's hours."""
COMPLEXITY_LOG_RATIO = {Complexity.EASY: -0.10, Complexity.MEDIUM: -0.05, Complexity.HARD: 0.10, Complexity.HERO: 0.60}
COMPLEXITY_LOG_MACHINE_RATIO = {
    Complexity.EASY: 1.1,
    Complexity.MEDIUM: 0.0,
    Complexity.HARD: -1.0,
    Complexity.HERO: -1.7,
}
"""A generated second takes what it takes, however hard the shot is: the ratio falls where simulation is dear."""

KIND_APPEAL = {
    ShotKind.DESTRUCTION: 0.6,
    ShotKind.WEATHER: 1.0,
    ShotKind.DE_AGE: 0.3,
    ShotKind.PREVIS: 1.0,
    ShotKind.CLEANUP: 0.4,
    ShotKind.SET_EXTENSION: 0.5,
    ShotKind.CROWD: -0.1,
    ShotKind.CREATURE: -1.5,
    ShotKind.OTHER: -0.3,
}
"""Log-odds by which supervisors give a kind of shot to AI."""
COMPLEXITY_APPEAL = {Complexity.EASY: 0.6, Complexity.MEDIUM: 0.2, Complexity.HARD: -0.6, Complexity.HERO: -1.5}
LENGTH_APPEAL = -0.5
"""Log-odds for each time that a shot is e times as long: models lose the thread in long shots."""
FALLBACK_LOG_ODDS_BY_COMPLEXITY = {
    Complexity.EASY: 0.0,
    Complexity.MEDIUM: 0.4,
    Complexity.HARD: 1.0,
    Complexity.HERO: 1.6,
}
FALLBACK_LOG_ODDS_OF_CREATURES = 1.0
EXPERIENCE_OF_THE_RATIO = 20
"""The ratios are those of a production's 20th AI shot; learning is counted from there."""
