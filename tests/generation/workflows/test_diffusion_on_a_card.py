"""What only a CUDA card can show: offloading, recorded and compiled steps, its meter, and its memory running out."""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch

from analytics.ledger.asking import render_rows
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.frames import FrameSize
from analytics.vocabulary.render import Outcome, Render
from analytics.vocabulary.workflow import Workflow
from generation.ai.checkpoints.loading import load_model
from generation.ai.checkpoints.recorded_steps import MOST_RECORDINGS, RecordedCalls
from generation.ai.diffusion.choice import choose_model
from generation.ai.diffusion.clip import ClipOrder, make_clip
from generation.ai.diffusion.shown import Shown
from generation.ai.diffusion.timing import clip_timing
from generation.ai.diffusion.windows import plan_windows
from generation.ai.model_presets import find_preset
from generation.order import place_order
from generation.picture.png import read_png
from generation.progress import Silent
from generation.rendering import render_shot
from generation.shots import find_shot
from tests.generation.ai.tiny_checkpoints import save_tiny_checkpoint

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no card here")

REPOSITORY = Path(__file__).resolve().parents[3]
WAN, SDXL, LTX = "wan2.1-t2v-1.3b", "sdxl", "ltx-video-2b"


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


def _render(tmp_path: Path, name: str, folder: Path, into: str = "renders", **options) -> tuple[Render, np.ndarray]:
    model = choose_model(name, weights=str(folder), steps=4, size="64x64", **options)
    order = place_order(
        find_shot("previs_options"), Workflow.AI, out=tmp_path / into, size="64x36", frames="1001-1004", model=model
    )
    render = render_shot(order, Ledger.open(tmp_path / "shots.duckdb"), Silent())
    files = sorted(Path(render.folder, "frames").glob("*.png"))
    return render, np.stack([read_png(file) for file in files]).astype(int)


@pytest.mark.parametrize(
    "levers",
    [
        ("vae_tiling",),
        ("model_cpu_offload",),
        ("group_offload",),
        ("layerwise_float8",),
        ("vae_tiling", "group_offload", "layerwise_float8"),
    ],
    ids="+".join,
)
@pytest.mark.parametrize("name", [WAN, SDXL, LTX, "cogvideox-2b", "hunyuanvideo"])
def test_every_memory_lever_gives_the_picture(name: str, levers: tuple[str, ...], checkpoints, tmp_path: Path) -> None:
    _, plain = _render(tmp_path, name, checkpoints(name), "plain")
    render, traded = _render(tmp_path, name, checkpoints(name), levers=levers)
    assert render.outcome is Outcome.OK
    assert render.settings["levers"] == [lever for lever in find_preset(name).memory_levers if lever in levers]
    assert render.settings["device"] == "cuda"
    if not {"layerwise_float8", "vae_tiling"} & set(levers):
        assert np.abs(plain - traded).max() <= 2
    else:
        assert np.abs(plain - traded).mean() < 20


@pytest.mark.parametrize("name", [SDXL, LTX, WAN])
def test_replayed_steps_give_the_same_picture(name: str, checkpoints, tmp_path: Path) -> None:
    _, plain = _render(tmp_path, name, checkpoints(name), "plain", speed=("none",))
    render, replayed = _render(tmp_path, name, checkpoints(name), speed=("cuda_graph",))
    assert render.settings["speed_levers"] == ["cuda_graph"]
    assert np.abs(plain - replayed).max() == 0


def test_replayed_steps_of_a_controlnet_give_the_same_picture(checkpoints) -> None:
    """Without a blocking of Blender's: the picture that leads it is noise."""
    name, size = "sdxl-depth", FrameSize(64, 64)
    pictures = np.random.default_rng(5).integers(0, 255, (2, 64, 64, 3), dtype=np.uint8)
    made = {}
    for lever in ("none", "cuda_graph"):
        loaded = load_model(find_preset(name), str(checkpoints(name)), (), (lever,))
        timing = clip_timing(loaded.preset, 2, Fraction(1))
        plan = plan_windows(loaded.preset, 2, 3, led=True)
        order = ClipOrder(plan, timing, size, 4, ("a house falls down", "blurred"))
        made[lever] = make_clip(loaded, order, Shown(control=pictures), lambda index: Deaf())
    assert made["none"].std() > 1
    assert (made["none"] == made["cuda_graph"]).all()


