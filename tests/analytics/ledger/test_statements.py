"""Every .sql file's header says what DuckDB says, and a wrong header is noticed."""

import re
from pathlib import Path

import pytest

import analytics.ledger
from analytics.ledger.ledger import Ledger
from analytics.ledger.schema import shipped_migrations
from analytics.ledger.statements import HeaderWrong, Statement, all_statements, header_faults, parsed, statement

EVERY = [*all_statements("questions"), *all_statements("commands")]


@pytest.fixture(scope="module")
def shared_ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return Ledger.open(tmp_path_factory.mktemp("headers") / "shots.duckdb")


@pytest.mark.parametrize("checked", EVERY, ids=lambda checked: f"{checked.folder}/{checked.name}")
def test_the_header_is_right(shared_ledger: Ledger, checked: Statement) -> None:
    # In a transaction for writing: DuckDB plans no command on a file that is open for reading.
    assert shared_ledger.write(lambda connection: header_faults(checked, connection)) == []
    assert all(declared.meaning for declared in (*checked.parameters, *checked.columns)), (
        "say what it means, with its unit"
    )


def test_every_sql_file_is_loaded() -> None:
    package = Path(analytics.ledger.__file__).parent
    assert len(EVERY) == len(list(package.glob("questions/*.sql"))) + len(list(package.glob("commands/*.sql")))
    assert len(shipped_migrations()) == len(list(package.glob("migrations/*.sql")))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("SELECT 1 AS one", "first line must be a comment"),
        ("-- Counts to one.\nSELECT 1 AS one", "declares its columns"),
        ("-- Counts to one.\n-- column one INTEGER: one\nSELECT $one AS one", "only in the text \\['one'\\]"),
        (
            "-- Counts to one.\n-- parameter two DATE: two\n-- column one INTEGER: one\nSELECT 1 AS one",
            "only in the header \\['two'\\]",
        ),
    ],
)
def test_a_wrong_header_does_not_load(text: str, fault: str) -> None:
    with pytest.raises(HeaderWrong, match=fault):
        parsed("one", "questions", text)


@pytest.mark.parametrize(
    ("column", "fault"),
    [("one BIGINT", "'BIGINT'"), ("uno INTEGER", "'uno'"), ("one INTEGER\n-- column two INTEGER", "'two'")],
)
def test_a_header_that_differs_from_duckdb_is_told(shared_ledger: Ledger, column: str, fault: str) -> None:
    wrong = parsed("one", "questions", f"-- Counts to one.\n-- column {column}\nSELECT 1 AS one")
    faults = shared_ledger.write(lambda connection: header_faults(wrong, connection))
    assert len(faults) == 1
    assert re.search(fault, faults[0])


def test_a_dollar_in_text_or_comment_is_no_parameter() -> None:
    assert (
        parsed(
            "one", "questions", "-- Costs $much.\n-- column a VARCHAR: one\nSELECT 'it''s $free' AS a -- $not"
        ).parameters
        == ()
    )


def test_parameters_are_held_against_the_header() -> None:
    asked = statement("questions", "stages_of_shot")
    with pytest.raises(TypeError, match=r"missing \['shot_id'\], unknown \['shot'\]"):
        asked.bound({"shot": "x"})
