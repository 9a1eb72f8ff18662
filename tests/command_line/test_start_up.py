"""The command line starts light: heavy parts are loaded by the commands that need them."""

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
HEAVY = ("torch", "diffusers", "bpy", "duckdb", "pandas", "numpy", "streamlit", "sklearn", "scipy", "PIL", "av")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["render", "--help"], ["ledger", "--help"], ["shots", "--json"], ["models", "--json"]]
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); sys.argv = ['shotledger', *{arguments!r}]\n"
        "import shotledger\n"
        "try: shotledger.main()\n"
        "except SystemExit: pass\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.strip() == "[]"
    assert done.stdout


def test_every_command_teaches() -> None:
    help_text = subprocess.run(
        [sys.executable, str(REPOSITORY / "shotledger.py"), "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    for command in ("shots", "render", "renders", "compare", "doctor", "dashboard", "demo", "ledger", "models"):
        assert command in help_text
