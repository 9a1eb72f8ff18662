"""Bids worked out, edited and worked out again before anybody stores them; stored lists that are read back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.bidding.assumed_plan import assumed_plan
from analytics.bidding.bid_sums import (
    department_sums,
    flagged_shots,
    half_of_cost,
    kind_sums,
    margin_share,
    sequence_sums,
    sums_of,
)
from analytics.bidding.documents.handing_out import bid_document, write_bid
from analytics.bidding.listed_again import shot_list_of_bid
from analytics.bidding.new_bids import draft_bid, new_bid, store_drafted
from analytics.bidding.past_work import past_work
from analytics.bidding.stored_bids import bid_named, bids_listed
from analytics.demo_catalog.catalog import make_catalog
from analytics.importers.history.importing import import_history
from analytics.importers.shot_lists.edits import edited_list
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.bid import LineKind
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow
from tests.analytics.bidding.making_bids import making_bid
from tests.analytics.bidding.making_estimates import listed, shot_list

ON = date(2026, 6, 1)
LIST = shot_list(
    *(
        listed(f"AB{number // 4}_{number:03}", 40 + 9 * number, kind=list(ShotKind)[number],
               complexity=list(Complexity)[number % 3])
        for number in range(8)
    ),
    listed("AB9_900", 60, workflow=Workflow.TRADITIONAL),
)  # fmt: skip


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Two finished productions."""
    folder = tmp_path_factory.mktemp("catalog")
    make_catalog(folder / "bundle", shot_count=160, seed=4)
    ledger = Ledger.open(folder / "studio.duckdb")
    import_history(ledger, folder / "bundle")
    return ledger


def test_what_was_worked_out_from_the_past_gives_the_same_bid_again(studio: Ledger) -> None:
    past = past_work(studio)
    told: list[str] = []
    alone = draft_bid(studio, LIST, production="P99", on=ON, outcomes=300)
    first = draft_bid(studio, LIST, production="P99", on=ON, outcomes=300, past=past, said=told.append)
    again = draft_bid(studio, LIST, production="P99", on=ON, outcomes=300, past=past, said=told.append)
    for other in (first, again):
        assert replace(other.bid, created_at=alone.bid.created_at) == alone.bid
        assert (other.book, other.mixes) == (alone.book, alone.mixes)
    assert [words for words in told if words != "pricing"] == [
        f"learning from {len(past.history.shots)} past shots",
        "estimating the shots",
    ]
    assert bids_listed(studio) == ()


def test_an_edited_shot_costs_more_and_the_others_what_they_did(studio: Ledger) -> None:
    past = past_work(studio)
    before = draft_bid(studio, LIST, production="P99", on=ON, outcomes=300, mix="traditional", past=past).bid
    harder = edited_list(LIST, {"AB0_000": {"complexity": "hero", "cut_frames": 300}})
    after = draft_bid(studio, harder, production="P99", on=ON, outcomes=300, mix="traditional", past=past).bid
    assert after.shots[0].people_hours.mean > 3 * before.shots[0].people_hours.mean
    assert [shot.people_hours for shot in after.shots[1:]] == [shot.people_hours for shot in before.shots[1:]]
    assert after.shot_list_sha256 != before.shot_list_sha256
    assert any("complexity of 1 shot set by hand: AB0_000" in warning for warning in after.warnings)


def test_mixes_keep_to_what_rows_insist_on(studio: Ledger) -> None:
    drafted = draft_bid(studio, LIST, production="P99", on=ON, outcomes=300)
    traditional, current, ai = drafted.mixes
    assert [each.mix for each in drafted.mixes] == ["traditional", "current", "ai"]
    assert (traditional.ai_shots, ai.ai_shots) == (0, 8)
    assert 0 < current.ai_shots < 8
    assert traditional.cheaper_chance is None
    assert current.cost is not None
    assert drafted.bid.totals.cost is not None
    assert current.cost.p50 == drafted.bid.totals.cost.p50
    other = draft_bid(studio, LIST, production="P99", on=ON, outcomes=300, mix="ai")
    assert other.bid.totals.cost is not None
    assert ai.cost is not None
    assert other.mixes[-1].cost == ai.cost
    assert other.mixes[-1].cost.p90 == other.bid.totals.cost.p90


def test_a_draft_is_stored_as_it_was_shown(studio: Ledger, tmp_path: Path) -> None:
    ledger = Ledger.open(_copy(studio, tmp_path))
    drafted = draft_bid(ledger, LIST, production="P99", on=ON, outcomes=300)
    stored = store_drafted(ledger, drafted, actor="Mo")
    assert replace(stored, bid_id="", version_number=1) == drafted.bid
    assert bid_named(ledger, "P99") == stored
    again = store_drafted(ledger, drafted, bid_id=stored.bid_id)
    assert (again.bid_id, again.version_number) == (stored.bid_id, 2)
    with pytest.raises(InputRefused, match="has a version 2 by now"):
        store_drafted(ledger, drafted, bid_id=stored.bid_id, after_version=1)
    elsewhere = draft_bid(ledger, LIST, production="P98", on=ON, outcomes=300)
    with pytest.raises(InputRefused, match="differs from P99"):
        store_drafted(ledger, elsewhere, bid_id=stored.bid_id)


