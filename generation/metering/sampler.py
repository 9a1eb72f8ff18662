"""The one thread that looks at the meters while a render runs."""

import threading
import time
from collections.abc import Callable, Sequence

SAMPLE_INTERVAL_SECONDS = 0.1


class Sampler:
    """Calls every probe ten times a second until stopped.

    Attributes
    ----------
    cpu_seconds
        Processor time that the thread itself has used: the cost of looking.
    """

    def __init__(self, probes: Sequence[Callable[[], None]]) -> None:
        self._probes = tuple(probes)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="shotledger-sampler", daemon=True)
        self.cpu_seconds = 0.0
        self._thread.start()

    def stop(self) -> None:
        """End the thread; harmless when it has ended."""
        self._stopped.set()
        if self._thread is not threading.current_thread():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stopped.wait(SAMPLE_INTERVAL_SECONDS):
            for probe in self._probes:
                probe()
            self.cpu_seconds = time.thread_time()
