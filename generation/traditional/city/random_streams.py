"""Independent random streams from one seed, so that adding a feature never shifts the other ones."""

import hashlib

import numpy as np


def random_stream(seed: int, *tags: object) -> np.random.Generator:
    """A generator that depends on ``seed`` and on the words in ``tags`` alone."""
    digest = hashlib.sha256("|".join([str(seed), *map(str, tags)]).encode()).digest()
    return np.random.default_rng(np.frombuffer(digest[:16], np.uint32))
