"""Energy in joules: metered where the machine has a meter, otherwise a power rating multiplied by use."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from analytics.vocabulary.hardware import Hardware
from analytics.vocabulary.origin import Origin
from generation.metering.nvml import nvidia_devices
from generation.metering.rapl import POWERCAP, RaplCounters

_FROM_STRONG_TO_WEAK = (Origin.MEASURED, Origin.IMPORTED, Origin.ASSUMED, Origin.SYNTHETIC)


@dataclass(frozen=True)
class Use:
    """What was used of the machine so far; the base of assumed energy."""

    cpu_seconds: float
    gpu_seconds: float | None = None


class EnergyMeter(Protocol):
    """Joules so far. A difference of two readings is a stage's energy: a reading takes nothing away from the next."""

    @property
    def name(self) -> str:
        """What the meter is, for people."""

    @property
    def origin(self) -> Origin:
        """``measured`` or ``assumed``."""

    def observe(self) -> None:
        """Look at counters that wrap around; called often enough that no turn is missed."""

    def joules_so_far(self, use: Use) -> float:
        """Energy since the meter was made."""


def weaker(*origins: Origin) -> Origin:
    """The origin of a sum: that of its least trustworthy part."""
    return max(origins, key=_FROM_STRONG_TO_WEAK.index)


@dataclass(frozen=True)
class RatedCpuEnergy:
    """Assumed processor energy: TDP x utilisation.

    ``joules = cpu_tdp_watts x cpu_seconds / cpu_count``: a processor of which every logical CPU is busy draws its
    thermal design power, one of which half are busy draws half. Idle power, memory, fans and the power supply are left
    out, and turbo above TDP too; both errors are why the origin says ``assumed``.
    """

    cpu_tdp_watts: float
    cpu_count: int
    name: str = "processor rating x use"
    origin: Origin = Origin.ASSUMED

    def observe(self) -> None:
        """Nothing to look at."""

    def joules_so_far(self, use: Use) -> float:
        """Rating times processor seconds."""
        return self.cpu_tdp_watts * use.cpu_seconds / self.cpu_count


@dataclass(frozen=True)
class RatedGpuEnergy:
    """Assumed GPU energy: the board's power limit for every second it was held."""

    power_limit_watts: float
    name: str = "GPU power limit x seconds held"
    origin: Origin = Origin.ASSUMED

    def observe(self) -> None:
        """Nothing to look at."""

    def joules_so_far(self, use: Use) -> float:
        """Rating times GPU seconds."""
        return self.power_limit_watts * (use.gpu_seconds or 0.0)


class RaplEnergy:
    """Measured processor and memory energy: the counters of the processor packages.

    They count the whole package, so other programs on the machine are in it; so is the idle power that the render made
    somebody keep paying for.
    """

    name = "RAPL counters of the processor"
    origin = Origin.MEASURED

    def __init__(self, counters: RaplCounters) -> None:
        self._counters = counters

    def observe(self) -> None:
        """Read the counters, so that a turn of theirs is noticed."""
        self._counters.joules_so_far()

    def joules_so_far(self, use: Use) -> float:
        """Energy of all packages and their memory."""
        return self._counters.joules_so_far()


class NvmlEnergy:
    """Measured GPU energy: the energy counters of the visible NVIDIA GPUs, read through Zeus.

    Whole cards, idle power included. Zeus's device layer is used and not its monitor: importing the monitor pulls in
    pandas and scikit-learn and takes seconds, for a subtraction that the stopwatch does anyway.
    """

    name = "GPU energy counters (NVML through Zeus)"
    origin = Origin.MEASURED

    def __init__(self, gpus: Any) -> None:
        self._gpus = gpus
        self._first_joules = [self._joules(index) for index in range(len(gpus))]

    def observe(self) -> None:
        """Nothing to look at: these counters have 64 bits."""

    def joules_so_far(self, use: Use) -> float:
        """Energy of all visible GPUs."""
        return sum(self._joules(index) - first for index, first in enumerate(self._first_joules))

    def _joules(self, index: int) -> float:
        return float(self._gpus.get_total_energy_consumption(index)) / 1000  # Zeus hands on NVML's millijoules


class SummedEnergy:
    """Processor and GPU together; as trustworthy as the weaker of them."""

    def __init__(self, parts: Sequence[EnergyMeter]) -> None:
        self._parts = tuple(parts)
        self.name = " + ".join(part.name for part in self._parts)
        self.origin = weaker(*(part.origin for part in self._parts))

    def observe(self) -> None:
        """Let every part look."""
        for part in self._parts:
            part.observe()

    def joules_so_far(self, use: Use) -> float:
        """Sum of the parts."""
        return sum(part.joules_so_far(use) for part in self._parts)


def energy_meter(hardware: Hardware, powercap: Path = POWERCAP) -> EnergyMeter:
    """The best energy meter that this machine has.

    Parameters
    ----------
    hardware
        Gives the rating where nothing can be metered.
    powercap
        Folder of the kernel's power counters.
    """
    counters = RaplCounters.readable_in(powercap)
    cpu: EnergyMeter = (
        RatedCpuEnergy(hardware.cpu_tdp_watts, hardware.cpu_count) if counters is None else RaplEnergy(counters)
    )
    gpu = _gpu_energy()
    return cpu if gpu is None else SummedEnergy([cpu, gpu])


def _gpu_energy() -> EnergyMeter | None:
    devices = nvidia_devices()
    if not devices:
        return None
    try:
        from zeus.device.gpu import get_gpus

        gpus = get_gpus()
        if all(gpus.supports_get_total_energy_consumption(index) for index in range(len(gpus))):
            return NvmlEnergy(gpus)
    except Exception:
        # Zeus raises exceptions of many kinds (absent package, hidden or sliced GPUs, no permission), and none of them
        # may stop a render: the rating below is used, and its origin says so.
        pass
    return RatedGpuEnergy(max((device.power_limit_watts or 0.0) for device in devices))
