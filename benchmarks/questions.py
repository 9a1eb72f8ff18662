"""How long every question behind a page takes on a large slate, beside SQLite and pandas on the same rows.

    python benchmarks/questions.py --shots 100000
    python benchmarks/questions.py --shots 1000000 --no-peers

Fifteen work entries, two renders and two reviews a shot. Each time includes opening the file and closing it again, as a
page does it. SQLite has an index for each question; pandas reads Parquet files. Both are spared the reckoning: they are
given what the ledger had reckoned. What counts is the ratio and the second that a page may take; milliseconds belong to
a machine.
"""

import argparse
import json
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.costing.reckoned_costs import By, cost_by, cost_cells, reckon_costs, shot_costs
from analytics.ledger.asking import ledger_summary, work_entries_of_shot
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import reckon_shots, slate_shots
from analytics.vocabulary.origin import Origin

SHOTS_PER_PRODUCTION = 1000
KINDS = ["destruction", "weather", "cleanup", "set_extension", "crowd", "creature"]
DEPARTMENTS = ["comp", "fx", "animation", "lighting", "roto", "matchmove"]

# `hash` of a number stands for chance, so that every run has the same slate. Rows come as a farm and a time sheet write
# them: production after production, shots mixed within.
FILL = (
    "INSERT INTO titles (title_id, name, kind, origin) SELECT 'T' || n, 'Title ' || n, 'series', 'synthetic' "
    "FROM range($shots // $each // 3 + 1) AS every (n)",
    "INSERT INTO productions (production_id, title_id, name, currency, fps_numerator, fps_denominator, territory, "
    "started_on, origin) SELECT 'P' || n, 'T' || n // 3, 'Production ' || n, 'USD', 24, 1, 'US-CA', DATE '2024-01-01', "
    "'synthetic' FROM range(greatest(1, $shots // $each)) AS every (n)",
    "INSERT INTO hardware (hardware_id, rate_resource, origin) "
    "VALUES ('h1', 'machine:gpu', 'synthetic'), ('h2', 'machine:cpu', 'synthetic')",
    "INSERT INTO shots (shot_id, production_id, sequence, code, kind, complexity, cut_frames, turnover_on, final_on, "
    "origin) SELECT 'P' || n // $each || '/S' || n, 'P' || n // $each, "
    "'SQ' || lpad((n % $each // 40)::VARCHAR, 3, '0'), "
    "'SH' || n % $each, $kinds[1 + (hash(n) % 6)::INT], "
    "['easy', 'medium', 'hard', 'hero'][1 + (hash(n + 1) % 4)::INT], "
    "24 + (hash(n + 2) % 200)::INT, DATE '2026-01-01' + (n % 300)::INT, "
    "if(hash(n + 3) % 20 = 0, NULL, DATE '2026-02-01' + (n % 300)::INT + (hash(n + 4) % 60)::INT), 'synthetic' "
    "FROM range($shots) AS every (n)",
    "INSERT INTO assignments (shot_id, assignment_number, workflow, started_on, outcome, origin) "
    "SELECT shot_id, 1, if(hash(shot_id) % 10 < 3, 'ai', 'traditional'), turnover_on, "
    "if(hash(shot_id) % 100 = 1, 'fell_back', 'final'), 'synthetic' FROM shots",
    "INSERT INTO assignments (shot_id, assignment_number, workflow, started_on, outcome, origin) "
    "SELECT shot_id, 2, 'traditional', started_on + 10, 'final', 'synthetic' FROM assignments "
    "WHERE outcome = 'fell_back'",
    "INSERT INTO work_entries (work_entry_id, shot_id, department, vendor, worked_on, people_hours, origin) "
    "SELECT 'W' || n, shot_id, $departments[1 + (hash(n + 1) % 6)::INT], "
    "if(hash(shot_id) % 4 = 0, 'Vendor ' || hash(shot_id) % 12, NULL), "
    "DATE '2026-01-01' + (shot % 300)::INT + (hash(n + 3) % 50)::INT, "
    "round(exp(0.5 + hash(n + 4) % 1000 / 500), 2), 'synthetic' FROM spread($shots * 15, $each * 15, $each)",
    "INSERT INTO renders (render_id, shot_id, workflow, version_number, hardware_id, started_at, wall_seconds, "
    "outcome, origin) SELECT 'R' || n, shot_id, if(hash(shot_id) % 10 < 3, 'ai', 'traditional'), "
    "1 + (hash(n) % 5)::INT, "
    "if(hash(shot_id) % 10 < 3, 'h1', 'h2'), TIMESTAMPTZ '2026-01-05 10:00:00+00' + to_days((shot % 300)::INT), "
    "600 + hash(n + 1) % 9000, if(hash(n + 2) % 15 = 0, 'failed', 'ok'), 'synthetic' "
    "FROM spread($shots * 2, $each * 2, $each)",
    "INSERT INTO reviews (review_id, shot_id, version_number, reviewed_at, decision, origin) "
    "SELECT 'V' || n, shot_id, 1 + (hash(n) % 5)::INT, "
    "TIMESTAMPTZ '2026-02-01 10:00:00+00' + to_days((shot % 300)::INT), "
    "if(hash(n + 1) % 2 = 0, 'retake', 'approved'), 'synthetic' FROM spread($shots * 2, $each * 2, $each)",
    "INSERT INTO charges (charge_id, production_id, shot_id, category, amount, currency, charged_on, origin) "
    "SELECT 'C' || shot_id, production_id, shot_id, 'api', 12.5, 'USD', final_on, 'synthetic' FROM shots "
    "WHERE final_on IS NOT NULL AND hash(shot_id) % 5 = 0",
)
SPREAD = """
    CREATE TEMP MACRO spread(total, per_production, each) AS TABLE
    SELECT n, shot, 'P' || production || '/S' || shot AS shot_id
    FROM (
        SELECT n, n // per_production AS production, production * each + (hash(n) % each)::BIGINT AS shot
        FROM range(total) AS every (n)
    )
"""
FROM_PEERS = ("shots", "work_entries", "renders", "reckoned_shots")
INDEXES = ("work_entries (shot_id)", "reckoned_shots (production_id)", "reckoned_shots (kind, people_hours)")


