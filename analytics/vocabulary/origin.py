"""Where a fact comes from: the one attribute no row may lack."""

from enum import StrEnum


class Origin(StrEnum):
    """How far a fact may be trusted.

    ``measured`` by a stopwatch of ours, ``imported`` because another system said so, ``assumed`` because somebody chose
    a rate or template and named its source, ``synthetic`` because it is demonstration data.
    """

    MEASURED = "measured"
    IMPORTED = "imported"
    ASSUMED = "assumed"
    SYNTHETIC = "synthetic"
