"""How long a read and a durable write of the ledger take, beside SQLite in the same run on the same rows.

    python benchmarks/ledger_latency.py --renders 100000

Both open their file for each use and close it again, as Shotledger does. SQLite writes with ``synchronous=FULL``; the
ledger's commit is synced before its file is closed. What counts is the ratio: milliseconds belong to a machine.
"""

import argparse
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from analytics.ledger.asking import render_rows, stages_of_shot
from analytics.ledger.ledger import Ledger
from analytics.ledger.manifest import Manifest
from analytics.ledger.recording import record_manifest
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.hardware import Hardware
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.production import Production
from analytics.vocabulary.render import Outcome, Purpose, Render
from analytics.vocabulary.shot import Complexity, Shot, ShotKind
from analytics.vocabulary.stage import Stage, StageName
from analytics.vocabulary.title import Title
from analytics.vocabulary.workflow import Workflow

RENDERS_PER_SHOT = 50
STAGES = ("load", "blocking", "denoise", "decode", "composite", "encode")

FILL_RENDERS = """
    INSERT INTO renders (render_id, shot_id, workflow, engine, model, quality, seed, repeat_number, first_frame,
        last_frame, frame_count, width, height, fps_numerator, fps_denominator, hardware_id, started_at, ended_at,
        wall_seconds, outcome, folder, movie, settings, origin)
    SELECT concat('shot-ai-', lpad(n::VARCHAR, 7, '0'), '-', left(md5(n::VARCHAR), 6)),
        concat('bench/shot_', n // $per_shot), 'ai',
        'diffusers 0.42', 'collapse-small', 'draft', 7, 1, 1001, 1048, 48, 256, 144, 24, 1, 'machine',
        TIMESTAMPTZ '2024-01-01 00:00:00+00' + to_minutes(n), TIMESTAMPTZ '2024-01-01 00:00:06+00' + to_minutes(n), 6,
        'ok',
        concat('/renders/', md5(n::VARCHAR)), 'movie.mp4', '{"steps": 4, "guidance": 1.5}', 'synthetic'
    FROM range($renders) AS every (n)
"""
FILL_STAGES = """
    INSERT INTO stages
    SELECT render_id, place, $names[place], 1.0, random() * 4, random(), random() * 100, 'assumed', 1000000000,
        2000000000, 'synthetic', started_at
    FROM (SELECT render_id, started_at FROM renders WHERE shot_id <> 'bench/new'),
        (SELECT unnest([1, 2, 3, 4, 5, 6]) AS place)
"""


def bench_manifest(number: int) -> Manifest:
    """One more render of the newest shot."""
    began = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    stages = tuple(Stage(StageName(name), 1.0, 2.0, 0.5, 40.0, Origin.ASSUMED, 10**9, 2 * 10**9) for name in STAGES)
    shot = Shot("bench/new", "bench", "b", "new", ShotKind.DESTRUCTION, Complexity.HARD, 48, 0, "a house falls")
    rate = FrameRate.parse(24)
    render = Render(
        render_id=f"new-ai-{number:07d}",
        shot_id=shot.shot_id,
        workflow=Workflow.AI,
        purpose=Purpose.BENCHMARK,
        engine="diffusers 0.42",
        model="collapse-small",
        quality="draft",
        seed=7,
        repeat_number=1,
        frames=FrameRange(1001, 1048),
        size=FrameSize(256, 144),
        fps=rate,
        hardware_id="machine",
        started_at=began,
        ended_at=began + timedelta(seconds=6),
        wall_seconds=6.0,
        outcome=Outcome.OK,
        failure=None,
        folder=f"/renders/{number}",
        movie="movie.mp4",
        settings={"steps": 4, "guidance": 1.5},
        stages=stages,
        origin=Origin.SYNTHETIC,
    )
    hardware = Hardware("machine", "machine:cpu", "Invented 9000", 8, 2**36, 180.0, None, 0, 0, "Linux", "3.11")
    return Manifest(
        Title("bench", "Bench", "test"), Production("bench", "bench", "Bench", "USD", rate), shot, hardware, render
    )


