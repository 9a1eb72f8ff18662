"""What pages hand out goes through one door: by structure, since a second door would have no lock."""

import ast
from pathlib import Path

import dashboards

FOLDER = Path(dashboards.__file__).parent
# Each of these leaves a file at an address that anybody who knows it can fetch, whatever their role.
WITHOUT_A_LOCK = {"download_button", "image", "video", "audio", "pdf", "media_file_mgr"}


def test_no_page_hands_out_files_past_the_roles():
    found = []
    for file in sorted(FOLDER.rglob("*.py")):
        if "terminal" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in WITHOUT_A_LOCK:
                owner = ast.unparse(node.value)
                if owner == "st" or node.attr == "media_file_mgr":
                    found.append(f"{file.relative_to(FOLDER)}:{node.lineno} {owner}.{node.attr}")
    assert not found


def test_every_answer_names_the_role_that_may_have_it():
    unguarded = []
    for file in sorted((FOLDER / "app_pages").rglob("*.py")):
        text = file.read_text()
        for word in ("Ledger.open(", ".worked_out", ".newest()", ".reckoned()"):
            if word in text:
                unguarded.append(f"{file.relative_to(FOLDER)}: {word}")
    assert not unguarded, "pages ask through dashboards.answers, where roles are checked"
