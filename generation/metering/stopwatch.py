"""The stopwatch: what each stage of a render took on every meter."""

from collections.abc import Iterator
from contextlib import contextmanager

from analytics.vocabulary.stage import Stage, StageName
from generation.metering.meters import Meters, Reading
from generation.metering.sampler import Sampler


class Stopwatch:
    """Splits a render's time into stages without gaps.

    One stage runs at a time. Entering the next closes it by the very reading that opens the next, so the stages add up
    to the time between the first `enter` and `stop`, exactly. A stage that is entered again goes on where it was.

    ::

        watch = Stopwatch(Meters.of_this_machine())
        watch.enter(StageName.LOAD)
        ...
        watch.enter(StageName.RENDER)
        ...
        stages = watch.stop()

    A warm-up is metered by a stopwatch of its own and recorded as a render with purpose ``warm_up``.
    """

    def __init__(self, meters: Meters | None = None) -> None:
        self._meters = meters or Meters.of_this_machine()
        self._sampler: Sampler | None = None
        self._running: StageName | None = None
        self._opened: Reading | None = None
        self._stages: dict[StageName, Stage] = {}
        self._stopped = False

    @property
    def running(self) -> StageName | None:
        """The stage that is being measured now."""
        return self._running

    @property
    def wall_seconds(self) -> float:
        """Sum of the stages that are closed so far."""
        return sum(stage.wall_seconds for stage in self._stages.values())

    @property
    def sampler_cpu_seconds(self) -> float:
        """Processor time that watching itself took in the sampling thread; it is part of ``cpu_seconds``."""
        return self._sampler.cpu_seconds if self._sampler is not None else 0.0

    def enter(self, name: StageName) -> None:
        """Close the running stage, if there is one, and open ``name``. Entering the running stage changes nothing.

        Raises
        ------
        RuntimeError
            If the stopwatch was stopped: what it said is already recorded.
        """
        if self._stopped:
            raise RuntimeError("a stopped stopwatch measures no more; start a new one")
        if self._sampler is None:
            self._meters.take_peak_memory_bytes()
            self._meters.take_peak_vram_bytes()
            self._sampler = self._meters.start_sampling()
        if name is not self._running:
            self._close()
            self._running = name

    def measured(self, name: StageName) -> Stage | None:
        """What a stage took so far, the running lap left out; ``None`` if it never ran."""
        return self._stages.get(name)

    def carry(self, stage: Stage) -> None:
        """Count what a stage took when it ran in an earlier render whose result is used again.

        The work was done once and would have to be done for this render too: leaving it out would make a repeat look
        cheaper than the shot is.
        """
        earlier = self._stages.get(stage.name)
        self._stages[stage.name] = stage if earlier is None else _joined(earlier, stage)

    @contextmanager
    def stage(self, name: StageName) -> Iterator[None]:
        """Measure a block, then go back to the stage that ran before it; with none before, nothing is measured."""
        before = self._running
        self.enter(name)
        try:
            yield
        finally:
            if before is not None:
                self.enter(before)
            else:
                self._close()

    def stop(self) -> tuple[Stage, ...]:
        """Close the running stage and give all stages in the order they were first entered.

        May be called at any time, also after an interruption and more than once.
        """
        if not self._stopped:
            self._close(exact=True)
            self._stopped = True
            if self._sampler is not None:
                self._sampler.stop()
        return tuple(self._stages.values())

    def _close(self, exact: bool = False) -> None:
        reading = self._meters.read(exact)
        if self._running is not None and self._opened is not None:
            lap = self._lap(self._running, self._opened, reading)
            earlier = self._stages.get(self._running)
            self._stages[self._running] = lap if earlier is None else _joined(earlier, lap)
        self._running = None
        self._opened = reading

    def _lap(self, name: StageName, opened: Reading, closed: Reading) -> Stage:
        return Stage(
            name=name,
            wall_seconds=closed.wall_seconds - opened.wall_seconds,
            cpu_seconds=closed.cpu_seconds - opened.cpu_seconds,
            gpu_seconds=_difference(closed.gpu_seconds, opened.gpu_seconds),
            energy_joules=closed.energy_joules - opened.energy_joules,
            energy_origin=self._meters.energy_origin,
            peak_memory_bytes=self._meters.take_peak_memory_bytes(),
            peak_vram_bytes=self._meters.take_peak_vram_bytes(),
        )


def _difference(closed: float | None, opened: float | None) -> float | None:
    return None if closed is None or opened is None else closed - opened


def _joined(earlier: Stage, lap: Stage) -> Stage:
    """Two laps of one stage: uses add up, peaks don't."""
    return Stage(
        name=earlier.name,
        wall_seconds=earlier.wall_seconds + lap.wall_seconds,
        cpu_seconds=earlier.cpu_seconds + lap.cpu_seconds,
        gpu_seconds=_sum(earlier.gpu_seconds, lap.gpu_seconds),
        energy_joules=_sum(earlier.energy_joules, lap.energy_joules),
        energy_origin=lap.energy_origin,
        peak_memory_bytes=max(earlier.peak_memory_bytes, lap.peak_memory_bytes),
        peak_vram_bytes=_highest(earlier.peak_vram_bytes, lap.peak_vram_bytes),
    )


def lap_since(before: Stage | None, after: Stage) -> Stage:
    """What a stage took between two times it was `measured`; peaks are those of the whole stage."""
    if before is None:
        return after
    return Stage(
        name=after.name,
        wall_seconds=after.wall_seconds - before.wall_seconds,
        cpu_seconds=after.cpu_seconds - before.cpu_seconds,
        gpu_seconds=_difference(after.gpu_seconds, before.gpu_seconds),
        energy_joules=_difference(after.energy_joules, before.energy_joules),
        energy_origin=after.energy_origin,
        peak_memory_bytes=after.peak_memory_bytes,
        peak_vram_bytes=after.peak_vram_bytes,
    )


def _sum(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first + second


def _highest(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else max(first, second)
