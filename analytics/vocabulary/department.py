"""The departments that people's hours are booked to."""

from enum import StrEnum


class Department(StrEnum):
    """Departments of the templates we ship. Imported ledgers may hold others: a studio's own text is kept as it is."""

    MATCHMOVE = "matchmove"
    ROTO = "roto"
    PREP = "prep"
    LAYOUT = "layout"
    MODEL = "model"
    ANIMATION = "animation"
    FX = "fx"
    LIGHTING = "lighting"
    ENVIRONMENT = "environment"
    COMP = "comp"
    AI = "ai"
    SUPERVISION = "supervision"
    PRODUCTION = "production"
