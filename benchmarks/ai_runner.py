"""Our runner against the plain diffusers script for the same model, seed and steps: seconds, memory, and the pictures.

The plain side is what the model's own documentation shows: load, move to the device, call. For the embedded model,
which has no such page, it is the loop that anybody would write: float32, a frame at a time, torch's own memory layout.
Each side runs in a process of its own, in turn, so that peak memory is its own and a busy machine slows both alike.

    python benchmarks/ai_runner.py --pairs 5 --json
    python benchmarks/ai_runner.py --model wan2.1-t2v-1.3b --weights FOLDER --steps 10
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np

AIM_CPU, AIM_GPU = 2.5, 1.5
FRAMES, WIDTH, HEIGHT, SEED = 24, 256, 144, 7
PROMPT = "A concrete apartment block on a quiet street folds into itself, dust rolling towards the camera."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="embedded", help="embedded, or the name of a preset")
    parser.add_argument("--weights", help="folder of a preset's weights")
    parser.add_argument("--steps", type=int, help="denoising steps of a preset")
    parser.add_argument("--model-size", help="as in 832x480; the preset's own by default")
    parser.add_argument("--pairs", type=int, default=5, help="each side is run so often, in turn")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--side", choices=tuple(SIDES), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.model != "embedded" and not chosen.weights:
        parser.error("name the folder of the weights with --weights")
    if chosen.side:
        return run_side(chosen)
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in SIDES}
    pictures = {}
    with tempfile.TemporaryDirectory() as folder:
        for pair in range(chosen.pairs):
            for name in SIDES if pair % 2 == 0 else reversed(SIDES):
                out = Path(folder) / f"{name}.npz"
                command = [sys.executable, __file__, *sys.argv[1:], "--side", name, "--out", str(out)]
                subprocess.run(command, check=True)
                with np.load(out) as stored:
                    pictures[name] = stored["frames"]
                    rows[name].append({key: float(stored[key]) for key in ("seconds", "peak_gib")})
                print(f"pair {pair + 1} {name}: {rows[name][-1]['seconds']:.3f} s", file=sys.stderr)
    report(chosen, rows, pictures)


def run_side(chosen: argparse.Namespace) -> None:
    """Warm up, then time one clip."""
    import torch

    make = SIDES[chosen.side](chosen)
    make()
    started = time.perf_counter()
    frames = make()
    seconds = time.perf_counter() - started
    if torch.cuda.is_available():
        peak = torch.cuda.max_memory_allocated() / 2**30
    else:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    np.savez(chosen.out, frames=frames, seconds=seconds, peak_gib=peak)


def plain(chosen: argparse.Namespace) -> Callable[[], Any]:
    """The script that the documentation shows."""
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    if chosen.model != "embedded":
        import diffusers

        preset, size, steps = _preset_of(chosen)
        dtype = getattr(torch, preset.precision) if device == "cuda" else torch.float32
        pipeline = diffusers.DiffusionPipeline.from_pretrained(chosen.weights, torch_dtype=dtype).to(device)
        arguments = _arguments(preset, pipeline, size, steps)
        return lambda: _bytes_of(pipeline(**arguments | {"generator": torch.Generator("cpu").manual_seed(SEED)}))
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

    return finish


def ours(chosen: argparse.Namespace) -> Callable[[], Any]:
    """The same through the parts that `shotledger render` uses."""
    import torch

    if chosen.model == "embedded":
        from generation.ai.embedded import EmbeddedFinisher

        finisher, blocking = EmbeddedFinisher.load(), _blocking()
        return lambda: finisher.finish(blocking)
    from generation.ai.checkpoints.loading import load_model
    from generation.ai.diffusion.calling import run

    preset, size, steps = _preset_of(chosen)
    loaded = load_model(preset, chosen.weights)
    arguments = _arguments(preset, loaded.pipeline, size, steps)
    return lambda: run(
        loaded.pipeline,
        arguments | {"output_type": "np", "generator": torch.Generator("cpu").manual_seed(SEED)},
        preset.frame_count,
        _Nobody(),
    )


SIDES: dict[str, Callable[[argparse.Namespace], Callable[[], Any]]] = {"plain": plain, "ours": ours}


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


def _preset_of(chosen: argparse.Namespace) -> tuple[Any, tuple[int, int], int]:
    from analytics.vocabulary.frames import FrameSize
    from generation.ai.model_presets import find_preset

    preset = find_preset(chosen.model)
    if "text" not in preset.takes:
        raise SystemExit(f"{preset.name} does not begin from words; choose a model that does")
    size = FrameSize.parse(chosen.model_size) if chosen.model_size else FrameSize(preset.width, preset.height)
    return preset, (size.width, size.height), chosen.steps or preset.steps


def _arguments(preset: Any, pipeline: Any, size: tuple[int, int], steps: int) -> dict[str, Any]:
    import inspect

    known = inspect.signature(pipeline.__call__).parameters
    wanted = {
        "prompt": PROMPT,
        "width": size[0],
        "height": size[1],
        "num_frames": preset.frame_count,
        "num_inference_steps": steps,
        preset.guidance_argument: preset.guidance,
        "output_type": "np",
        **preset.call,
    }
    return {name: value for name, value in wanted.items() if name in known}


def _bytes_of(made: Any) -> Any:
    pictures = made.images if hasattr(made, "images") else made.frames[0]
    return np.rint(np.clip(np.asarray(pictures, np.float32), 0, 1) * 255).astype(np.uint8)


def report(chosen: argparse.Namespace, rows: dict[str, list[dict[str, float]]], pictures: dict[str, Any]) -> None:
    """Print the table, or JSON."""
    import torch

    ratios = [one["seconds"] / two["seconds"] for one, two in zip(rows["plain"], rows["ours"], strict=True)]
    difference = np.abs(pictures["plain"].astype(int) - pictures["ours"])
    aim = AIM_GPU if torch.cuda.is_available() else AIM_CPU
    found = {
        "model": chosen.model,
        "device": torch.cuda.get_device_name() if torch.cuda.is_available() else "cpu",
        "threads": torch.get_num_threads(),
        "frames": len(pictures["ours"]),
        "pairs": len(ratios),
        "plain_seconds_median": statistics.median(row["seconds"] for row in rows["plain"]),
        "ours_seconds_median": statistics.median(row["seconds"] for row in rows["ours"]),
        "plain_over_ours_median": statistics.median(ratios),
        "plain_over_ours_lowest": min(ratios),
        "plain_over_ours_highest": max(ratios),
        "plain_peak_gib": max(row["peak_gib"] for row in rows["plain"]),
        "ours_peak_gib": max(row["peak_gib"] for row in rows["ours"]),
        "largest_difference_of_255": int(difference.max()),
        "mean_difference_of_255": float(difference.mean()),
        "aim": aim,
    }
    if chosen.json:
        print(json.dumps(found, indent=1))
        return
    print(f"{found['model']} on {found['device']}, {found['frames']} frames, {found['pairs']} pairs")
    for name in SIDES:
        print(f"  {name:6s}{found[f'{name}_seconds_median']:9.3f} s   {found[f'{name}_peak_gib']:6.2f} GiB")
    print(
        f"plain takes {found['plain_over_ours_median']:.2f} times as long as ours "
        f"({found['plain_over_ours_lowest']:.2f} to {found['plain_over_ours_highest']:.2f}; aimed at {aim})"
    )
    print(
        f"pictures differ by at most {found['largest_difference_of_255']} of 255, "
        f"{found['mean_difference_of_255']:.4f} on average"
    )


if __name__ == "__main__":
    main()
