"""Which renders are measured, against what, and where the scores end up."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from invented_manifests import SHOT_ID

from analytics.ledger.checking import check_ledger
from analytics.ledger.ledger import Ledger
from analytics.ledger.quality_scores import QUALITY_NAME, read_quality, twin_pairs
from analytics.ledger.rebuilding import rebuild
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.quality_score import Metric
from analytics.vocabulary.render import Purpose
from analytics.vocabulary.workflow import Workflow
from generation.quality.scoring import score_after_render, score_shot

AI, TRADITIONAL = Workflow.AI, Workflow.TRADITIONAL
Frames = list[npt.NDArray[np.uint8]]


@pytest.fixture
def brighter(truth: Frames) -> Frames:
    return [frame + 9 for frame in truth]


def scores(ledger: Ledger) -> dict[tuple[str, str], tuple[str, float]]:
    rows = ledger.ask_rows("quality_of_shot", shot_id=SHOT_ID)
    return {(row["render_id"], row["metric"]): (row["against"], row["value"]) for row in rows}


@pytest.mark.parametrize("order", [(AI, TRADITIONAL), (TRADITIONAL, AI)])
def test_a_pair_is_measured_as_soon_as_both_are_there(
    ledger: Ledger, record: Callable[..., str], truth: Frames, brighter: Frames, order: tuple[Workflow, ...]
) -> None:
    made = {}
    for workflow in order:
        made[workflow] = record(workflow, brighter if workflow is AI else truth)
        said = score_after_render(ledger, SHOT_ID, made[workflow])
        assert bool(said) == (len(made) == 2)
    against, value = scores(ledger)[made[AI], "psnr"]
    assert (against, value) == (made[TRADITIONAL], pytest.approx(29.05, abs=0.01))
    assert "PSNR 29.05 dB" in said[0]
    assert score_after_render(ledger, SHOT_ID, made[AI]) == [], "what is measured is not measured again"
    assert check_ledger(ledger) == []


def test_only_a_twin_is_a_reference(
    ledger: Ledger, record: Callable[..., str], truth: Frames, brighter: Frames
) -> None:
    record(TRADITIONAL, truth, seed=8)
    record(TRADITIONAL, truth, parameters="otherwise")
    record(TRADITIONAL, truth[:3])
    record(TRADITIONAL, truth, purpose=Purpose.WARM_UP)
    of_scene, of_text = record(AI, brighter), record(AI, brighter, parameters=None)
    record(AI, brighter, purpose=Purpose.BENCHMARK)
    why_not = {scored.render_id: scored.why_not for scored in score_shot(ledger, SHOT_ID)}
    assert why_not.keys() == {of_scene, of_text}
    assert "no traditional render of the same seed" in str(why_not[of_scene])
    assert "made from text alone" in str(why_not[of_text])
    assert scores(ledger) == {}


def test_the_same_quality_level_comes_first_then_the_newest_twin(
    ledger: Ledger, record: Callable[..., str], truth: Frames
) -> None:
    record(TRADITIONAL, truth)
    newest_draft = record(TRADITIONAL, truth)
    record(TRADITIONAL, truth, quality="final")
    record(AI, truth)
    assert [pair.twin_id for pair in twin_pairs(ledger, SHOT_ID)] == [newest_draft]


def test_measuring_again_takes_the_newest_twin_and_forgets_the_old_scores(
    ledger: Ledger, record: Callable[..., str], truth: Frames, brighter: Frames
) -> None:
    record(TRADITIONAL, truth)
    made = record(AI, brighter)
    assert len(list(score_shot(ledger, SHOT_ID))) == 1
    newer = record(TRADITIONAL, brighter)
    assert [scored.why_not for scored in score_shot(ledger, SHOT_ID)] == ["measured before"]
    assert [scored.was_tried for scored in score_shot(ledger, SHOT_ID, again=True)] == [True]
    assert scores(ledger)[made, "psnr"] == (newer, 100.0)
    assert {against for against, _ in scores(ledger).values()} == {newer}


def test_scores_lie_beside_the_frames_and_come_back_with_a_rebuild(
    ledger: Ledger, record: Callable[..., str], truth: Frames, brighter: Frames
) -> None:
    record(TRADITIONAL, truth)
    record(AI, brighter)
    scored = next(iter(score_shot(ledger, SHOT_ID)))
    pair = twin_pairs(ledger, SHOT_ID)[0]
    told = read_quality(pair.folder / QUALITY_NAME)
    assert told == scored.record
    assert Metric.LPIPS in told.absent
    boil = next(score for score in told.scores if score.metric is Metric.BOIL)
    assert len(boil.per_frame) == len(truth)

    before = scores(ledger)
    ledger.path.unlink()
    rebuild(ledger.path, [pair.folder.parents[1]])
    assert scores(ledger) == before
    assert check_ledger(ledger) == []

    (pair.folder / QUALITY_NAME).write_text('{"schema": 1, "render_id": 4}')
    with pytest.raises(InputRefused, match=r"quality\.json"):
        rebuild(ledger.path, [pair.folder.parents[1]])


def test_trouble_after_a_render_is_words_and_nothing_else(
    ledger: Ledger, record: Callable[..., str], truth: Frames
) -> None:
    made = record(TRADITIONAL, truth)
    record(AI, truth)
    pair = twin_pairs(ledger, SHOT_ID)[0]
    broken = next(iter((pair.folder / "frames").glob("*.png")))
    broken.write_bytes(b"no picture")
    said = score_after_render(ledger, SHOT_ID, made)
    assert ["could not be measured" in line for line in said] == [True]
    assert scores(ledger) == {}
    refused = next(iter(score_shot(ledger, SHOT_ID)))
    assert "cannot be read as a picture" in str(refused.why_not)
