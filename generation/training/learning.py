"""The training itself: from clips and settings to weights, step by step, stoppable at any step."""

import copy
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from analytics.vocabulary.errors import InputRefused
from generation.ai.embedded import native_precision
from generation.ai.finisher.network import FinisherUNet
from generation.training.batches import Batch, CropSource
from generation.training.checkpoint import FILE_NAME, Progress, load_checkpoint, save_checkpoint
from generation.training.loss_terms import boxed_similarity, gradient_difference

WARM_UP_STEPS = 60
LAST_RATE_SHARE = 0.02
EDGE_WEIGHT, SIMILARITY_WEIGHT = 0.5, 0.1
AVERAGE_DECAY = 0.998


@dataclass(frozen=True)
class TrainingSettings:
    """What a run is made with. A run goes on only under the settings it began with.

    Attributes
    ----------
    steps, minutes
        Where the run ends and the learning rate has sunk: whichever comes first; one of them must be given. A run
        bounded by steps alone repeats bit for bit on one machine; one bounded by minutes follows the clock.
    seed
        Gives the first weights and the order of the data.
    channels, blocks
        The network's levels, see `FinisherUNet`.
    start_revision
        SHA-256 of the weights that the run begins with; ``None`` for random ones.
    """

    steps: int | None = None
    minutes: float | None = None
    seed: int = 0
    crop_pixels: int = 128
    batch_size: int = 6
    learning_rate: float = 8e-4
    weight_decay: float = 1e-4
    channels: tuple[int, ...] = (32, 64, 112, 176)
    blocks: tuple[int, ...] = (2, 2, 2, 3)
    start_revision: str | None = None

    def __post_init__(self) -> None:
        if self.steps is None and self.minutes is None:
            raise InputRefused(
                "steps", None, "neither steps nor minutes say when the training ends", "give --steps or --minutes"
            )
        for name in ("steps", "minutes", "batch_size", "learning_rate"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise InputRefused(name, value, "must be above 0", "give a larger number")
        if len(self.channels) != len(self.blocks) or not self.channels:
            raise InputRefused(
                "blocks",
                len(self.blocks),
                f"must be as many as channels, {len(self.channels)}",
                "give one for each level",
            )

    def as_json(self) -> dict[str, Any]:
        """The settings as they stand in checkpoints and model cards."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


@dataclass(frozen=True)
class StepReport:
    """One step: what it cost and how far the run is. ``share_done`` runs from 0 to 1."""

    step: int
    loss: float
    absolute_difference: float
    learning_rate: float
    training_seconds: float
    share_done: float


class Training:
    """A run: network, its running average, optimizer and place in the data order.

    Parameters
    ----------
    settings
        What the run is made with.
    crops
        Where batches come from.
    folder
        Where the checkpoint lies; if there is one already, the run goes on from it.
    device
        ``cpu`` or ``cuda``.
    start
        Weights to begin with, of a network of the same shape.

    Raises
    ------
    InputRefused
        If the checkpoint is damaged or was made under other settings, or the weights to begin with don't fit.
    """

    def __init__(
        self,
        settings: TrainingSettings,
        crops: CropSource,
        folder: Path,
        device: str = "cpu",
        start: Mapping[str, torch.Tensor] | None = None,
    ) -> None:
        self.settings, self._crops, self._folder, self._device = settings, crops, folder, device
        torch.manual_seed(settings.seed)
        self.network = FinisherUNet(channels=list(settings.channels), blocks=list(settings.blocks))
        if start is not None:
            _begin_with(self.network, start)
        self.average = copy.deepcopy(self.network).requires_grad_(False)
        self._optimizer = torch.optim.AdamW(
            self.network.parameters(),
            lr=settings.learning_rate,
            weight_decay=settings.weight_decay,
            betas=(0.9, 0.99),
            fused=True,
        )
        self.progress = Progress(0, 0.0, np.random.default_rng(settings.seed))
        for module in (self.network, self.average):
            module.to(device, memory_format=torch.channels_last)
        if (folder / FILE_NAME).exists():
            self.progress = load_checkpoint(folder, settings.as_json(), self.network, self.average, self._optimizer)
        self._precision = getattr(torch, native_precision(device))
        self._network_run = self.network
        if device == "cuda":
            # Narrow levels leave a large card waiting for memory: fused, the same step reads and writes far less of it.
            torch.backends.cudnn.benchmark = True
            self._network_run = torch.compile(self.network)

    @property
    def share_done(self) -> float:
        """How much of the run is over, from 0 to 1, by steps or by time, whichever is further."""
        by_steps = self.progress.step / self.settings.steps if self.settings.steps else 0.0
        by_time = self.progress.training_seconds / (60 * self.settings.minutes) if self.settings.minutes else 0.0
        return min(1.0, max(by_steps, by_time))

    def run(self, on_step: Callable[[StepReport], None], should_stop: Callable[[], bool] = lambda: False) -> None:
        """Train until the settings' end or until ``should_stop``, which is asked between two steps."""
        self.network.train()
        while self.share_done < 1 and not should_stop():
            on_step(self._step())

    def save(self) -> None:
        """Write the checkpoint into the run's folder."""
        save_checkpoint(
            self._folder, self.settings.as_json(), self.network, self.average, self._optimizer, self.progress
        )

    def _step(self) -> StepReport:
        started = time.monotonic()
        share = self.share_done
        rate = self.settings.learning_rate * min(1.0, (self.progress.step + 1) / WARM_UP_STEPS)
        rate *= LAST_RATE_SHARE + (1 - LAST_RATE_SHARE) * 0.5 * (1 + math.cos(math.pi * share))
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        batch = self._crops.draw(self.progress.random, self.settings.batch_size).to(self._device)
        loss, difference = self._loss(batch)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimizer.step()
        self.progress.step += 1
        # The average follows fast at first: with the full decay it would hold the blank first weights for 500 steps.
        decay = min(AVERAGE_DECAY, (self.progress.step + 1) / (self.progress.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), list(self.network.parameters()), 1 - decay)
        self.progress.training_seconds += time.monotonic() - started
        return StepReport(
            self.progress.step,
            float(loss.detach()),
            float(difference.detach()),
            rate,
            self.progress.training_seconds,
            self.share_done,
        )

    def _loss(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        with torch.autocast(self._device, self._precision, enabled=self._precision is not torch.float32):
            output = self._network_run(batch.images, batch.conditions)
        output = output.float()
        difference = (output - batch.target).abs().mean()
        edges = gradient_difference(output, batch.target)
        dissimilarity = 1 - boxed_similarity(output, batch.target)
        return difference + EDGE_WEIGHT * edges + SIMILARITY_WEIGHT * dissimilarity, difference


def _begin_with(network: FinisherUNet, weights: Mapping[str, torch.Tensor]) -> None:
    expected = {name: tuple(weight.shape) for name, weight in network.state_dict().items()}
    found = {name: tuple(weight.shape) for name, weight in weights.items()}
    if expected != found:
        odd = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
        raise InputRefused(
            "--start-from",
            odd[0],
            f"{len(odd)} tensors have another shape than in the network to be trained",
            "give the same --channels and --blocks as the model to begin with has",
        )
    network.load_state_dict(dict(weights))
