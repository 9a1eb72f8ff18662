"""The device that runs: its clock, its memory and its energy counter; a processor stands in where there is no GPU."""

import contextlib
import itertools
import platform
import time
from typing import Any, Protocol


class Card(Protocol):
    """What a measurement asks of the device. Callers never branch on which one it is."""

    @property
    def hardware(self) -> dict[str, Any]:
        """Name, driver and memory."""

    def mark(self) -> Any:
        """A point in the device's own order of work."""

    def settle(self) -> None:
        """Wait until everything given to the device is done."""

    def seconds_between(self, start: Any, end: Any) -> float:
        """Seconds between two marks, both of which have passed."""

    def joules_so_far(self) -> float | None:
        """The card's energy counter, or ``None`` where there is none."""

    def forget_peak(self) -> None:
        """Start a new peak of memory."""

    def peak_bytes(self) -> int | None:
        """Highest memory since the last `forget_peak`, or ``None`` where it isn't known."""

    def release(self) -> None:
        """Give memory that nothing uses back to the card."""


class NvidiaCard:
    """The first CUDA device, timed by events in its stream."""

    def __init__(self) -> None:
        import torch

        self._cuda: Any = torch.cuda
        self._handle, self._nvml = _nvml_handle(str(torch.cuda.get_device_properties(0).uuid))

    @property
    def hardware(self) -> dict[str, Any]:
        """Name, driver and memory."""
        import torch

        properties = self._cuda.get_device_properties(0)
        driver, limit = None, None
        if self._nvml is not None:
            with contextlib.suppress(self._nvml.NVMLError):
                driver = self._nvml.nvmlSystemGetDriverVersion()
                limit = self._nvml.nvmlDeviceGetPowerManagementLimit(self._handle) / 1000
        return {
            "device": properties.name,
            "memory_bytes": properties.total_memory,
            "power_limit_watts": limit,
            "driver": driver.decode() if isinstance(driver, bytes) else driver,
            "cuda": torch.version.cuda,
            "cudnn": torch.backends.cudnn.version(),  # type: ignore[no-untyped-call]
        }

    def mark(self) -> Any:
        """An event in the stream."""
        event = self._cuda.Event(enable_timing=True)
        event.record()
        return event

    def settle(self) -> None:
        """Synchronise."""
        self._cuda.synchronize()

    def seconds_between(self, start: Any, end: Any) -> float:
        """Seconds by the card's own clock."""
        return float(start.elapsed_time(end)) / 1000

    def joules_so_far(self) -> float | None:
        """The whole card since its driver was loaded; the counter moves about ten times a second."""
        if self._nvml is None:
            return None
        try:
            return float(self._nvml.nvmlDeviceGetTotalEnergyConsumption(self._handle)) / 1000
        except self._nvml.NVMLError:
            return None

    def forget_peak(self) -> None:
        """Reset torch's statistics."""
        self._cuda.reset_peak_memory_stats()

    def peak_bytes(self) -> int | None:
        """Highest memory allocated by torch."""
        return int(self._cuda.max_memory_allocated())

    def release(self) -> None:
        """Empty torch's reserve."""
        self._cuda.empty_cache()


class Processor:
    """The processor, timed by the host's clock."""

    hardware: dict[str, Any] = {
        "device": platform.processor() or platform.machine(),
        "memory_bytes": None,
        "power_limit_watts": None,
        "driver": None,
        "cuda": None,
        "cudnn": None,
    }

    def mark(self) -> float:
        """The host's clock."""
        return time.perf_counter()

    def settle(self) -> None:
        """Nothing runs behind our back."""

    def seconds_between(self, start: float, end: float) -> float:
        """A difference."""
        return end - start

    def joules_so_far(self) -> float | None:
        """No counter of a card."""
        return None

    def forget_peak(self) -> None:
        """Nothing is kept."""

    def peak_bytes(self) -> int | None:
        """Not known."""
        return None

    def release(self) -> None:
        """Nothing to give back."""


def card_of(device: str) -> Card:
    """The card of ``cuda``, or the processor for ``cpu``."""
    return NvidiaCard() if device == "cuda" else Processor()


def matmul_flops_per_second(card: Card, device: str, side: int) -> float:
    """Speed of a large bfloat16 matrix product of random numbers: the ceiling that this device really has.

    Returns
    -------
    float
        Floating-point operations a second, ``2 x side^3`` over the median of ten products.
    """
    import statistics

    import torch

    left, right = (torch.randn(side, side, device=device, dtype=torch.bfloat16) for _ in range(2))
    for _ in range(3):
        left @ right
    marks = [card.mark()]
    for _ in range(10):
        left @ right
        marks.append(card.mark())
    card.settle()
    seconds = [card.seconds_between(start, end) for start, end in itertools.pairwise(marks)]
    return 2.0 * side**3 / statistics.median(seconds)


def _nvml_handle(uuid: str) -> tuple[Any, Any]:
    """The driver's handle of torch's device: with several cards the two number them differently."""
    try:
        import pynvml

        pynvml.nvmlInit()
    except Exception:  # no binding or no driver library: then there is no energy counter either
        return None, None
    try:
        return pynvml.nvmlDeviceGetHandleByUUID(uuid if uuid.startswith("GPU-") else f"GPU-{uuid}"), pynvml
    except pynvml.NVMLError:
        return pynvml.nvmlDeviceGetHandleByIndex(0), pynvml
