"""The doctor: it names what is missing with the exact line that mends it, and loads nothing to do so."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from generation.doctor import Finding, State, blender_libraries, examine

ROOT = Path(__file__).resolve().parents[2]

LDD_COMPLETE = """\tlinux-vdso.so.1 (0x00007fe825722000)
\tlibX11.so.6 => /lib/x86_64-linux-gnu/libX11.so.6 (0x00007fe819643000)
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007fe80781e000)
"""


def findings_by_part(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.part: finding for finding in findings}


@pytest.fixture(scope="module")
def here() -> dict[str, Finding]:
    return findings_by_part(examine())


def test_libraries_that_are_all_there_need_nothing() -> None:
    assert blender_libraries(LDD_COMPLETE) == Finding("Blender's libraries", State.OK, "all found")


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libX11.so.6", "libx11-6"), ("libXi.so.6", "libxi6"), ("libXxf86vm.so.1", "libxxf86vm1"),
        ("libXfixes.so.3", "libxfixes3"), ("libXrender.so.1", "libxrender1"), ("libGL.so.1", "libgl1"),
        ("libxkbcommon.so.0", "libxkbcommon0"), ("libSM.so.6", "libsm6"), ("libICE.so.6", "libice6"),
    ],
)  # fmt: skip
def test_a_missing_library_is_answered_with_the_line_that_installs_it(library: str, package: str) -> None:
    finding = blender_libraries(LDD_COMPLETE + f"\t{library} => not found\n")
    assert finding.state is State.MISSING
    assert finding.detail == f"not found: {library}"
    assert finding.mend == f"as root, run: apt-get update && apt-get install -y --no-install-recommends {package}"


def test_a_library_of_an_unknown_package_is_not_given_to_apt() -> None:
    finding = blender_libraries("\tlibSM.so.6 => not found\n\tlibodd.so.9 => not found\n")
    install, search = finding.mend.split("; ")
    assert install.endswith("--no-install-recommends libsm6")
    assert "libodd.so.9" in search


def test_every_part_is_looked_at_once_and_can_be_written_as_json(here: dict[str, Finding]) -> None:
    expected = {
        "Python", "DuckDB", "pandas", "torch", "diffusers", "Embedded model", "Blender", "PyAV", "Streamlit",
        "Chromium", "GPU", "Energy meter", "Memory", f"Folder {Path.cwd()}",
    }  # fmt: skip
    assert expected <= set(here)
    assert json.loads(json.dumps([asdict(finding) for finding in here.values()]))[0]["state"] == "ok"


def test_whatever_is_not_ok_says_what_to_do(here: dict[str, Finding]) -> None:
    assert all(finding.detail for finding in here.values())
    assert [finding for finding in here.values() if finding.state is not State.OK and not finding.mend] == []


def test_a_blender_that_is_named_but_absent_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHOTLEDGER_BLENDER", str(tmp_path / "blender"))
    finding = findings_by_part(examine(folders=[tmp_path]))["Blender"]
    assert finding.state is State.MISSING
    assert "SHOTLEDGER_BLENDER" in finding.detail


def test_missing_weights_are_named_with_their_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHOTLEDGER_DATA", str(tmp_path))
    found = findings_by_part(examine(folders=[tmp_path / "absent"]))
    assert found["Embedded model"].state is State.MISSING
    assert str(tmp_path) in found["Embedded model"].detail
    assert found[f"Folder {tmp_path / 'absent'}"].state is State.MISSING


def test_importing_the_doctor_loads_nothing_heavy_and_examining_leaves_blender_out() -> None:
    code = (
        "import sys, generation.doctor as doctor\n"
        "heavy = {'torch', 'pandas', 'numpy', 'duckdb', 'streamlit', 'diffusers', 'psutil', 'pynvml', 'zeus', 'bpy'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "doctor.examine()\n"
        "print(sorted({'bpy', 'duckdb', 'streamlit'} & set(sys.modules)))\n"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.split("\n")[:2] == ["[]", "[]"]
