"""The machine and its rating."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.vocabulary.errors import InputRefused
from generation.metering.cpu_rating import cpu_rating, cpu_tdp_watts
from generation.metering.hardware import digest_of, rate_resource, read_cpu_model, read_hardware

ROOT = Path(__file__).resolve().parents[3]


def test_the_id_is_the_same_in_another_process_and_differs_for_another_machine() -> None:
    here = read_hardware()
    code = "from generation.metering.hardware import read_hardware; print(read_hardware().hardware_id)"
    elsewhere = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert elsewhere.stdout.strip() == here.hardware_id == digest_of(here)
    assert len(here.hardware_id) == 12
    assert int(here.hardware_id, 16) >= 0
    assert digest_of(replace(here, cpu_count=here.cpu_count + 1)) != here.hardware_id


def test_what_is_read_is_possible() -> None:
    hardware = read_hardware()
    assert hardware.cpu_count >= 1
    assert hardware.memory_bytes >= 2**30
    assert hardware.memory_bytes % 2**30 == 0
    assert hardware.cpu_tdp_watts > 0
    assert (hardware.gpu_model is None) == (hardware.gpu_count == 0) == (hardware.gpu_memory_bytes == 0)


@pytest.mark.parametrize(
    ("gpu_model", "resource"),
    [
        (None, "machine:cpu"),
        ("NVIDIA H100 80GB HBM3", "machine:gpu:h100"),
        ("NVIDIA H200", "machine:gpu:h200"),
        ("NVIDIA GH200 480GB", "machine:gpu:gh200"),
        ("NVIDIA A100-SXM4-80GB", "machine:gpu:a100"),
        ("NVIDIA A10G", "machine:gpu:a10g"),
        ("NVIDIA L4", "machine:gpu:l4"),
        ("NVIDIA L40S", "machine:gpu:l40s"),
        ("NVIDIA GeForce RTX 4090", "machine:gpu:rtx_4090"),
        ("NVIDIA GeForce GTX 1060", "machine:gpu"),
    ],
)
def test_a_machine_is_charged_at_the_rate_of_its_gpu(gpu_model: str | None, resource: str) -> None:
    assert rate_resource(gpu_model) == resource


def test_the_processor_is_named_by_the_system(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("processor\t: 0\nmodel name\t: Intel(R)  Xeon(R) Gold 6248R CPU @ 3.00GHz\ncpu MHz\t: 1\n")
    assert read_cpu_model(cpuinfo) == "Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz"
    assert read_cpu_model(tmp_path / "absent")


@pytest.mark.parametrize(
    ("cpu_model", "cpu_count", "watts"),
    [
        ("AMD EPYC 7763 64-Core Processor", 128, 280.0),
        ("AMD EPYC 7763 64-Core Processor", 8, 17.5),
        ("AMD EPYC 9654 96-Core Processor", 384, 720.0),
        ("AMD EPYC", 2, 4.375),
        ("Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz", 48, 205.0),
        ("INTEL(R) XEON(R) PLATINUM 8480+", 112, 350.0),
        ("AMD Ryzen 9 7950X 16-Core Processor", 32, 170.0),
        ("13th Gen Intel(R) Core(TM) i9-13900K", 32, 125.0),
        ("Apple M9", 10, 40.0),
    ],
)
def test_a_machine_is_rated_by_its_share_of_the_package(cpu_model: str, cpu_count: int, watts: float) -> None:
    assert cpu_tdp_watts(cpu_model, cpu_count) == pytest.approx(watts)


def test_an_assumed_rating_says_so_in_its_source() -> None:
    assert cpu_rating("AMD EPYC").source.startswith("Assumption")
    assert not cpu_rating("AMD EPYC 7763 64-Core Processor").source.startswith("Assumption")


def test_all_unusable_ratings_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "cpu_tdp.toml"
    path.write_text(
        "[[rating]]\npattern = '['\npackage_tdp_watts = 1.0\nthread_count = 1\nsource = 's'\n"
        "[[rating]]\npattern = 'x'\npackage_tdp_watts = -1.0\nthread_count = 1\nsource = 's'\n"
        "[[rating]]\npattern = 'x'\n"
    )
    with pytest.raises(InputRefused) as refused:
        cpu_rating("x", path)
    assert [problem.place for problem in refused.value.problems] == [f"{path} rating {number}" for number in (1, 2, 3)]


def test_a_processor_that_nothing_matches_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cpu_tdp.toml"
    path.write_text("[[rating]]\npattern = 'EPYC'\npackage_tdp_watts = 1.0\nthread_count = 1\nsource = 's'\n")
    with pytest.raises(InputRefused, match="no rating matches"):
        cpu_rating("Xeon", path)
