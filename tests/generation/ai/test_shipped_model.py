"""The model that ships with Shotledger loads and is better than what it starts from, on frames it never saw."""

import tomllib
from pathlib import Path

import pytest

from analytics.vocabulary.shipped import shipped_path
from generation.ai.embedded import EmbeddedFinisher
from generation.training.evaluate import finished, score
from generation.training.pairs import FIRST_HELD_OUT_SEED, Clip

SAMPLES = sorted((Path(__file__).parent / "held_out").glob("clip_*.npz"))
LEAST_GAIN_DB = {"collapse": 3.0, "snowfall": 3.0, "de_age": 4.0}
"""Above the picture that finishing starts from: the blocking with its guide, or the plate."""
LARGEST_BYTES = 20_000_000


def test_there_is_a_sample_of_each_scene() -> None:
    assert {Clip.load(path).scene for path in SAMPLES} == LEAST_GAIN_DB.keys()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_shipped_model_beats_what_it_starts_from_on_a_held_out_sample(path: Path) -> None:
    clip = Clip.load(path)
    assert clip.seed >= FIRST_HELD_OUT_SEED
    scores = score([clip], [finished(EmbeddedFinisher.load(), clip)])
    everything = scores["groups"][0]
    assert everything["output"]["psnr"] > everything["guide"]["psnr"] + LEAST_GAIN_DB[clip.scene]
    assert everything["output"]["ssim"] > everything["guide"]["ssim"]


def test_shipped_model_is_the_one_that_is_described() -> None:
    described = tomllib.loads(shipped_path("models", "embedded.toml").read_text(encoding="utf-8"))
    finisher = EmbeddedFinisher.load()
    assert finisher.name == described["name"]
    assert finisher.revision == described["weights_sha256"]
    files = [file for file in shipped_path("models", "embedded").rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < LARGEST_BYTES
