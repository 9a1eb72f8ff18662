"""What this machine can do: every part that Shotledger uses, whether it is there, and what to do if it isn't."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from analytics.vocabulary.errors import ShotledgerError
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.shipped import shipped_path

REFERENCE_PYTHON = (3, 11)
RENDER_MEMORY_BYTES = 4 * 2**30
RENDER_DISK_BYTES = 2 * 2**30
CHILD_TIMEOUT_SECONDS = 120


class State(StrEnum):
    """``missing`` stops some command from working; ``degraded`` leaves something out or makes it less good."""

    OK = "ok"
    MISSING = "missing"
    DEGRADED = "degraded"


@dataclass(frozen=True)
class Finding:
    """One part of the machine.

    Attributes
    ----------
    detail
        What was found, for people.
    mend
        What to do about it; empty where nothing is to be done.
    """

    part: str
    state: State
    detail: str
    mend: str = ""


def examine(deep: bool = False, folders: Sequence[Path] | None = None) -> list[Finding]:
    """Look at every part. Takes about two seconds, most of them for importing torch.

    Parameters
    ----------
    deep
        Also start Blender once and finish one frame with the embedded model.
    folders
        Where something will be written; by default the current folder and the one for temporary files.
    """
    findings = [
        _python(),
        _package("DuckDB", "duckdb", "the ledger needs it", "pip install shotledger"),
        _package("pandas", "pandas", "comparisons need it", "pip install shotledger"),
        _torch(),
        _package("diffusers", "diffusers", "the AI workflow needs it", 'pip install "shotledger[ai]"'),
        _embedded_model(),
        *_blender(),
        *(
            _package(part, distribution, f"{purpose} needs it", 'pip install "shotledger[picture]"')
            for part, distribution, purpose in (
                ("PyAV", "av", "writing review movies"),
                ("OpenEXR", "OpenEXR", "reading Blender's frames"),
                ("OpenColorIO", "opencolorio", "the way from scene light to the display"),
            )
        ),
        _package(
            "Streamlit", "streamlit", "only the pages need it", 'pip install "shotledger[dashboard]"', optional=True
        ),
        _browser(),
        _gpu(),
        _energy(),
        *(_folder(folder) for folder in folders or (Path.cwd(), Path(tempfile.gettempdir()))),
        _memory(),
    ]
    if deep:
        findings += _tried(findings)
    return findings


def _python() -> Finding:
    detail = f"{sys.version.split()[0]} at {sys.executable}"
    if sys.version_info[:2] == REFERENCE_PYTHON:
        return Finding("Python", State.OK, detail)
    return Finding("Python", State.DEGRADED, detail, "use Python 3.11: Blender's package exists for no other")


def _package(part: str, distribution: str, purpose: str, install: str, optional: bool = False) -> Finding:
    try:
        return Finding(part, State.OK, version(distribution))
    except PackageNotFoundError:
        state = State.DEGRADED if optional else State.MISSING
        return Finding(part, state, f"not installed; {purpose}", install)


def _torch() -> Finding:
    install = 'pip install "shotledger[ai]"'
    try:
        import torch
    except ImportError as error:
        return Finding("torch", State.MISSING, f"cannot be imported ({error}); the AI workflow needs it", install)
    except OSError as error:  # a library of the wheel that the loader refuses
        return Finding("torch", State.MISSING, f"is damaged ({error})", f"install it again: {install}")
    from generation.ai.embedded import native_precision

    device = "cuda" if torch.cuda.is_available() else "cpu"
    where = f"CUDA {torch.version.cuda}" if device == "cuda" else "on the processor, no CUDA"
    precision = "with" if native_precision(device) == "bfloat16" else "without"
    return Finding("torch", State.OK, f"{torch.__version__}, {where}, {precision} bfloat16 units")


def _embedded_model() -> Finding:
    from generation.ai.model_folder import check_model_folder

    try:
        folder = check_model_folder(shipped_path("models", "embedded"))
    except ShotledgerError as error:
        return _from_error("Embedded model", error)
    megabytes = folder.weights_file.stat().st_size / 1e6
    return Finding("Embedded model", State.OK, f"{megabytes:.1f} MB, revision {folder.revision()[:12]}")


def _blender() -> Iterator[Finding]:
    """Blender and its libraries, found without importing bpy: it takes over the process it is imported into."""
    from generation.traditional.blender_process import interpreter

    try:
        program = interpreter()[0]
    except ShotledgerError as error:
        yield _from_error("Blender", error)
        return
    if os.environ.get("SHOTLEDGER_BLENDER"):
        yield Finding("Blender", State.OK, f"{program}, named by SHOTLEDGER_BLENDER")
        return
    yield _package("Blender", "bpy", "the traditional workflow needs it", 'pip install "shotledger[traditional]"')
    spec = find_spec("bpy")
    if spec is not None and spec.origin is not None and shutil.which("ldd") is not None:
        looked = subprocess.run(["ldd", spec.origin], capture_output=True, text=True, check=False)
        yield blender_libraries(looked.stdout)


def blender_libraries(ldd_output: str) -> Finding:
    """What ``ldd`` says of Blender's module, as a finding with the line that installs what it did not find."""
    from generation.system_libraries import install_line, packages_named_missing

    part = "Blender's libraries"
    wanted = packages_named_missing(ldd_output)
    if not wanted:
        return Finding(part, State.OK, "all found")
    # A library that we know no package for stands for itself in the list, and apt-get would refuse its name.
    packages = [name for name in wanted if ".so" not in name]
    unknown = [name for name in wanted if ".so" in name]
    mends = [f"as root, run: {install_line(packages)}"] if packages else []
    mends += (
        [f"find the package that holds {', '.join(unknown)} (apt-file search NAME) and install it"] if unknown else []
    )
    absent = [line.split("=>")[0].strip() for line in ldd_output.splitlines() if "=> not found" in line]
    return Finding(part, State.MISSING, f"not found: {', '.join(dict.fromkeys(absent))}", "; ".join(mends))


