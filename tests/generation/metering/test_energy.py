"""Energy meters: the formula, the weaker origin, and kernel counters that wrap around."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.vocabulary.origin import Origin
from generation.metering.energy import (
    RaplEnergy,
    RatedCpuEnergy,
    RatedGpuEnergy,
    SummedEnergy,
    Use,
    energy_meter,
    weaker,
)
from generation.metering.hardware import read_hardware
from generation.metering.rapl import RaplCounters

WRAPS_AT = 262_143_328_850


def write_zone(powercap: Path, folder: str, name: str, microjoules: int) -> Path:
    zone = powercap / folder
    zone.mkdir(parents=True)
    (zone / "name").write_text(f"{name}\n")
    (zone / "max_energy_range_uj").write_text(f"{WRAPS_AT}\n")
    (zone / "energy_uj").write_text(f"{microjoules}\n")
    return zone / "energy_uj"


def test_packages_and_memory_are_counted_and_what_they_contain_is_not(tmp_path: Path) -> None:
    files = {
        name: write_zone(tmp_path, folder, name, 1_000_000)
        for folder, name in (
            ("intel-rapl:0", "package-0"), ("intel-rapl:0:0", "core"), ("intel-rapl:0:1", "dram"),
            ("intel-rapl:1", "package-1"), ("intel-rapl:2", "psys"),
        )
    }  # fmt: skip
    write_zone(tmp_path, "intel-rapl-mmio:0", "package-0", 5_000_000)
    counters = RaplCounters.readable_in(tmp_path)
    assert counters is not None
    assert counters.joules_so_far() == 0
    for name, grown in (("package-0", 7), ("core", 6), ("dram", 2), ("package-1", 5), ("psys", 20)):
        files[name].write_text(f"{1_000_000 + grown * 1_000_000}\n")
    assert counters.joules_so_far() == pytest.approx(7 + 2 + 5)


def test_a_counter_that_wraps_around_goes_on_counting(tmp_path: Path) -> None:
    file = write_zone(tmp_path, "intel-rapl:0", "package-0", WRAPS_AT - 3_000_000)
    counters = RaplCounters.readable_in(tmp_path)
    assert counters is not None
    file.write_text("4000000\n")
    assert counters.joules_so_far() == pytest.approx(7.0)
    file.write_text("1000000\n")
    assert counters.joules_so_far() == pytest.approx(7.0 + (WRAPS_AT - 3_000_000) / 1e6)


@pytest.mark.parametrize("content", ["", "not a number"])
def test_counters_that_cannot_be_read_are_no_counters(tmp_path: Path, content: str) -> None:
    write_zone(tmp_path, "intel-rapl:0", "package-0", 1).write_text(content)
    assert RaplCounters.readable_in(tmp_path) is None
    assert RaplCounters.readable_in(tmp_path / "absent") is None


def test_a_machine_with_counters_is_measured_and_one_without_is_rated(tmp_path: Path) -> None:
    hardware = replace(read_hardware(), cpu_tdp_watts=280.0, cpu_count=128)
    without_gpu = hardware.gpu_count == 0
    rated = energy_meter(hardware, powercap=tmp_path)
    assert rated.origin is Origin.ASSUMED
    if without_gpu:
        assert rated.joules_so_far(Use(cpu_seconds=64.0)) == pytest.approx(140.0)
    file = write_zone(tmp_path, "intel-rapl:0", "package-0", 0)
    metered = energy_meter(hardware, powercap=tmp_path)
    file.write_text("12000000\n")
    assert metered.joules_so_far(Use(cpu_seconds=64.0)) >= 12.0
    assert not without_gpu or metered.origin is Origin.MEASURED


def test_assumed_energy_is_the_rating_times_use() -> None:
    # Half of 8 logical CPUs busy for 10 s draw half of 120 W.
    assert RatedCpuEnergy(120.0, 8).joules_so_far(Use(cpu_seconds=40.0)) == pytest.approx(600.0)
    assert RatedGpuEnergy(700.0).joules_so_far(Use(cpu_seconds=40.0, gpu_seconds=3.0)) == pytest.approx(2100.0)
    assert RatedGpuEnergy(700.0).joules_so_far(Use(cpu_seconds=40.0)) == 0


def test_a_sum_is_as_trustworthy_as_its_weaker_part(tmp_path: Path) -> None:
    file = write_zone(tmp_path, "intel-rapl:0", "package-0", 0)
    counters = RaplCounters.readable_in(tmp_path)
    assert counters is not None
    file.write_text("50000000\n")
    both = SummedEnergy([RaplEnergy(counters), RatedGpuEnergy(700.0)])
    assert both.joules_so_far(Use(cpu_seconds=1.0, gpu_seconds=2.0)) == pytest.approx(1450.0)
    assert both.origin is Origin.ASSUMED
    assert SummedEnergy([RaplEnergy(counters), RaplEnergy(counters)]).origin is Origin.MEASURED
    assert weaker(Origin.SYNTHETIC, Origin.MEASURED, Origin.ASSUMED) is Origin.SYNTHETIC
