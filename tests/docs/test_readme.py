"""What the documents say is so: commands exist, folders are there, pictures and links lead somewhere."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([REPOSITORY / "README.md", *REPOSITORY.glob("docs/**/*.md")])
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def written_commands() -> list[str]:
    """Every line of a document that starts with a prompt and types one of our commands."""
    lines = [line for document in DOCUMENTS for line in document.read_text(encoding="utf-8").splitlines()]
    return sorted({line[2:].split("#")[0].strip() for line in lines if re.match(r"\$ (shotledger|make) ", line)})


@pytest.mark.parametrize("command", written_commands())
def test_every_command_in_the_documents_exists(command: str) -> None:
    program, *arguments = shlex.split(command)
    if program == "make":
        targets = re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(), flags=re.MULTILINE)
        assert arguments[0] in targets
        return
    # --help after real arguments parses them up to that point and runs nothing.
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "shotledger.py"), *arguments, "--help"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    options = re.findall(r"--[a-z-]+", command)
    assert all(option in done.stdout or option == "--ledger" for option in options)


def test_every_command_of_the_command_line_is_documented() -> None:
    import typer.main

    import shotledger

    group = typer.main.get_command(shotledger.app)
    names = [name if name != "ledger" else "ledger check" for name in group.commands]  # type: ignore[attr-defined]
    undocumented = [name for name in names if f"shotledger {name}" not in README]
    assert undocumented == []


def test_the_map_of_folders_is_the_folders() -> None:
    top = {path.split("/")[0] for path in tracked_files() if "/" in path and not path.startswith(".")}
    mapped = set(re.findall(r"^([a-z]+)/ ", README, flags=re.MULTILINE))
    assert mapped == top


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_pictures_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), target


def test_every_package_folder_says_why_it_is_there() -> None:
    for path in tracked_files():
        if path.endswith("__init__.py"):
            assert (REPOSITORY / path).read_text(encoding="utf-8").startswith('"""'), path


def test_pinned_versions_cover_every_dependency() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(name for group in project["optional-dependencies"].values() for name in group),
    ]
    names = {re.split(r"[\[<>=;! ]", name)[0].lower() for name in wanted} - {"shotledger", "zeus", "nvidia-ml-py"}
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (REPOSITORY / "constraints.txt").read_text().splitlines()
        if "==" in line
    }
    assert names - pinned == set()
