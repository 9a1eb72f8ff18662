"""The imports of a ledger: what came in, from where, when, by whom, and what became of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analytics.ledger.ledger import Ledger
from analytics.ledger.staging.writing import Written
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin


@dataclass(frozen=True)
class ImportBatch:
    """One import.

    Attributes
    ----------
    origin
        That its rows were given; ``None`` where that was not written down.
    imported_at, undone_at
        Instants in UTC; ``undone_at`` is ``None`` while it holds.
    row_count
        Rows of all its files.
    is_counted
        Whether what it replaced was kept, so that it can be taken back. Imports of older versions are not.
    tables
        What became of the rows of each table, of those too that follow from others, such as machines from renders.
    """

    import_batch_id: str
    importer: str
    source: str
    origin: Origin | None
    imported_at: datetime
    imported_by: str | None
    undone_at: datetime | None
    undone_by: str | None
    row_count: int
    is_counted: bool
    tables: tuple[Written, ...]

    @property
    def new_count(self) -> int:
        """Rows that the ledger had not."""
        return sum(table.new_count for table in self.tables)

    @property
    def changed_count(self) -> int:
        """Rows that the ledger had otherwise, or that went."""
        return sum(table.changed_count + table.gone_count for table in self.tables)

    @property
    def unchanged_count(self) -> int:
        """Rows that the ledger had just so."""
        return sum(table.unchanged_count for table in self.tables)


@dataclass(frozen=True)
class ImportsInWords:
    """What the imports of a ledger come to.

    Attributes
    ----------
    holding_count, row_count
        Imports that were not taken back, and the rows of their files.
    last
        The last of them; ``None`` where there is none.
    """

    holding_count: int
    row_count: int
    last: ImportBatch | None

    @classmethod
    def of(cls, batches: Sequence[ImportBatch]) -> "ImportsInWords":
        """From the imports, the last first."""
        holding = [batch for batch in batches if batch.undone_at is None]
        return cls(
            len(holding),
            sum(batch.row_count for batch in holding),
            holding[0] if holding else None,
        )

    def __str__(self) -> str:
        if self.last is None:
            return "Nothing was imported into this ledger yet."
        day = f"{self.last.imported_at:%-d %B %Y}"
        if self.holding_count == 1:
            return f"{self.row_count:,} rows of history came in by one import, on {day}."
        return f"{self.row_count:,} rows of history came in by {self.holding_count} imports, the last on {day}."


def imports_of(ledger: Ledger) -> tuple[ImportBatch, ...]:
    """Every import, the last first; those that were taken back too."""
    return tuple(
        ImportBatch(
            **{
                **row,
                "origin": row["origin"] and Origin(row["origin"]),
                "tables": tuple(
                    Written(table.pop("table_name"), **table) for table in (dict(each) for each in row["tables"])
                ),
            }
        )
        for row in ledger.ask_rows("imports_listed")
    )


def import_named(ledger: Ledger, import_batch_id: str) -> ImportBatch:
    """The import of that id.

    Raises
    ------
    InputRefused
        If there is none.
    """
    for batch in imports_of(ledger):
        if batch.import_batch_id == import_batch_id:
            return batch
    raise InputRefused(
        "import",
        import_batch_id,
        "is not among the imports of this ledger",
        "name one that `shotledger import list` shows",
    )
