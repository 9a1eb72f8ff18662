"""The finisher as a diffusers pipeline: a blocking in, finished frames out.

The path of this module and the class name below are part of the saved folder's format (``model_index.json``), see
`network`.
"""

import copy
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import torch
from diffusers.pipelines.pipeline_utils import DiffusionPipeline
from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

from analytics.vocabulary.errors import InputRefused
from generation.ai.finisher.channels import arrays_of, network_images
from generation.ai.finisher.network import FinisherUNet
from generation.blocking import Blocking


class ShotFinisherPipeline(DiffusionPipeline):
    """Walks the bridge from blocking to finished frame.

    The state at sigma 1 is the flat blocking, at sigma 0 the finished frame; the network predicts the far end (sample
    prediction) and diffusers' own Euler scheduler steps there. Nothing is random and no frame sees another one, so the
    same blocking gives the same frames, and what is steady in the blocking is steady in the result.

    Parameters
    ----------
    unet
        The network.
    scheduler
        The stock Euler scheduler for flow matching.
    """

    model_cpu_offload_seq = "unet"  # type: ignore[assignment]

    def __init__(self, unet: FinisherUNet, scheduler: FlowMatchEulerDiscreteScheduler) -> None:
        super().__init__()
        self.register_modules(unet=unet, scheduler=scheduler)  # type: ignore[no-untyped-call]

    @torch.inference_mode()
    def __call__(
        self,
        blocking: Blocking,
        num_inference_steps: int = 1,
        batch_size: int = 1,
        output_type: Literal["uint8", "float"] = "uint8",
        on_frame: Callable[[int], None] | None = None,
    ) -> npt.NDArray[Any]:
        """Finish every frame of a blocking.

        Parameters
        ----------
        blocking
            Frames of any size.
        num_inference_steps
            Steps over the bridge. The network does not look at the state between two steps, so more than one step
            only repeats itself and is refused.
        batch_size
            Frames given to the network together; on a processor, as many batches run side by side as it has threads.
        output_type
            ``"uint8"``, or ``"float"`` for float32 in 0 to 1 that `decode` has still to turn into pixels.
        on_frame
            Called with the number of frames finished so far.

        Returns
        -------
        numpy.ndarray
            [F,H,W,3], display sRGB, row 0 at the top.

        Raises
        ------
        InputRefused
            If an option is out of its range.
        """
        if num_inference_steps != 1:
            raise InputRefused(
                "num_inference_steps",
                num_inference_steps,
                "this model finishes a frame in exactly one step",
                "give 1, or leave it out",
            )
        if batch_size < 1:
            raise InputRefused("batch_size", batch_size, "must be at least 1", "give a whole number from 1 on")
        finished = np.empty((*blocking.flat.shape,), np.float32)
        firsts = range(0, blocking.frame_count, batch_size)
        parts = [slice(first, min(first + batch_size, blocking.frame_count)) for first in firsts]
        workers = min(torch.get_num_threads(), len(parts)) if self.unet.device.type == "cpu" else 1
        with _side_by_side(workers) as map_in_order:
            batches = map_in_order(lambda part: self._finish(blocking[part], num_inference_steps), parts)
            for part, frames in zip(parts, batches, strict=True):
                finished[part] = frames
                if on_frame is not None:
                    on_frame(part.stop)
        return finished if output_type == "float" else decode(finished)

    @torch.inference_mode()
    def _finish(self, blocking: Blocking, num_inference_steps: int) -> npt.NDArray[np.float32]:
        """A few frames at once, float32 [F,H,W,3] in 0 to 1."""
        arrays = arrays_of(blocking)
        images = network_images(arrays.flat, arrays.normal, arrays.log_depth, arrays.effect).to(self.unet.device)
        conditions = arrays.conditions.to(self.unet.device)
        state = images[:, 0:3]
        sigmas = np.linspace(1.0, 1.0 / num_inference_steps, num_inference_steps)
        scheduler = copy.deepcopy(self.scheduler)  # it counts its steps, and batches run side by side
        scheduler.set_timesteps(sigmas=sigmas, device=state.device)
        for number, timestep in enumerate(scheduler.timesteps):
            sample = self.unet(images, conditions)
            velocity = (state - sample) / scheduler.sigmas[number]
            state = scheduler.step(velocity, timestep, state, return_dict=False)[0]
        frames: npt.NDArray[np.float32] = ((state + 1) / 2).clamp(0, 1).movedim(1, -1).float().cpu().numpy()
        return frames


@contextmanager
def _side_by_side(workers: int) -> Iterator[Callable[..., Iterable[Any]]]:
    """A ``map`` that runs on so many threads of one core each, its results in order.

    Threads that share one frame wait for each other at every layer; a frame a thread is 10 % faster on two cores.
    """
    if workers == 1:
        yield map
        return
    threads = torch.get_num_threads()
    pool = ThreadPoolExecutor(workers, initializer=torch.set_num_threads, initargs=(1,))
    torch.set_num_threads(1)
    try:
        yield pool.map
    finally:
        pool.shutdown(cancel_futures=True)
        torch.set_num_threads(threads)


def decode(finished: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """Turn float frames in 0 to 1 into pixels.

    Raises
    ------
    InputRefused
        If a value is not finite: such a frame would come out black without a word.
    """
    if not np.all(np.isfinite(finished)):
        raise InputRefused(
            "finished frames",
            None,
            "hold values that are not numbers",
            "run in float32, or fetch the model's weights again",
        )
    pixels: npt.NDArray[np.uint8] = np.rint(np.clip(finished, 0, 1) * 255).astype(np.uint8)
    return pixels
