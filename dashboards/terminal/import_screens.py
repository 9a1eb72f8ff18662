"""Imports on the terminal: what one would change, which there were, what taking one back did."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analytics.ledger.staging.row_words import table_words
from dashboards.terminal.listings import NOTHING, plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from analytics.ledger.staging.batches import ImportBatch
    from analytics.ledger.staging.previewing import ImportPreview
    from analytics.ledger.staging.undoing import Undone


def preview_screen(preview: "ImportPreview") -> "RenderableType":
    """What an import would change, table by table, with the first examples of each changed column."""
    from rich.console import Group
    from rich.text import Text

    if preview.imported_at is not None:
        when = f"{preview.imported_at:%Y-%m-%d %H:%M} UTC"
        return Text(f"These very files were imported on {when}: importing them again changes nothing.")
    if preview.changes_nothing:
        return Text(f"The ledger says all of these {preview.row_count:,} rows already: an import would change nothing.")
    table = _table("Table", ">New", ">Changed", ">Unchanged", ">Gone")
    for each in preview.tables:
        counts = each.counts
        numbers = (counts.new_count, counts.changed_count, counts.unchanged_count, counts.gone_count)
        table.add_row(*plain(table_words(each.table), *(f"{number:,}" if number else NOTHING for number in numbers)))
    changes = [
        Text(
            f"{table_words(each.table)}, {change.column}: {change.row_count:,} changed, such as "
            + "; ".join(f"{cell.row}: {cell.before or 'empty'} → {cell.after or 'empty'}" for cell in change.examples)
        )
        for each in preview.tables
        for change in each.columns
    ]
    amounts = [
        Text(f"{amount.column.replace('_', ' ')}: {amount.before:,.2f} → {amount.after:,.2f} {amount.unit}")
        for each in preview.tables
        for amount in each.amounts
        if amount.change
    ]
    return Group(table, *changes, *amounts, Text("Nothing was written."))


def imports_table(batches: "Iterable[ImportBatch]") -> "RenderableType":
    """Imports, the last first; one sentence where there were none."""
    from rich.text import Text

    table = _table("Import, and where it came from", "When", ">New", ">Changed", ">Unchanged")
    for batch in batches:
        state = f"\ntaken back {batch.undone_at:%Y-%m-%d %H:%M}" if batch.undone_at else ""
        who = f" by {batch.imported_by}" if batch.imported_by else ""
        counts = (batch.new_count, batch.changed_count, batch.unchanged_count)
        told = [f"{count:,}" if batch.is_counted else NOTHING for count in counts]
        when = f"{batch.imported_at:%Y-%m-%d %H:%M} UTC{state}"
        table.add_row(*plain(f"{batch.import_batch_id}\n{batch.source}{who}", when, *told))
    if not table.row_count:
        return Text("Nothing was imported into this ledger yet: shotledger import history DIR")
    return table


def undone_table(tables: "Iterable[Undone]") -> "Table":
    """Rows that go, and rows that come back."""
    table = _table("Table", ">Taken out", ">Put back")
    for each in tables:
        numbers = (each.removed_count, each.restored_count)
        table.add_row(*plain(table_words(each.table), *(f"{number:,}" if number else NOTHING for number in numbers)))
    return table


def _table(*headings: str) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in headings:
        table.add_column(heading.lstrip(">"), justify="right" if heading.startswith(">") else "left", overflow="fold")
    return table
