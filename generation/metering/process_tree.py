"""Processor time and memory of this process and everything it has started."""

import math
import os
import threading
import time
from dataclasses import dataclass
from typing import NamedTuple

import psutil

WATCHING_SHARE = 0.001
"""Share of one core that looking for new children may take while a stage runs.

It means listing the processes of the whole machine (0.1 ms for 80 of them, more on a farm node), so a list is used
until it is older than its own cost divided by this share: a tenth or two of a second on a quiet workstation.
"""

READING_SHARE = 0.005
"""The same at a stage's end, where a child that isn't listed yet would be booked to the next stage."""

OLDEST_LIST_SECONDS = 1.0
"""But never older than this: one dear look, when many programs started at once, must not blind us for long."""


class _Usage(NamedTuple):
    """Processor seconds a process used itself, and those of its children that ended and were waited for."""

    own_seconds: float
    reaped_seconds: float


@dataclass(frozen=True)
class TreeReading:
    """Processor seconds since the tree was first read, and resident memory now."""

    cpu_seconds: float
    memory_bytes: int


class ProcessTree:
    """A process and its descendants: ours. Safe to read from several threads.

    Processor time is the sum, over every living member, of its own time and of the time of the children it has waited
    for. A child that ends moves from the first part (its own) to the second (its parent's), so it is counted while it
    lives and afterwards, and never twice. Time of living children is known to 1/100 s on Linux.

    Memory is the sum of resident sets: pages that processes share count once for each. The exact figure (PSS) takes
    the kernel tens of milliseconds for a large process, which would disturb what is measured.
    """

    def __init__(self) -> None:
        self._root = psutil.Process()
        self._lock = threading.Lock()
        self._children: list[psutil.Process] = []
        self._known_ids: set[int] = set()
        self._listed_at = 0.0
        self._listing_seconds = 0.0
        self._peak_bytes = 0
        self._vanished_seconds = 0.0
        self._highest_seconds = 0.0
        self._start_seconds = 0.0
        self._start_seconds = self.read(relist=True).cpu_seconds
        self._listing_seconds = 0.0  # the first look knows nobody and is no measure of the next

    def read(self, relist: bool = False) -> TreeReading:
        """Read both meters.

        Parameters
        ----------
        relist
            List the children anew even if the list is fresh. Otherwise a child younger than the list is counted from
            the next reading on; nothing is lost.
        """
        with self._lock:
            self._list_children(math.inf if relist else READING_SHARE)
            return TreeReading(self._cpu_seconds() - self._start_seconds, self._memory_bytes())

    def observe(self) -> None:
        """Note the memory of this moment; the sampler calls it ten times a second."""
        with self._lock:
            self._list_children(WATCHING_SHARE)
            self._memory_bytes()

    def take_peak_memory_bytes(self) -> int:
        """Highest memory seen since this was last asked."""
        with self._lock:
            peak = max(self._peak_bytes, self._memory_bytes())
            self._peak_bytes = 0
            return peak

    def process_ids(self) -> frozenset[int]:
        """Process ids of the tree as last listed."""
        with self._lock:
            return frozenset([self._root.pid, *(child.pid for child in self._children)])

    def _list_children(self, share_of_a_core: float) -> None:
        now = time.perf_counter()
        if now - self._listed_at < min(self._listing_seconds / share_of_a_core, OLDEST_LIST_SECONDS):
            return
        before = time.thread_time()
        present = set(psutil.pids())
        self._children = [child for child in self._children if child.pid in present]
        # Only processes that were not there before are asked for their parent: twenty times cheaper than asking all,
        # and a child whose parent has died stays ours.
        self._children += _descendants({self._root.pid, *(c.pid for c in self._children)}, present - self._known_ids)
        self._known_ids = present
        self._listing_seconds = time.thread_time() - before
        self._listed_at = now

    def _members(self) -> list[psutil.Process]:
        return [self._root, *self._children]

    def _cpu_seconds(self) -> float:
        usages = self._usages()
        for _ in range(3):
            # A child that is reaped between two reads would be counted twice or not at all. Then the reaped time of
            # some parent has changed by the second pass, and the pass is made again.
            again = self._usages()
            settled = [usage.reaped_seconds for usage in usages] == [usage.reaped_seconds for usage in again]
            usages = again
            if settled:
                break
        seconds = sum(usage.own_seconds + usage.reaped_seconds for usage in usages) + self._vanished_seconds
        if seconds < self._highest_seconds:
            # A process ended and no member waited for it (its parent died first): its time was spent all the same,
            # and stays counted as far as it was seen.
            self._vanished_seconds += self._highest_seconds - seconds
        self._highest_seconds = max(self._highest_seconds, seconds)
        return self._highest_seconds

    def _usages(self) -> list[_Usage]:
        usages = []
        for process in self._members():
            if process is self._root:
                own, reaped = _own_usage()
            else:
                try:
                    times = process.cpu_times()
                except psutil.Error:
                    continue
                own = times.user + times.system
                reaped = times.children_user + times.children_system
            usages.append(_Usage(own, reaped))
        return usages

    def _memory_bytes(self) -> int:
        memory_bytes = 0
        for process in self._members():
            try:
                memory_bytes += process.memory_info().rss
            except psutil.Error:
                continue
        self._peak_bytes = max(self._peak_bytes, memory_bytes)
        return memory_bytes


def _descendants(member_ids: set[int], candidate_ids: set[int]) -> list[psutil.Process]:
    """Those candidates that are children, or children of children, of members."""
    parents: dict[psutil.Process, int] = {}
    for process_id in candidate_ids - member_ids:
        try:
            process = psutil.Process(process_id)
            parents[process] = process.ppid()
        except psutil.Error:
            continue
    found: list[psutil.Process] = []
    while generation := [process for process, parent_id in parents.items() if parent_id in member_ids]:
        found += generation
        member_ids = {process.pid for process in generation}
    return found


def _own_usage() -> _Usage:
    times = os.times()
    return _Usage(time.process_time(), times.children_user + times.children_system)
