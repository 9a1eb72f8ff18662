"""What somebody writes into the fields becomes a wish, or every problem at once."""

from dataclasses import replace

import pytest

from analytics.render_queue.job import RenderWish
from analytics.render_queue.own_command import AiModel, ShotToRender, models_here, shots_to_render
from analytics.render_queue.wishes import wishes_of
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.workflow import Workflow

BOTH = (Workflow.AI, Workflow.TRADITIONAL)


@pytest.fixture(scope="module")
def shot() -> ShotToRender:
    return {shot.code: shot for shot in shots_to_render()}["building_collapse"]


@pytest.fixture(scope="module")
def models() -> dict[str, AiModel]:
    return {model.name: model for model in models_here()}


def test_shots_and_models_are_those_of_the_command_line(shot: ShotToRender, models: dict[str, AiModel]) -> None:
    assert (shot.name, shot.frames) == ("Building collapse", FrameRange(1001, 1048))
    assert shot.qualities["draft"] == FrameSize(256, 144)
    assert models["embedded"].why_not is None
    assert next(iter(models)) == "embedded"
    assert "weights" in (models["wan2.1-t2v-14b"].why_not or "")


def test_empty_fields_leave_it_to_the_shot(shot: ShotToRender, models: dict[str, AiModel]) -> None:
    ai, traditional = wishes_of(shot, BOTH, "draft", models["embedded"], "", " ", "")
    assert ai == RenderWish("building_collapse", Workflow.AI, "draft", "embedded")
    assert traditional.model is None
    assert traditional.arguments == ("building_collapse", "--workflow", "traditional", "--quality", "draft")


def test_what_is_written_reaches_the_command_line(shot: ShotToRender, models: dict[str, AiModel]) -> None:
    (wish,) = wishes_of(shot, (Workflow.AI,), "final", models["embedded"], "64 x 36", "1020-1023", "7")
    assert wish.arguments == (
        "building_collapse", "--workflow", "ai", "--quality", "final", "--model", "embedded",
        "--size", "64x36", "--frames", "1020-1023", "--seed", "7",
    )  # fmt: skip


def test_every_field_that_cannot_be_used_is_told_at_once(shot: ShotToRender, models: dict[str, AiModel]) -> None:
    missing = replace(models["embedded"], why_not="its weights are not on this machine")
    with pytest.raises(InputRefused) as refused:
        wishes_of(shot, BOTH, "best", missing, "63x36", "900-1001", "minus one")
    places = [problem.place for problem in refused.value.problems]
    assert places == ["Quality", "Model", "Size", "Frames", "Seed"]
    assert "1001-1048" in str(refused.value)
    with pytest.raises(InputRefused, match="none is chosen"):
        wishes_of(shot, (), "draft", models["embedded"], "", "", "")
