"""The measures, on sequences whose scores can be worked out by hand."""

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import torch
from scipy.ndimage import gaussian_filter

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.quality_score import Metric
from generation.quality.measuring import Measured, measure
from generation.quality.motion import motion_between
from generation.quality.perceptual import BACKBONE_VARIABLE, HEADS_VARIABLE

Frames = list[npt.NDArray[np.uint8]]


def with_noise(frames: Frames, sigma: float, seed: int = 1) -> Frames:
    drawn = np.random.default_rng(seed)
    return [np.clip(np.rint(frame + drawn.normal(0, sigma, frame.shape)), 0, 255).astype(np.uint8) for frame in frames]


@pytest.fixture(scope="module")
def noisy(truth: Frames) -> Measured:
    return measure(with_noise(truth, 4.0), truth)


def test_the_truth_itself_scores_as_the_truth(truth: Frames) -> None:
    grainy = with_noise(truth, 1.0)
    overall = measure(grainy, grainy).overall
    assert (overall[Metric.PSNR], overall[Metric.BOIL], overall[Metric.FLICKER_RATIO]) == (100.0, 0.0, 1.0)
    assert overall[Metric.SSIM] == pytest.approx(1.0, abs=1e-5)
    assert overall[Metric.EDGE_RATIO] == 1.0


def test_noise_has_the_psnr_of_its_sigma(noisy: Measured) -> None:
    assert noisy.overall[Metric.PSNR] == pytest.approx(20 * math.log10(255 / 4.0), abs=0.15)
    assert noisy.overall[Metric.SSIM] < 0.98
    assert noisy.overall[Metric.EDGE_RATIO] > 1.05


def test_noise_of_each_frame_boils_by_what_two_draws_differ(noisy: Measured) -> None:
    # Mean absolute difference of two normal draws: sigma * 2 / sqrt(pi); bilinear resampling takes a little of it.
    expected = 4.0 * 2 / math.sqrt(math.pi)
    assert 0.85 * expected < noisy.overall[Metric.BOIL] < 1.02 * expected
    assert noisy.overall[Metric.FLICKER] > 5 * noisy.overall[Metric.REFERENCE_FLICKER]
    boil = noisy.per_frame[Metric.BOIL]
    assert boil[0] is None
    assert all(value is not None for value in boil[1:])


def test_an_error_that_stands_still_or_moves_along_does_not_boil(truth: Frames) -> None:
    grainy = with_noise(truth, 1.0, seed=2)
    overall = measure([frame + 9 for frame in grainy], grainy).overall
    assert overall[Metric.PSNR] == pytest.approx(20 * math.log10(255 / 9), abs=0.01)
    assert overall[Metric.BOIL] == pytest.approx(0, abs=1e-4)
    assert overall[Metric.FLICKER_RATIO] == pytest.approx(1, abs=0.001)


def test_a_travelling_picture_has_no_flicker_once_its_motion_is_taken_out(truth: Frames) -> None:
    plain = float(np.abs(truth[1].astype(float) - truth[0]).mean())
    assert plain > 20
    motion = motion_between(truth[0], truth[1])
    assert np.median(motion.back.reshape(-1, 2), axis=0) == pytest.approx([2, 0], abs=0.1)
    change = motion.change(*(frame.astype(np.float32) for frame in truth[:2]))
    assert change is not None
    assert change < plain / 30


def test_blur_is_told_by_its_edges_and_not_called_flicker(truth: Frames) -> None:
    blurred = [gaussian_filter(frame, (1.5, 1.5, 0)) for frame in truth]
    overall = measure(blurred, truth).overall
    assert overall[Metric.EDGE_RATIO] < 0.85
    assert overall[Metric.SSIM] < 0.99


def test_a_still_truth_gives_no_ratio_and_a_single_frame_no_flicker(truth: Frames) -> None:
    still = measure([truth[0]] * 3, [truth[0]] * 3)
    assert Metric.FLICKER_RATIO not in still.overall
    assert still.absent[Metric.FLICKER_RATIO] == "the truth changes by nothing but its motion"
    alone = measure(truth[:1], truth[:1])
    assert {Metric.FLICKER, Metric.BOIL, Metric.FLICKER_RATIO} <= alone.absent.keys()
    assert alone.overall[Metric.PSNR] == 100.0


def test_what_was_out_of_the_picture_is_not_seen(truth: Frames) -> None:
    motion = motion_between(truth[0], truth[2])
    assert not motion.is_seen[:, -3:].any(), "these columns came in from the right"
    assert motion.is_seen[10:-10, 10:-10].mean() > 0.9


def test_frames_that_do_not_match_are_an_error(truth: Frames) -> None:
    with pytest.raises(ValueError, match="longer than"):
        measure(truth[:2], truth)
    with pytest.raises(ValueError, match="its truth"):
        measure([truth[0][:36]], truth[:1])


def test_lpips_is_absent_in_words_where_its_weights_are(truth: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(BACKBONE_VARIABLE, raising=False)
    monkeypatch.setenv("TORCH_HOME", "/nowhere")
    measured = measure(truth[:1], truth[:1])
    assert Metric.LPIPS not in measured.overall
    assert BACKBONE_VARIABLE in measured.absent[Metric.LPIPS]


def test_lpips_of_weights_on_disk_grows_with_the_error(
    truth: Frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = torch.Generator().manual_seed(5)
    shapes = {0: (64, 3, 11), 3: (192, 64, 5), 6: (384, 192, 3), 8: (256, 384, 3), 10: (256, 256, 3)}
    backbone = {}
    for place, (channels, inputs, kernel) in shapes.items():
        weight = torch.randn(channels, inputs, kernel, kernel, generator=drawn) / (inputs * kernel**2) ** 0.5
        backbone |= {f"features.{place}.weight": weight, f"features.{place}.bias": torch.zeros(channels)}
    heads = {
        f"lin{number}.model.1.weight": torch.rand(1, channels, 1, 1, generator=drawn)
        for number, (channels, *_) in enumerate(shapes.values())
    }
    torch.save(backbone, tmp_path / "alexnet.pth")
    torch.save(heads, tmp_path / "heads.pth")
    monkeypatch.setenv(BACKBONE_VARIABLE, str(tmp_path / "alexnet.pth"))
    monkeypatch.setenv(HEADS_VARIABLE, str(tmp_path / "heads.pth"))
    same, little, much = (
        measure(with_noise(truth[:1], sigma), truth[:1]).overall[Metric.LPIPS] for sigma in (0, 4, 30)
    )
    assert same == 0
    assert 0 < little < much

    monkeypatch.setenv(HEADS_VARIABLE, str(tmp_path / "alexnet.pth"))
    with pytest.raises(InputRefused, match=r"lin0\.model\.1\.weight"):
        measure(truth[:1], truth[:1])
    (tmp_path / "alexnet.pth").write_bytes(b"no weights")
    with pytest.raises(InputRefused, match="holds no weights"):
        measure(truth[:1], truth[:1])