def test_the_list_of_a_stored_bid_is_bid_again_as_it_was(studio: Ledger, tmp_path: Path) -> None:
    ledger = Ledger.open(_copy(studio, tmp_path))
    stored = new_bid(ledger, LIST, production="P99", on=ON, outcomes=300)
    known = shot_list_of_bid(bid_named(ledger, stored.bid_id))
    assert known is not None
    assert (known.name, known.sha256, known.fps) == (LIST.name, LIST.sha256, LIST.fps)
    assert [replace(shot, place="") for shot in known.shots] == [replace(shot, place="") for shot in LIST.shots]
    again = new_bid(ledger, known, production="P99", on=ON, outcomes=300, store=False)
    assert (again.totals, again.shots) == (stored.totals, stored.shots)
    assert shot_list_of_bid(replace(stored, listed="")) is None


def test_sums_of_a_bid_add_up_to_it() -> None:
    bid = making_bid(40)
    kinds = kind_sums(bid)
    assert sum(each.amount or 0 for each in kinds) == bid.totals.gross
    assert [each.kind for each in kinds][-2:] == [LineKind.CONTINGENCY, LineKind.MARGIN]
    departments = department_sums(bid)
    people = next(each.amount for each in kinds if each.kind is LineKind.PEOPLE)
    assert sum(each.amount or 0 for each in departments) == people
    sequences = sequence_sums(bid)
    assert sum(each.shot_count for each in sequences) == 40
    assert sum(each.share or 0 for each in sequences) == pytest.approx(1)
    assert margin_share(bid) == Decimal("0.1")


def test_half_of_the_cost_is_the_fewest_shots_that_make_it_up() -> None:
    bid = making_bid(40)
    half = half_of_cost(bid)
    assert half is not None
    costs = {shot.code: shot.cost.mean for shot in bid.shots if shot.cost is not None}
    whole = sum(costs.values())
    assert sum(costs[code] for code in half.codes) >= whole / 2 > sum(costs[code] for code in half.codes[:-1])
    assert min(costs[code] for code in half.codes) >= max(
        cost for code, cost in costs.items() if code not in half.codes
    )


def test_what_has_no_price_is_not_summed() -> None:
    bid = making_bid(12, unpriced=("fx",))
    assert half_of_cost(bid) is None
    assert margin_share(bid) is None
    assert next(each for each in department_sums(bid) if each.department == "fx").amount is None
    assert next(each for each in kind_sums(bid) if each.kind is LineKind.PEOPLE).amount is None


def test_all_sums_at_once_tell_where_most_lines_are_paid() -> None:
    bid = making_bid(12)
    assert sums_of(bid).territory == "CA-BC"
    assert sums_of(bid).line_count == len(bid.lines)
    assert sums_of(replace(bid, lines=())).territory is None


def test_programmes_that_were_picked_are_claimed_and_the_rest_is_said() -> None:
    assumed = assumed_plan(["ca-bc"], labour_share=Decimal("0.6"))
    assert assumed is not None
    claim = assumed.plan.claim_of("P99")
    assert claim.programmes == ("ca-bc",)
    assert all(claim.requirements_met.values())
    assert "60 % of people's cost" in assumed.assumed[0]
    assert assumed_plan([]) is None
    with pytest.raises(InputRefused, match="is no programme"):
        assumed_plan(["ca-bz"])
    with pytest.raises(InputRefused, match="between 0 and 1"):
        assumed_plan(["ca-bc"], labour_share=Decimal(57))


def test_a_remark_is_told_once_with_its_shots() -> None:
    bid = making_bid(40)
    (flagged,) = flagged_shots(bid)
    assert flagged.codes == tuple(shot.code for shot in bid.shots if shot.flags)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".otio", ".json"])
def test_a_document_is_what_a_file_would_be(suffix: str, tmp_path: Path) -> None:
    bid = making_bid(6)
    write_bid(bid, tmp_path / f"bid{suffix}")
    given = bid_document(bid, suffix)
    if suffix in (".csv", ".json"):
        assert given == (tmp_path / f"bid{suffix}").read_bytes()
    else:
        assert len(given) > 1000


def _copy(ledger: Ledger, folder: Path) -> Path:
    path = folder / "studio.duckdb"
    path.write_bytes(ledger.path.read_bytes())
    return path
