"""The processor's own energy counters (RAPL), as the Linux kernel shows them in a folder tree."""

import threading
from dataclasses import dataclass
from pathlib import Path

POWERCAP = Path("/sys/class/powercap")


@dataclass
class _Zone:
    """One counter. It counts microjoules up to ``wraps_at`` and starts again from 0."""

    energy_file: Path
    wraps_at: int
    last_microjoules: int
    total_microjoules: int = 0

    def advance(self) -> int:
        now = int(self.energy_file.read_text())
        turned = self.wraps_at if now < self.last_microjoules else 0
        self.total_microjoules += now + turned - self.last_microjoules
        self.last_microjoules = now
        return self.total_microjoules


class RaplCounters:
    """Energy of every processor package and its memory since this object was made.

    AMD's processors are shown under ``intel-rapl`` too. Counted are the zones called ``package-N`` and,
    below them, ``dram``, which the package doesn't contain. ``core`` and ``uncore`` are parts of the package, ``psys``
    contains it, and ``intel-rapl-mmio`` is the package by another road: they would be counted twice.

    A counter wraps around after 262 kJ on most machines, 40 minutes at 100 W. One turn between two readings is noticed,
    so it has to be read more often than that; the sampler does.
    """

    def __init__(self, zones: list[_Zone]) -> None:
        self._zones = zones
        self._lock = threading.Lock()

    @classmethod
    def readable_in(cls, powercap: Path) -> "RaplCounters | None":
        """Open the counters below a folder, or ``None`` if there are none or only root may read them."""
        zones = []
        try:
            for folder in sorted(powercap.glob("intel-rapl:*")):
                name = (folder / "name").read_text().strip()
                if name.startswith("package-") or name == "dram":
                    energy_file = folder / "energy_uj"
                    wraps_at = int((folder / "max_energy_range_uj").read_text())
                    zones.append(_Zone(energy_file, wraps_at, int(energy_file.read_text())))
        except (OSError, ValueError):
            return None
        return cls(zones) if zones else None

    def joules_so_far(self) -> float:
        """Joules since the counters were opened."""
        with self._lock:
            return sum(zone.advance() for zone in self._zones) / 1_000_000