def _browser() -> Finding:
    from generation.system_libraries import browser_program, install_line

    program = browser_program()
    if program is not None:
        return Finding("Chromium", State.OK, f"{program} (for tests only)")
    mend = f"to run the browser tests, as root: {install_line(['chromium'])}"
    return Finding("Chromium", State.DEGRADED, "not there; only tests need it", mend)


def _gpu() -> Finding:
    from generation.metering.nvml import nvidia_devices

    devices = nvidia_devices()
    if devices:
        names = ", ".join(f"{device.model} ({device.memory_bytes / 2**30:.0f} GiB)" for device in devices)
        return Finding("GPU", State.OK, names)
    if Path("/dev/nvidia0").exists() or shutil.which("nvidia-smi"):
        return Finding("GPU", State.DEGRADED, "there is one, but it cannot be metered", 'pip install "shotledger[gpu]"')
    return Finding("GPU", State.OK, "none; everything runs on the processor")


def _energy() -> Finding:
    from generation.metering.energy import energy_meter
    from generation.metering.hardware import read_hardware

    try:
        hardware = read_hardware()
    except ShotledgerError as error:
        return _from_error("Energy meter", error)
    meter = energy_meter(hardware)
    detail = f"{meter.name}; joules are {meter.origin.value}"
    if meter.origin is Origin.MEASURED:
        return Finding("Energy meter", State.OK, detail)
    detail += f" at {hardware.cpu_tdp_watts:g} W for {hardware.cpu_count} CPUs of {hardware.cpu_model}"
    counters = sorted(Path("/sys/class/powercap").glob("intel-rapl:*/energy_uj"))
    if counters:
        mend = f"to measure, as root: chmod a+r {counters[0].parent.parent}/intel-rapl:*/energy_uj"
    elif hardware.gpu_count:
        mend = 'this machine shows no processor counters; for those of the GPU: pip install "shotledger[gpu]"'
    else:
        mend = "nothing to do here: this machine shows no energy counters, as virtual machines don't"
    return Finding("Energy meter", State.DEGRADED, detail, mend)


def _folder(folder: Path) -> Finding:
    part = f"Folder {folder}"
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"1")
        free_bytes = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding(part, State.MISSING, f"cannot be written ({error.strerror})", "choose another with --out")
    detail = f"writable, {free_bytes / 2**30:.1f} GiB free"
    if free_bytes < RENDER_DISK_BYTES:
        return Finding(part, State.DEGRADED, detail, f"free {RENDER_DISK_BYTES / 2**30:.0f} GiB for frames and passes")
    return Finding(part, State.OK, detail)


def _memory() -> Finding:
    import psutil

    memory = psutil.virtual_memory()
    detail = f"{memory.available / 2**30:.1f} of {memory.total / 2**30:.1f} GiB free"
    if memory.available < RENDER_MEMORY_BYTES:
        return Finding("Memory", State.DEGRADED, detail, "close other programs: a render takes up to 4 GiB")
    return Finding("Memory", State.OK, detail)


def _tried(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Start what was found, one after the other; what is missing anyway is not tried."""
    missing = {finding.part for finding in findings if finding.state is State.MISSING}
    if not missing & {"Blender", "Blender's libraries"}:
        yield _trial("Blender, started", _start_blender)
    if not missing & {"torch", "diffusers", "Embedded model"}:
        yield _trial("Embedded model, run", _run_embedded_model)


def _trial(part: str, attempt: Callable[[], str]) -> Finding:
    started = time.perf_counter()
    try:
        detail = attempt()
    except ShotledgerError as error:
        return _from_error(part, error)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        return Finding(part, State.MISSING, f"failed ({error})", "mend what is said above, then install the part again")
    return Finding(part, State.OK, f"{detail} in {time.perf_counter() - started:.1f} s")


def _start_blender() -> str:
    named = os.environ.get("SHOTLEDGER_BLENDER")
    command = (
        [named, "--version"]
        if named
        else [sys.executable, "-c", "import bpy; print('Blender', bpy.app.version_string)"]
    )
    ended = subprocess.run(command, capture_output=True, text=True, timeout=CHILD_TIMEOUT_SECONDS, check=False)
    if ended.returncode != 0:
        last_lines = " ".join((ended.stderr or ended.stdout).split("\n")[-3:]).strip()
        raise RuntimeError(last_lines or f"exit code {ended.returncode}")
    return next((line for line in ended.stdout.splitlines() if line.startswith("Blender")), "started")


def _run_embedded_model() -> str:
    from generation.ai.embedded import EmbeddedFinisher

    finisher = EmbeddedFinisher.load()
    finisher.warm_up(256, 144)
    return f"one frame of 256x144 finished in {finisher.precision} on {finisher.device}, loading included,"


def _from_error(part: str, error: ShotledgerError) -> Finding:
    detail = "; ".join(f"{problem.place}: {problem.why}" for problem in error.problems)
    return Finding(part, State.MISSING, detail, "; ".join(dict.fromkeys(problem.mend for problem in error.problems)))
