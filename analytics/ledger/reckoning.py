"""Keeps what is reckoned from the facts up to date with them, and answers from it: what did each shot take?

Adding up fifteen million work entries takes many seconds, a page may take one. So the sums are made once for each
state of the facts and kept in the ledger, in tables that nobody else fills.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from analytics.ledger.answers import as_large_frame, as_rows
from analytics.ledger.ledger import Ledger
from analytics.ledger.opening import on_all_processors
from analytics.ledger.schema import shipped_migrations
from analytics.ledger.statements import give, statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pandas import DataFrame

Said = Callable[[str], None]
"""Is told, in a sentence, what lasts longer than a moment."""

_SHOTS_WORTH_ONE = 5_000
"""One shot alone takes as long as so many in one go, since either way the columns of a whole ledger are passed over."""

_ENTRIES_OF_A_MOMENT = 300_000


def reckon_shots(ledger: Ledger, said: Said | None = None) -> None:
    """Bring the table ``reckoned_shots`` up to date, unless it is.

    Parameters
    ----------
    said
        Is told once, before it begins, where the ledger is so large that it will last.

    Raises
    ------
    LedgerError
        If the ledger has to be written and cannot be.
    """
    bring_up_to_date(ledger, _SHOTS, _reckon, said)


def slate_shots(
    ledger: Ledger,
    *,
    production_ids: Sequence[str] | None = None,
    with_synthetic: bool = False,
    said: Said | None = None,
) -> "DataFrame":
    """What each shot took, one row a shot; see ``questions/slate_shots.sql``.

    Demonstration shots are left out while the ledger also holds real ones, unless asked for.

    Raises
    ------
    LedgerError
        If the ledger cannot be read, or has to be reckoned and cannot be written.
    """
    reckon_shots(ledger, said)
    asked = statement("questions", "slate_shots")
    chosen = None if production_ids is None else list(production_ids)
    with ledger.reading() as connection, _hands_for(connection):
        return as_large_frame(
            connection, asked, asked.bound({"production_ids": chosen, "with_synthetic": with_synthetic})
        )


def bring_up_to_date(
    ledger: Ledger,
    name: str,
    reckon: "Callable[[DuckDBPyConnection, Sequence[str] | None], None]",
    said: Said | None = None,
) -> None:
    """Run a reckoning if facts changed since it last ran, in one transaction with the record that it did.

    Parameters
    ----------
    name
        Under which the ledger remembers it. Change it with what is reckoned: then nothing old is taken for it.
    reckon
        Is given a connection and the shots whose facts changed since, or ``None`` for all shots.

    Raises
    ------
    LedgerError
        If the ledger has to be written and cannot be.
    """
    with ledger.reading() as connection:
        if _holds(_state(connection, name)):
            return
        if said is not None:
            _tell(connection, said)

    def action(connection: "DuckDBPyConnection") -> None:
        state = _state(connection, name)
        if _holds(state):
            return  # another process was quicker
        with _hands_for(connection):
            reckon(connection, state["changed_shot_ids"])
        give(connection, "forget_old_fact_changes")
        give(connection, "forget_reckoning", name=name)
        give(connection, "record_reckoning", name=name)

    ledger.write(action, facts=False)


def _state(connection: "DuckDBPyConnection", name: str) -> dict[str, Any]:
    asked = statement("questions", "reckoning_state")
    return as_rows(connection, asked, asked.bound({"name": name}))[0]


def _holds(state: dict[str, Any]) -> bool:
    return bool(state["change_number"] == state["reckoned_number"])


def _hands_for(connection: "DuckDBPyConnection") -> AbstractContextManager[None]:
    large = _count(connection, "work_entries") > _ENTRIES_OF_A_MOMENT
    return on_all_processors(connection) if large else nullcontext()


def _count(connection: "DuckDBPyConnection", table: str) -> int:
    ((count,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(count)


def _tell(connection: "DuckDBPyConnection", said: Said) -> None:
    entries = _count(connection, "work_entries") + _count(connection, "renders")
    if entries > _ENTRIES_OF_A_MOMENT:
        said(
            f"The facts changed: adding up {entries:,} work entries and renders "
            f"of {_count(connection, 'shots'):,} shots, once."
        )


def _reckon(connection: "DuckDBPyConnection", changed_shot_ids: Sequence[str] | None) -> None:
    # Another version's sums are overwritten here: it must not find them recorded as its own.
    give(connection, "forget_reckonings_of_shots")
    chosen: Sequence[str | None] = (None,)
    if changed_shot_ids is not None and len(changed_shot_ids) * _SHOTS_WORTH_ONE <= _count(connection, "shots"):
        chosen = changed_shot_ids
    for shot_id in chosen:
        give(connection, "forget_reckoned_shots", shot_id=shot_id)
        give(connection, "reckon_shots", shot_id=shot_id)


# A version that reckons otherwise, or from other views, does not take over what another one reckoned.
_FORMULA = hashlib.sha256(statement("commands", "reckon_shots").text.encode()).hexdigest()[:12]
_SHOTS = f"shots {len(shipped_migrations())} {_FORMULA}"
