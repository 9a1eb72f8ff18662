"""A list of shots holds those that were asked for, in the order wanted, and its sums are of all of them."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.costing.reckoned_costs import reckon_costs, report_currency, shot_costs
from analytics.demo_catalog.catalog import make_catalog
from analytics.importers.history.importing import import_history
from analytics.ledger.found_shots import (
    FoundShot,
    ShotSearch,
    SortedBy,
    Standing,
    Way,
    find_shots,
    productions_to_choose,
)
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import reckon_shots, slate_shots
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.shot import ShotKind


class Slate:
    """A drawn slate in a ledger, with what other questions say of each of its shots."""

    def __init__(self, folder: Path) -> None:
        make_catalog(folder / "bundle", shot_count=400, seed=11)
        self.ledger = Ledger.open(folder / "slate.duckdb")
        import_history(self.ledger, folder / "bundle", Origin.SYNTHETIC)
        self.reckoning = reckon_costs(self.ledger)
        self.currency = report_currency(self.ledger)
        costs = shot_costs(self.ledger, self.reckoning, self.currency)
        self.costs = dict(zip(costs["shot_id"], costs["known_cost"], strict=True))
        self.unpriced = set(costs["shot_id"][costs["missing_count"] > 0])
        self.rows = slate_shots(self.ledger).to_dict("records")
        self.descriptions = {
            row["shot_id"]: row["description"] or ""
            for row in self.ledger.ask_rows("shot_descriptions", production_ids=None)
        }
        known: dict[str, date] = {}
        for row in self.rows:
            for day in (row["last_fact_on"], row["final_on"]):
                if day == day and (row["production_id"] not in known or day > known[row["production_id"]]):
                    known[row["production_id"]] = day
        self.known = known

    def standing(self, row: dict[str, object]) -> Standing:
        if row["status"] != "open":
            return Standing(str(row["status"]))
        due, known = row["due_on"], self.known.get(str(row["production_id"]))
        if due == due and known is not None and due < known:  # type: ignore[operator]
            return Standing.LATE
        return Standing.NOT_STARTED if row["first_fact_on"] != row["first_fact_on"] else Standing.IN_WORK

    def asked_for(self, search: ShotSearch) -> set[str]:
        """The shots that a search means, in plain Python."""
        words = search.words.strip().lower()

        def ways(row: dict[str, object]) -> set[Way]:
            found = {Way(str(row["arm"])) if isinstance(row["arm"], str) else Way.NOT_GIVEN}
            return (
                found
                | ({Way.FELL_BACK} if row["fell_back"] else set())
                | ({Way.BOTH_WAYS} if row["made_both_ways"] else set())
            )

        return {
            row["shot_id"]
            for row in self.rows
            if (not search.production_ids or row["production_id"] in search.production_ids)
            and (not search.kinds or row["kind"] in search.kinds)
            and (not search.ways or ways(row) & set(search.ways))
            and (not search.standings or self.standing(row) in search.standings)
            and any(
                words in text.lower()
                for text in (row["shot_id"], row["code"], row["sequence"], self.descriptions.get(row["shot_id"], ""))
            )
        }


@pytest.fixture(scope="module")
def slate(tmp_path_factory: pytest.TempPathFactory) -> Slate:
    return Slate(tmp_path_factory.mktemp("slate"))


def all_found(slate: Slate, search: ShotSearch) -> tuple[FoundShot, ...]:
    found: list[FoundShot] = []
    for page in range(1, 100):
        answer = find_shots(
            slate.ledger,
            ShotSearch(**{**search.__dict__, "page": page, "page_rows": 90}),
            rate_card_id=slate.reckoning.rate_card_id,
            currency=slate.currency,
        )
        found += answer.shots
        if page == answer.page_count:
            return tuple(found)
    raise AssertionError("the pages have no end")


def sort_value(shot: FoundShot, by: SortedBy) -> object:
    order = [Standing.LATE, Standing.IN_WORK, Standing.NOT_STARTED, Standing.FINAL, Standing.OMITTED]
    return {
        SortedBy.CODE: shot.code,
        SortedBy.PRODUCTION: shot.production_name,
        SortedBy.SEQUENCE: shot.sequence,
        SortedBy.KIND: shot.kind,
        SortedBy.WAY: shot.arm,
        SortedBy.STATUS: order.index(shot.status),
        SortedBy.TURNOVER_ON: shot.turnover_on,
        SortedBy.DUE_ON: shot.due_on,
        SortedBy.FINAL_ON: shot.final_on,
        SortedBy.DAYS_LATE: shot.days_late,
        SortedBy.DAYS: shot.calendar_days,
        SortedBy.FRAMES: shot.cut_frames,
        SortedBy.VERSIONS: shot.versions,
        SortedBy.RETAKES: shot.retake_count,
        SortedBy.PEOPLE_HOURS: shot.people_hours,
        SortedBy.COST: shot.cost,
    }[by]


searches = st.builds(
    ShotSearch,
    kinds=st.lists(st.sampled_from(ShotKind), max_size=3, unique=True).map(tuple),
    ways=st.lists(st.sampled_from(Way), max_size=2, unique=True).map(tuple),
    standings=st.lists(st.sampled_from(Standing), max_size=2, unique=True).map(tuple),
    words=st.sampled_from(["", "", "SHADOW", "_010_", "off the", "no such words at all"]),
    sorted_by=st.sampled_from(SortedBy),
    downwards=st.booleans(),
)


@given(search=searches)
@settings(max_examples=60)
def test_the_pages_hold_what_was_asked_for_in_order_and_the_sums_are_of_all(slate: Slate, search: ShotSearch) -> None:
    shots = all_found(slate, search)
    ids = [shot.shot_id for shot in shots]
    assert len(ids) == len(set(ids))
    assert set(ids) == slate.asked_for(search)

    values = [sort_value(shot, search.sorted_by) for shot in shots]
    known = [value for value in values if value is not None]
    assert values[: len(known)] == known, "what is unknown stands last"
    assert known == sorted(known, reverse=search.downwards)  # type: ignore[type-var]

    sums = find_shots(slate.ledger, search, rate_card_id=slate.reckoning.rate_card_id, currency=slate.currency)
    assert sums.shot_count == len(shots)
    assert {key: count for key, count in sums.standings.items() if count} == Counter(shot.status for shot in shots)
    assert sums.people_hours == pytest.approx(sum(shot.people_hours or 0 for shot in shots))
    assert sums.cut_seconds == pytest.approx(sum(shot.cut_seconds or 0 for shot in shots))
    assert sums.fell_back_count == sum(shot.fell_back for shot in shots)
    assert sums.origins == Counter(shot.weakest_origin for shot in shots)
    costs = [shot.cost for shot in shots if shot.cost is not None]
    assert sums.costed_count == len(costs)
    assert sums.unpriced_count == len(set(ids) & slate.unpriced)
    assert abs((sums.cost or 0) - sum(costs, Decimal(0))) < Decimal("0.001")
    for shot in shots:
        if shot.cost is not None:
            assert shot.cost == slate.costs[shot.shot_id]


def test_without_a_rate_card_no_cost_is_told(slate: Slate) -> None:
    found = find_shots(slate.ledger, ShotSearch())
    assert found.currency is None
    assert found.cost is None
    assert all(shot.cost is None and shot.missing_count is None for shot in found.shots)


def test_a_production_and_its_sequences_can_be_chosen(slate: Slate) -> None:
    productions = productions_to_choose(slate.ledger)
    assert sum(production.shot_count for production in productions) == len(slate.rows)
    chosen = productions[0]
    search = ShotSearch(production_ids=(chosen.production_id,), sequences=chosen.sequences[:1])
    rows = [
        row
        for row in slate.rows
        if row["production_id"] == chosen.production_id and row["sequence"] == chosen.sequences[0]
    ]
    assert {shot.shot_id for shot in all_found(slate, search)} == {row["shot_id"] for row in rows}


def test_a_page_beyond_the_last_is_empty_and_still_has_the_sums(slate: Slate) -> None:
    found = find_shots(slate.ledger, ShotSearch(page=1000))
    assert found.shots == ()
    assert found.shot_count == len(slate.rows)
    with pytest.raises(InputRefused, match="page 1"):
        find_shots(slate.ledger, ShotSearch(page=0))


def test_demonstrations_are_left_out_beside_real_shots_unless_asked_for(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "both.duckdb")
    insert = """INSERT INTO productions (production_id, name, currency, fps_numerator, fps_denominator, origin)
        VALUES ('P', 'One', 'USD', 24, 1, 'imported')"""
    shot = "INSERT INTO shots (shot_id, production_id, code, cut_frames, origin) VALUES ('{0}', 'P', '{0}', 24, '{1}')"
    for statement in (insert, shot.format("demo", "synthetic")):
        ledger.write(lambda connection, text=statement: connection.execute(text))
    reckon_shots(ledger)
    assert [found.code for found in find_shots(ledger, ShotSearch()).shots] == ["demo"]
    ledger.write(lambda connection: connection.execute(shot.format("real", "imported")))
    reckon_shots(ledger)
    assert [found.code for found in find_shots(ledger, ShotSearch()).shots] == ["real"]
    both = find_shots(ledger, ShotSearch(with_synthetic=True))
    assert [found.code for found in both.shots] == ["demo", "real"]
    assert both.origins == {Origin.IMPORTED: 1, Origin.SYNTHETIC: 1}
