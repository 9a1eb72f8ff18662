"""The Blender child: the same seed gives the same motion, and however it ends, the parent can tell."""

import dataclasses
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analytics.vocabulary.errors import MissingPart, RenderFailed
from generation.traditional import blender_process
from generation.traditional.blender.protocol import MARKER, ORPHANED
from generation.traditional.blender_process import run_child
from generation.traditional.collapse.event import prepare_event, write_pieces
from generation.traditional.collapse.parameters import draw_parameters
from generation.traditional.collapse.simulation import Event, load_event, simulate_collapse

SMALL = {"floors": 3, "pieces": 30, "debris_count": 60, "frame_count": 24}


def _simulate_job(folder: Path, pieces: Path) -> Mapping[str, Any]:
    return {
        "verb": "simulate",
        "scene": "collapse",
        "parameters": dataclasses.asdict(draw_parameters(1, SMALL)),
        "pieces": str(pieces),
        "motion": str(folder / "motion.npz"),
    }


def _simulated(folder: Path, on_event: Callable[[dict[str, Any]], None]) -> Event:
    parameters = draw_parameters(3, SMALL)
    simulate_collapse(parameters, folder, on_event)
    return load_event(parameters, folder)


def test_one_seed_gives_one_motion_bit_for_bit(tmp_path: Path) -> None:
    heard: list[dict[str, Any]] = []
    once, again = _simulated(tmp_path / "once", heard.append), _simulated(tmp_path / "again", lambda event: None)
    assert np.array_equal(once.location, again.location)
    assert np.array_equal(once.rotation, again.rotation)
    assert np.array_equal(once.debris.position, again.debris.position, equal_nan=True)
    fallen = once.location[0, :, 2] - once.location[-1, :, 2]
    assert fallen.max() > 3.0, "the building must fall"
    assert once.location[-1, :, 2].min() > -0.5, "nothing falls through the ground"
    stages = [event["stage"] for event in heard if event["event"] == "stage"]
    assert stages == ["simulate", "load", "simulate", "simulate"]
    assert [event["frame"] for event in heard if event["event"] == "frame"] == list(range(1001, 1025))


def test_a_failing_child_is_render_failed_with_its_log(tmp_path: Path) -> None:
    with pytest.raises(RenderFailed) as failed:
        run_child(_simulate_job(tmp_path, tmp_path / "absent.npz"), tmp_path, lambda event: None, 60)
    assert failed.value.log == tmp_path / "child.log"
    assert "FileNotFoundError" in str(failed.value)
    assert "Traceback" in (tmp_path / "child.log").read_text()


def test_a_killed_blender_is_render_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "blender"
    broken.write_text("#!/bin/sh\necho 'GPU on fire'\nkill -SEGV $$\n")
    broken.chmod(0o755)
    monkeypatch.setenv("SHOTLEDGER_BLENDER", str(broken))
    with pytest.raises(RenderFailed, match="killed by SIGSEGV") as failed:
        run_child(_simulate_job(tmp_path, tmp_path / "absent.npz"), tmp_path, lambda event: None, 60)
    assert "GPU on fire" in str(failed.value)


def test_a_named_blender_gets_the_script_the_way_blender_wants_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = tmp_path / "blender"
    stand_in.write_text(f"""#!/bin/sh
echo "Blender quit" >&2
[ "$1 $2 $5 $7" = "--background --factory-startup --python --" ] && exec "{sys.executable}" "$6" "$8"
""")
    stand_in.chmod(0o755)
    prepared = prepare_event(draw_parameters(1, SMALL))
    write_pieces(prepared, tmp_path / "pieces.npz")
    monkeypatch.setenv("SHOTLEDGER_BLENDER", str(stand_in))
    result = run_child(_simulate_job(tmp_path, tmp_path / "pieces.npz"), tmp_path, lambda event: None, 120)
    assert result.blender_version
    with np.load(tmp_path / "motion.npz") as motion:
        assert motion["location"].shape == (24, len(prepared.pieces), 3)


def test_a_child_ends_when_its_parent_is_gone(tmp_path: Path) -> None:
    folder = Path(blender_process.__file__).parent
    script = f"""
import sys, time
sys.path.insert(0, {str(folder)!r})
from pathlib import Path
from blender.protocol import open_protocol
report = open_protocol(Path({str(tmp_path / "log")!r}))
while True:
    report("frame", frame=1)
    time.sleep(0.01)
"""
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline().startswith(MARKER.encode())
    child.stdout.close()
    assert child.wait(10) == ORPHANED


def test_a_child_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(RenderFailed, match=r"not done after 0\.2 s"):
        run_child(_simulate_job(tmp_path, tmp_path / "absent.npz"), tmp_path, lambda event: None, 0.2)
    assert time.monotonic() - started < 5


def test_an_exception_in_the_parent_ends_the_child(tmp_path: Path) -> None:
    seen: list[int] = []

    def interrupted(event: dict[str, Any]) -> None:
        seen.extend(int(name) for name in os.listdir("/proc") if name.isdigit() and _is_child(name, tmp_path))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_child(_simulate_job(tmp_path, tmp_path / "absent.npz"), tmp_path, interrupted, 60)
    assert seen, "the child was running when the parent was interrupted"
    assert not any(_is_child(str(number), tmp_path) for number in seen)


def _is_child(process: str, folder: Path) -> bool:
    try:
        return str(folder / "simulate.json") in Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return False


def test_a_blender_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOTLEDGER_BLENDER", str(tmp_path / "no-such-blender"))
    with pytest.raises(MissingPart, match="SHOTLEDGER_BLENDER"):
        run_child(_simulate_job(tmp_path, tmp_path / "absent.npz"), tmp_path, lambda event: None, 60)
