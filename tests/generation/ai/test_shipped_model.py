"""The model that ships with Shotledger loads and is better than the blocking it starts from, on frames it never saw."""

import tomllib
from pathlib import Path

from analytics.vocabulary.shipped import shipped_path
from generation.ai.embedded import EmbeddedFinisher
from generation.training.evaluate import score
from generation.training.pairs import FIRST_HELD_OUT_SEED, Clip

SAMPLE = Path(__file__).parent / "held_out_sample.npz"
LEAST_GAIN_DB = 3.0
LARGEST_BYTES = 20_000_000


def test_shipped_model_beats_its_blocking_on_a_held_out_sample() -> None:
    clip = Clip.load(SAMPLE)
    assert clip.seed >= FIRST_HELD_OUT_SEED
    scores = score([clip], [EmbeddedFinisher.load().finish(clip.blocking)])
    everything = scores["groups"][0]
    assert everything["output"]["psnr"] > everything["blocking"]["psnr"] + LEAST_GAIN_DB
    assert everything["output"]["psnr"] > everything["guide"]["psnr"] + LEAST_GAIN_DB / 2


def test_shipped_model_is_the_one_that_is_described() -> None:
    described = tomllib.loads(shipped_path("models", "embedded.toml").read_text(encoding="utf-8"))
    finisher = EmbeddedFinisher.load()
    assert finisher.name == described["name"]
    assert finisher.revision == described["weights_sha256"]
    files = [file for file in shipped_path("models", "embedded").rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < LARGEST_BYTES
