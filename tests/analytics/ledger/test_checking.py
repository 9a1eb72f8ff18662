"""`ledger check` finds what was broken on purpose, and nothing in a ledger that is whole."""

from dataclasses import replace
from pathlib import Path

import pytest
from invented_manifests import invented_manifest

from analytics.ledger.checking import check_ledger
from analytics.ledger.ledger import Ledger
from analytics.ledger.manifest import MANIFEST_NAME, write_manifest
from analytics.ledger.recording import begin_render, record_manifest
from analytics.vocabulary.errors import InputRefused


@pytest.fixture
def rendered(ledger: Ledger, tmp_path: Path) -> tuple[Ledger, Path]:
    """Two finished renders with their manifests, in ledger and folder."""
    for name in ("0001", "0002"):
        write_manifest(invented_manifest(name), tmp_path / "out" / name)
        record_manifest(ledger, invented_manifest(name))
    return ledger, tmp_path / "out"


def test_a_whole_ledger_is_clean(rendered: tuple[Ledger, Path]) -> None:
    assert check_ledger(*rendered) == []


def test_a_killed_render_is_a_notice(rendered: tuple[Ledger, Path]) -> None:
    ledger, out = rendered
    write_manifest(invented_manifest("killed", finished=False), out / "killed")
    begin_render(ledger, invented_manifest("killed", finished=False))
    write_manifest(invented_manifest("sooner", finished=False), out / "sooner")
    findings = check_ledger(ledger, out)
    assert [finding.severity for finding in findings] == ["notice", "notice"]
    assert "collapse-ai-killed: began at 2026-11-20 09:30:15 UTC and has no end" in findings[0].sentence
    assert "collapse-ai-sooner was killed before it was recorded" in findings[1].sentence


BREAKS = {
    "DELETE FROM shots": "shot_id names 'test_shots/collapse', which is not among the shots",
    "DELETE FROM titles": "title_id names 'test_shots', which is not among the titles",
    "DELETE FROM productions": "production_id names 'test_shots', which is not among the productions",
    "DELETE FROM hardware": "hardware_id names '0123abcd', which is not among the hardware",
    "DELETE FROM renders WHERE render_id LIKE '%1'": "stages collapse-ai-0001 #1: render_id names",
    "DELETE FROM stages WHERE render_id LIKE '%1'": "stages 0 is too few for a measured render",
    "DELETE FROM stages WHERE name = 'denoise'": "its stages took 0.375 seconds together, the render 4.500",
    "UPDATE renders SET wall_seconds = 4.6": "its stages took 4.500 seconds together, the render 4.600",
    "UPDATE renders SET frame_count = 3": "frame_count 3 is not the length of 1001-1048",
    "UPDATE stages SET cpu_seconds = 'inf'": "cpu_seconds inf is no finite number",
    "UPDATE stages SET render_started_at = now()": "is not when its render started",
    "UPDATE stages SET energy_origin = NULL": "energy_origin NULL leaves open",
    "UPDATE work_entries SET people_hours = 'nan'": "people_hours nan is no finite number",
    "UPDATE shots SET twin_of = 'gone'": "twin_of names 'gone'",
    "UPDATE shots SET import_batch_id = 'b1'": "import_batch_id names 'b1'",
    "UPDATE assignments SET ended_on = DATE '2000-01-01'": "ended_on 2000-01-01 lies before the start",
    "INSERT INTO quality_scores (render_id, metric, against, value, origin) "
    "VALUES ('collapse-ai-0001', 'ssim', 'gone', 1, 'measured')": "against names 'gone'",
    "INSERT INTO charges (charge_id, production_id, category, amount, currency, charged_on, origin)"
    " VALUES ('c', 'gone', 'api', 1, 'USD', DATE '2026-01-01', 'imported')": "production_id names 'gone'",
    "INSERT INTO rates (rate_card_id, rate_number, resource, unit, price, currency, valid_from, origin)"
    " VALUES ('gone', 1, 'energy', 'kwh', 1, 'USD', DATE '2026-01-01', 'assumed')": "rate_card_id names 'gone'",
    "DROP TABLE reviews": "column reviews.decision is missing",
    "ALTER TABLE renders ALTER settings TYPE VARCHAR": (
        "column renders.settings was changed by another hand: VARCHAR instead of JSON"
    ),
}


@pytest.mark.parametrize("broken", BREAKS)
def test_what_was_broken_is_found(rendered: tuple[Ledger, Path], broken: str) -> None:
    ledger, _ = rendered
    ledger.write(lambda connection: connection.execute(broken))
    problems = [str(finding) for finding in check_ledger(ledger) if finding.severity == "problem"]
    assert any(BREAKS[broken] in problem for problem in problems), problems


def test_a_table_of_the_studio_does_no_harm(rendered: tuple[Ledger, Path]) -> None:
    ledger, out = rendered
    ledger.write(lambda connection: connection.execute("CREATE TABLE our_notes (note VARCHAR)"))
    assert check_ledger(ledger, out) == []


def test_manifests_are_held_against_the_ledger(rendered: tuple[Ledger, Path]) -> None:
    ledger, out = rendered
    write_manifest(invented_manifest("0003"), out / "0003")
    begin_render(ledger, invented_manifest("0004", finished=False))
    write_manifest(invented_manifest("0004"), out / "0004")
    (out / "0005").mkdir()
    (out / "0005" / MANIFEST_NAME).write_text("{")
    changed = invented_manifest("0001")
    write_manifest(replace(changed, render=replace(changed.render, seed=8)), out / "0001")
    ledger.write(lambda connection: connection.execute("DELETE FROM work_entries WHERE department = 'comp'"))
    problems = [finding.sentence for finding in check_ledger(ledger, out) if finding.severity == "problem"]
    assert len(problems) == 5
    for part in (
        "0003 is not in the ledger",
        "0004 has ended, and the ledger does not know",
        "is not JSON",
        "seed of render collapse-ai-0001 differ",
        "collapse-ai-comp: stands in a manifest but not in the ledger",
    ):
        assert any(part in problem for problem in problems), part


def test_a_missing_folder_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="is no folder"):
        check_ledger(ledger, tmp_path / "nowhere")
