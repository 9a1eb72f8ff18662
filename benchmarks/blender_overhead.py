"""What our Blender child costs: a render through it against the same scene rendered by bare bpy in one script, in turn.

Both sides start a Python, import bpy, build the collapse from the same files and write the same frames. Ours adds the
parent that waits, the protocol, the log and the check of what was written. On a busy machine wall times differ more
between two runs of the same thing than between the two, so processor seconds are given as well, with the largest
difference between the pictures.

    python benchmarks/blender_overhead.py --pairs 6 --json
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

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np

from analytics.vocabulary.frames import FrameSize
from generation.picture.exr import read_exr
from generation.traditional.frame_rendering import CyclesQuality, render_beauty
from generation.traditional.scenes import find_scene

LIMIT = 0.03

BARE = """
import json, os, sys
job = json.load(open(sys.argv[1]))
sys.path.insert(0, sys.argv[2])
import bpy
from blender import cycles_settings, passes
from blender.collapse.scene import build
bpy.ops.wm.read_factory_settings(use_empty=True)
scene = bpy.context.scene
scene.render.engine = "CYCLES"
scene.frame_start, scene.frame_end = min(job["frames"]), max(job["frames"])
built = build(scene, job, "finished")
cycles_settings.apply(scene, job["quality"], job["size"], job["parameters"]["seed"])
if built.tune:
    built.tune(scene)
passes.request(scene, job["quality"]["passes"])
scene.render.filepath = sys.argv[3] + "/####"
placed = set()
def place(scene, *_):
    if scene.frame_subframe == 0 and scene.frame_current not in placed:
        placed.add(scene.frame_current)
        for thing in built.moving:
            thing.place(scene.frame_current)
bpy.app.handlers.frame_change_pre.append(place)
bpy.ops.render.render(animation=True)
sys.stdout.flush()
os._exit(0)
"""


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds of a piece of work and its children."""
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    own = time.process_time()
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime + time.process_time() - own
    return time.monotonic() - started, cpu


def main() -> int:
    """Measure, print and say whether the limit holds."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pairs", type=int, default=6)
    options.add_argument("--frames", type=int, default=8)
    options.add_argument("--size", default="256x144")
    options.add_argument("--samples", type=int, default=8)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    size = FrameSize.parse(chosen.size)
    wall_ratios, cpu_ratios = [], []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        scene = find_scene("collapse")
        prepared = scene.prepare(scene.draw_parameters(4, {}), work / "prepared", lambda event: None)
        frames = range(1020, 1020 + chosen.frames)
        ours_folder, bare_folder = work / "ours", work / "bare"

        def ours() -> None:
            render_beauty(prepared, frames, size, CyclesQuality(chosen.samples), ours_folder, lambda event: None)

        def bare() -> None:
            command = [sys.executable, str(work / "bare.py"), str(ours_folder / "render.json")]
            command += [str(ROOT / "generation" / "traditional"), str(bare_folder)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        (work / "bare.py").write_text(BARE, encoding="utf-8")
        ours()  # writes the job that the bare script reads, and warms the disk's cache
        bare()
        difference = max(
            float(np.abs(one[name] - other[name]).max())
            for frame in frames
            for one, other in [(read_exr(ours_folder / f"{frame:04d}.exr"), read_exr(bare_folder / f"{frame:04d}.exr"))]
            for name in ("ViewLayer.Combined.R", "ViewLayer.Combined.G", "ViewLayer.Combined.B")
        )
        for pair in range(chosen.pairs):
            # The order changes from pair to pair: whatever grows warmer or busier meanwhile hits both alike.
            sides = (ours, bare) if pair % 2 else (bare, ours)
            taken = {side: measured(side) for side in sides}
            wall_ratios.append(taken[ours][0] / taken[bare][0])
            cpu_ratios.append(taken[ours][1] / taken[bare][1])
            print(f"pair {pair + 1}: wall x{wall_ratios[-1]:.3f}, processor x{cpu_ratios[-1]:.3f}", file=sys.stderr)
    result = {
        "pairs": chosen.pairs,
        "frames": chosen.frames,
        "size": chosen.size,
        "samples": chosen.samples,
        "wall_overhead": round(statistics.median(wall_ratios) - 1, 4),
        "wall_overheads": [round(ratio - 1, 4) for ratio in wall_ratios],
        "processor_overhead": round(statistics.median(cpu_ratios) - 1, 4),
        "processor_overheads": [round(ratio - 1, 4) for ratio in cpu_ratios],
        "largest_picture_difference": difference,
        "limit": LIMIT,
    }
    if chosen.json:
        print(json.dumps(result, indent=1))
    else:
        print(
            f"Overhead of the child, median of {chosen.pairs}: {result['processor_overhead']:+.1%} of processor time,"
        )
        print(
            f"{result['wall_overhead']:+.1%} of wall time (limit {LIMIT:.0%}); pictures differ by at most {difference}"
        )
    return 0 if statistics.median(cpu_ratios) - 1 < LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
