"""Exceptions become sentences that say where, what, why and what to do."""

import pytest

from analytics.vocabulary import errors
from analytics.vocabulary.errors import InputRefused, LedgerLocked, Problem, RenderFailed, ShotledgerError


def test_a_problem_is_a_sentence() -> None:
    problem = Problem("shots.csv, line 3, cut_frames", "-4", "is negative", "give the frames on screen")
    assert str(problem) == "shots.csv, line 3, cut_frames = '-4': is negative. Give the frames on screen."
    assert str(Problem("title.name", None, "is missing", "add it")) == "title.name: is missing. Add it."
    assert str(Problem("seed", 0, "is odd", "mend it")) == "seed = 0: is odd. Mend it."


def test_all_problems_are_told_at_once() -> None:
    problems = [Problem(f"line {number}", None, "is wrong", "mend it") for number in (1, 2)]
    refused = InputRefused.all_of(problems)
    assert refused.problems == tuple(problems)
    assert str(refused) == "line 1: is wrong. Mend it.\nline 2: is wrong. Mend it."
    with pytest.raises(ValueError, match="no problem"):
        InputRefused.all_of([])


def test_there_is_one_root() -> None:
    found = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert len(found) == 9
    assert all(issubclass(kind, ShotledgerError) for kind in found)
    assert str(LedgerLocked("ledger", "a.duckdb", "is held", "wait")) == "ledger = 'a.duckdb': is held. Wait."
    assert RenderFailed("blender", None, "crashed", "read the log").log is None
