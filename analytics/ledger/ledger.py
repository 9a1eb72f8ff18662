"""The ledger: opened by its path, asked questions, given commands. Holds no open file between two uses."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from analytics.ledger.building import building_site, place_new
from analytics.ledger.fact_changes import ANY_SHOT, change_number, note_change
from analytics.ledger.interruption import ctrl_c_held_back
from analytics.ledger.opening import opened
from analytics.ledger.refusals import path_refusal
from analytics.ledger.schema import is_current, migrate, missing_migrations, run_migrations, shipped_migrations
from analytics.ledger.statements import statement
from analytics.vocabulary.errors import InputRefused, LedgerError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pandas import DataFrame

Result = TypeVar("Result")

LEDGER_VARIABLE = "SHOTLEDGER_LEDGER"
WAIT_SECONDS = 10.0
_CONFLICT_TRIES = 5


@dataclass(frozen=True)
class Ledger:
    """A ledger file. Cheap to make and to pass around: each use opens the file and closes it again.

    Attributes
    ----------
    path
        The file, absolute.
    wait_seconds
        How long each use waits for other processes before it raises `LedgerLocked`.
    """

    path: Path
    wait_seconds: float = WAIT_SECONDS

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True, wait_seconds: float = WAIT_SECONDS) -> "Ledger":
        """Open a ledger, make it if it is not there, and bring its schema up to date.

        Parameters
        ----------
        path
            A file. Its folder is made if it is missing.
        create
            Whether to make a ledger that is not there; otherwise that is refused.
        wait_seconds
            How long to wait for other processes, here and in each later use.

        Raises
        ------
        LedgerLocked, LedgerTooNew, NotALedger, MigrationChanged, LedgerError
            Each says what stood at the path and what to do; a file that is no ledger is never touched.
        InputRefused
            If the path is an address that this version cannot open.
        """
        ledger = cls(absolute_path(path), wait_seconds)
        try:
            if ledger.path.is_dir():
                raise LedgerError(
                    "ledger",
                    str(ledger.path),
                    "is a folder",
                    f"name a file in it, such as {ledger.path / 'shots.duckdb'}",
                )
            present = ledger.path.exists()
        except OSError as error:
            raise path_refusal(ledger.path, error) from error
        if not present:
            if not create:
                raise LedgerError(
                    "ledger",
                    str(ledger.path),
                    "is not there",
                    "render a shot first, or name another path with --ledger",
                )
            # Several processes may make it at once: one wins, and the others use what the winner made.
            with building_site(ledger.path, wait_seconds) as site:
                place_new(site, ledger.path)
        with opened(ledger.path, writing=False, wait_seconds=wait_seconds) as connection:
            pending = missing_migrations(ledger.path, run_migrations(connection, ledger.path), shipped_migrations())
        if pending:
            with opened(ledger.path, writing=True, wait_seconds=wait_seconds) as connection:
                # Asked again: another process may have run them since.
                migrate(
                    connection,
                    missing_migrations(ledger.path, run_migrations(connection, ledger.path), shipped_migrations()),
                )
        return ledger

    @contextmanager
    def _checked_file(self, *, writing: bool) -> "Iterator[DuckDBPyConnection]":
        """The open file, asked once more whether it still is the ledger that `open` saw: half a millisecond."""
        with opened(self.path, writing=writing, wait_seconds=self.wait_seconds) as connection:
            if not is_current(connection):
                missing_migrations(self.path, run_migrations(connection, self.path), shipped_migrations())
                raise LedgerError(
                    "ledger",
                    str(self.path),
                    "has an older schema",
                    "open it with Ledger.open, which brings it up to date",
                )
            yield connection

    @contextmanager
    def reading(self) -> "Iterator[DuckDBPyConnection]":
        """A read-only connection, for the questions that this package asks in SQL of its own."""
        with self._checked_file(writing=False) as connection:
            yield connection

    def change_number(self) -> int:
        """The number of the last change of its facts: while it stays, whatever was worked out from them holds."""
        with self.reading() as connection:
            return change_number(connection)

    def write(
        self,
        action: "Callable[[DuckDBPyConnection], Result]",
        *,
        facts: bool = True,
        shot_ids: Sequence[str | None] = ANY_SHOT,
    ) -> Result:
        """Run an action in one transaction: all of it happens or nothing.

        The action may run more than once, after a conflict with another transaction, so it must do nothing but write
        to the connection it is given.

        Parameters
        ----------
        action
            What is to be written.
        facts
            Whether it may change facts; otherwise whatever was reckoned from them still holds.
        shot_ids
            The only shots whose facts it may change, where that is known: `fact_changes.NO_SHOT` for none.
        """
        import duckdb

        for tries_left in reversed(range(_CONFLICT_TRIES)):
            try:
                with ctrl_c_held_back():
                    return self._write_once(action, shot_ids if facts else ())
            except LedgerError as error:
                if not (tries_left and isinstance(error.__cause__, duckdb.TransactionException)):
                    raise
        raise AssertionError("the last try returns or raises")

    def _write_once(
        self, action: "Callable[[DuckDBPyConnection], Result]", changed_shot_ids: Sequence[str | None]
    ) -> Result:
        with self._checked_file(writing=True) as connection:
            connection.begin()
            try:
                result = action(connection)
                if changed_shot_ids:
                    note_change(connection, changed_shot_ids)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
            return result

    def ask(self, question: str, **parameters: Any) -> "DataFrame":
        """Ask ``questions/<question>.sql``; columns as its header says, decimals as `Decimal`, instants in UTC."""
        from analytics.ledger.answers import as_frame

        asked = statement("questions", question)
        with self.reading() as connection:
            return as_frame(connection, asked, asked.bound(parameters))

    def ask_rows(self, question: str, **parameters: Any) -> list[dict[str, Any]]:
        """Ask as `ask` does, for plain Python values: ``None`` for what is unknown, nested rows as lists of dicts."""
        from analytics.ledger.answers import as_rows

        asked = statement("questions", question)
        with self.reading() as connection:
            return as_rows(connection, asked, asked.bound(parameters))

    def command(self, command: str, **parameters: Any) -> None:
        """Give ``commands/<command>.sql``, in a transaction of its own."""
        given = statement("commands", command)
        self.write(lambda connection: connection.execute(given.text, given.bound(parameters)))


def absolute_path(path: str | Path) -> Path:
    """The path that a user named, made absolute.

    Raises
    ------
    InputRefused
        If it is empty or an address of a kind that this version cannot open.
    """
    written = str(path)
    scheme, colon, _ = written.partition(":")
    if colon and scheme in ("quack", "ducklake", "http", "https", "s3", "postgres", "md"):
        raise InputRefused(
            "ledger", written, f"this version opens files, not {scheme}: addresses", "name a file, such as shots.duckdb"
        )
    if not written.strip() or "\0" in written:
        raise InputRefused("ledger", written, "is not a path", "name a file, such as shots.duckdb")
    return Path(written).expanduser().absolute()
