"""Keeps the libraries from talking while a model is loaded: the terminal belongs to our own progress bar."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Silence warnings and progress bars of diffusers and transformers, and give both back as they were."""
    from transformers.utils import logging as of_transformers

    transformers_level = of_transformers.get_verbosity()
    transformers_bars = of_transformers.is_progress_bar_enabled()
    of_transformers.set_verbosity_error()  # type: ignore[no-untyped-call]
    of_transformers.disable_progress_bar()  # type: ignore[no-untyped-call]
    # Only now: importing diffusers makes transformers warn of every package that it would like to have.
    from diffusers.utils import logging as of_diffusers

    diffusers_level = of_diffusers.get_verbosity()
    diffusers_bars = of_diffusers.is_progress_bar_enabled()
    of_diffusers.set_verbosity_error()
    of_diffusers.disable_progress_bar()
    try:
        yield
    finally:
        of_transformers.set_verbosity(transformers_level)
        of_diffusers.set_verbosity(diffusers_level)
        if transformers_bars:
            of_transformers.enable_progress_bar()  # type: ignore[no-untyped-call]
        if diffusers_bars:
            of_diffusers.enable_progress_bar()
