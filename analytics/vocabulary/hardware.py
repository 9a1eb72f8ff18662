"""The machine that did the work: what a machine-hour is priced by."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hardware:
    """One kind of machine, without its name: two equal machines are one row.

    Attributes
    ----------
    hardware_id
        Short digest of the fields below, so that equal machines agree without asking each other.
    rate_resource
        The rate it is charged at when nothing more particular is known: ``machine:gpu`` or ``machine:cpu``.
    cpu_tdp_watts
        Thermal design power of the processor package used, the base of assumed energy.
    """

    hardware_id: str
    rate_resource: str
    cpu_model: str
    cpu_count: int
    memory_bytes: int
    cpu_tdp_watts: float
    gpu_model: str | None
    gpu_count: int
    gpu_memory_bytes: int
    operating_system: str
    python_version: str
