"""Processor time and memory of real children: seen while they live, kept when they end, counted once."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from generation.metering.process_tree import ProcessTree

BURN = """
import sys, time
def burn(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
"""
MEBIBYTE = 2**20


def start_child(code: str) -> subprocess.Popen[str]:
    """Start Python with ``burn`` defined, wait until it says that it got to its own ``print``."""
    child = subprocess.Popen(
        [sys.executable, "-c", BURN + code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    child.stdout.readline()
    return child


def end_child(child: subprocess.Popen[str]) -> None:
    child.communicate("\n")


def test_a_child_is_counted_while_it_lives_after_it_ended_and_only_once() -> None:
    tree = ProcessTree()
    child = start_child("burn(0.5); print('burnt', flush=True); sys.stdin.readline()")
    alive = tree.read(relist=True).cpu_seconds
    end_child(child)
    ended = tree.read(relist=True).cpu_seconds
    again = tree.read(relist=True).cpu_seconds
    assert 0.48 <= alive < 0.8
    assert alive - 0.02 <= ended < alive + 0.25
    assert again == pytest.approx(ended, abs=0.05)


def test_time_of_a_child_that_came_and_went_unseen_is_counted() -> None:
    tree = ProcessTree()
    end_child(start_child("burn(0.3); print('burnt', flush=True)"))
    assert 0.28 <= tree.read().cpu_seconds < 0.6


def test_a_grandchild_is_counted_through_its_parent() -> None:
    tree = ProcessTree()
    child = start_child(
        "import subprocess\n"
        "inner = subprocess.Popen([sys.executable, '-c', '''import sys, time\n"
        "until = time.process_time() + 0.4\n"
        "while time.process_time() < until: pass\n"
        "print(flush=True)\n"
        "sys.stdin.readline()'''], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "inner.stdout.readline()\n"
        "print('both up', flush=True)\n"
        "sys.stdin.readline()\n"
        "inner.communicate(b'\\n')\n"
        "print('inner reaped', flush=True)\n"
        "sys.stdin.readline()\n"
    )
    alive = tree.read(relist=True).cpu_seconds
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("\n")
    child.stdin.flush()
    child.stdout.readline()
    reaped_by_parent = tree.read(relist=True).cpu_seconds
    end_child(child)
    ended = tree.read(relist=True).cpu_seconds
    assert 0.38 <= alive < 0.8
    assert alive - 0.02 <= reaped_by_parent < alive + 0.2
    assert reaped_by_parent - 0.02 <= ended < reaped_by_parent + 0.2


def test_time_of_an_orphan_is_kept_when_it_ends() -> None:
    tree = ProcessTree()
    burnt_out, burnt_in = os.pipe()
    hold_out, hold_in = os.pipe()
    # The middle process ends at once, so nobody of the tree will ever wait for the innermost one.
    inner = f"import os; burn(0.3); os.write({burnt_in}, b'x'); os.read({hold_out}, 1)"
    middle = (
        f"import os, subprocess\ninner = subprocess.Popen([sys.executable, '-c', {BURN + inner!r}], "
        f"pass_fds=({burnt_in}, {hold_out}))\nprint(inner.pid, flush=True)\nsys.stdin.readline()\nos._exit(0)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", BURN + middle], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        pass_fds=(burnt_in, hold_out),
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    orphan_id = int(child.stdout.readline())
    tree.read(relist=True)
    child.stdin.write("\n")
    child.stdin.flush()
    child.wait()
    os.read(burnt_out, 1)
    orphaned = tree.read(relist=True).cpu_seconds
    os.write(hold_in, b"x")
    # Until the system's first process has buried it, which some do at their leisure; a zombie still shows its time.
    deadline = time.monotonic() + 5
    while psutil.pid_exists(orphan_id) and time.monotonic() < deadline:
        time.sleep(0.01)
    gone = tree.read(relist=True).cpu_seconds
    until = time.process_time() + 0.15
    while time.process_time() < until:
        pass
    after_own_work = tree.read(relist=True).cpu_seconds
    for descriptor in (burnt_out, burnt_in, hold_out, hold_in):
        os.close(descriptor)
    child.stdin.close()
    child.stdout.close()
    assert orphaned >= 0.28
    assert gone >= orphaned
    # What the orphan took out of the sum must not swallow what comes after it.
    assert after_own_work >= gone + 0.14


def test_readings_never_fall_while_children_come_and_go() -> None:
    tree = ProcessTree()
    readings = []
    for _ in range(5):
        child = start_child("burn(0.05); print('burnt', flush=True); sys.stdin.readline()")
        readings.append(tree.read().cpu_seconds)
        end_child(child)
        readings.append(tree.read().cpu_seconds)
    assert readings == sorted(readings)
    # Five times 0.05 s and five starts of Python; counted twice it would be above what they can have used.
    assert 0.25 <= readings[-1] < 1.2


def test_memory_of_a_child_is_in_the_peak_and_the_peak_is_taken_once() -> None:
    tree = ProcessTree()
    tree.take_peak_memory_bytes()
    before = tree.read(relist=True).memory_bytes
    child = start_child("held = b'1' * 200_000_000; print('held', flush=True); sys.stdin.readline()")
    time.sleep(0.5)
    tree.observe()
    end_child(child)
    peak = tree.take_peak_memory_bytes()
    assert before + 200_000_000 <= peak < before + 320_000_000
    assert tree.take_peak_memory_bytes() < before + 50 * MEBIBYTE
