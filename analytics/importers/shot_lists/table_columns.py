"""A sheet whose header was understood: its columns by what they say, and the rows that are shots."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analytics.importers.shot_lists.columns import MEASURES, Heading
from analytics.importers.shot_lists.plain_cells import as_written
from analytics.importers.shot_lists.sheet import Sheet, SheetRow


@dataclass(frozen=True)
class Column:
    """One column that is read."""

    heading: Heading
    sheet: Sheet

    @property
    def name(self) -> str:
        """Its heading as written, or its number where it has none."""
        return self.heading.text.strip() or f"column {self.heading.column + 1}"

    def text(self, row: SheetRow) -> str:
        """What stands there, without spaces around it."""
        index = self.heading.column
        # Under a merged block a cell may keep a text that nobody sees.
        written = self.sheet.filled_down.get((row.number, index)) or row.cell(index)
        return as_written(written.strip(" \u00a0\u200b\ufeff\n"))

    def place(self, row: SheetRow) -> str:
        """Where it stands."""
        return self.sheet.cell_place(row.number, self.heading.column, self.name)


@dataclass(frozen=True)
class Table:
    """Columns and rows of one list.

    Attributes
    ----------
    rows
        Of shots only: titles, sums and what was omitted are no longer among them.
    """

    sheet: Sheet
    headings: Sequence[Heading]
    rows: Sequence[SheetRow]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column with a heading."""
        return tuple(Column(heading, self.sheet) for heading in self.headings)

    @cached_property
    def _by_meaning(self) -> dict[str | None, tuple[Column, ...]]:
        said = {column.heading.said for column in self.columns}
        return {
            each: tuple(
                sorted((column for column in self.columns if column.heading.said == each), key=lambda c: c.heading.rank)
            )
            for each in said
        }

    def all_of(self, said: str | None) -> tuple[Column, ...]:
        """The columns that say something, the one most meant for it first."""
        return self._by_meaning.get(said, ())

    def column(self, said: str) -> Column | None:
        """The column that says something, if there is one."""
        return next(iter(self.all_of(said)), None)

    @property
    def measures(self) -> list[Column]:
        """The columns that say how long a shot is, or where it begins and ends."""
        return [column for column in self.columns if column.heading.said in MEASURES]

    def with_rows(self, rows: Sequence[SheetRow]) -> "Table":
        """The same columns over other rows."""
        return replace(self, rows=rows)
