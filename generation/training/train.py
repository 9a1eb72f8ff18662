"""Train the embedded model: ``python -m generation.training.train CLIPS --out RUN --minutes 30``."""

import platform
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.vocabulary.errors import InputRefused, ShotledgerError

if TYPE_CHECKING:
    import torch

    from analytics.vocabulary.training_run import TrainingRun
    from generation.training.learning import Training, TrainingSettings
    from generation.training.pairs import Clip

CHECKPOINT_EVERY_SECONDS = 120.0
MODEL_NAME = "shot-finisher"


def main(
    clips: Annotated[
        Path, typer.Argument(help="Folder of clip_<seed>.npz from make_pairs. Seeds from 900000 on are held out.")
    ],
    out: Annotated[
        Path,
        typer.Option(
            help="Folder of the run: model/, checkpoint, log, loss curve, sheets. A run that is there goes on."
        ),
    ],
    minutes: Annotated[float | None, typer.Option(help="Train so long, over all sittings.")] = None,
    steps: Annotated[
        int | None, typer.Option(help="Train so many steps. Repeats bit for bit, which --minutes does not.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Gives the first weights and the order of the crops.")] = 0,
    threads: Annotated[
        int | None, typer.Option(help="CPU threads. On a machine that others use, one thread is faster than two.")
    ] = None,
    crop: Annotated[int, typer.Option(help="Side of a crop in pixels.")] = 128,
    batch: Annotated[int, typer.Option(help="Crops a step.")] = 6,
    learning_rate: Annotated[float, typer.Option(help="Highest learning rate of the cosine.")] = 8e-4,
    weight_decay: Annotated[float, typer.Option(help="AdamW's; a long run on few clips wants more of it.")] = 1e-4,
    channels: Annotated[str, typer.Option(help="Width of each level of the network, finest first.")] = "32,64,112,176",
    blocks: Annotated[str, typer.Option(help="Blocks of each level.")] = "2,2,2,3",
    start_from: Annotated[
        Path | None, typer.Option(help="Model folder whose weights the run begins with.", show_default="random weights")
    ] = None,
    sheet_minutes: Annotated[
        float, typer.Option(help="Write a sheet of held-out frames and the loss curve this often.")
    ] = 5.0,
) -> None:
    """Train the embedded model. Ctrl-C stops after the running step; the same command goes on from there."""
    try:
        import torch

        from generation.ai.model_folder import check_model_folder
        from generation.training.learning import TrainingSettings

        if threads is not None:
            torch.set_num_threads(threads)
        settings = TrainingSettings(
            steps, minutes, seed, crop, batch, learning_rate, weight_decay,
            channels=_whole_numbers("--channels", channels), blocks=_whole_numbers("--blocks", blocks),
            start_revision=check_model_folder(start_from).revision() if start_from else None,
        )  # fmt: skip
        train_folder(settings, clips, out, sheet_minutes * 60, start_from)
    except ShotledgerError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None


def _whole_numbers(option: str, words: str) -> tuple[int, ...]:
    parts = [part.strip() for part in words.split(",")]
    if not all(part.isdigit() and int(part) > 0 for part in parts):
        raise InputRefused(
            option, words, "must be whole numbers above 0", "write them with commas, as in 32,64,112,176"
        )
    return tuple(map(int, parts))