def fill(ledger: Ledger, peer: Path, renders: int) -> None:
    """The same rows into both."""
    record_manifest(ledger, bench_manifest(0))

    def rows(connection) -> None:  # type: ignore[no-untyped-def]
        connection.execute(FILL_RENDERS, {"renders": renders, "per_shot": RENDERS_PER_SHOT})
        connection.execute(FILL_STAGES, {"names": list(STAGES)})

    ledger.write(rows)
    with sqlite3.connect(peer) as database, ledger.reading() as connection:
        for table, key in (("renders", "render_id"), ("stages", "render_id, stage_number")):
            described = connection.execute(f"DESCRIBE {table}").fetchall()
            columns = ", ".join(row[0] for row in described)
            database.execute(f"CREATE TABLE {table} ({columns}, PRIMARY KEY ({key}))")
            plain = ", ".join(f"{row[0]}::VARCHAR" if "TIME" in row[1] else row[0] for row in described)
            cells = connection.execute(f"SELECT {plain} FROM {table}")
            places = ", ".join("?" * len(described))
            while batch := cells.fetchmany(10_000):
                database.executemany(f"INSERT INTO {table} VALUES ({places})", batch)
        database.execute("CREATE INDEX renders_of_shot ON renders (shot_id)")


def peer_read(peer: Path, condition: str, value: str) -> int:
    """Renders with their stages, as the ledger's question gives them."""
    database = sqlite3.connect(peer)
    try:
        rows = database.execute(f"SELECT * FROM renders WHERE {condition} = ?", [value]).fetchall()
        for row in rows:
            database.execute("SELECT * FROM stages WHERE render_id = ? ORDER BY stage_number", [row[0]]).fetchall()
        return len(rows)
    finally:
        database.close()


def peer_write(peer: Path, number: int) -> None:
    """One render with six stages, synced to the disk."""
    database = sqlite3.connect(peer)
    try:
        database.execute("PRAGMA synchronous = FULL")
        with database:
            database.execute(
                "INSERT INTO renders (render_id, shot_id, workflow, wall_seconds) VALUES (?, 'bench/new', 'ai', 6)",
                [f"new-{number}"],
            )
            for place, name in enumerate(STAGES):
                database.execute(
                    "INSERT INTO stages (render_id, stage_number, name) VALUES (?, ?, ?)",
                    [f"new-{number}", place + 1, name],
                )
    finally:
        database.close()


def timed(action: Callable[[int], object], times: int) -> dict[str, float]:
    """Median and 95th percentile in milliseconds, after one run that is not counted."""
    taken = []
    for number in range(times + 1):
        began = time.perf_counter()
        action(number + 1)
        taken.append(1000 * (time.perf_counter() - began))
    taken = sorted(taken[1:])
    return {
        "median_milliseconds": statistics.median(taken),
        "p95_milliseconds": taken[min(len(taken) - 1, int(0.95 * len(taken)))],
    }


def main() -> None:
    """Make both files, time them and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--renders", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=40, help="how often each thing is done")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger, peer = Ledger.open(Path(folder) / "shots.duckdb"), Path(folder) / "peer.sqlite"
        fill(ledger, peer, options.renders)
        with ledger.reading() as connection:
            found = connection.execute(
                "SELECT render_id, shot_id FROM renders WHERE shot_id <> 'bench/new' ORDER BY hash(render_id) LIMIT ?",
                [options.times + 1],
            )
            picked = found.fetchall()
        pairs = {
            "renders without an end": (
                lambda n: ledger.ask_rows("unfinished_renders"),
                lambda n: peer_read(peer, "ended_at IS NULL AND outcome", "interrupted"),
            ),
            "stages of one shot": (
                lambda n: stages_of_shot(ledger, picked[n - 1][1]),
                lambda n: peer_read(peer, "shot_id", picked[n - 1][1]),
            ),
            "one render with its stages": (
                lambda n: render_rows(ledger, render_id=picked[n - 1][0]),
                lambda n: peer_read(peer, "render_id", picked[n - 1][0]),
            ),
            "write one render, durable": (
                lambda n: record_manifest(ledger, bench_manifest(n)),
                lambda n: peer_write(peer, n),
            ),
        }
        results = []
        for name, (ours, theirs) in pairs.items():
            one, other = timed(ours, options.times), timed(theirs, options.times)
            ratio = one["median_milliseconds"] / other["median_milliseconds"]
            results.append({"what": name, "ledger": one, "sqlite": other, "ratio": ratio, "n": options.times})
    if options.json:
        print(json.dumps({"renders": options.renders, "results": results}, indent=2))
        return
    print(f"{options.renders:,} renders, {len(STAGES)} stages each; milliseconds, n = {options.times}")
    print(f"{'':28}{'ledger':>10}{'p95':>8}{'sqlite':>10}{'p95':>8}{'ratio':>8}")
    for result in results:
        numbers = [
            result[who][what] for who in ("ledger", "sqlite") for what in ("median_milliseconds", "p95_milliseconds")
        ]
        print(
            f"{result['what']:28}{numbers[0]:10.1f}{numbers[1]:8.1f}"
            f"{numbers[2]:10.1f}{numbers[3]:8.1f}{result['ratio']:8.1f}"
        )


if __name__ == "__main__":
    main()
