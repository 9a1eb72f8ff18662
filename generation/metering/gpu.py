"""Seconds in which GPUs were held, and the memory taken on them."""

import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from generation.metering.nvml import memory_bytes_by_process, nvidia_devices

DRIVER_INTERVAL_SECONDS = 0.5
"""How often the driver is asked who is on the GPUs; a call takes up to a millisecond."""


class GpuMeter(Protocol):
    """What a stopwatch asks of the GPUs. Callers never branch: a machine without one has `NoGpu`."""

    def settle(self) -> None:
        """Wait until the GPU has done what it was given, so that a stage doesn't end before its work."""

    def observe(self) -> None:
        """Note who holds a GPU at this moment."""

    def held_seconds(self) -> float | None:
        """GPU seconds held so far: two GPUs for three seconds are six. ``None`` where there is no GPU."""

    def take_peak_vram_bytes(self) -> int | None:
        """Highest GPU memory since this was last asked, or ``None`` where there is no GPU."""


class NoGpu:
    """The meter of a machine without a GPU."""

    def settle(self) -> None:
        """Nothing to wait for."""

    def observe(self) -> None:
        """Nothing to see."""

    def held_seconds(self) -> float | None:
        """No GPU, so no seconds rather than 0 of them."""
        return None

    def take_peak_vram_bytes(self) -> int | None:
        """No GPU, so no memory rather than 0 bytes of it."""
        return None


class NvidiaGpu:
    """GPUs of an NVIDIA machine, seen from this process tree.

    In this process torch is asked, but only if somebody has imported it: metering Blender must not load torch. Children
    are looked up in the driver's list of processes. Inside a container that list may carry the host's process ids; a
    child is then not recognised and its seconds stay 0, while the energy is still metered.

    Parameters
    ----------
    process_ids
        Tells the processes that belong to the render.
    """

    def __init__(self, process_ids: Callable[[], frozenset[int]]) -> None:
        self._process_ids = process_ids
        self._lock = threading.Lock()
        self._observed_at = time.perf_counter()
        self._driver_asked_at = 0.0
        self._children_bytes: dict[int, int] = {}
        self._held_count = 0
        self._held_seconds = 0.0
        self._peak_children_bytes = 0

    def settle(self) -> None:
        """Synchronise the GPUs that torch uses in this process: its kernels run after the call that asked for them."""
        cuda = _torch_cuda_in_use()
        if cuda is not None:
            for index in _torch_devices(cuda):
                cuda.synchronize(index)

    def observe(self) -> None:
        """Add the time since the last look for every GPU that was held then."""
        with self._lock:
            now = time.perf_counter()
            self._held_seconds += self._held_count * (now - self._observed_at)
            self._observed_at = now
            if now - self._driver_asked_at >= DRIVER_INTERVAL_SECONDS:
                self._driver_asked_at = now
                self._ask_driver()
            cuda = _torch_cuda_in_use()
            held_by_torch = set() if cuda is None else set(_torch_devices(cuda))
            # torch numbers the visible GPUs from 0, the driver all of them: the larger count is the number held, since
            # a card used by both this process and a child is one card.
            self._held_count = max(len(held_by_torch), len(self._children_bytes))

    def held_seconds(self) -> float | None:
        """GPU seconds held so far, to within the interval of observation."""
        self.observe()
        with self._lock:
            return self._held_seconds

    def take_peak_vram_bytes(self) -> int | None:
        """Highest memory allocated by torch in this process, plus the highest its children held."""
        with self._lock:
            peak = self._peak_children_bytes
            self._peak_children_bytes = sum(self._children_bytes.values())
        cuda = _torch_cuda_in_use()
        if cuda is not None:
            for index in _torch_devices(cuda):
                peak += int(cuda.max_memory_allocated(index))
                cuda.reset_peak_memory_stats(index)
        return peak

    def _ask_driver(self) -> None:
        # This process is torch's to tell: the driver would add the memory that torch keeps in reserve.
        children = self._process_ids() - {os.getpid()}
        children_bytes: dict[int, int] = {}
        for (device_index, process_id), held_bytes in memory_bytes_by_process().items():
            if process_id in children:
                children_bytes[device_index] = children_bytes.get(device_index, 0) + held_bytes
        self._children_bytes = children_bytes
        self._peak_children_bytes = max(self._peak_children_bytes, sum(children_bytes.values()))


def gpu_meter(process_ids: Callable[[], frozenset[int]]) -> GpuMeter:
    """The GPU meter of this machine."""
    return NvidiaGpu(process_ids) if nvidia_devices() else NoGpu()


def _torch_cuda_in_use() -> Any:
    """``torch.cuda`` if this process has torch and has touched a GPU with it, else ``None``."""
    # Another thread may be half-way through importing torch, so nothing about it is taken for granted.
    cuda = getattr(sys.modules.get("torch"), "cuda", None)
    initialized = getattr(cuda, "is_initialized", None)
    return cuda if initialized is not None and initialized() else None


def _torch_devices(cuda: Any) -> list[int]:
    return [index for index in range(cuda.device_count()) if cuda.memory_reserved(index) > 0]
