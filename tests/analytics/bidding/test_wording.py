"""The sentences of a bid are a studio's own, and a wording that cannot be used is refused with all that is wrong."""

from pathlib import Path

import pytest

from analytics.bidding.wording import FILLED_IN, load_wording, shipped_wording
from analytics.vocabulary.errors import InputRefused


def test_the_shipped_wording_has_every_case() -> None:
    shipped = shipped_wording()
    assert set(shipped.assumptions) == set(FILLED_IN)
    assert list(shipped.assumption("handles", handles=8)) == [
        "Each shot is worked on with 8 frames of handles at each end."
    ]
    assert len(shipped.exclusions) >= 5


def test_a_case_that_is_left_out_is_not_said(tmp_path: Path) -> None:
    path = tmp_path / "wording.toml"
    path.write_text('[assumptions]\nmargin = "Our fee is {share}."\n[[exclusions]]\ntext = "Catering."\n')
    own = load_wording(path)
    assert list(own.assumption("margin", share="10 %")) == ["Our fee is 10 %."]
    assert list(own.assumption("handles", handles=8)) == []
    assert own.exclusions == ("Catering.",)


def test_what_cannot_be_used_is_refused_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "wording.toml"
    path.write_text(
        '[assumptions]\nmargins = "x"\nmargin = "{fee} on top"\nhandles = "{handles.__class__}"\nrates = "a } b"\n'
        '[[exclusions]]\ntxet = "y"\n'
    )
    with pytest.raises(InputRefused) as refused:
        load_wording(path)
    places = [problem.place.removeprefix(f"{path}: ") for problem in refused.value.problems]
    assert places == ["assumptions.margins", "assumptions.margin", "assumptions.handles", "assumptions.rates",
                      "exclusions 1: text"]  # fmt: skip
