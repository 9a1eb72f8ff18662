"""How fast the pages are over a large ledger, in a real browser, and whether they keep a writer waiting.

    python benchmarks/pages.py --ledger big.duckdb [--opens 20] [--changes 20]
    python benchmarks/pages.py --shots 200000            # makes such a ledger first: some minutes

Openings are held against an empty Streamlit page in the same browser, writes against the same writes without pages.
The ledger is copied first; the one that is named is never written.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from analytics.ledger.ledger import Ledger
from generation.system_libraries import browser_program

ROOT = Path(__file__).resolve().parents[1]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
FIRST_FIGURES, FILTER_CHANGE, WRITER_WAITS = 2.0, 1.0, 0.5
LONGEST_MILLISECONDS = 1_800_000
EMPTY_PAGE = 'import streamlit as st\nst.html("<h1>One, 1</h1>")\n'
PAGES = {"slate": "", "shots": "shots", "cost report": "cost-report", "methods": "methods"}
FIGURES = "h1"
"""Every page begins with a sentence that has its number in it; until that is known there is none."""
LAST_ANSWER = ".slate-budgets"
"""The slate's table of budgets, with a forecast of each running production, takes longest."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def started(command: Sequence[str], port: int, folder: Path) -> "subprocess.Popen[bytes]":
    """A server, once it answers."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SHOTLEDGER_CACHE": str(folder / "cache")}
    log = (folder / f"{port}.log").open("wb")
    child = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
            return child
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer on {port}; see {log.name}")


def share(seconds: Sequence[float], limit: float) -> str:
    """Figures of some durations in one line."""
    ordered = sorted(seconds)
    held = sum(each <= limit for each in ordered)
    at_95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return (
        f"median {statistics.median(ordered):.2f} s, 95th {at_95:.2f} s, longest {ordered[-1]:.2f} s; "
        f"{held} of {len(ordered)} within {limit:g} s"
    )


def opening_seconds(context: Any, address: str, count: int, seen: str = FIGURES) -> list[float]:
    """Seconds from asking for a page to its first figures, in one browser that has been there before."""
    taken = []
    for _ in range(count):
        page = context.new_page()
        began = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.wait_for_selector(seen, timeout=LONGEST_MILLISECONDS)
        taken.append(time.perf_counter() - began)
        page.close()
    return taken


def change_seconds(page: Any, click: Callable[[int], None], seen: str, count: int) -> list[float]:
    """Seconds from a click on a filter to another headline or another table."""
    taken = []
    for number in range(count):
        before = page.locator(seen).first.inner_text()
        began = time.perf_counter()
        click(number)
        page.wait_for_function(
            "([seen, before]) => { const at = document.querySelector(seen); return at && at.innerText !== before }",
            arg=[seen, before],
            timeout=LONGEST_MILLISECONDS,
        )
        taken.append(time.perf_counter() - began)
        page.wait_for_timeout(400)
    return taken


def write_seconds(ledger: Ledger, count: int, first: int) -> tuple[list[float], list[float]]:
    """Seconds of single writes, one every quarter of a second, by a process of its own; and until each is let in.

    The rest is the database writing to disk.
    """
    taken, let_in = [], []
    for number in range(first, first + count):

        def write(connection: Any, number: int = number) -> None:
            let_in.append(time.perf_counter())
            connection.execute(
                "INSERT INTO titles (title_id, name, kind, origin) VALUES (?, 'A title', 'series', 'synthetic')",
                [f"benchmark {number}"],
            )

        began = time.perf_counter()
        ledger.write(write)
        taken.append(time.perf_counter() - began)
        let_in[-1] -= began
        time.sleep(0.25)
    return taken, let_in


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", type=Path, help="a ledger; it is copied")
    parser.add_argument("--shots", type=int, default=200_000, help="how many, where no ledger is named")
    parser.add_argument("--opens", type=int, default=20)
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument("--writes", type=int, default=60)
    parser.add_argument("--only-writes", action="store_true", help="leave out how fast the pages are")
    asked = parser.parse_args()
    program = browser_program()
    if program is None:
        sys.exit("no Chromium: run `make system`")
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        path = folder / "ledger.duckdb"
        if asked.ledger:
            shutil.copy(asked.ledger, path)
        else:
            make = [
                sys.executable,
                "-m",
                "shotledger",
                "demo-catalog",
                "--shots",
                str(asked.shots),
                "--ledger",
                str(path),
            ]
            subprocess.run(make, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
        with Ledger.open(path).reading() as connection:
            counts = [
                connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("shots", "work_entries")
            ]
        print(f"ledger: {counts[0][0]:,} shots, {counts[1][0]:,} work entries, {path.stat().st_size / 1e6:,.0f} MB")  # type: ignore[index]
        measure(asked, folder, path, playwright.chromium.launch(executable_path=program, args=ARGUMENTS))


def measure(asked: argparse.Namespace, folder: Path, path: Path, browser: Any) -> None:
    """Print every figure."""
    alone = write_seconds(Ledger.open(path), asked.writes, 0)
    port, empty_port = free_port(), free_port()
    (folder / "empty.py").write_text(EMPTY_PAGE)
    common = ["--server.port", str(empty_port), "--server.headless", "true", "--server.address", "127.0.0.1"]
    empty = started([sys.executable, "-m", "streamlit", "run", str(folder / "empty.py"), *common], empty_port, folder)
    command = [sys.executable, "-m", "shotledger", "dashboard", "--ledger", str(path), "--port", str(port)]
    pages = started([*command, "--no-browser"], port, folder)
    try:
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        if not asked.only_writes:
            measure_pages(asked, context, f"http://127.0.0.1:{port}", f"http://127.0.0.1:{empty_port}")
        windows = [context.new_page() for _ in range(10)]
        for number, window in enumerate(windows):
            where = list(PAGES.values())[number % len(PAGES)]
            window.goto(f"http://127.0.0.1:{port}/{where}")
        time.sleep(5)
        beside = write_seconds(Ledger.open(path), asked.writes, asked.writes)
        for words, lone, among in zip(("a write", "of it, until let in"), alone, beside, strict=True):
            print(f"{words}, no pages: {share(lone, WRITER_WAITS)}")
            ratio = statistics.median(among) / statistics.median(lone)
            print(f"{words}, ten open pages: {share(among, WRITER_WAITS)}; {ratio:.2f} times as long in the middle")
    finally:
        for child in (pages, empty):
            child.terminate()
            child.wait(20)
        browser.close()


def measure_pages(asked: argparse.Namespace, context: Any, address: str, empty_address: str) -> None:
    """Print how fast pages open and change, once everything on them has been worked out."""
    for name, where in PAGES.items():
        began = time.perf_counter()
        opening_seconds(context, f"{address}/{where}", 1)
        print(f"{name}: {time.perf_counter() - began:.1f} s until its answers were worked out for the first time")
    last = opening_seconds(context, address, 1, LAST_ANSWER)
    print(f"budgets of the slate: {last[0]:.1f} s more")
    peer = opening_seconds(context, empty_address, asked.opens)
    print(f"empty Streamlit page: {share(peer, FIRST_FIGURES)}")
    for name, where in PAGES.items():
        taken = opening_seconds(context, f"{address}/{where}", asked.opens)
        ratio = statistics.median(taken) / statistics.median(peer)
        print(f"{name}, opening: {share(taken, FIRST_FIGURES)}; {ratio:.2f} times the empty page")
    for name, taken in changes(context, address, asked.changes):
        print(f"{name}, filter change: {share(taken, FILTER_CHANGE)}")


def changes(context: Any, address: str, count: int) -> list[tuple[str, list[float]]]:
    """The filters of the two pages that most people have open."""
    found = []
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("h1", timeout=LONGEST_MILLISECONDS)
    clocks = ("People-hours", "Calendar days", "Machine time", "Cost")

    def pick_clock(number: int) -> None:
        page.get_by_role("radio", name=clocks[number % len(clocks)], exact=True).click()

    found.append(("slate", change_seconds(page, pick_clock, "h1", count)))
    page.close()
    page = context.new_page()
    page.goto(f"{address}/shots")
    page.wait_for_selector("h1", timeout=LONGEST_MILLISECONDS)
    words = ("Final", "In work", "Not started", "Omitted")

    def pick_status(number: int) -> None:
        page.get_by_role("button", name=words[number // 2 % len(words)], exact=True).click()

    found.append(("shots", change_seconds(page, pick_status, "h1", count)))
    page.close()
    return found


if __name__ == "__main__":
    main()