def train_folder(
    settings: "TrainingSettings", clips: Path, out: Path, sheet_seconds: float, start_from: Path | None = None
) -> Path:
    """Train on a folder of clips and save the model as a diffusers folder.

    Parameters
    ----------
    settings
        What the run is made with.
    sheet_seconds
        Time between two sheets.
    start_from
        Model folder whose weights the run begins with.

    Returns
    -------
    Path
        The model folder, ``out/model``. If the run was stopped before its end it holds the weights so far.

    Raises
    ------
    InputRefused
        If there are no clips, one is unusable, or the run folder belongs to other settings.
    """
    import torch

    from analytics.ledger.training_runs import read_training_runs
    from generation.ai.embedded import native_precision
    from generation.training.batches import CropSource
    from generation.training.footage import footage_of
    from generation.training.learning import StepReport, Training
    from generation.training.model_card import TRAINING_FILE
    from generation.training.pairs import find_clips, load_clips
    from generation.training.run_log import RunLog
    from generation.training.saving import save_model
    from generation.training.sittings import SittingMeter, carried_over, training_run_of

    device = "cuda" if torch.cuda.is_available() else "cpu"
    training_files, held_out_files = find_clips(clips)
    training_clips, held_out = load_clips(training_files), load_clips(held_out_files)
    out.mkdir(parents=True, exist_ok=True)
    crops = CropSource(training_clips, settings.crop_pixels, device)
    training = Training(settings, crops, out, device, _weights_of(start_from) if start_from else None)
    log = RunLog(out / "loss.jsonl", training.progress.step)
    frame_count = sum(len(clip.target) for clip in training_clips)
    print(
        f"{len(training_clips)} clips with {frame_count} frames, {len(held_out)} held out, "
        f"on {device}, from step {training.progress.step}",
        file=sys.stderr,
    )

    stopped: list[int] = []
    previous = {
        number: signal.signal(number, lambda got, _frame: stopped.append(got))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    saved_at = sheet_at = time.monotonic()

    def on_step(report: StepReport) -> None:
        nonlocal saved_at, sheet_at
        log.add(report)
        now = time.monotonic()
        if now - saved_at >= CHECKPOINT_EVERY_SECONDS:
            log.flush()
            training.save()
            saved_at = now
        if now - sheet_at >= sheet_seconds:
            write_pictures(training, held_out or training_clips, out)
            sheet_at = now

    meter = SittingMeter()
    try:
        training.run(on_step, lambda: bool(stopped))
    finally:
        meter.end(out)
        for number, handler in previous.items():
            signal.signal(number, handler)
    log.flush()
    training.save()
    height, width = training_clips[0].target.shape[1:3]
    earlier = read_training_runs(start_from / TRAINING_FILE) if start_from else ()
    footage = footage_of(clips, training_files)
    parameter_count = sum(weight.numel() for weight in training.average.parameters())

    def runs_of(revision: str) -> tuple["TrainingRun", ...]:
        this = training_run_of(out, MODEL_NAME, revision, parameter_count, footage)
        return (*carried_over(earlier, revision), this)

    model = save_model(
        training.average,
        out / "model",
        {
            "settings": settings.as_json(),
            "steps": training.progress.step,
            "training_seconds": round(training.progress.training_seconds, 1),
            "finished": training.share_done >= 1,
            "parameter_count": parameter_count,
            "clip_count": len(training_clips),
            "clips_of_scene": dict(Counter(clip.scene for clip in training_clips)),
            "frame_count": frame_count,
            "held_out_clip_count": len(held_out),
            "frame_size": f"{width}x{height}",
            "device": f"{torch.get_num_threads()} threads of a {platform.machine()} processor"
            if device == "cpu"
            else torch.cuda.get_device_name(),
            "precision": native_precision(device),
            "torch_version": torch.__version__,
            "loss": log.last_loss,
        },
        runs_of,
    )
    write_pictures(training, held_out or training_clips, out)
    print(
        f"{'finished' if training.share_done >= 1 else 'stopped'} at step {training.progress.step}; model in {model}",
        file=sys.stderr,
    )
    return model


def _weights_of(model: Path) -> dict[str, "torch.Tensor"]:
    import torch
    from safetensors.torch import load_file

    from generation.ai.model_folder import check_model_folder

    weights = load_file(check_model_folder(model).weights_file)
    return {name: weight.to(torch.float32) for name, weight in weights.items()}


def write_pictures(training: "Training", clips: list["Clip"], out: Path) -> None:
    """Write ``loss.png`` and ``sheet_<step>.png``: two frames of up to four clips, from the averaged weights."""
    from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

    from generation.ai.finisher.pipeline import ShotFinisherPipeline
    from generation.training.sheets import save_loss_curve, save_sheet

    save_loss_curve(out / "loss.jsonl", out / "loss.png")
    pipeline = ShotFinisherPipeline(training.average.eval(), FlowMatchEulerDiscreteScheduler())
    rows = []
    for clip in clips[:4]:
        for number in (len(clip.target) // 3, len(clip.target) - 1):
            blocking = clip.blocking[number : number + 1]
            rows.append((blocking, pipeline(blocking)[0], clip.target[number]))
    save_sheet(out / f"sheet_{training.progress.step:06d}.png", rows)


if __name__ == "__main__":
    typer.run(main)
