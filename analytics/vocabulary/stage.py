"""A stage of a render and what it took on each meter."""

from dataclasses import dataclass
from enum import StrEnum

from analytics.vocabulary.origin import Origin


class StageName(StrEnum):
    """The stages that machine time is split into. Loading is never mixed with making pictures.

    ``PLATE`` renders what a camera on a set would have recorded. Both workflows are given it, so that it is no part of
    the machine time of either; see `OUTSIDE_THE_WORKFLOW`. ``CONDITION`` encodes the text and the control pictures that
    a model is given; ``CONFORM`` brings what it made to the size, rate and frame range of the shot.
    """

    LOAD = "load"
    PLATE = "plate"
    BLOCKING = "blocking"
    SIMULATE = "simulate"
    RENDER = "render"
    CONDITION = "condition"
    DENOISE = "denoise"
    DECODE = "decode"
    CONFORM = "conform"
    COMPOSITE = "composite"
    ENCODE = "encode"


OUTSIDE_THE_WORKFLOW = frozenset({StageName.LOAD, StageName.PLATE})
"""Stages that are told apart from a workflow's own machine time."""


@dataclass(frozen=True)
class Stage:
    """One stage of one render.

    Attributes
    ----------
    wall_seconds
        By a monotonic clock.
    cpu_seconds
        User and system time of this process and all its children.
    gpu_seconds
        Seconds in which a GPU was held, or ``None`` where there is no GPU.
    energy_joules
        Processor and GPU energy of the stage; ``energy_origin`` says whether a meter read it or a power rating
        was multiplied by use.
    peak_memory_bytes
        Highest resident memory of the process tree during the stage.
    peak_vram_bytes
        Highest memory allocated on the GPU, or ``None`` where there is none.
    """

    name: StageName
    wall_seconds: float
    cpu_seconds: float
    gpu_seconds: float | None
    energy_joules: float | None
    energy_origin: Origin | None
    peak_memory_bytes: int
    peak_vram_bytes: int | None
