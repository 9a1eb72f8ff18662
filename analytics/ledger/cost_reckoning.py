"""Keeps what facts cost by a rate card up to date with the facts, and says what could not be priced.

The facts stay as they are; what is kept here can be dropped at any time and is made again.
"""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analytics.ledger.fact_changes import change_number
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import Said, bring_up_to_date, reckon_shots
from analytics.ledger.statements import give, statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_STEPS = (
    "reckon_prices",
    "reckon_cost_groups",
    "reckon_costs",
    "reckon_monthly_costs",
    "reckon_shared_costs",
    "reckon_sequence_costs",
    "reckon_production_costs",
    "reckon_shot_costs",
    "reckon_missing_prices",
)
_TABLES = (
    "reckoned_prices",
    "reckoned_cost_groups",
    "reckoned_costs",
    "reckoned_sequence_costs",
    "reckoned_production_costs",
    "reckoned_monthly_costs",
    "reckoned_shot_costs",
    "reckoned_missing_prices",
)
_CARDS_KEPT = 3
"""Costs by so many cards are kept at a time: two to compare, and the one that is always asked for."""

# A version that reckons otherwise does not take over what another one reckoned.
_VERSION = hashlib.sha256(
    "".join(statement("commands", step).text for step in ("reckon_shot_numbers", *_STEPS)).encode()
).hexdigest()[:12]
_PREFIX = "costs "


def reckon_costs_by(ledger: Ledger, card_ids: Sequence[str], said: Said | None = None) -> str:
    """Bring the costs by some cards up to date, unless they are.

    Parameters
    ----------
    card_ids
        Recorded rate cards; a later one prices only what the earlier ones have no rate for on any day.
    said
        Is told once, before it begins, where the ledger is so large that it will last.

    Returns
    -------
    str
        What the costs are kept under: the ids of the cards with a plus between them.

    Raises
    ------
    LedgerError
        If the ledger has to be written and cannot be.
    """
    reckoned_under = "+".join(card_ids)

    def reckon(connection: "DuckDBPyConnection", changed_shot_ids: Sequence[str] | None) -> None:
        if not _forget_others(connection, reckoned_under):
            give(connection, "forget_shot_numbers")
            give(connection, "reckon_shot_numbers")
        for step in _STEPS:
            more = {"card_ids": list(card_ids)} if step == "reckon_prices" else {}
            give(connection, step, rate_card_id=reckoned_under, **more)

    reckon_shots(ledger, said)
    bring_up_to_date(ledger, f"{_PREFIX}{_VERSION} {reckoned_under}", reckon, said)
    return reckoned_under


def _forget_others(connection: "DuckDBPyConnection", reckoned_under: str) -> bool:
    """Take away this card's costs, those that no longer hold, and the oldest where there are too many. Are any left?"""
    rows = connection.execute(
        "SELECT name, change_number FROM reckonings WHERE starts_with(name, ?) ORDER BY reckoned_at DESC", [_PREFIX]
    ).fetchall()
    now = change_number(connection)
    names = [name for name, number in rows if number == now and name.startswith(f"{_PREFIX}{_VERSION} ")]
    kept = [name for name in names if name.split(" ", 2)[2] != reckoned_under][: _CARDS_KEPT - 1]
    for name, _ in rows:
        if name not in kept:
            give(connection, "forget_reckoning", name=name)
    for table in _TABLES:
        connection.execute(
            f"DELETE FROM {table} WHERE rate_card_id NOT IN (SELECT unnest(?))",
            [[name.split(" ", 2)[2] for name in kept] or [""]],
        )
    return bool(kept)
