"""What machine this is: the fields of `Hardware`, read from the system."""

import hashlib
import json
import os
import platform
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path

import psutil

from analytics.vocabulary.hardware import Hardware
from generation.metering.cpu_rating import cpu_tdp_watts
from generation.metering.nvml import nvidia_devices

_GPU_FAMILIES = (
    ("GB200", "gb200"), ("B200", "b200"), ("GH200", "gh200"), ("H200", "h200"), ("H100", "h100"), ("A100", "a100"),
    ("V100", "v100"), ("L40S", "l40s"), ("L40", "l40"), ("L4", "l4"), ("A10G", "a10g"), ("A10", "a10"), ("T4", "t4"),
    ("RTX PRO 6000", "rtx_pro_6000"), ("RTX 6000 Ada", "rtx_6000_ada"), ("A6000", "a6000"),
    ("RTX 5090", "rtx_5090"), ("RTX 4090", "rtx_4090"), ("RTX 3090", "rtx_3090"),
)  # fmt: skip
"""Words in a GPU's name, and the last word of the rate it is charged at."""


@cache
def read_hardware() -> Hardware:
    """Describe this machine. Read once a process: hardware doesn't change while it runs."""
    cpu_model, cpu_count = read_cpu_model(), usable_cpu_count()
    gpus = nvidia_devices()
    gpu_model = gpus[0].model if gpus else None
    without_id = Hardware(
        hardware_id="",
        rate_resource=rate_resource(gpu_model),
        cpu_model=cpu_model,
        cpu_count=cpu_count,
        # Equal machines differ by what the kernel keeps for itself; whole GiB make them equal again.
        memory_bytes=round(psutil.virtual_memory().total / 2**30) * 2**30,
        cpu_tdp_watts=cpu_tdp_watts(cpu_model, cpu_count),
        gpu_model=gpu_model,
        gpu_count=len(gpus),
        gpu_memory_bytes=gpus[0].memory_bytes if gpus else 0,
        operating_system=_operating_system(),
        python_version=platform.python_version(),
    )
    fields = asdict(without_id)
    fields["hardware_id"] = digest_of(without_id)
    return Hardware(**fields)


def digest_of(hardware: Hardware) -> str:
    """Twelve hexadecimal digits of the SHA-256 of all fields but the id itself."""
    fields = {name: value for name, value in asdict(hardware).items() if name != "hardware_id"}
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:12]


def rate_resource(gpu_model: str | None) -> str:
    """The rate a machine is charged at: ``machine:cpu``, ``machine:gpu`` or, for a known card, ``machine:gpu:h100``."""
    if gpu_model is None:
        return "machine:cpu"
    for words, family in _GPU_FAMILIES:
        if re.search(rf"\b{re.escape(words)}\b", gpu_model, re.IGNORECASE):
            return f"machine:gpu:{family}"
    return "machine:gpu"


def usable_cpu_count() -> int:
    """Logical CPUs that this process may run on, which a container or a scheduler may have made fewer."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_cpu_model(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """The processor's name, such as ``AMD EPYC 7763 64-Core Processor``."""
    if cpuinfo.is_file():
        named = re.search(r"^model name\s*:\s*(.+)$", cpuinfo.read_text(), re.MULTILINE)
        if named:
            return " ".join(named[1].split())
    return platform.processor() or platform.machine() or "unknown processor"


def _operating_system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"
