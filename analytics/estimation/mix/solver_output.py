"""Keeps what HiGHS prints of its own out of standard output, where people's data goes."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def chatter_to_stderr() -> Iterator[None]:
    """Send what compiled code prints to standard error: HiGHS says a line now and then, however quiet it is set.

    The whole process is affected, so it is for the time of a solve only. Without a standard output to turn away,
    nothing is done.
    """
    try:
        sys.stdout.flush()
        kept = os.dup(1)
    except (OSError, ValueError, AttributeError):
        yield
        return
    try:
        with suppress(OSError):
            os.dup2(2, 1)
        yield
    finally:
        with suppress(OSError, TypeError, AttributeError):
            ctypes.CDLL(None).fflush(None)  # what C holds back would come out after the way back is open
        os.dup2(kept, 1)
        os.close(kept)
