"""What each speed lever saves of a denoising step, and what it takes to set up: the figures behind ``[speed_levers]``.

A model is built once, with random weights, and its steps are timed without levers and with each set of them, by the
card's clock. How far the latents then lie from those without is stated too. Set-up is what the first three steps take
longer than three later ones; compiling is quicker where the compiler's cache on disk knows the blocks already.

    python benchmarks/speed_levers.py --models sdxl ltx-video-2b --into data/recordings/ai_runner
    python benchmarks/speed_levers.py --models sdxl --tiny              # the path in miniature, on a processor too
"""

import argparse
import datetime
import itertools
import json
import statistics
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from generation.ai.checkpoints.devices import device_of_this_machine
from generation.ai.checkpoints.quiet import quiet_libraries
from generation.ai.checkpoints.speed_levers import apply_speed_levers, why_not
from generation.ai.full_size.assemblies import full_size
from generation.ai.full_size.card import Card, card_of
from generation.ai.full_size.miniatures import tiny
from generation.ai.full_size.pipeline import build_pipeline, call_arguments
from generation.ai.model_presets import SPEED_LEVERS, ModelPreset, find_preset

SET_UP_STEPS = 3
"""One runs as it comes and compiles, one is recorded, one is replayed."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", nargs="+", default=["sdxl", "ltx-video-2b"])
    parser.add_argument("--steps", type=int, default=20, help="timed steps of each set of levers")
    parser.add_argument("--tiny", action="store_true", help="the same classes in miniature")
    parser.add_argument("--into", type=Path, help="folder for one JSON file")
    chosen = parser.parse_args()

    device = device_of_this_machine()
    card = card_of(device)
    rows = []
    for name in chosen.models:
        for row in measured(name, chosen, device, card):
            print(json.dumps(row), flush=True)
            rows.append(row)
    if chosen.into is not None:
        chosen.into.mkdir(parents=True, exist_ok=True)
        record = {
            "measured_at_utc": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "command": " ".join(["python", "benchmarks/speed_levers.py", *sys.argv[1:]]),
            "hardware": card.hardware,
            "versions": {name: version(name) for name in ("torch", "diffusers", "transformers")},
            "rows": rows,
        }
        slug = str(card.hardware["device"]).lower().removeprefix("nvidia ").replace(" ", "-")
        (chosen.into / f"speed_levers_{slug}.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def measured(name: str, chosen: argparse.Namespace, device: str, card: Card) -> list[dict[str, Any]]:
    """A row for each set of levers that can be pulled here, that without any first."""
    preset = find_preset(name)
    assembly = full_size(preset)
    if chosen.tiny:
        preset, assembly = tiny(preset)
    rows, without = [], None
    possible = [lever for lever in SPEED_LEVERS if why_not(preset, lever, device, ()) is None]
    with quiet_libraries():
        pipeline = build_pipeline(preset, assembly, device)
        for levers in (set_ for size in range(len(possible) + 1) for set_ in itertools.combinations(possible, size)):
            take_off(pipeline)
            card.release()
            card.forget_peak()
            apply_speed_levers(pipeline, levers)
            first, later = (sum(clip(pipeline, preset, SET_UP_STEPS, card)[1]) for _ in range(2))
            latents, seconds = clip(pipeline, preset, chosen.steps, card)
            steps = seconds[1:]  # words and pictures are encoded in the first one's time
            without = latents if without is None else without
            rows.append(
                {
                    "model": name,
                    "levers": levers,
                    "steps": len(steps),
                    "step_seconds": statistics.median(steps),
                    "step_seconds_lowest": min(steps),
                    "step_seconds_highest": max(steps),
                    "set_up_seconds": first - later,
                    "peak_vram_bytes": card.peak_bytes(),
                    "latents_differ_share": float((latents - without).norm() / without.norm()),
                }
            )
    return rows


def clip(pipeline: Any, preset: ModelPreset, steps: int, card: Card) -> tuple[Any, list[float]]:
    """The latents of one clip, and the seconds to the end of each of its steps."""
    import torch

    marks = []

    def ended(pipe: Any, step: int, timestep: Any, kept: dict[str, Any]) -> dict[str, Any]:
        marks.append(card.mark())
        return {}

    arguments = call_arguments(replace(preset, steps=steps), pipeline) | {"output_type": "latent"}
    card.settle()
    beginning = card.mark()
    with torch.no_grad():
        made = pipeline(**arguments, callback_on_step_end=ended)
    card.settle()
    latents = made.images if hasattr(made, "images") else made.frames
    return latents.float().cpu(), [card.seconds_between(*two) for two in itertools.pairwise([beginning, *marks])]


def take_off(pipeline: Any) -> None:
    """Take every lever off again; in a render nobody has to."""
    for network in pipeline.components.values():
        if hasattr(network, "modules"):
            network.__dict__.pop("forward", None)
            for module in network.modules():
                module._compiled_call_impl = None


if __name__ == "__main__":
    main()
