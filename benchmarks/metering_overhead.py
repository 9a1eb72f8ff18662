"""What metering costs: the same rendering-like work with and without a running stopwatch, in turn.

The work is a child process (as Blender is one) and numpy in this process (as the composite is), a stage for each. On a
busy machine two runs of the same work differ by more than metering could cost, so besides the ratio of wall times the
processor time that metering itself used is given: its thread's and its readings', as a share of one core.

    python benchmarks/metering_overhead.py --pairs 12 --json
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from analytics.vocabulary.stage import StageName
from generation.metering.meters import Meters, Reading
from generation.metering.stopwatch import Stopwatch

LIMIT = 0.01

CHILD = """
import numpy
generator = numpy.random.default_rng(7)
picture = generator.random((288, 512, 3), dtype=numpy.float32)
for bounce in range({bounces}):
    picture = numpy.sqrt(picture * 0.5 + numpy.roll(picture, 1, axis=0) * 0.25 + 0.1)
"""


class CountingMeters(Meters):
    """Meters that add up the processor time their own readings take in the rendering thread."""

    reading_seconds = 0.0

    def read(self, exact: bool = False) -> Reading:
        """Read, and note what that took."""
        before = time.thread_time()
        try:
            return super().read(exact)
        finally:
            self.reading_seconds += time.thread_time() - before


def render_child(bounces: int) -> None:
    subprocess.run([sys.executable, "-c", CHILD.format(bounces=bounces)], check=True)


def composite(frame_count: int) -> None:
    frame = np.random.default_rng(7).random((288, 512, 3), dtype=np.float32)
    for _ in range(frame_count):
        for _ in range(6):
            frame = np.clip(frame * 1.01 - np.roll(frame, 1, axis=1) * 0.01, 0, 1)


def run(watch: Stopwatch | None, bounces: int, frame_count: int) -> float:
    """Do the work once and give its wall seconds, the stopwatch's start and stop included."""
    started = time.perf_counter()
    for name, work, amount in (
        (StageName.RENDER, render_child, bounces),
        (StageName.COMPOSITE, composite, frame_count),
    ):
        if watch is not None:
            watch.enter(name)
        work(amount)
    if watch is not None:
        watch.stop()
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=12, help="measurements with and without, at least 10")
    parser.add_argument("--bounces", type=int, default=1600, help="work of the child process")
    parser.add_argument("--frames", type=int, default=120, help="work of this process")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()

    run(None, arguments.bounces, arguments.frames)  # warm-up: files come from the cache from here on
    ratios, watched_shares, plain_seconds = [], [], []
    for pair in range(max(10, arguments.pairs)):
        meters = CountingMeters.of_this_machine()
        watch = Stopwatch(meters)
        if pair % 2 == 0:  # ABBA: drift of the machine's clock must not favour one of them
            plain = run(None, arguments.bounces, arguments.frames)
            watched = run(watch, arguments.bounces, arguments.frames)
        else:
            watched = run(watch, arguments.bounces, arguments.frames)
            plain = run(None, arguments.bounces, arguments.frames)
        plain_seconds.append(plain)
        ratios.append(watched / plain)
        watched_shares.append((watch.sampler_cpu_seconds + meters.reading_seconds) / watched)
    lower, middle, upper = statistics.quantiles(ratios, n=4)
    plain_wall_seconds, share = statistics.median(plain_seconds), statistics.median(watched_shares)
    if arguments.json:
        result = {
            "pairs": len(ratios),
            "median_plain_wall_seconds": round(plain_wall_seconds, 3),
            "wall_ratio_median": round(middle, 4),
            "wall_ratio_quartiles": [round(lower, 4), round(upper, 4)],
            "metering_cpu_share_median": round(share, 5),
            "metering_cpu_share_highest": round(max(watched_shares), 5),
            "limit": LIMIT,
        }
        print(json.dumps(result, indent=2))
    else:
        print(f"work of {plain_wall_seconds:.3f} s, {len(ratios)} pairs with and without a stopwatch")
        print(f"wall time with / without: {middle:.4f} (middle half of the pairs: {lower:.4f} to {upper:.4f})")
        print(
            f"processor time of metering itself: {100 * share:.2f} % of a core "
            f"(highest {100 * max(watched_shares):.2f} %, limit {100 * LIMIT:g} %)"
        )
    if share >= LIMIT:
        sys.exit(1)


if __name__ == "__main__":
    main()
