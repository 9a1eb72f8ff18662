"""A real Chromium on a real Streamlit child, over ledgers that the product's own write side made."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

from analytics.ledger.ledger import LEDGER_VARIABLE, Ledger
from analytics.ledger.manifest import Manifest, write_manifest
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
from analytics.vocabulary.work_entry import WorkEntry
from analytics.vocabulary.workflow import Workflow
from generation.picture.video import encode_video
from generation.system_libraries import browser_program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
SHOT_ID = "test_shots/building_collapse"
SIZE = FrameSize(128, 72)
FRAMES = FrameRange(1001, 1048)
FPS = FrameRate(Fraction(24))

STAGE_SECONDS = {
    Workflow.AI: {
        StageName.LOAD: 4.2,
        StageName.BLOCKING: 11.5,
        StageName.DENOISE: 17.25,
        StageName.DECODE: 1.5,
        StageName.ENCODE: 0.5,
    },
    Workflow.TRADITIONAL: {
        StageName.LOAD: 1.25,
        StageName.SIMULATE: 21.0,
        StageName.RENDER: 104.5,
        StageName.COMPOSITE: 9.0,
        StageName.ENCODE: 0.75,
    },
}
PEOPLE_HOURS = {
    Workflow.AI: {"layout": 6.0, "fx": 8.0, "ai": 16.0, "comp": 32.0, "supervision": 12.4},
    Workflow.TRADITIONAL: {
        "layout": 6.0,
        "environment": 28.0,
        "fx": 64.0,
        "lighting": 24.0,
        "comp": 48.0,
        "supervision": 34.0,
    },
}
# What a browser does by itself must not reach the network or need rights that a container's root has not.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
]


def drawn_frames(workflow: Workflow, size: FrameSize = SIZE, count: int = FRAMES.count) -> list[np.ndarray]:
    """A tower that sinks, in the workflow's colour: a picture tells which movie it is of and when."""
    rows, columns = np.mgrid[0 : size.height, 0 : size.width]
    colour = np.array([90, 120, 190] if workflow is Workflow.AI else [190, 140, 80], np.float32)
    frames = []
    for number in range(count):
        top = size.height * (0.15 + 0.7 * number / count)
        tower = (rows > top) & (abs(columns - size.width / 2) < size.width / 5)
        picture = np.where(tower[..., None], colour, 200 - 60 * rows[..., None] / size.height)
        frames.append(picture.astype(np.uint8))
    return frames


class Desk:
    """Writes renders into one ledger the way the product does: movie, manifest, row."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "shots.duckdb"
        self.ledger = Ledger.open(self.path)
        self.started = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
        self.hardware = Hardware("hw-test", "machine:cpu", "Test CPU", 2, 8 * 2**30, 65.0, None, 0, 0, "Linux", "3.11")

    def record(
        self,
        workflow: Workflow,
        *,
        frames: list[np.ndarray] | None = None,
        movie: bool = True,
        quality: str = "draft",
        size: FrameSize = SIZE,
        outcome: Outcome = Outcome.OK,
        origin: Origin = Origin.MEASURED,
        slower_by: float = 1.0,
        code: str = "building_collapse",
    ) -> Render:
        """Record one render; every call is an hour later than the one before."""
        self.started += timedelta(hours=1)
        shot_id = f"test_shots/{code}"
        render_id = f"{code}-{workflow}-{self.started:%Y%m%dT%H%M%S}-abc123"
        folder = self.folder / "renders" / code / render_id
        folder.mkdir(parents=True)
        movie_name = f"{code}_{workflow}.mp4"
        if movie:
            encode_video(frames or drawn_frames(workflow, size), folder / movie_name, FPS.exact)
        stages = tuple(
            Stage(name, seconds * slower_by, 1.8 * seconds, None, 55.0 * seconds, Origin.ASSUMED, 900 * 2**20, None)
            for name, seconds in STAGE_SECONDS[workflow].items()
        )
        wall_seconds = sum(stage.wall_seconds for stage in stages)
        render = Render(
            render_id,
            shot_id,
            workflow,
            Purpose.SHOT,
            "blender 4.5.15" if workflow is Workflow.TRADITIONAL else "diffusers 0.42.1",
            "collapse-finisher-1" if workflow is Workflow.AI else None,
            quality,
            1,
            1,
            FRAMES,
            size,
            FPS,
            self.hardware.hardware_id,
            self.started,
            self.started + timedelta(seconds=wall_seconds),
            wall_seconds,
            outcome,
            None if outcome is Outcome.OK else "the renderer stopped",
            str(folder),
            movie_name,
            {"samples": 8},
            stages,
            origin,
        )
        people_origin = Origin.SYNTHETIC if origin is Origin.SYNTHETIC else Origin.ASSUMED
        people = tuple(
            WorkEntry(
                f"assumed/{shot_id}/{workflow}/{department}",
                shot_id,
                workflow,
                department,
                self.started.date(),
                hours,
                people_origin,
                "a template",
            )
            for department, hours in PEOPLE_HOURS[workflow].items()
        )
        manifest = Manifest(
            Title("test_shots", "Test shots", "test"),
            Production("test_shots", "test_shots", "Test shots", "USD", FPS),
            Shot(
                shot_id,
                "test_shots",
                "tests",
                code,
                ShotKind.DESTRUCTION,
                Complexity.HARD,
                FRAMES.count,
                0,
                "A house comes down.",
            ),
            self.hardware,
            render,
            people,
        )
        write_manifest(manifest, folder)
        record_manifest(self.ledger, manifest)
        return render


class Pages:
    """The pages over one ledger, started as a person starts them."""

    def __init__(self, ledger: Path, folder: Path, *further: str, port: int | None = None) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "pages.log"
        environment = {**os.environ, "SHOTLEDGER_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
        environment.pop(LEDGER_VARIABLE, None)
        command = [sys.executable, "-m", "shotledger", "dashboard", "--ledger", str(ledger)]
        command += ["--port", str(self.port), "--no-browser", *further]
        self.output = self.log.open("wb")
        self.child = subprocess.Popen(command, env=environment, stdout=self.output, stderr=subprocess.STDOUT)
        self._wait()

    def _wait(self) -> None:
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up and self.child.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"the pages did not start:\n{self.log.read_text()}")

    def stop(self) -> None:
        """End the child and wait for it."""
        self.child.terminate()
        try:
            self.child.wait(10)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.output.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    program = browser_program()
    assert program is not None, "no Chromium: run `make system`, or python -m generation.system_libraries browser"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


def _serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    running: list[Pages] = []

    def start(ledger: Path, *further: str, port: int | None = None) -> str:
        running.append(Pages(ledger, tmp_path_factory.mktemp("pages"), *further, port=port))
        return running[-1].address

    yield start
    for pages in running:
        pages.stop()


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Starts pages over a ledger and gives their address; all are ended after the last test of the file.

    Further arguments are those of ``shotledger dashboard``.
    """
    yield from _serving(tmp_path_factory)


