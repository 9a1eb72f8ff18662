"""How far the traditional render is from itself: the same frames under another pattern of noise, or with more samples.

A draft has few samples a pixel and is denoised, so that a part of it is chance. No model can be nearer to it, or boil
less against it, than chance allows: a score of the AI picture is read against these.

    python benchmarks/noise_floor.py --seeds 7 900003 --frames 12 --samples 8 64 --json
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np

from analytics.vocabulary.frames import FrameSize
from generation.picture.display import to_display
from generation.quality.measuring import Frame, measure
from generation.traditional.frame_rendering import CyclesQuality, render_beauty, render_plate
from generation.traditional.scenes import find_scene
from generation.traditional.shot_scene import Prepared

DRAFT_SAMPLES, OTHER_NOISE = 8, 7777


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scene", default="collapse")
    parser.add_argument("--seeds", type=int, nargs="+", default=[900_000, 900_003])
    parser.add_argument("--frames", type=int, default=12, help="frames of each seed, in a row from the middle on")
    parser.add_argument("--size", default="256x144")
    parser.add_argument("--samples", type=int, nargs="+", default=[8], help="of the renders held against the draft's 8")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    rows = [row for seed in chosen.seeds for row in compare(chosen, seed)]
    if chosen.json:
        print(json.dumps(rows, indent=1))
        return
    for samples in chosen.samples:
        own = [row["measured"] for row in rows if row["samples"] == samples]
        print(f"{chosen.scene}, {len(own)} seeds, {chosen.frames} frames each: 8 samples, and {samples} of other noise")
        for name in own[0]:
            print(f"  {name:16s}{np.mean([measured[name] for measured in own]):8.3f}")


def compare(chosen: argparse.Namespace, seed: int) -> list[dict[str, Any]]:
    """A row for each number of samples: the draft is the truth, the other render is measured against it."""
    scene, size = find_scene(chosen.scene), FrameSize.parse(chosen.size)
    parameters = scene.draw_parameters(seed, {})
    first = parameters.first_frame + max(0, (parameters.frame_count - chosen.frames) // 2)
    frames = list(range(first, min(first + chosen.frames, parameters.first_frame + parameters.frame_count)))
    with tempfile.TemporaryDirectory() as folder:
        prepared = scene.prepare(parameters, Path(folder) / "prepared", lambda event: None)
        scene.simulate_effects(prepared)
        draft = pictures(prepared, frames, size, CyclesQuality(DRAFT_SAMPLES), Path(folder) / "draft")
        rows: list[dict[str, Any]] = []
        for samples in chosen.samples:
            quality = CyclesQuality(samples, noise_seed=OTHER_NOISE)
            other = pictures(prepared, frames, size, quality, Path(folder) / str(samples))
            overall = {metric.value: round(value, 4) for metric, value in measure(other, draft).overall.items()}
            rows.append({"seed": seed, "samples": samples, "measured": overall})
    return rows


def pictures(
    prepared: Prepared, frames: list[int], size: FrameSize, quality: CyclesQuality, folder: Path
) -> list[Frame]:
    """Finished frames as a shot has them, uint8 (H, W, 3)."""
    scene = find_scene(prepared.scene)
    plate = None
    if scene.has_plate:
        plate = render_plate(prepared, frames, size, quality, folder / "plate", lambda event: None)
    beauty = render_beauty(prepared, frames, size, quality, folder / "beauty", lambda event: None)
    return [to_display(frame.linear) for frame in scene.finish(prepared, beauty, plate)]


if __name__ == "__main__":
    main()
