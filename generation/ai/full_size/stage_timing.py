"""Times the stages of a running pipeline: methods that it calls once, and its denoising steps."""

import functools
import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.vocabulary.errors import RenderFailed
from generation.ai.full_size.card import Card

QUICK_SECONDS = 4.0
"""A stage of at most this length is measured three times after its warm-up."""
LONG_SECONDS = 20.0
"""A stage longer than this is measured once, cold: its warm-up is the measurement. One in between: once, warm."""
SHORTEST_MEASURED_SECONDS = 1.0
"""Very quick stages are repeated for at least this long, so that the energy counter moves under them."""
MOST_REPEATS = 20
STEPS_SECONDS = 8.0
"""Denoising is measured for about this long, and for at least `LEAST_STEPS` steps."""
LEAST_STEPS = 3
LEAST_LONG_STEPS = 2  # of steps that take longer than `LONG_SECONDS`


@dataclass(frozen=True)
class StageMeasurement:
    """What one stage took.

    Attributes
    ----------
    seconds
        Every measured run; of the denoising, every measured step.
    warm_up_seconds
        The runs before them, in order; for a step that is not known.
    joules
        Of all measured runs together, by the card's counter.
    flops
        Floating-point operations of one run, counted as they were dispatched.
    peak_vram_bytes
        Highest memory during the warm-up, everything resident included.
    """

    seconds: tuple[float, ...]
    warm_up_seconds: tuple[float, ...]
    joules: float | None
    flops: int | None
    peak_vram_bytes: int | None
    tiled: bool = False

    @property
    def median_seconds(self) -> float:
        """Median of the measured runs."""
        return statistics.median(self.seconds)

    @property
    def joules_per_run(self) -> float | None:
        """Energy of one run."""
        return None if self.joules is None else self.joules / len(self.seconds)


