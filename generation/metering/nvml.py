"""The NVIDIA GPUs of this machine, asked of the driver; none where there is no driver or no Python binding for it."""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class NvidiaDevice:
    """One GPU as the driver names it; memory and board power limit are the card's own."""

    index: int
    model: str
    memory_bytes: int
    power_limit_watts: float | None


@cache
def nvidia_devices() -> tuple[NvidiaDevice, ...]:
    """List the GPUs. Asked once a process: cards don't come and go during a render."""
    try:
        import pynvml
    except ImportError:
        return ()
    try:
        pynvml.nvmlInit()
        return tuple(_device(pynvml, index) for index in range(pynvml.nvmlDeviceGetCount()))
    except pynvml.NVMLError:
        return ()


def _device(pynvml, index: int) -> NvidiaDevice:  # type: ignore[no-untyped-def]
    handle = pynvml.nvmlDeviceGetHandleByIndex(index)
    model = pynvml.nvmlDeviceGetName(handle)
    try:
        power_limit_watts = pynvml.nvmlDeviceGetPowerManagementLimit(handle) / 1000
    except pynvml.NVMLError:
        power_limit_watts = None
    return NvidiaDevice(
        index=index,
        model=model.decode() if isinstance(model, bytes) else model,
        memory_bytes=int(pynvml.nvmlDeviceGetMemoryInfo(handle).total),
        power_limit_watts=power_limit_watts,
    )


def memory_bytes_by_process() -> dict[tuple[int, int], int]:
    """GPU memory by (GPU index, process id), for every process that the driver shows to us."""
    import pynvml

    held: dict[tuple[int, int], int] = {}
    for device in nvidia_devices():
        handle = pynvml.nvmlDeviceGetHandleByIndex(device.index)
        try:
            processes = [
                *pynvml.nvmlDeviceGetComputeRunningProcesses(handle),
                *pynvml.nvmlDeviceGetGraphicsRunningProcesses(handle),
            ]
        except pynvml.NVMLError:
            continue
        for process in processes:
            # Windows drivers and some virtual GPUs don't tell the memory.
            held[device.index, process.pid] = int(process.usedGpuMemory or 0)
    return held
