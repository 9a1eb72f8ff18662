"""Stages of a real stopwatch: without gaps, accumulated, and there after an interruption."""

import subprocess
import sys
import threading
import time

import pytest

from analytics.vocabulary.origin import Origin
from analytics.vocabulary.stage import Stage, StageName
from generation.metering.hardware import read_hardware
from generation.metering.meters import Meters, Reading
from generation.metering.stopwatch import Stopwatch


def burn(cpu_seconds: float) -> None:
    until = time.process_time() + cpu_seconds
    while time.process_time() < until:
        pass


def by_name(stages: tuple[Stage, ...]) -> dict[StageName, Stage]:
    return {stage.name: stage for stage in stages}


class KeptReadings(Meters):
    """Real meters that keep what they showed."""

    def read(self, exact: bool = False) -> Reading:
        if not hasattr(self, "readings"):
            self.readings: list[Reading] = []
        self.readings.append(super().read(exact))
        return self.readings[-1]


def test_stages_follow_each_other_without_gaps_on_every_meter() -> None:
    meters = KeptReadings.of_this_machine()
    watch = Stopwatch(meters)
    started = time.perf_counter()
    watch.enter(StageName.LOAD)
    time.sleep(0.1)
    watch.enter(StageName.RENDER)
    burn(0.3)
    watch.enter(StageName.ENCODE)
    time.sleep(0.05)
    stages = watch.stop()
    elapsed = time.perf_counter() - started
    assert [stage.name for stage in stages] == [StageName.LOAD, StageName.RENDER, StageName.ENCODE]
    first, last = meters.readings[0], meters.readings[-1]
    assert watch.wall_seconds == pytest.approx(last.wall_seconds - first.wall_seconds)
    assert watch.wall_seconds <= elapsed
    cpu_seconds = sum(stage.cpu_seconds for stage in stages)
    assert cpu_seconds == pytest.approx(last.cpu_seconds - first.cpu_seconds)
    energy_joules = sum(stage.energy_joules or 0.0 for stage in stages)
    assert energy_joules == pytest.approx(last.energy_joules - first.energy_joules)
    load, render, _ = stages
    assert load.wall_seconds >= 0.1
    assert load.cpu_seconds < 0.1
    assert 0.3 <= render.cpu_seconds < 0.4


def test_a_stage_entered_again_goes_on_where_it_was() -> None:
    watch = Stopwatch()
    started = time.perf_counter()
    for _ in range(3):
        watch.enter(StageName.RENDER)
        time.sleep(0.05)
        watch.enter(StageName.COMPOSITE)
        time.sleep(0.02)
    stages = by_name(watch.stop())
    elapsed = time.perf_counter() - started
    assert set(stages) == {StageName.RENDER, StageName.COMPOSITE}
    assert stages[StageName.RENDER].wall_seconds >= 0.15
    assert stages[StageName.COMPOSITE].wall_seconds >= 0.06
    assert watch.wall_seconds <= elapsed


def test_a_block_goes_back_to_the_stage_around_it() -> None:
    watch = Stopwatch()
    watch.enter(StageName.RENDER)
    with watch.stage(StageName.COMPOSITE):
        running = [watch.running]
        time.sleep(0.05)
    running.append(watch.running)
    time.sleep(0.1)
    stages = by_name(watch.stop())
    assert running == [StageName.COMPOSITE, StageName.RENDER]
    assert stages[StageName.COMPOSITE].wall_seconds >= 0.05
    assert stages[StageName.RENDER].wall_seconds >= 0.1


def test_a_block_with_nothing_around_it_leaves_the_pause_out() -> None:
    watch = Stopwatch()
    started = time.perf_counter()
    with watch.stage(StageName.LOAD):
        time.sleep(0.02)
    time.sleep(0.3)
    with watch.stage(StageName.RENDER):
        time.sleep(0.02)
    elapsed = time.perf_counter() - started
    assert sum(stage.wall_seconds for stage in watch.stop()) <= elapsed - 0.3


def test_an_interrupted_render_still_has_its_stages() -> None:
    watch = Stopwatch()

    def interrupted_render() -> None:
        watch.enter(StageName.LOAD)
        time.sleep(0.05)
        watch.enter(StageName.RENDER)
        time.sleep(0.1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted_render()
    stages = by_name(watch.stop())
    assert stages[StageName.RENDER].wall_seconds >= 0.1
    assert watch.stop() == tuple(stages.values())
    assert "shotledger-sampler" not in {thread.name for thread in threading.enumerate()}
    with pytest.raises(RuntimeError):
        watch.enter(StageName.ENCODE)


def test_nothing_measured_is_no_stage() -> None:
    assert Stopwatch().stop() == ()


def test_the_work_of_a_child_is_in_the_stage_it_ran_in() -> None:
    watch = Stopwatch()
    watch.enter(StageName.LOAD)
    code = (
        "import time\nheld = b'1' * 200_000_000\nprint(flush=True)\ninput()\n"
        "until = time.process_time() + 1.1\nwhile time.process_time() < until: pass\nprint(flush=True)\ninput()"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdout.readline()
    watch.enter(StageName.RENDER)
    child.stdin.write(b"\n")
    child.stdin.flush()
    child.stdout.readline()
    watch.enter(StageName.ENCODE)
    child.communicate(b"\n")
    stages = by_name(watch.stop())
    # A list of children is never older than a second, so one that works for longer is seen by the end of its stage.
    assert 1.05 <= stages[StageName.RENDER].cpu_seconds < 1.6
    assert stages[StageName.ENCODE].cpu_seconds < 0.25
    assert stages[StageName.RENDER].peak_memory_bytes >= 200_000_000
    assert sum(stage.cpu_seconds for stage in stages.values()) < 1.8


def test_energy_of_the_stages_is_the_rating_times_their_processor_seconds_where_nothing_is_metered() -> None:
    hardware = read_hardware()
    meters = Meters.of_this_machine(hardware)
    watch = Stopwatch(meters)
    watch.enter(StageName.RENDER)
    burn(0.2)
    (stage,) = watch.stop()
    assert stage.energy_joules is not None
    assert stage.energy_origin is meters.energy_origin
    formula = hardware.cpu_tdp_watts * stage.cpu_seconds / hardware.cpu_count
    # Where the machine has a meter, it shows idle power and the whole package too: never less than nothing.
    assert stage.energy_joules > 0
    assert meters.energy_origin is Origin.MEASURED or stage.energy_joules >= formula * 0.999


def test_a_machine_without_gpu_has_no_gpu_figures_and_one_with_gpu_has_them() -> None:
    watch = Stopwatch()
    watch.enter(StageName.DENOISE)
    time.sleep(0.02)
    (stage,) = watch.stop()
    without_gpu = read_hardware().gpu_count == 0
    assert (stage.gpu_seconds is None) == without_gpu
    assert (stage.peak_vram_bytes is None) == without_gpu
