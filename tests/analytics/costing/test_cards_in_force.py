"""What everything is priced by: the studio's own rates until somebody chooses, then what was chosen last."""

import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.costing.cards_in_force import adoptions, cards_after, cards_in_force, choose_cards, put_in_force
from analytics.costing.held_cards import held_card, held_cards, rate_lines
from analytics.costing.new_cards import RateChange, new_card
from analytics.costing.rate_choice import chosen_cards
from analytics.costing.reckoned_costs import By, cost_by, reckon_costs
from analytics.costing.repricing_preview import preview_repricing
from analytics.importers.history.importing import import_history
from analytics.ledger.backup import back_up
from analytics.ledger.ledger import Ledger
from analytics.ledger.pricing import rates_of_card
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.rate_card import RateCard
from analytics.vocabulary.workflow import Workflow

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "estimation" / "running"))
from running_ledgers import FILES, running_ledger

FROM = date(2026, 2, 15)
AT = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return running_ledger(tmp_path)


def dearer(ledger: Ledger, price: str = "140") -> RateCard:
    """All labour but effects at another price from the middle of February on."""
    change = RateChange("labour", "hour", price, "CAD", FROM, "side letter")
    return new_card(held_card(ledger, "history"), [change])


def test_until_somebody_chooses_the_studios_own_rates_come_first(ledger: Ledger) -> None:
    before = cards_in_force(ledger)
    assert before.card_ids[0] == "history"
    assert before.chosen is None
    assert "imported rates" in str(before)
    assert {card.rate_card_id for card in held_cards(ledger)} == set(before.card_ids)


def test_a_new_card_takes_the_place_of_the_old_which_stays_as_it_was(ledger: Ledger) -> None:
    old = rates_of_card(ledger, "history")
    card = dearer(ledger)
    adopted = put_in_force(ledger, card, instead_of="history", note=" side letter ", by="Rosa", at=AT)
    assert rates_of_card(ledger, "history") == old
    shipped = adopted.card_ids[1]
    assert chosen_cards(ledger) == (card.rate_card_id, shipped)
    assert (adopted.adopted_by, adopted.note, adopted.adopted_at) == ("Rosa", "side letter", AT)
    # The same choice again is no other choice; going back is one.
    put_in_force(ledger, card, instead_of=card.rate_card_id, note="again", at=AT)
    assert len(adoptions(ledger)) == 1
    choose_cards(ledger, ["history", shipped], note="withdrawn")
    assert [each.note for each in adoptions(ledger)] == ["withdrawn", "side letter"]
    assert chosen_cards(ledger) == ("history", shipped)


def test_costs_follow_the_card_in_force_from_its_day_on(ledger: Ledger) -> None:
    def people() -> Decimal | None:
        found = {row.label: row.cost for row in cost_by(ledger, reckon_costs(ledger), By.KIND, "CAD")}
        return found["people"]

    before = people()
    put_in_force(ledger, dearer(ledger), instead_of="history", note="side letter")
    after = people()
    assert before is not None
    assert after is not None
    # Only W6, 4 hours of comp on 26 February, is dated after the change and priced by plain labour.
    assert after - before == 4 * 40


def test_a_preview_is_what_comes_of_it_and_leaves_the_ledger_alone(ledger: Ledger) -> None:
    card = dearer(ledger)
    found = preview_repricing(ledger, card, instead_of="history")
    assert card.rate_card_id not in {each.rate_card_id for each in held_cards(ledger)}
    assert found.changes_anything
    (total,) = found.totals()
    assert total.difference == 160
    assert {row.workflow for row in found.by_workflow()} == {Workflow.AI, Workflow.TRADITIONAL}
    assert sum(row.difference or 0 for row in found.by_workflow()) == 160
    (production,) = found.by_production()
    assert (production.production_name, production.before, production.after) == (
        "Salt Line 1", total.before, total.after,
    )  # fmt: skip
    put_in_force(ledger, card, instead_of="history", note="side letter")
    rows = cost_by(ledger, reckon_costs(ledger), By.PRODUCTION, "CAD")
    assert rows[0].cost == production.after


def test_a_price_from_tomorrow_on_changes_nothing_yet(ledger: Ledger) -> None:
    later = RateChange("labour", "hour", "140", "CAD", date(2027, 1, 1), "side letter")
    found = preview_repricing(ledger, new_card(held_card(ledger, "history"), [later]), instead_of="history")
    assert not found.changes_anything
    assert found.last_fact_on == date(2026, 3, 3)


def test_prices_imported_later_are_told_and_not_lost_silently(ledger: Ledger, tmp_path: Path) -> None:
    put_in_force(ledger, dearer(ledger), instead_of="history", note="side letter")
    assert cards_in_force(ledger).left_behind == ()
    folder = tmp_path / "more"
    folder.mkdir()
    for name in ("productions", "shots", "rates"):
        more = "labour:roto,hour,80,CAD,2026-01-01,studio\n" if name == "rates" else ""
        (folder / f"{name}.csv").write_text(FILES[name] + more, encoding="utf-8")
    import_history(ledger, folder)
    assert [rate.resource for rate in cards_in_force(ledger).left_behind] == ["labour:roto"]


def test_a_backup_takes_the_choice_along(ledger: Ledger, tmp_path: Path) -> None:
    put_in_force(ledger, dearer(ledger), instead_of="history", note="side letter")
    copy = Ledger.open(back_up(ledger, tmp_path / "copy.duckdb"))
    assert adoptions(copy) == adoptions(ledger)


def test_what_cannot_be_is_refused(ledger: Ledger) -> None:
    card = dearer(ledger)
    with pytest.raises(InputRefused, match="why"):
        put_in_force(ledger, card, instead_of="history", note=" ")
    with pytest.raises(InputRefused, match="is not in force"):
        put_in_force(ledger, card, instead_of="another", note="x")
    with pytest.raises(InputRefused, match="is no card of this ledger"):
        choose_cards(ledger, ["another"], note="x")
    with pytest.raises(InputRefused, match="there are none"):
        choose_cards(ledger, [], note="x")
    assert adoptions(ledger) == ()
    assert cards_after(("a", "b"), "c", None) == ("c", "a", "b")


def test_a_line_of_a_card_has_its_prices_in_order(ledger: Ledger) -> None:
    put_in_force(ledger, dearer(ledger), instead_of="history", note="side letter")
    rates = rates_of_card(ledger, chosen_cards(ledger)[0])
    before, after = (
        next(line for line in rate_lines(rates, on) if line.resource == "labour") for on in (date(2026, 2, 14), FROM)
    )
    assert before.now is not None
    assert after.now is not None
    assert (before.now.price, [each.price for each in before.later]) == (100, [140])
    assert (after.now.price, [each.price for each in after.earlier]) == (140, [100])
