"""Sequences with known answers, and renders of them in a real ledger."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from scipy.ndimage import gaussian_filter

sys.path.insert(0, str(Path(__file__).parents[2] / "analytics" / "ledger"))  # where invented_manifests lies

from invented_manifests import invented_manifest

from analytics.ledger.ledger import Ledger
from analytics.ledger.manifest import write_manifest
from analytics.ledger.recording import record_manifest
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.render import Purpose
from analytics.vocabulary.workflow import Workflow
from generation.picture.png import write_png

Frames = list[npt.NDArray[np.uint8]]
HEIGHT, WIDTH, COUNT = 72, 128, 5


@pytest.fixture(scope="session")
def truth() -> Frames:
    """A texture that travels two pixels a frame to the left."""
    noise = np.random.default_rng(3).normal(size=(HEIGHT, WIDTH + 2 * COUNT, 3))
    texture = gaussian_filter(noise, (2, 2, 0))
    texture = np.clip(128 + 40 * texture / texture.std(), 30, 225)
    return [texture[:, 2 * place : 2 * place + WIDTH].astype(np.uint8) for place in range(COUNT)]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "shots.duckdb")


@pytest.fixture
def record(ledger: Ledger, tmp_path: Path) -> Callable[..., str]:
    """Records a render of frames as the product does: frames, manifest, row. Returns its id."""
    made: list[str] = []

    def one(
        workflow: Workflow,
        frames: Frames,
        *,
        seed: int = 7,
        parameters: object = "as drawn",
        purpose: Purpose = Purpose.SHOT,
        quality: str = "draft",
    ) -> str:
        manifest = invented_manifest(minutes=len(made))
        render_id = f"collapse-{workflow}-{len(made):04d}"
        folder = tmp_path / "renders" / "collapse" / render_id
        (folder / "frames").mkdir(parents=True)
        for number, frame in enumerate(frames, start=1001):
            write_png(folder / "frames" / f"collapse_{workflow}.{number:04d}.png", frame)
        render = replace(
            manifest.render,
            render_id=render_id,
            workflow=workflow,
            purpose=purpose,
            quality=quality,
            seed=seed,
            frames=FrameRange(1001, 1000 + len(frames)),
            size=FrameSize(frames[0].shape[1], frames[0].shape[0]),
            folder=str(folder),
            settings={"steps": 1} if parameters is None else {"steps": 1, "parameters": {"scene": parameters}},
        )
        manifest = replace(manifest, render=render)
        write_manifest(manifest, folder)
        record_manifest(ledger, manifest)
        made.append(render_id)
        return render_id

    return one