class MethodTimer:
    """Stands in front of a method, and measures it the first time the pipeline calls it.

    Repeats happen inside that call, with the arguments and the memory of the real run.
    """

    def __init__(self, card: Card, stage: str, owner: Any, method: str) -> None:
        self.measurement: StageMeasurement | None = None
        self._card, self._stage, self._owner = card, stage, owner
        self._original = getattr(owner, method)
        setattr(owner, method, self)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Run the method; measured the first time."""
        if self.measurement is not None:
            return self._original(*arguments, **options)
        card = self._card
        card.settle()
        card.forget_peak()
        energy_before = card.joules_so_far()
        tiled = False
        try:
            result, first_seconds, flops = self._run(arguments, options, True)
        except _memory_errors():
            if not self._can_tile():
                raise
            result = None
        if result is None:  # outside of the handler, whose exception keeps the failed run's memory alive
            card.release()
            self._owner.enable_tiling()
            tiled = True
            energy_before = card.joules_so_far()
            result, first_seconds, flops = self._run(arguments, options, True)
        peak = card.peak_bytes()
        require_finite(self._stage, result)
        if first_seconds > LONG_SECONDS:
            measured, warm_up = [first_seconds], []
        else:
            warm_up, measured = [first_seconds], []
            energy_before = card.joules_so_far()
            while not measured or (
                first_seconds <= QUICK_SECONDS
                and (len(measured) < 3 or sum(measured) < SHORTEST_MEASURED_SECONDS)
                and len(measured) < MOST_REPEATS
            ):
                measured.append(self._run(arguments, options, False)[1])
        self.measurement = StageMeasurement(
            tuple(measured),
            tuple(warm_up),
            _difference(energy_before, card.joules_so_far()),
            flops,
            peak,
            tiled or bool(getattr(self._owner, "use_tiling", False)),
        )
        return result

    def _run(self, arguments: Any, options: Any, count: bool) -> tuple[Any, float, int | None]:
        start = self._card.mark()
        result, flops = counted(self._original, arguments, options) if count else (None, None)
        if not count:
            result = self._original(*arguments, **options)
        end = self._card.mark()
        self._card.settle()
        return result, self._card.seconds_between(start, end), flops

    def _can_tile(self) -> bool:
        return hasattr(self._owner, "enable_tiling") and not getattr(self._owner, "use_tiling", False)


class StepTimer:
    """Measures denoising steps: give it to the pipeline as ``callback_on_step_end``.

    After the warm-up it decides how many steps to measure; then it asks the pipeline to skip the rest. The operations
    are counted in the denoiser's first call, unless they are known: counting looks into every operation, which compiled
    code hides. Those of the networks that run before it in every step, as a ControlNet does, are added to it.
    """

    def __init__(
        self,
        card: Card,
        pipeline: Any,
        denoiser: Any,
        native_steps: int,
        warm_ups: int = 2,
        flops_per_call: int | None = None,
        beside: Sequence[Any] = (),
    ) -> None:
        self.measurement: StageMeasurement | None = None
        self.calls_per_step = 0
        self.flops_per_call = flops_per_call
        self._card, self._native_steps, self._warm_ups = card, native_steps, warm_ups
        self._can_skip = hasattr(type(pipeline), "interrupt")
        self._calls, self._planned = 0, 0
        self._marks: list[Any] = []
        self._warm_up_seconds: tuple[float, ...] = ()
        self._energy_before: float | None = None
        self._forward = denoiser.forward
        denoiser.forward = self._count_call
        self._flops_beside = 0
        for network in beside if flops_per_call is None else ():
            network.forward = functools.partial(self._count_beside, network, network.forward)

    def _count_call(self, *arguments: Any, **options: Any) -> Any:
        self._calls += 1
        if self._calls == 1:
            self._card.settle()
            self._card.forget_peak()
            self._marks.append(self._card.mark())
            if self.flops_per_call is None:
                result, flops = counted(self._forward, arguments, options)
                self.flops_per_call = flops + self._flops_beside
                return result
        return self._forward(*arguments, **options)

    def _count_beside(self, network: Any, forward: Any, *arguments: Any, **options: Any) -> Any:
        network.forward = forward
        result, flops = counted(forward, arguments, options)
        self._flops_beside += flops
        return result

    def __call__(self, pipeline: Any, step: int, timestep: Any, kept: dict[str, Any]) -> dict[str, Any]:
        """Note that a step has ended."""
        done = step + 1
        if self.measurement is not None:
            return {}
        self._marks.append(self._card.mark())
        if done == self._warm_ups:
            self._start_measuring()
        elif self._planned and done == self._warm_ups + self._planned:
            self._card.settle()
            require_finite("denoise", kept["latents"])
            self.calls_per_step = self._calls // done
            self.measurement = StageMeasurement(
                self._intervals(),
                self._warm_up_seconds,
                _difference(self._energy_before, self._card.joules_so_far()),
                None if self.flops_per_call is None else self.flops_per_call * self.calls_per_step,
                self._card.peak_bytes(),
            )
            if self._can_skip:
                pipeline._interrupt = True
        return {}

    def _start_measuring(self) -> None:
        self._card.settle()
        self._warm_up_seconds = self._intervals()
        remaining = self._native_steps - self._warm_ups
        wanted = remaining
        if self._can_skip:
            step_seconds = max(self._warm_up_seconds[-1], 1e-6)
            least = LEAST_LONG_STEPS if step_seconds > LONG_SECONDS else LEAST_STEPS
            wanted = max(least, round(STEPS_SECONDS / step_seconds))
        self._planned = min(remaining, wanted)
        self._energy_before = self._card.joules_so_far()
        self._marks = [self._card.mark()]

    def _intervals(self) -> tuple[float, ...]:
        return tuple(self._card.seconds_between(start, end) for start, end in itertools.pairwise(self._marks))


def counted(function: Any, arguments: Any, options: Any) -> tuple[Any, int]:
    """Call a function and count its floating-point operations (matrix products, convolutions and attention)."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    attention = (
        torch.ops.aten._scaled_dot_product_flash_attention,
        torch.ops.aten._scaled_dot_product_efficient_attention,
        torch.ops.aten._scaled_dot_product_cudnn_attention,
    )
    with FlopCounterMode(display=False, custom_mapping=dict.fromkeys(attention, _attention_flops)) as counter:
        result = function(*arguments, **options)
    return result, int(counter.get_total_flops())


def _attention_flops(query: Any, key: Any, value: Any, *_: Any, out_shape: Any = None, **__: Any) -> int:
    """Of shapes (batch, heads, tokens, width): torch's own formula refuses fewer key heads than heads before 2.13."""
    batch, heads, tokens, width = query
    return int(2 * batch * heads * tokens * key[-2] * (width + value[-1]))


def require_finite(stage: str, result: Any) -> None:
    """Hold every tensor of a result against infinity and zero: a timing of broken numbers proves nothing.

    Raises
    ------
    RenderFailed
        If one of them holds something that is no number, or all of them nothing but zeros.
    """
    import torch

    tensors = [tensor for tensor in _tensors(result) if tensor.is_floating_point()]
    mend = "report it with the record: this architecture cannot be timed with random weights as they are"
    if not all(bool(torch.isfinite(tensor).all()) for tensor in tensors):
        raise RenderFailed(stage, None, "gave numbers that are not finite", mend)
    if tensors and not any(bool(tensor.any()) for tensor in tensors):
        raise RenderFailed(stage, None, "gave nothing but zeros", mend)


def _tensors(value: Any) -> Iterator[Any]:
    import torch

    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _tensors(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _tensors(item)


def _memory_errors() -> tuple[type[BaseException], ...]:
    import torch

    return (torch.OutOfMemoryError,)


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before