@dataclass(frozen=True)
class Question:
    """Something a page asks, and how others answer the same."""

    words: str
    ours: Callable[[], object]
    sqlite: Callable[[sqlite3.Connection], object] | None = None
    pandas: Callable[[], object] | None = None


def fill(ledger: Ledger, shots: int) -> None:
    """Make the slate, all of it a demonstration."""
    numbers = {"shots": shots, "each": min(shots, SHOTS_PER_PRODUCTION)}
    lists = {"kinds": KINDS, "departments": DEPARTMENTS}

    def rows(connection: Any) -> None:
        connection.execute(SPREAD)
        for insert in FILL:
            connection.execute(
                insert, {name: value for name, value in (numbers | lists).items() if f"${name}" in insert}
            )
        connection.execute("DROP MACRO spread")

    ledger.write(rows)


def hand_to_peers(ledger: Ledger, folder: Path) -> None:
    """The same rows as a SQLite database with indexes and as Parquet files."""
    with sqlite3.connect(folder / "peer.sqlite") as database, ledger.reading() as connection:
        for table in FROM_PEERS:
            connection.execute(f"COPY {table} TO '{folder / table}.parquet' (FORMAT parquet)")
            described = connection.execute(f"DESCRIBE {table}").fetchall()
            database.execute(f"CREATE TABLE {table} ({', '.join(row[0] for row in described)})")
            plain = (f"{row[0]}::VARCHAR" if row[1].startswith(("DATE", "TIME")) else row[0] for row in described)
            cells = connection.execute(f"SELECT {', '.join(plain)} FROM {table}")
            places = ", ".join("?" * len(described))
            while batch := cells.fetchmany(100_000):
                database.executemany(f"INSERT INTO {table} VALUES ({places})", batch)
        for number, index in enumerate(INDEXES):
            database.execute(f"CREATE INDEX index_{number} ON {index}")
        database.execute("ANALYZE")


