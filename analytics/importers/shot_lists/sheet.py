"""Rows of text with the places they stand at: what CSV files and worksheets have in common."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

MOST_SHOTS = 20_000
"""More rows than this are no shot list of one production; the outcomes of a bid would not fit into memory."""


@dataclass(frozen=True)
class SheetRow:
    """One row.

    Attributes
    ----------
    number
        Line of the file (its first, where a quoted cell runs over several) or row of the worksheet, from 1.
    cells
        As text; what the row lacks at its end is missing.
    """

    number: int
    cells: Sequence[str]

    def cell(self, column: int) -> str:
        """Text of a column, empty where the row is too short."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """A table before its columns are understood.

    Attributes
    ----------
    name
        The file, and the worksheet where it has several.
    cell_place
        Where row ``number`` and column ``index`` stand, as a reader would find them; the third argument is the heading.
    filled_down
        Cells, by row number and column index, that are part of a merged block and got the text of its first cell.
    formulas
        Cells whose text is the value a formula had when the file was saved.
    without_value
        Cells with a formula that was never worked out.
    is_delimited
        Whether cells are told apart by a character, which text may hold too.
    """

    name: str
    rows: Sequence[SheetRow]
    cell_place: Callable[[int, int, str], str]
    filled_down: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()
    without_value: frozenset[tuple[int, int]] = frozenset()
    is_delimited: bool = False
