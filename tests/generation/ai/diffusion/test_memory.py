"""Running out of memory is known by what torch and Python really raise, and is answered with what is left to try."""

import pytest
import torch

from analytics.vocabulary.frames import FrameSize
from generation.ai.diffusion.memory import free_memory, is_out_of_memory, out_of_memory
from generation.ai.diffusion.windows import Window


@pytest.mark.parametrize(
    "demand",
    [
        lambda: torch.empty(2**47, dtype=torch.uint8),  # more than any machine has
        lambda: torch.empty(2**60, 2**60),  # more than can be counted
        lambda: bytearray(2**62),
    ],
)
def test_a_demand_that_no_machine_can_meet_counts_as_out_of_memory(demand) -> None:
    with pytest.raises((RuntimeError, MemoryError)) as raised:
        demand()
    assert is_out_of_memory(raised.value)
    wrapped = RuntimeError("decoding failed")
    wrapped.__cause__ = raised.value
    assert is_out_of_memory(wrapped)
    free_memory()


def test_other_errors_are_not_mistaken_for_it() -> None:
    with pytest.raises(RuntimeError) as raised:
        torch.zeros(2, 3) @ torch.zeros(2, 3)
    assert not is_out_of_memory(raised.value)
    assert not is_out_of_memory(ValueError("not enough memory of the matter"))


def test_the_answer_names_the_levers_in_the_order_to_try() -> None:
    window = Window(0, 81, 1)
    answer = str(
        out_of_memory("wan", "decode", FrameSize(832, 480), window, ("vae_tiling", "layerwise_float8", "group_offload"))
    )
    assert "81 frames of 832x480" in answer
    assert "stage decode" in answer
    assert "Try --lever vae_tiling (then also layerwise_float8, group_offload)" in answer
    assert "smaller --model-size" in str(out_of_memory("wan", "load", FrameSize(832, 480), window, ()))