def questions(ledger: Ledger, folder: Path, shots: int) -> Iterator[Question]:
    """Every question behind a page; costs have no peer, which would need our prices."""
    import pandas

    one = [f"P{max(1, shots // SHOTS_PER_PRODUCTION) // 2}"]
    ten = [f"P{number}" for number in range(10)]
    some_shot = f"{one[0]}/S{max(0, int(one[0][1:])) * SHOTS_PER_PRODUCTION}"

    def parquet(table: str, **options: Any) -> pandas.DataFrame:
        return pandas.read_parquet(folder / f"{table}.parquet", **options)

    def page_of_shots() -> object:
        reckon_shots(ledger)
        with ledger.reading() as connection:
            return connection.execute(page).fetchall()

    def hours_by_production() -> object:
        reckon_shots(ledger)
        with ledger.reading() as connection:
            return connection.execute(by_production).fetchall()

    page = "SELECT * FROM reckoned_shots WHERE kind = 'creature' ORDER BY people_hours DESC LIMIT 100"
    by_production = "SELECT production_id, arm, count(*), sum(people_hours) FROM reckoned_shots GROUP BY 1, 2"
    counts = "SELECT origin, count(*), min({0}), max({0}) FROM {1} GROUP BY origin"
    dated = {"shots": "turnover_on", "work_entries": "worked_on", "renders": "started_at"}
    yield Question(
        "what the ledger holds",
        lambda: ledger_summary(ledger),
        lambda peer: [peer.execute(counts.format(day, table)).fetchall() for table, day in dated.items()],
        lambda: [
            parquet(table, columns=["origin", day]).groupby("origin")[day].agg(["size", "min", "max"])
            for table, day in dated.items()
        ],
    )
    yield Question(
        "hours by production and arm",
        hours_by_production,
        lambda peer: peer.execute(by_production).fetchall(),
        lambda: (
            parquet("reckoned_shots", columns=["production_id", "arm", "people_hours"])
            .groupby(["production_id", "arm"])["people_hours"]
            .agg(["size", "sum"])
        ),
    )
    yield Question(
        "a page of 100 shots, most hours first",
        page_of_shots,
        lambda peer: peer.execute(page).fetchall(),
        lambda: parquet("reckoned_shots").query("kind == 'creature'").nlargest(100, "people_hours"),
    )
    for words, ids in (("one production", one), ("ten productions", ten)):
        listed = ", ".join(f"'{id_}'" for id_ in ids)
        yield Question(
            f"the shots of {words}",
            lambda ids=ids: slate_shots(ledger, production_ids=ids),
            lambda peer, listed=listed: pandas.read_sql(
                f"SELECT * FROM reckoned_shots WHERE production_id IN ({listed})", peer
            ),
            lambda ids=ids: parquet("reckoned_shots", filters=[("production_id", "in", ids)]),
        )
    yield Question(
        "the hours of one shot, entry by entry",
        lambda: work_entries_of_shot(ledger, some_shot),
        lambda peer: peer.execute("SELECT * FROM work_entries WHERE shot_id = ?", [some_shot]).fetchall(),
        lambda: parquet("work_entries", filters=[("shot_id", "==", some_shot)]),
    )
    for by in By:
        if by is not By.SHOT:
            yield Question(f"costs by {by.value}", lambda by=by: cost_by(ledger, reckon_costs(ledger), by))
        yield Question(
            f"costs by {by.value} of one production",
            lambda by=by: cost_by(ledger, reckon_costs(ledger, production_ids=one), by, production_ids=one),
        )
    for words, ids in (("one production", one), ("ten productions", ten)):
        yield Question(
            f"the cost of each shot of {words}",
            lambda ids=ids: shot_costs(ledger, reckon_costs(ledger, production_ids=ids), production_ids=ids),
        )
    yield Question(
        "the cells of one production's costs",
        lambda: cost_cells(ledger, reckon_costs(ledger, production_ids=one), production_ids=one),
    )


def timed(action: Callable[[], object], times: int) -> float:
    """Median in milliseconds, after one run that is not counted."""
    taken = []
    for _ in range(times + 1):
        began = time.perf_counter()
        action()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken[1:])


def asked_of_sqlite(path: Path, question: Callable[[sqlite3.Connection], object]) -> None:
    """Open, ask, close."""
    peer = sqlite3.connect(path)
    try:
        question(peer)
    finally:
        peer.close()


def measured(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Fill a ledger, reckon it, and time every question."""
    ledger = Ledger.open(folder / "shots.duckdb")
    fill(ledger, options.shots)
    reckoned = {}
    for words, reckon in (("shots", reckon_shots), ("costs", reckon_costs)):
        began = time.perf_counter()
        reckon(ledger)
        reckoned[words] = time.perf_counter() - began
    entry = f"UPDATE work_entries SET origin = '{Origin.SYNTHETIC}' WHERE work_entry_id = 'W0'"
    ledger.write(lambda connection: connection.execute(entry), shot_ids=("P0/S0",))
    began = time.perf_counter()
    reckon_shots(ledger)
    reckoned["one changed shot"] = time.perf_counter() - began
    reckon_costs(ledger)
    if options.peers:
        hand_to_peers(ledger, folder)
    results = []
    for question in questions(ledger, folder, options.shots):
        print(f"  {question.words}", file=sys.stderr)
        row: dict[str, Any] = {"what": question.words, "ledger": timed(question.ours, options.times)}
        if options.peers and question.sqlite is not None and question.pandas is not None:
            asked = question.sqlite
            row["sqlite"] = timed(lambda asked=asked: asked_of_sqlite(folder / "peer.sqlite", asked), options.times)
            row["pandas"] = timed(question.pandas, options.times)
        results.append(row)
    size = (folder / "shots.duckdb").stat().st_size
    return {"shots": options.shots, "file_bytes": size, "reckoning_seconds": reckoned, "milliseconds": results}


def main() -> None:
    """Time the questions and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shots", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5, help="how often each question is asked")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="without SQLite and pandas")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        found = measured(folder, options)
    finally:
        shutil.rmtree(folder)
    if options.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{found['shots']:,} shots, {15 * found['shots']:,} work entries, {found['file_bytes'] / 1e6:,.0f} MB")
    print("Reckoned once: " + ", ".join(f"{words} {took:.1f} s" for words, took in found["reckoning_seconds"].items()))
    heading = f"milliseconds, median of {options.times}"
    print(f"{heading:44}{'ledger':>9}{'sqlite':>9}{'pandas':>9}  ledger / best other")
    for row in found["milliseconds"]:
        others = [row[peer] for peer in ("sqlite", "pandas") if peer in row]
        peers = "".join(f"{milliseconds:9.0f}" for milliseconds in others) or f"{'-':>9}{'-':>9}"
        ratio = f"{row['ledger'] / min(others):10.2f}" if others else ""
        print(f"{row['what']:44}{row['ledger']:9.0f}{peers}{ratio}")


if __name__ == "__main__":
    main()
