"""An order is refused before anything is started."""

from pathlib import Path

import pytest

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.render import Purpose
from analytics.vocabulary.workflow import Workflow
from generation.ai.diffusion.choice import choose_model
from generation.order import place_order
from generation.shots import find_shot

SHOT = find_shot("building_collapse")


def test_what_is_not_said_comes_from_the_shot(tmp_path: Path) -> None:
    order = place_order(SHOT, Workflow.AI, out=tmp_path)
    assert (order.frames, str(order.size), order.seed, order.quality.name) == (
        SHOT.frames,
        "256x144",
        SHOT.seed,
        "draft",
    )
    assert order.shot_id == "test_shots/building_collapse"


@pytest.mark.parametrize(
    ("options", "place", "value"),
    [
        ({"frames": "900-1010"}, "--frames", "900-1010"),
        ({"frames": "1010-1001"}, "--frames", "1010-1001"),
        ({"frames": "all"}, "--frames", "all"),
        ({"size": "256"}, "size", "256"),
        ({"size": "1x1"}, "size", "1x1"),
        ({"size": "255x144"}, "size", "255x144"),
        ({"size": "99999x99998"}, "size", "99999x99998"),
        ({"seed": -1}, "--seed", -1),
        ({"quality": "perfect"}, "--quality", "perfect"),
    ],
)
def test_impossible_options_are_refused_with_place_value_and_mend(
    tmp_path: Path, options: dict[str, str], place: str, value: object
) -> None:
    with pytest.raises(InputRefused) as refused:
        place_order(SHOT, Workflow.AI, out=tmp_path, **options)  # type: ignore[arg-type]
    (problem,) = refused.value.problems
    assert (problem.place, problem.value) == (place, value)
    assert problem.mend


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(InputRefused, match="cannot be written"):
        place_order(SHOT, Workflow.AI, out=tmp_path / "taken")


def test_a_full_disk_is_refused_before_the_render() -> None:
    # /dev/shm is small everywhere; an 8K render of the whole shot is not.
    small = Path("/dev/shm")
    shot = find_shot("building_collapse")
    import shutil

    needed = 8192 * 8192 * shot.frames.count * 24
    if shutil.disk_usage(small).free >= needed:
        small = Path("/proc/self")  # no room and no permission: refused all the same
    with pytest.raises(InputRefused, match=r"--out"):
        place_order(shot, Workflow.AI, out=small / "shotledger-test", size="8192x8192")


def test_random_weights_make_a_benchmark_and_a_traditional_render_has_no_model(tmp_path: Path) -> None:
    random = choose_model("sdxl", weights="random")
    assert place_order(SHOT, Workflow.AI, out=tmp_path, model=random).purpose is Purpose.BENCHMARK
    warm_up = place_order(SHOT, Workflow.AI, out=tmp_path, model=random, purpose=Purpose.WARM_UP)
    assert warm_up.purpose is Purpose.WARM_UP
    traditional = place_order(SHOT, Workflow.TRADITIONAL, out=tmp_path, model=random)
    assert (traditional.purpose, traditional.model.is_embedded) == (Purpose.SHOT, True)
