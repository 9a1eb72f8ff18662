"""The quality gate, on shots as the slate question answers them."""

import pandas as pd

from analytics.estimation.mix.gate import AiRecord, ai_records, gated_kinds
from analytics.vocabulary.shot import ShotKind


def shots(rows: list[tuple[str, str, str, bool | None]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["arm", "kind", "status", "fell_back"])


def test_a_shot_taken_from_ai_counts_against_it_and_open_and_omitted_ones_decide_nothing() -> None:
    listed = shots(
        [
            ("ai", "de_age", "final", False),
            ("ai", "de_age", "final", True),
            ("ai", "de_age", "open", True),
            ("ai", "de_age", "open", False),
            ("ai", "de_age", "omitted", False),
            ("traditional", "de_age", "final", False),
            ("ai", "weather", "final", None),
            ("ai", "a studio's own word", "final", False),
        ]
    )

    assert ai_records(listed) == {ShotKind.DE_AGE: AiRecord(3, 1), ShotKind.WEATHER: AiRecord(1, 1)}


def test_a_kind_fails_below_the_share_and_passes_exactly_at_it() -> None:
    records = {ShotKind.DE_AGE: AiRecord(10, 7), ShotKind.WEATHER: AiRecord(10, 8)}

    assert gated_kinds(records, least_share=0.8) == {
        ShotKind.DE_AGE: "only 7 of 10 de age shots given to AI were approved without falling back; "
        "at least 80% have to be"
    }


def test_too_few_shots_are_not_judged_and_a_kind_can_be_ruled_out_without_any() -> None:
    gated = gated_kinds({ShotKind.CROWD: AiRecord(4, 0)}, refused=[ShotKind.CREATURE])

    assert gated == {ShotKind.CREATURE: "AI is ruled out for creature shots"}
