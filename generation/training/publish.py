"""Put a scored model in the place of the shipped one: ``python -m generation.training.publish RUN/model``."""

import json
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from analytics.vocabulary.errors import InputRefused, ShotledgerError
from analytics.vocabulary.shipped import shipped_path
from generation.ai.model_folder import check_model_folder
from generation.training.model_card import SCORES_FILE, TRAINING_FILE

LARGEST_BYTES = 20_000_000


def main(
    model: Annotated[Path, typer.Argument(help="Model folder of a finished run, scored with `evaluate --card`.")],
    version: Annotated[str, typer.Option(help="Version to ship it as.")] = "1",
) -> None:
    """Replace data/models/embedded, and write data/models/embedded.toml."""
    try:
        publish(model, shipped_path("models", "embedded"), version)
    except ShotledgerError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None


def publish(model: Path, place: Path, version: str) -> None:
    """Copy a model folder to ``place`` and describe it in the TOML file beside it.

    Raises
    ------
    InputRefused
        If it is no finisher, was never scored, is no better than its blocking or is too large to ship.
    """
    checked = check_model_folder(model)
    if not (model / SCORES_FILE).is_file() or not (model / TRAINING_FILE).is_file():
        raise InputRefused(
            str(model),
            None,
            "has not been scored on held-out clips",
            "run `python -m generation.training.evaluate CLIPS --model FOLDER --card` first",
        )
    scores, training = (json.loads((model / name).read_text(encoding="utf-8")) for name in (SCORES_FILE, TRAINING_FILE))
    if scores["gain"]["low"] <= 0:
        raise InputRefused(
            str(model),
            f"{scores['gain']['low']:.2f} dB",
            "is not surely better than the blocking it starts from",
            "train it longer or on more clips",
        )
    size = sum(file.stat().st_size for file in model.rglob("*") if file.is_file())
    if size > LARGEST_BYTES:
        raise InputRefused(
            str(model),
            f"{size} bytes",
            f"is more than the {LARGEST_BYTES} bytes that we ship",
            "train a smaller network",
        )
    fresh = place.with_name(f".{place.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(model, fresh)
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)
    output = next(group["output"] for group in scores["groups"] if group["frames"] == "all")
    place.with_suffix(".toml").write_text(
        f"""# The model that ships with Shotledger: what the AI workflow uses unless another folder is named.
name = "shot-finisher-{version}"
folder = "{place.name}"
licence = "Apache-2.0"
weights_sha256 = "{checked.revision()}"
parameter_count = {training["parameter_count"]}
training_seconds = {training["training_seconds"]}
training_clips = {training["clip_count"]}

[held_out]
clips = {scores["clip_count"]}
psnr_db = {output["psnr"]:.2f}
ssim = {output["ssim"]:.3f}
gain_over_blocking_db = {scores["gain"]["mean"]:.2f}
gain_low_db = {scores["gain"]["low"]:.2f}
gain_high_db = {scores["gain"]["high"]:.2f}
""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    typer.run(main)
