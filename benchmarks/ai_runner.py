"""Our runner against the plain diffusers script for the same model, seed and steps: seconds, memory, and the pictures.

The plain side is what the model's own documentation shows: load, move to the device, call. For the embedded model,
which has no such page, it is the loop that anybody would write: float32, a frame at a time, torch's own memory layout.
Each side runs in a process of its own, in turn, so that peak memory is its own and a busy machine slows both alike.
The first clip of a process holds whatever is set up once, compiling too, and is told apart from those after it. With
random weights, the same in both, a clip is noise: only how far the two sides lie apart means something.

    python benchmarks/ai_runner.py --pairs 5 --json
    python benchmarks/ai_runner.py --model sdxl --weights random --clips 3 --pairs 2
    python benchmarks/ai_runner.py --model wan2.1-t2v-1.3b --weights FOLDER --steps 10
    python benchmarks/ai_runner.py --model sdxl --weights random --tiny --pairs 1     # the path in miniature
"""

import argparse
import datetime
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np

AIM_CPU, AIM_GPU = 2.5, 1.5
FRAMES, WIDTH, HEIGHT, SEED = 24, 256, 144, 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="embedded", help="embedded, or the name of a preset")
    parser.add_argument("--weights", help="folder of a preset's weights, or random")
    parser.add_argument("--steps", type=int, help="denoising steps of a preset")
    parser.add_argument("--model-size", help="as in 832x480; the preset's own by default")
    parser.add_argument("--tiny", action="store_true", help="a miniature with random weights, to try the path")
    parser.add_argument("--speed", action="append", default=[], help="speed levers of our side; those that pay if none")
    parser.add_argument("--clips", type=int, default=1, help="timed clips of a process, after its first")
    parser.add_argument("--pairs", type=int, default=5, help="each side is run so often, in turn")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--side", choices=tuple(SIDES), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.model != "embedded" and not chosen.weights:
        parser.error("name the folder of the weights with --weights, or say random")
    if chosen.tiny and chosen.weights != "random":
        parser.error("a miniature has random weights: add --weights random")
    if chosen.side:
        return run_side(chosen)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SIDES}
    pictures = {}
    with tempfile.TemporaryDirectory() as folder:
        for pair in range(chosen.pairs):
            for name in SIDES if pair % 2 == 0 else reversed(SIDES):
                out = Path(folder) / f"{name}.npz"
                command = [sys.executable, __file__, *sys.argv[1:], "--side", name, "--out", str(out)]
                subprocess.run(command, check=True)
                with np.load(out) as stored:
                    pictures[name] = stored["frames"]
                    rows[name].append(json.loads(str(stored["row"])))
                found = rows[name][-1]
                words = f"{found['first_seconds']:.3f} s, then {statistics.median(found['seconds']):.3f} s a clip"
                print(f"pair {pair + 1} {name}: {words}", file=sys.stderr, flush=True)
    report(chosen, rows, pictures)


