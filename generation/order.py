"""What is to be rendered: a shot, by a workflow, at a quality, from a seed."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.render import Purpose
from analytics.vocabulary.workflow import Workflow
from generation.ai.diffusion.choice import ModelChoice
from generation.shots import Quality, ShotSpec

BYTES_PER_PIXEL = 24
"""What one pixel takes on disk while it is made: half-float passes, the display frame and the movie."""


@dataclass(frozen=True)
class RenderOrder:
    """One render to be made. `place_order` is the way to get one: it refuses what cannot be rendered.

    Attributes
    ----------
    model
        What the AI workflow renders with; the traditional one has no use for it.
    """

    shot: ShotSpec
    workflow: Workflow
    quality: Quality
    frames: FrameRange
    size: FrameSize
    seed: int
    repeat_number: int
    purpose: Purpose
    out: Path
    model: ModelChoice = field(default_factory=ModelChoice)

    @property
    def shot_id(self) -> str:
        """The shot's key in the ledger; test shots belong to a production of their own."""
        return f"test_shots/{self.shot.code}"


def place_order(
    shot: ShotSpec,
    workflow: Workflow,
    *,
    out: Path,
    quality: str = "draft",
    frames: str | None = None,
    size: str | None = None,
    seed: int | None = None,
    repeat_number: int = 1,
    purpose: Purpose = Purpose.SHOT,
    model: ModelChoice = ModelChoice(),
) -> RenderOrder:
    """Check every option against the shot and the disk before anything is started.

    Parameters
    ----------
    frames
        As in ``1001-1024``; the whole shot where not given. It must lie inside the shot.
    size
        As in ``256x144``; that of the quality where not given.
    model
        Model of an AI render; one with random weights makes a benchmark of it.

    Raises
    ------
    InputRefused
        If an option is impossible, the folder cannot be written or the disk is nearly full.
    """
    chosen = shot.quality(quality)
    frame_range = FrameRange.parse(frames, "--frames") if frames is not None else shot.frames
    if not shot.frames.holds(frame_range):
        raise InputRefused(
            "--frames",
            str(frame_range),
            f"{shot.code} has frames {shot.frames} only",
            f"choose a range inside {shot.frames}",
        )
    frame_size = FrameSize.parse(size) if size is not None else chosen.size
    seed = shot.seed if seed is None else seed
    if not 0 <= seed < 2**31:
        raise InputRefused("--seed", seed, "a seed is a whole number from 0 to 2147483647", "choose one in that range")
    if workflow is not Workflow.AI:
        model = ModelChoice()
    elif model.has_random_weights and purpose is Purpose.SHOT:
        purpose = Purpose.BENCHMARK
    _check_folder(out, frame_range.count * frame_size.pixel_count * BYTES_PER_PIXEL)
    return RenderOrder(shot, workflow, chosen, frame_range, frame_size, seed, repeat_number, purpose, out, model)


def _check_folder(out: Path, needed_bytes: int) -> None:
    try:
        str(out).encode("utf-8")  # the path goes into the manifest, which is UTF-8
        out.mkdir(parents=True, exist_ok=True)
        probe = out / ".shotledger-probe"
        probe.write_bytes(b"")
        probe.unlink()
        free_bytes = shutil.disk_usage(out).free
    except (OSError, UnicodeError, ValueError) as error:
        raise InputRefused(
            "--out",
            str(out),
            f"the folder cannot be written ({getattr(error, 'strerror', None) or error})",
            "name a folder you may write to",
        ) from None
    if free_bytes < needed_bytes:
        raise InputRefused(
            "--out",
            str(out),
            f"the disk has {free_bytes / 1e9:.1f} GB free and this render needs about {needed_bytes / 1e9:.1f} GB",
            "free some space, or name a folder on another disk",
        )
