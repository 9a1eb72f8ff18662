"""Every preset renders a shot by the path that a user runs, from a tiny checkpoint on disk to checked frames."""

import json
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch

from analytics.ledger.asking import render_rows
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused, RenderFailed
from analytics.vocabulary.frames import FrameSize
from analytics.vocabulary.render import Outcome
from analytics.vocabulary.workflow import Workflow
from generation.ai.checkpoints.loading import load_model
from generation.ai.diffusion.choice import choose_model
from generation.ai.diffusion.clip import ClipOrder, make_clip
from generation.ai.diffusion.shown import Shown
from generation.ai.diffusion.timing import clip_timing
from generation.ai.diffusion.windows import LAST_FRAME, plan_windows
from generation.ai.diffusion.words import negative_prompt_for, prompt_for
from generation.ai.model_presets import find_preset, preset_names
from generation.order import place_order
from generation.picture.png import read_png, write_png
from generation.picture.video import decode_video
from generation.progress import Silent
from generation.rendering import check_order, render_shot
from generation.shots import find_shot
from tests.generation.ai.tiny_checkpoints import save_tiny_checkpoint

REPOSITORY = Path(__file__).resolve().parents[3]
FRAMES = "1001-1004"
STAGES = ("load", "condition", "denoise", "decode", "conform", "encode")


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory: pytest.TempPathFactory):
    """Gives the folder of a preset's tiny checkpoint, made when first asked for."""
    root = tmp_path_factory.mktemp("checkpoints")

    def folder_of(name: str) -> Path:
        folder = root / name
        if not folder.is_dir():
            save_tiny_checkpoint(name, folder)
        return folder

    return folder_of


def _size_of(name: str) -> str:
    return "64x64" if name == "flux2-klein-4b" else "64x32" if name != "svd-xt" else "64x64"


class Heard(Silent):
    """Keeps the steps that it is told of, and stops a render after one of them as Ctrl-C does."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.steps: list[tuple[int, int]] = []
        self.stop_after = stop_after

    def step(self, done: int, count: int, part: str = "") -> None:
        """Note the step."""
        self.steps.append((done, count))
        if done == self.stop_after:
            raise KeyboardInterrupt


def _render(tmp_path: Path, shot: str, name: str, folder: Path, heard: Heard, frames: str = FRAMES, **options):
    model = choose_model(name, weights=str(folder), steps=2, size=_size_of(name), **options)
    order = place_order(
        find_shot(shot), Workflow.AI, out=tmp_path / "renders", size="64x36", frames=frames, model=model
    )
    return render_shot(order, Ledger.open(tmp_path / "shots.duckdb"), heard)


@pytest.mark.slow
@pytest.mark.parametrize("name", preset_names())
def test_a_preset_renders_a_shot_from_a_folder(name: str, checkpoints, tmp_path: Path) -> None:
    preset, options = find_preset(name), {}
    if "first frame" in preset.takes:
        still = tmp_path / "still.png"
        write_png(still, np.random.default_rng(5).integers(0, 255, (36, 64, 3), dtype=np.uint8))
        options["first_frame"] = still
    # Held key frames need more than a second of the shot, which has 12 frames a second.
    frames = "1001-1014" if preset.key_frame_seconds else FRAMES
    heard = Heard()
    render = _render(tmp_path, "previs_options", name, checkpoints(name), heard, frames, **options)

    files = sorted(Path(render.folder, "frames").glob("*.png"))
    assert len(files) == render.frames.count
    assert {read_png(file).shape for file in files} == {(36, 64, 3)}
    assert render.movie is not None
    shown, rate = decode_video(Path(render.folder, render.movie))
    assert (len(shown), rate) == (render.frames.count, Fraction(12))
    assert [stage.name for stage in render.stages if stage.name in STAGES] == list(STAGES)
    assert heard.steps[-1][0] == heard.steps[-1][1] == 2 * len(render.settings["windows"])
    (row,) = render_rows(Ledger.open(tmp_path / "shots.duckdb", create=False), shot_code="previs_options")
    assert (row["outcome"], row["model"]) == ("ok", name)
    settings = json.loads(row["settings"])
    assert settings["revision"] == render.settings["revision"]
    assert settings["conform"]["scaled_to"] == "64x36"
    assert (settings["first_frame"] is None) == ("first_frame" not in options)


@pytest.mark.parametrize("name", preset_names())
def test_a_seed_gives_the_same_frames_again_and_windows_go_on_from_each_other(name: str, checkpoints) -> None:
    """A shot of two windows for the miniature: its clips are nine frames long."""
    preset = replace(find_preset(name), window_overlap_frames=5)
    if not preset.makes_pictures:
        preset = replace(preset, frame_count=9)
    loaded = replace(load_model(find_preset(name), str(checkpoints(name))), preset=preset)
    size = FrameSize.parse(_size_of(name))
    timing = clip_timing(preset, 12, Fraction(str(preset.frames_per_second or 10)))
    pictures = np.random.default_rng(5).integers(0, 255, (12, size.height, size.width, 3), dtype=np.uint8)
    shown = Shown(
        control=pictures if {"blocking video", "depth"} & set(preset.takes) else None,
        picture=pictures if "picture to edit" in preset.takes else None,
        first_frame=pictures[0] if "first frame" in preset.takes else None,
    )

    def clip(seed: int) -> np.ndarray:
        plan = plan_windows(preset, timing.frame_count, seed, led=timing.led)
        assert len(plan.windows) > 1
        order = ClipOrder(
            plan, timing, size, 2, (prompt_for(preset, "a house falls down"), negative_prompt_for(preset))
        )
        heard: list[str] = []

        class Listener:
            def condition(self) -> None:
                heard.append("condition")

            def denoise(self) -> None:
                heard.append("denoise")

            def step(self, done: int, count: int) -> None:
                heard.append(f"{done} of {count}")

            def decode(self) -> None:
                heard.append("decode")

        made = make_clip(loaded, order, shown, lambda index: Listener())
        assert heard == ["condition", "denoise", "1 of 2", "2 of 2", "decode"] * len(plan.windows)
        assert made.shape == (plan.frame_count, size.height, size.width, 3)
        if plan.joined == LAST_FRAME and len(plan.windows) > 1:
            assert plan.overlap == 1
        return made

    first = clip(3)
    assert (clip(3) == first).all()
    assert (clip(4) != first).any()


def test_a_render_that_is_stopped_between_steps_keeps_what_was_measured(checkpoints, tmp_path: Path) -> None:
    name = "wan2.1-t2v-1.3b"
    with pytest.raises(KeyboardInterrupt):
        _render(tmp_path, "building_collapse", name, checkpoints(name), Heard(stop_after=1))
    (row,) = render_rows(Ledger.open(tmp_path / "shots.duckdb", create=False))
    assert (row["outcome"], row["model"]) == ("interrupted", name)
    measured = {stage["name"]: stage["wall_seconds"] for stage in row["stages"]}
    assert {"load", "condition", "denoise"} <= measured.keys()
    assert "decode" not in measured
    assert json.loads(row["settings"])["num_inference_steps"] == 2


@pytest.mark.skipif(
    torch.cuda.is_available(),
    reason="the card's libraries map more than the limit and crash at it: test_diffusion_on_a_card fills the card",
)
def test_running_out_of_memory_is_a_metered_failure_that_names_the_levers(checkpoints, tmp_path: Path) -> None:
    """In a process that may take a little more than it has, and a model that is asked for a far too large frame."""
    name = "wan2.1-t2v-1.3b"
    program = f"""