class Deaf:
    """Listens to nothing."""

    def condition(self) -> None: ...

    def denoise(self) -> None: ...

    def step(self, done: int, count: int) -> None: ...

    def decode(self) -> None: ...


def test_compiled_blocks_give_nearly_the_same_picture(checkpoints, tmp_path: Path) -> None:
    _, plain = _render(tmp_path, LTX, checkpoints(LTX), "plain", speed=("none",))
    render, compiled = _render(tmp_path, LTX, checkpoints(LTX), speed=("regional_compile", "cuda_graph"))
    assert render.settings["speed_levers"] == ["cuda_graph", "regional_compile"]
    assert np.abs(plain - compiled).mean() < 2


def test_calls_of_many_shapes_are_all_answered_right() -> None:
    layer = torch.nn.Linear(8, 8, device="cuda").requires_grad_(False)
    recorded = RecordedCalls(layer.forward)
    for repeat in range(3):
        for rows in range(1, MOST_RECORDINGS + 3):
            given = torch.randn(rows, 8, device="cuda") + repeat
            assert torch.allclose(recorded(given), layer(given), atol=1e-5)
    kept = recorded(torch.ones(1, 8, device="cuda"))
    recorded(torch.zeros(1, 8, device="cuda"))
    assert torch.allclose(kept, layer(torch.ones(1, 8, device="cuda")), atol=1e-5)


def test_a_card_is_metered(checkpoints, tmp_path: Path) -> None:
    _render(tmp_path, SDXL, checkpoints(SDXL))
    (row,) = render_rows(Ledger.open(tmp_path / "shots.duckdb", create=False))
    assert row["outcome"] == "ok"
    stages = {stage["name"]: stage for stage in row["stages"]}
    assert stages["denoise"]["energy_joules"] > 0
    assert sum(stage["gpu_seconds"] for stage in row["stages"]) > 0
    assert max(stage["peak_vram_bytes"] or 0 for stage in row["stages"]) > 0


def test_a_full_card_is_a_metered_failure_that_names_the_levers(checkpoints, tmp_path: Path) -> None:
    """In a process that may take a hundredth of the card, and is asked for a far too large frame."""
    program = f"""
import sys
sys.path.insert(0, {str(REPOSITORY)!r})
from pathlib import Path
import torch
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.workflow import Workflow
from generation.ai.diffusion.choice import choose_model
from generation.order import place_order
from generation.progress import Silent
from generation.rendering import render_shot
from generation.shots import find_shot
torch.cuda.set_per_process_memory_fraction(0.01)
model = choose_model({SDXL!r}, weights={str(checkpoints(SDXL))!r}, steps=1, size="4096x4096")
order = place_order(find_shot("building_collapse"), Workflow.AI, out=Path("renders"), size="64x36", frames="1001-1048",
                    model=model)
try:
    render_shot(order, Ledger.open(Path("shots.duckdb")), Silent())
finally:
    print("left on the card:", torch.cuda.memory_allocated(), torch.cuda.memory_reserved())
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1, done.stderr
    assert "RenderFailed" in done.stderr, done.stderr
    (row,) = render_rows(Ledger.open(tmp_path / "shots.duckdb", create=False))
    assert row["outcome"] == Outcome.FAILED.value
    assert "ran out of memory in the stage" in row["failure"]
    assert "--lever vae_tiling" in row["failure"]
    out_of_memory = json.loads(row["settings"])["out_of_memory"]
    assert out_of_memory["levers_left"] == list(find_preset(SDXL).memory_levers)
    assert int(done.stdout.rsplit(" ", 2)[1]) < 2**26, "what the failed attempt held is given back"
