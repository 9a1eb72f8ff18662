"""Training learns, stops and goes on bit for bit, and its outcome is a model that the AI workflow loads."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from analytics.ledger.training_runs import read_training_runs
from analytics.vocabulary.errors import InputRefused
from generation.ai.embedded import EmbeddedFinisher
from generation.ai.finisher.channels import arrays_of, network_images
from generation.ai.finisher.network import FinisherUNet
from generation.training.batches import CropSource, mirrored
from generation.training.evaluate import score, table
from generation.training.invented import invent_clip, invent_folder
from generation.training.learning import StepReport, Training, TrainingSettings
from generation.training.pairs import find_clips, load_clips
from generation.training.publish import publish
from generation.training.sheets import with_guide
from generation.training.train import train_folder

TINY = TrainingSettings(steps=20, crop_pixels=48, batch_size=4, learning_rate=1e-2, channels=(8, 12), blocks=(1, 1))


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """On a machine that is busy, two threads that wait for each other are ten times slower than one."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    invent_folder(folder, training_clips=3, held_out_clips=2)
    return folder


@pytest.fixture
def crops(clips: Path) -> CropSource:
    return CropSource(load_clips(find_clips(clips)[0]), TINY.crop_pixels)


def test_twenty_steps_lower_the_loss(crops: CropSource, tmp_path: Path) -> None:
    same_crops = crops.draw(np.random.default_rng(99), 16)

    def difference(training: Training) -> float:
        with torch.no_grad():
            output = training.network(same_crops.images, same_crops.conditions)
        return float((output - same_crops.target).abs().mean())

    training = Training(TINY, crops, tmp_path)
    before = difference(training)
    training.run(lambda report: None)
    assert difference(training) < 0.85 * before


def test_a_stopped_run_goes_on_to_the_very_same_weights(crops: CropSource, tmp_path: Path) -> None:
    whole, first_half = tmp_path / "whole", tmp_path / "halves"
    whole.mkdir()
    first_half.mkdir()
    uninterrupted = Training(TINY, crops, whole)
    uninterrupted.run(lambda report: None)

    seen: list[StepReport] = []
    stopped = Training(TINY, crops, first_half)
    stopped.run(seen.append, lambda: len(seen) == 9)
    stopped.save()
    resumed = Training(TINY, crops, first_half)
    assert resumed.progress.step == 9
    resumed.run(seen.append)

    assert [report.step for report in seen] == list(range(1, 21))
    for ours, theirs in ((resumed.network, uninterrupted.network), (resumed.average, uninterrupted.average)):
        for (name, weight), other in zip(ours.named_parameters(), theirs.parameters(), strict=True):
            assert torch.equal(weight, other), name


def test_a_run_does_not_go_on_under_other_settings_or_from_a_torn_checkpoint(crops: CropSource, tmp_path: Path) -> None:
    Training(TINY, crops, tmp_path).save()
    with pytest.raises(InputRefused, match="seed"):
        Training(TrainingSettings(**{**TINY.__dict__, "seed": 5}), crops, tmp_path)
    checkpoint = tmp_path / "checkpoint.pt"
    checkpoint.write_bytes(checkpoint.read_bytes()[:1000])
    with pytest.raises(InputRefused, match="cannot be gone on from"):
        Training(TINY, crops, tmp_path)


def test_a_mirrored_crop_turns_the_light_round() -> None:
    source = CropSource([invent_clip(1)], 64)
    batch = source.draw(np.random.default_rng(0), 2)
    once = mirrored(batch, np.array([True, False]))
    assert torch.equal(once.images[0, 3], -batch.images[0, 3].flip(-1))
    assert torch.equal(once.images[0, 4], batch.images[0, 4].flip(-1))
    assert torch.equal(once.target[0], batch.target[0].flip(-1))
    assert once.conditions[0, 0] == -batch.conditions[0, 0]
    assert torch.equal(once.images[1], batch.images[1])
    twice = mirrored(once, np.array([True, False]))
    assert torch.equal(twice.images, batch.images)


def test_crops_keep_blocking_and_target_aligned() -> None:
    """A target that is its blocking stays that through cropping, mirroring and regrading."""
    clip = invent_clip(7)
    same = type(clip)(clip.scene, clip.seed, clip.blocking, clip.blocking.flat, clip.frame_numbers, {})
    batch = CropSource([same], 64).draw(np.random.default_rng(1), 16)
    torch.testing.assert_close(batch.images[:, 0:3], batch.target)


def test_a_mask_is_not_laid_over_the_plate() -> None:
    """Where the opacity is a mask, finishing starts from the plate itself."""
    blocking = invent_clip(4).blocking
    plate = replace(blocking, effect_is_mask=np.ones(blocking.frame_count, bool))
    assert np.array_equal(with_guide(plate), plate.flat)
    assert not np.array_equal(with_guide(blocking), blocking.flat)
    blank = FinisherUNet(channels=[8, 12], blocks=[1, 1])
    for each in (plate, blocking):
        arrays = arrays_of(each)
        images = network_images(arrays.flat, arrays.normal, arrays.log_depth, arrays.effect)
        with torch.no_grad():
            guess = (blank(images, arrays.conditions) + 1) * 127.5
        assert np.abs(guess.movedim(1, -1).numpy() - with_guide(each)).max() <= 1


