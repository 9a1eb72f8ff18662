"""All meters of a machine, read at one moment."""

import time
from dataclasses import dataclass
from typing import Self

from analytics.vocabulary.hardware import Hardware
from analytics.vocabulary.origin import Origin
from generation.metering.energy import EnergyMeter, Use, energy_meter
from generation.metering.gpu import GpuMeter, gpu_meter
from generation.metering.hardware import read_hardware
from generation.metering.process_tree import ProcessTree
from generation.metering.sampler import Sampler


@dataclass(frozen=True)
class Reading:
    """What the meters show at one moment, each counted from its own beginning: only differences mean anything."""

    wall_seconds: float
    cpu_seconds: float
    gpu_seconds: float | None
    energy_joules: float


class Meters:
    """Clock, process tree, GPUs and energy.

    Readings are totals and taking one changes nothing, so an interruption between two of them loses nothing. Only the
    two peaks are taken away by asking.
    """

    def __init__(self, tree: ProcessTree, gpu: GpuMeter, energy: EnergyMeter) -> None:
        self._tree = tree
        self._gpu = gpu
        self._energy = energy

    @classmethod
    def of_this_machine(cls, hardware: Hardware | None = None) -> Self:
        """The best meters that this machine has; ``hardware`` saves looking at the machine again."""
        tree = ProcessTree()
        return cls(tree, gpu_meter(tree.process_ids), energy_meter(hardware or read_hardware()))

    @property
    def energy_origin(self) -> Origin:
        """Whether energy is ``measured`` or ``assumed``."""
        return self._energy.origin

    @property
    def energy_meter_name(self) -> str:
        """Which energy meter is in use, for people."""
        return self._energy.name

    def read(self, exact: bool = False) -> Reading:
        """Read everything once the GPU has finished what it was given.

        Parameters
        ----------
        exact
            Count children that were started a moment ago too, at the cost of listing all processes.
        """
        self._gpu.settle()
        wall_seconds = time.perf_counter()
        cpu_seconds = self._tree.read(relist=exact).cpu_seconds
        gpu_seconds = self._gpu.held_seconds()
        return Reading(
            wall_seconds=wall_seconds,
            cpu_seconds=cpu_seconds,
            gpu_seconds=gpu_seconds,
            energy_joules=self._energy.joules_so_far(Use(cpu_seconds, gpu_seconds)),
        )

    def take_peak_memory_bytes(self) -> int:
        """Highest memory of the process tree since this was last asked."""
        return self._tree.take_peak_memory_bytes()

    def take_peak_vram_bytes(self) -> int | None:
        """Highest GPU memory since this was last asked; ``None`` where there is no GPU."""
        return self._gpu.take_peak_vram_bytes()

    def start_sampling(self) -> Sampler:
        """Start the thread that catches peaks between readings."""
        return Sampler([self._tree.observe, self._gpu.observe, self._energy.observe])
