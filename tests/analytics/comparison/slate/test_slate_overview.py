"""Of a large slate whole productions are drawn, the same ones each time; of a small one none is left out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.comparison.slate.slate_overview import drawn_productions, slate_overview
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.integers(1, 400), min_size=1, max_size=60))
def test_as_many_as_fit(counts: dict[str, int]) -> None:
    drawn = drawn_productions(counts, most=1000)
    assert drawn == drawn_productions(dict(reversed(counts.items())), most=1000)
    if sum(counts.values()) <= 1000:
        assert drawn == ()
    else:
        assert drawn
        assert set(drawn) < set(counts)
        assert sum(counts[name] for name in drawn) <= 1000


def test_a_production_larger_than_that_is_compared_alone() -> None:
    assert len(drawn_productions({"A": 5000, "B": 6000}, most=1000)) == 1


def test_a_ledger_without_shots_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="holds no shot to compare"):
        slate_overview(Ledger.open(tmp_path / "empty.duckdb"))
