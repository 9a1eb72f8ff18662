"""A rate card is read strictly: what is wrong is said all at once, and another content is another card."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.costing.rate_cards import default_rate_card_path, load_rate_card
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin

HEAD = 'name = "studio"\ncurrency = "USD"\n'
RATE = """
[[rate]]
resource = "labour"
unit = "hour"
price = "110.00"
valid_from = 2024-05-01
source = "agreed with the studio on 2024-04-20"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "card.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(InputRefused) as refused:
        load_rate_card(written(folder, text))
    return str(refused.value)


def test_the_shipped_card_prices_people_and_both_kinds_of_machine() -> None:
    card = load_rate_card(default_rate_card_path())
    assert {"labour", "machine:cpu", "machine:gpu"} <= {rate.resource for rate in card.rates}
    assert all(rate.source and rate.currency == "USD" for rate in card.rates)


def test_a_rate_keeps_what_was_written(tmp_path: Path) -> None:
    dated = RATE + 'valid_to = 2025-01-01\nterritory = "CA-QC"\nvendor = "north"\norigin = "imported"\n'
    (rate,) = load_rate_card(written(tmp_path, HEAD + dated)).rates
    assert (rate.price, rate.valid_from, rate.valid_to) == (Decimal("110.00"), date(2024, 5, 1), date(2025, 1, 1))
    assert (rate.territory, rate.vendor, rate.origin) == ("CA-QC", "north", Origin.IMPORTED)


def test_a_price_somebody_chose_is_assumed_unless_the_card_says_otherwise(tmp_path: Path) -> None:
    assert load_rate_card(written(tmp_path, HEAD + RATE)).rates[0].origin is Origin.ASSUMED


def test_another_content_is_another_card(tmp_path: Path) -> None:
    first = load_rate_card(written(tmp_path, HEAD + RATE))
    same = load_rate_card(written(tmp_path, "# a remark\n" + HEAD + RATE.replace("110.00", "110.0")))
    dearer = load_rate_card(written(tmp_path, HEAD + RATE.replace("110.00", "110.01")))
    other_word = load_rate_card(written(tmp_path, HEAD + RATE.replace("04-20", "04-21")))
    assert first.rate_card_id == same.rate_card_id
    assert len({first.rate_card_id, dearer.rate_card_id, other_word.rate_card_id}) == 3
    assert first.rate_card_id.startswith("studio-")


@pytest.mark.parametrize(
    ("original", "instead", "said"),
    [
        ('price = "110.00"', "price = 110.00", 'Quote it: price = "110.00"'),
        ('price = "110.00"', "price = 110", 'Quote it: price = "110"'),
        ('price = "110.00"', 'price = "a lot"', "is not a decimal price"),
        ('price = "110.00"', 'price = "-1"', "is not a decimal price"),
        ('price = "110.00"', 'price = "1e3"', "is not a decimal price"),
        ('price = "110.00"', 'price = "0.00000001"', "6 after it"),
        ('price = "110.00"', "", "a rate needs a price"),
        ('unit = "hour"', 'unit = "fortnight"', "is no unit"),
        ('unit = "hour"', 'unit = "core_hour"', "cannot price labour"),
        ('source = "agreed with the studio on 2024-04-20"', "", "rumour"),
        ('source = "agreed with the studio on 2024-04-20"', 'source = " "', "rumour"),
        ("valid_from = 2024-05-01", 'valid_from = "2024-05-01"', "is not a date"),
        ("valid_from = 2024-05-01", "valid_from = 2024-05-01T08:00:00", "is not a date"),
        ("valid_from = 2024-05-01", "", "needs the first day"),
        ("valid_from = 2024-05-01", "valid_from = 2024-05-01\nvalid_to = 2024-05-01", "must come after"),
        ("valid_from = 2024-05-01", 'valid_from = 2024-05-01\ncurrency = "EUR"', "one card holds one currency"),
        ("valid_from = 2024-05-01", 'valid_from = 2024-05-01\norigin = "hearsay"', "is no origin"),
        ("valid_from = 2024-05-01", "valid_from = 2024-05-01\nvalid_until = 2025-01-01", "is no field of a rate card"),
        ('resource = "labour"', 'resource = "Labour Comp"', "from general to particular"),
        ('resource = "labour"', "", "needs the resource"),
    ],
)
def test_an_unusable_rate_is_refused_with_its_number(tmp_path: Path, original: str, instead: str, said: str) -> None:
    message = refusal(tmp_path, HEAD + RATE.replace(original, instead))
    assert said in message
    assert "card.toml: rate 1" in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "is not TOML"),
        (HEAD, "there are no rates"),
        (HEAD.replace("USD", "dollars") + RATE, "ISO 4217"),
        (HEAD.replace("studio", "my card") + RATE, "name"),
        ('currency = "USD"\n' + RATE, "needs a name"),
    ],
)
def test_an_unusable_card_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in refusal(tmp_path, text)


def test_a_card_that_is_not_there_is_refused_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"nowhere\.toml"):
        load_rate_card(tmp_path / "nowhere.toml")


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        load_rate_card(written(tmp_path, HEAD + RATE.replace('"110.00"', "1.5") + RATE.replace('"hour"', '"mile"')))
    assert [problem.place.rpartition(": ")[0][-16:] for problem in refused.value.problems] == [
        " rate 1 (labour)",
        " rate 2 (labour)",
    ]


def test_two_prices_of_one_thing_on_one_day_are_refused(tmp_path: Path) -> None:
    later = RATE.replace("2024-05-01", "2025-05-01")
    message = refusal(tmp_path, HEAD + later + RATE)
    assert "overlaps rate 2" in message
    assert "valid_to = 2025-05-01" in message


def test_prices_that_follow_one_another_or_differ_in_place_do_not_overlap(tmp_path: Path) -> None:
    ended = RATE + "valid_to = 2025-05-01\n"
    later = RATE.replace("2024-05-01", "2025-05-01")
    elsewhere = RATE + 'territory = "IN"\n'
    assert len(load_rate_card(written(tmp_path, HEAD + ended + later + elsewhere)).rates) == 3