def test_a_run_begins_with_the_weights_of_a_model_and_tells_what_they_took(clips: Path, tmp_path: Path) -> None:
    first = train_folder(TINY, clips, tmp_path / "first", sheet_seconds=1e9)
    began = EmbeddedFinisher.load(first)
    settings = replace(TINY, steps=1, learning_rate=1e-9, start_revision=began.revision)
    second = train_folder(settings, clips, tmp_path / "second", sheet_seconds=1e9, start_from=first)
    blocking = load_clips(find_clips(clips)[1])[0].blocking
    assert np.abs(began.finish(blocking).astype(int) - EmbeddedFinisher.load(second).finish(blocking)).max() <= 1
    runs = read_training_runs(second / "training.json")
    assert len(runs) == 2
    assert {run.revision for run in runs} == {EmbeddedFinisher.load(second).revision}
    with pytest.raises(InputRefused, match="another shape"):
        train_folder(replace(settings, channels=(8, 16)), clips, tmp_path / "third", 1e9, start_from=first)


def test_dusty_frames_are_drawn_more_often() -> None:
    clip = invent_clip(3, frame_count=8)
    source = CropSource([clip], 64)
    assert source._odds[-1] > 1.5 * source._odds[0]
    assert source._odds.sum() == pytest.approx(1)


def test_a_folder_is_trained_scored_and_published(clips: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    model = train_folder(TINY, clips, run, sheet_seconds=1e9)
    assert (run / "loss.png").stat().st_size > 0
    assert list(run.glob("sheet_*.png"))
    entries = [json.loads(line) for line in (run / "loss.jsonl").read_text().splitlines()]
    assert entries[-1]["step"] == 20
    training = json.loads((model / "training.json").read_text())
    assert training["finished"]
    assert training["clip_count"] == 3
    assert training["training_seconds"] > 0
    (recorded,) = read_training_runs(model / "training.json")
    assert recorded.revision == EmbeddedFinisher.load(model).revision
    assert recorded.wall_seconds > 0

    held_out = load_clips(find_clips(clips)[1])
    finisher = EmbeddedFinisher.load(model)
    scores = score(held_out, [finisher.finish(clip.blocking) for clip in held_out])
    assert scores["clip_count"] == 2
    assert "gain over the blocking" in table(scores)
    with pytest.raises(InputRefused, match="has not been scored"):
        publish(model, tmp_path / "embedded", "1")
    (model / "scores.json").write_text(json.dumps(scores))
    if scores["gain"]["low"] <= 0:
        pytest.fail("twenty steps should have gained something over the blocking")
    publish(model, tmp_path / "embedded", "1")
    assert EmbeddedFinisher.load(tmp_path / "embedded").name == "shot-finisher-1"


def test_scores_know_a_perfect_picture_and_an_unchanged_one() -> None:
    clips = [invent_clip(seed) for seed in (1, 2, 3)]
    perfect = score(clips, [clip.target for clip in clips])
    assert perfect["groups"][0]["output"]["ssim"] == pytest.approx(1)
    assert perfect["groups"][0]["output"]["edge_ratio"] == pytest.approx(1)
    assert perfect["groups"][0]["output"]["psnr"] == pytest.approx(100)
    unchanged = score(clips, [clip.blocking.flat for clip in clips])
    assert unchanged["gain"] == {"mean": 0.0, "low": 0.0, "high": 0.0}


def test_unusable_clips_are_refused_together(tmp_path: Path) -> None:
    clip = invent_clip(100_000)
    file = clip.save(tmp_path)
    shutil.copy(file, tmp_path / "clip_collapse_100001.npz")
    (tmp_path / "clip_collapse_100001.npz").write_bytes(file.read_bytes()[:300])
    type(clip)("collapse", 100_002, clip.blocking, clip.blocking.flat * 0, clip.frame_numbers, {}).save(tmp_path)
    with pytest.raises(InputRefused) as refused:
        load_clips(find_clips(tmp_path)[0])
    text = str(refused.value)
    assert "clip_collapse_100001" in text
    assert "clip_collapse_100002" in text
    assert "is blank" in text
    with pytest.raises(InputRefused, match="no training clip"):
        find_clips(tmp_path / "empty")


@pytest.mark.parametrize("settings", [{}, {"steps": 0}, {"minutes": -1.0}, {"steps": 5, "batch_size": 0}])
def test_impossible_settings_are_refused(settings: dict[str, float]) -> None:
    with pytest.raises(InputRefused):
        TrainingSettings(**settings)  # type: ignore[arg-type]


def test_too_large_a_crop_is_refused() -> None:
    with pytest.raises(InputRefused, match="smaller side"):
        CropSource([invent_clip(1, width=64, height=40)], 48)
