"""How far the traditional render is from itself: the same frames under another pattern of noise, and with more samples.

A draft has few samples a pixel and is denoised, so that a part of it is chance. No model can be nearer to it than it
is to itself: a score of the AI picture is read against these.

    python benchmarks/noise_floor.py --seeds 900000 900003 --samples 8 64 --json
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np
import torch

from analytics.vocabulary.frames import FrameSize
from generation.picture.display import to_display
from generation.quality.picture_measures import edge_energy, peak_signal_to_noise, structural_similarity
from generation.traditional.frame_rendering import CyclesQuality, render_beauty, render_plate
from generation.traditional.scenes import find_scene
from generation.traditional.shot_scene import Prepared
from generation.training.clip_rendering import choose_frames


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scene", default="collapse")
    parser.add_argument("--seeds", type=int, nargs="+", default=[900_000, 900_003])
    parser.add_argument("--frames", type=int, default=4, help="frames of each seed, spread over the shot")
    parser.add_argument("--size", default="256x144")
    parser.add_argument("--samples", type=int, nargs="+", default=[8], help="of the renders held against the draft's 8")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    rows = [row for seed in chosen.seeds for row in compare(chosen, seed)]
    if chosen.json:
        print(json.dumps(rows, indent=1))
        return
    for samples in chosen.samples:
        own = [row for row in rows if row["samples"] == samples]
        means = {name: float(np.mean([row[name] for row in own])) for name in ("psnr", "ssim", "edge_ratio")}
        print(
            f"{chosen.scene}, {len(chosen.seeds)} seeds, {len(own)} frames: 8 against {samples} of other noise: "
            f"{means['psnr']:.2f} dB, SSIM {means['ssim']:.3f}, edge energy {means['edge_ratio']:.2f}"
        )


def compare(chosen: argparse.Namespace, seed: int) -> list[dict[str, float]]:
    """A row for each frame and number of samples."""
    scene, size = find_scene(chosen.scene), FrameSize.parse(chosen.size)
    parameters = scene.draw_parameters(seed, {})
    frames = choose_frames(parameters, chosen.frames)
    with tempfile.TemporaryDirectory() as folder:
        prepared = scene.prepare(parameters, Path(folder) / "prepared", lambda event: None)
        scene.simulate_effects(prepared)
        draft = pictures(prepared, frames, size, CyclesQuality(8), Path(folder) / "draft")
        rows = []
        for samples in chosen.samples:
            quality = CyclesQuality(samples, noise_seed=7777)
            other = pictures(prepared, frames, size, quality, Path(folder) / str(samples))
            for number, frame in enumerate(frames):
                one, truth = other[number : number + 1], draft[number : number + 1]
                rows.append(
                    {
                        "seed": seed,
                        "frame": frame,
                        "samples": samples,
                        "psnr": float(peak_signal_to_noise(one, truth)),
                        "ssim": float(structural_similarity(one, truth)),
                        "edge_ratio": float(edge_energy(one) / edge_energy(truth)),
                    }
                )
    return rows


def pictures(
    prepared: Prepared, frames: list[int], size: FrameSize, quality: CyclesQuality, folder: Path
) -> torch.Tensor:
    """Finished frames as a shot has them, float32 [F,3,H,W] in 0 to 1."""
    scene = find_scene(prepared.scene)
    plate = None
    if scene.has_plate:
        plate = render_plate(prepared, frames, size, quality, folder / "plate", lambda event: None)
    beauty = render_beauty(prepared, frames, size, quality, folder / "beauty", lambda event: None)
    finished = [to_display(frame.linear) for frame in scene.finish(prepared, beauty, plate)]
    return torch.from_numpy(np.stack(finished)).movedim(-1, 1).float() / 255


if __name__ == "__main__":
    main()