def run_side(chosen: argparse.Namespace) -> None:
    """Time the first clip of a process, and those after it."""
    import torch

    from generation.ai.full_size.card import card_of

    quieten_libraries()
    started = time.perf_counter()
    make, about = SIDES[chosen.side](chosen)
    row: dict[str, Any] = {"load_seconds": time.perf_counter() - started, "seconds": [], **about}
    card = card_of("cuda" if torch.cuda.is_available() else "cpu")
    started = time.perf_counter()
    frames = make()
    row["first_seconds"] = time.perf_counter() - started
    joules = card.joules_so_far()
    for _ in range(chosen.clips):
        started = time.perf_counter()
        frames = make()
        row["seconds"].append(time.perf_counter() - started)
    after = card.joules_so_far()
    row["joules"] = None if joules is None or after is None else (after - joules) / chosen.clips
    on_card, in_main = card.peak_bytes(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    row["peak_gib"] = (in_main if on_card is None else on_card) / 2**30
    np.savez(chosen.out, frames=frames, row=json.dumps(row))


def plain(chosen: argparse.Namespace) -> tuple[Callable[[], Any], dict[str, Any]]:
    """The script that the documentation shows."""
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    if chosen.model != "embedded":
        import diffusers

        preset, assembly = _preset_of(chosen)
        if chosen.weights == "random":
            from generation.ai.full_size.pipeline import build_pipeline

            pipeline = build_pipeline(preset, assembly, device)
        else:
            dtype = getattr(torch, preset.precision)
            pipeline = diffusers.DiffusionPipeline.from_pretrained(chosen.weights, torch_dtype=dtype).to(device)
            pipeline.set_progress_bar_config(disable=True)
        return lambda: _bytes_of(pipeline(**_arguments(preset, pipeline))), {"levers": [], "because": ""}
    from analytics.vocabulary.shipped import shipped_path
    from generation.ai.finisher.channels import arrays_of, network_images
    from generation.ai.finisher.network import FinisherUNet

    network = FinisherUNet.from_pretrained(shipped_path("models", "embedded", "unet"), torch_dtype=torch.float32)
    network.to(device).eval()
    blocking = _blocking()

    def finish() -> Any:
        frames = []
        for row in range(FRAMES):
            arrays = arrays_of(blocking[row : row + 1])
            images = network_images(arrays.flat, arrays.normal, arrays.log_depth, arrays.effect).to(device)
            with torch.no_grad():
                frames.append(((network(images, arrays.conditions.to(device)) + 1) / 2).clamp(0, 1).cpu())
        return np.rint(torch.cat(frames).movedim(1, -1).numpy() * 255).astype(np.uint8)

    return finish, {"levers": [], "because": ""}


def ours(chosen: argparse.Namespace) -> tuple[Callable[[], Any], dict[str, Any]]:
    """The same through the parts that `shotledger render` uses."""
    if chosen.model == "embedded":
        from generation.ai.embedded import EmbeddedFinisher

        finisher, blocking = EmbeddedFinisher.load(), _blocking()
        return lambda: finisher.finish(blocking), {"levers": [], "because": ""}
    from generation.ai.checkpoints.devices import device_of_this_machine
    from generation.ai.checkpoints.loading import load_model, load_random
    from generation.ai.diffusion.calling import run

    preset, assembly = _preset_of(chosen)
    clips = (1 + chosen.clips) * (chosen.steps or preset.steps) / preset.steps
    if chosen.tiny:
        loaded = load_random(preset, assembly, device_of_this_machine(), (), chosen.speed, clips)
    else:
        loaded = load_model(preset, chosen.weights, None, chosen.speed, clips)
    return (
        lambda: run(loaded.pipeline, _arguments(preset, loaded.pipeline), preset.frame_count, _Nobody()),
        {"levers": [*loaded.levers, *loaded.speed.levers], "because": loaded.speed.because},
    )


def quieten_libraries() -> None:
    """Our tokenizers make a token of nearly every letter, so the libraries would report every prompt as cut."""
    import diffusers
    import transformers

    diffusers.utils.logging.set_verbosity_error()
    transformers.utils.logging.set_verbosity_error()


SIDES: dict[str, Callable[[argparse.Namespace], tuple[Callable[[], Any], dict[str, Any]]]] = {
    "plain": plain,
    "ours": ours,
}


class _Nobody:
    """Listens to nothing."""

    def condition(self) -> None: ...

    def denoise(self) -> None: ...

    def step(self, done: int, count: int) -> None: ...

    def decode(self) -> None: ...


def _blocking() -> Any:
    """Pixels do not change what a network without branches takes, so invented ones serve."""
    from generation.training.invented import invent_clip

    return invent_clip(SEED, FRAMES, WIDTH, HEIGHT).blocking


def _preset_of(chosen: argparse.Namespace) -> tuple[Any, Any]:
    """The preset as both sides run it, and what it is made of."""
    from analytics.vocabulary.frames import FrameSize
    from generation.ai.checkpoints.devices import device_of_this_machine, precision_on
    from generation.ai.full_size.assemblies import full_size
    from generation.ai.full_size.miniatures import tiny
    from generation.ai.model_presets import find_preset

    preset = find_preset(chosen.model)
    preset, assembly = tiny(preset) if chosen.tiny else (preset, full_size(preset))
    if chosen.model_size:
        size = FrameSize.parse(chosen.model_size)
        preset = replace(preset, sizes=((size.width, size.height),))
    precision = precision_on(device_of_this_machine(), preset)
    return replace(preset, precision=precision, steps=chosen.steps or preset.steps), assembly


def _arguments(preset: Any, pipeline: Any) -> dict[str, Any]:
    from generation.ai.full_size.pipeline import call_arguments

    return call_arguments(preset, pipeline) | {"output_type": "np"}


def _bytes_of(made: Any) -> Any:
    pictures = made.images if hasattr(made, "images") else made.frames[0]
    return np.rint(np.clip(np.asarray(pictures, np.float32), 0, 1) * 255).astype(np.uint8)


def report(chosen: argparse.Namespace, rows: dict[str, list[dict[str, Any]]], pictures: dict[str, Any]) -> None:
    """Print the table, or JSON."""
    import torch

    a_clip = {name: [statistics.median(row["seconds"]) for row in of] for name, of in rows.items()}
    ratios = [one / two for one, two in zip(a_clip["plain"], a_clip["ours"], strict=True)]
    difference = np.abs(pictures["plain"].astype(int) - pictures["ours"])
    squared = float((difference**2).mean())
    found = {
        "model": chosen.model,
        "weights": chosen.weights or "shipped",
        "measured_at_utc": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "command": " ".join(["python", "benchmarks/ai_runner.py", *sys.argv[1:]]),
        "versions": {name: version(name) for name in ("torch", "diffusers", "transformers")},
        "device": torch.cuda.get_device_name() if torch.cuda.is_available() else "cpu",
        "threads": torch.get_num_threads(),
        "frames": len(pictures["ours"]),
        "pairs": len(ratios),
        "levers": rows["ours"][0]["levers"],
        "levers_because": rows["ours"][0]["because"],
        "plain_over_ours_median": statistics.median(ratios),
        "plain_over_ours_lowest": min(ratios),
        "plain_over_ours_highest": max(ratios),
        "largest_difference_of_255": int(difference.max()),
        "mean_difference_of_255": float(difference.mean()),
        "psnr_db": None if squared == 0 else 10 * math.log10(255**2 / squared),
        "aim": AIM_GPU if torch.cuda.is_available() else AIM_CPU,
    }
    for name in SIDES:
        found |= {
            f"{name}_seconds_median": statistics.median(a_clip[name]),
            f"{name}_seconds": [row["seconds"] for row in rows[name]],
            f"{name}_first_seconds": [row["first_seconds"] for row in rows[name]],
            f"{name}_load_seconds": [row["load_seconds"] for row in rows[name]],
            f"{name}_joules_a_clip": _median(row["joules"] for row in rows[name]),
            f"{name}_peak_gib": max(row["peak_gib"] for row in rows[name]),
        }
    if chosen.json:
        print(json.dumps(found, indent=1))
        return
    print(f"{found['model']} on {found['device']}, {found['frames']} frames, {found['pairs']} pairs")
    for name in SIDES:
        energy = found[f"{name}_joules_a_clip"]
        print(
            f"  {name:6s}{found[f'{name}_seconds_median']:9.3f} s a clip, the first "
            f"{' and '.join(f'{first:.3f}' for first in found[f'{name}_first_seconds'])} s   "
            f"{found[f'{name}_peak_gib']:6.2f} GiB" + ("" if energy is None else f"   {energy:.0f} J")
        )
    print(f"levers: {', '.join(found['levers']) or 'none'} ({found['levers_because'] or 'there are none to choose'})")
    print(
        f"plain takes {found['plain_over_ours_median']:.2f} times as long as ours "
        f"({found['plain_over_ours_lowest']:.2f} to {found['plain_over_ours_highest']:.2f}; aimed at {found['aim']})"
    )
    alike = "no two pixels differ" if found["psnr_db"] is None else f"PSNR {found['psnr_db']:.1f} dB"
    print(
        f"pictures differ by at most {found['largest_difference_of_255']} of 255, "
        f"{found['mean_difference_of_255']:.4f} on average: {alike}"
    )


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


if __name__ == "__main__":
    main()