@pytest.fixture(scope="session")
def serve_to_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Starts pages that the tests of several files read, and that end after the last one."""
    yield from _serving(tmp_path_factory)


@pytest.fixture(scope="session")
def desk_at() -> type[Desk]:
    return Desk


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A ledger with one render of each workflow."""
    desk = Desk(tmp_path_factory.mktemp("pair"))
    desk.record(Workflow.TRADITIONAL)
    desk.record(Workflow.AI)
    return desk


@pytest.fixture(scope="session")
def pair_address(pair: Desk, serve_to_all: Callable[..., str]) -> str:
    return f"{serve_to_all(pair.path)}/test-shots"


def opened(browser: "Browser", address: str, width: int = 1440, height: int = 1000, scheme: Any = "light") -> "Page":
    """A window of its own at an address; ``page.complaints`` holds what its console and its requests complained of."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(f"{said.text} {said.location}") if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed {request.url}"))
    page.complaints = complaints  # type: ignore[attr-defined]
    page.goto(address)
    return page


@pytest.fixture
def open_page(chromium: "Browser") -> "Iterator[Callable[..., Page]]":
    """Opens windows that are closed after the test."""
    windows: list[Page] = []

    def open_at(address: str, **how: Any) -> "Page":
        windows.append(opened(chromium, address, **how))
        return windows[-1]

    yield open_at
    for page in windows:
        page.close()


@pytest.fixture(scope="session")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a made-up slate: 900 shots, 18 productions, everything synthetic. Read only: copy it to write."""
    from typer.testing import CliRunner

    import shotledger

    path = tmp_path_factory.mktemp("catalog") / "catalog.duckdb"
    made = CliRunner().invoke(shotledger.app, ["demo-catalog", "--shots", "900", "--ledger", str(path)])
    assert made.exit_code == 0, made.output
    return path


@pytest.fixture(scope="session")
def catalog_address(catalog: Path, serve_to_all: Callable[..., str]) -> str:
    """The pages over the made-up slate."""
    return serve_to_all(catalog)


@pytest.fixture
def well_made() -> "Callable[[Page], None]":
    """Holds a page against what every page must be: no complaints, no serious finding of axe, nothing sideways."""

    def check(page: "Page") -> None:
        expected = (
            "/_stcore/health",
            "/_stcore/host-config",
        )  # Streamlit asks for them below a deep link, then finds its root
        complaints = [said for said in page.complaints if not any(path in said for path in expected)]  # type: ignore[attr-defined]
        assert not complaints
        # Streamlit's own notes on the fly have no name while they come and go.
        page.wait_for_function("!document.querySelector('[data-testid=stToast]')")
        found = Axe().run(page).response["violations"]
        serious = [
            (each["id"], [node["html"][:200] for node in each["nodes"]])
            for each in found
            if each["impact"] in ("serious", "critical")
        ]
        assert not serious
        main = page.locator('[data-testid="stMain"]')
        assert main.evaluate("main => main.scrollWidth <= main.clientWidth + 1"), "the page scrolls sideways"
        assert page.locator('[data-testid="stException"]').count() == 0

    return check


@pytest.fixture(scope="session")
def pair_page(chromium: "Browser", pair_address: str) -> "Iterator[Page]":
    """The pair in one window for the tests that read it or bring it into the state they need."""
    page = opened(chromium, pair_address)
    yield page
    page.close()