import resource, sys
sys.path.insert(0, {str(REPOSITORY)!r})
from pathlib import Path
import diffusers, torch, psutil
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.workflow import Workflow
from generation.ai.diffusion.choice import choose_model
from generation.order import place_order
from generation.progress import Silent
from generation.rendering import render_shot
from generation.shots import find_shot
limit = psutil.Process().memory_info().vms + 2**30
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
model = choose_model({name!r}, weights={str(checkpoints(name))!r}, steps=1, size="8192x8192")
order = place_order(find_shot("building_collapse"), Workflow.AI, out=Path("renders"), size="64x36", frames="1001-1048",
                    model=model)
render_shot(order, Ledger.open(Path("shots.duckdb")), Silent())
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1, done.stderr
    assert "RenderFailed" in done.stderr
    (row,) = render_rows(Ledger.open(tmp_path / "shots.duckdb", create=False))
    assert row["outcome"] == Outcome.FAILED.value
    assert "ran out of memory in the stage" in row["failure"]
    assert "--lever vae_tiling" in row["failure"]
    assert sum(stage["wall_seconds"] for stage in row["stages"]) == pytest.approx(row["wall_seconds"], rel=0.02)
    out_of_memory = json.loads(row["settings"])["out_of_memory"]
    assert out_of_memory["levers_left"][0] == "vae_tiling"
    assert out_of_memory["stage"] in {stage["name"] for stage in row["stages"]}


def test_what_cannot_be_rendered_is_refused_before_anything_is_written(checkpoints, tmp_path: Path) -> None:
    shot = find_shot("building_collapse")
    for name, folder, words in (
        ("wan2.1-t2v-1.3b", checkpoints("svd-xt"), "WanPipeline"),
        ("wan2.9", checkpoints("svd-xt"), "no model of that name"),
    ):
        order = place_order(shot, Workflow.AI, out=tmp_path / "out", model=choose_model(name, weights=str(folder)))
        with pytest.raises(InputRefused, match=words):
            check_order(order)
    lever = choose_model("svd-xt", weights=str(checkpoints("svd-xt")), levers=("a crowbar",))
    with pytest.raises(InputRefused, match="crowbar"):
        check_order(place_order(shot, Workflow.AI, out=tmp_path / "out", model=lever))
    assert list((tmp_path / "out").iterdir()) == []


def test_other_weights_than_those_of_the_render_to_repeat_are_refused(checkpoints, tmp_path: Path) -> None:
    name = "wan2.1-t2v-1.3b"
    model = replace(
        choose_model(name, weights=str(checkpoints(name)), steps=1, size="32x32"), expected_revision="another"
    )
    order = place_order(
        find_shot("building_collapse"), Workflow.AI, out=tmp_path, size="64x36", frames=FRAMES, model=model
    )
    with pytest.raises((InputRefused, RenderFailed), match="other weights"):
        render_shot(order, Ledger.open(tmp_path / "shots.duckdb"), Silent())
