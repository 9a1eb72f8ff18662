"""Which shot a person means who names one."""

from typing import Any

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused


def shot_named(ledger: Ledger, name: str) -> dict[str, Any]:
    """The row of ``questions/shots_named.sql`` for a shot's id, or for its code where only one shot has it.

    Raises
    ------
    InputRefused
        If there is no such shot, or its code is ambiguous.
    """
    found = ledger.ask_rows("shots_named", name=name)
    exact = [shot for shot in found if shot["shot_id"] == name]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise InputRefused("shot", name, "is not in this ledger", render_it_first(name.rpartition("/")[2]))
    ids = ", ".join(str(shot["shot_id"]) for shot in found[:10])
    raise InputRefused("shot", name, f"is the code of {len(found)} shots", f"name one by its id: {ids}")


def render_it_first(code: str) -> str:
    """What to do where a shot has nothing to be asked about."""
    return f"render it first: shotledger render {code} --workflow both"
