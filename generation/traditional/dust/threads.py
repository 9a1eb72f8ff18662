"""How many CPU threads the dust may use."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def few_threads(thread_count: int = 1) -> Iterator[None]:
    """Run torch with this many CPU threads and restore the old number afterwards.

    One is the default: the grids are small, and on a busy machine the barriers between OpenMP threads made two threads
    ten times slower than one.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(thread_count)
    try:
        yield
    finally:
        torch.set_num_threads(before)
