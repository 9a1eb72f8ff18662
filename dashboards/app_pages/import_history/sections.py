"""HTML of the page Import: what a bundle is, what is wrong with one, what one would change, what came in before."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from analytics.ledger.staging.batches import ImportBatch
from analytics.ledger.staging.columns import Table
from analytics.ledger.staging.importing import Imported
from analytics.ledger.staging.previewing import AmountChange, CellChange, ImportPreview
from analytics.ledger.staging.row_words import row_words, table_words
from analytics.ledger.staging.undoing import UndoPlan
from analytics.ledger.staging.writing import Written
from analytics.vocabulary.errors import Problem
from dashboards.look.words import instant_words, sentence

PROBLEMS_SHOWN = 100
_PLACE = re.compile(r"(?:.*/)?(?P<file>[^/,]+\.(?:csv|parquet))(?:, (?P<line>(?:line|row) \d+))?(?:, (?P<column>.+))?")
_COLUMN_WORDS = {
    "cut_frames": "frames on screen",
    "people_hours": "people-hours",
    "wall_seconds": "machine seconds",
    "amount": "billed",
}


def bundle_card(tables: Sequence[Table], link: str) -> str:
    """The tables a bundle may hold, those that it needs in bold, and a link to empty ones."""
    items = "".join(
        f'<li class="{"needed" if table.required else ""}">{escape(table.name)}.csv</li>' for table in tables
    )
    return (
        '<section class="im-bundle"><h2>What a bundle is</h2><p>Plain tables with the names below, as CSV or Parquet. '
        "<b>Productions and shots</b> are needed; the others each add a clock or money. Columns of your own are kept."
        f"</p><ul>{items}</ul><p>{link}</p></section>"
    )


def problem_rows(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Each problem with its place taken apart, for the table and its CSV."""
    rows = []
    for problem in problems:
        found = _PLACE.fullmatch(problem.place)
        place = found.groupdict() if found else {"file": problem.place, "line": None, "column": None}
        rows.append(
            {
                "file": place["file"],
                "line": place["line"] or "",
                "column": place["column"] or "",
                "value": "" if problem.value is None else str(problem.value),
                "why": problem.why,
                "mend": problem.mend,
            }
        )
    return rows


def problem_table(rows: Sequence[Mapping[str, Any]], file_count: int) -> str:
    """What keeps an upload out, line by line, with what to do."""
    body = "".join(
        f'<tr><th scope="row">{escape(row["file"])}<small>{escape(row["line"])}</small></th>'
        f"<td>{escape(row['column']) or '–'}</td><td>{_value(row['value'])}</td><td>{escape(sentence(row['why']))}</td>"
        f"<td>{escape(sentence(row['mend']))}.</td></tr>"
        for row in rows[:PROBLEMS_SHOWN]
    )
    more = f"The first {PROBLEMS_SHOWN} are shown, the CSV has all. " if len(rows) > PROBLEMS_SHOWN else ""
    count = f"{len(rows):,} {'problem keeps' if len(rows) == 1 else 'problems keep'}"
    those = "this file" if file_count == 1 else "these files"
    heads = ("File", "Column", "Stands there", "Why not", "What to do")
    return (
        f'<section class="im-problems" role="alert"><h2>{count} {those} out</h2>'
        f"<p>Nothing was written. {more}Correct them and upload again.</p>"
        f"{_scroll('Problems of the upload', heads, body)}</section>"
    )


def nothing_words(preview: ImportPreview) -> str:
    """Said where an import would leave the ledger as it is."""
    if preview.imported_at is not None:
        words = f"These very files were imported on {instant_words(preview.imported_at)}. Once is enough."
    else:
        words = f"The ledger says all of these {preview.row_count:,} rows already."
    return _note("nothing", "Nothing would change", words)


def done_words(imported: Imported) -> str:
    """Said once an import is written."""
    if not imported.written:
        return _note("again", "Nothing was changed", "These files had come in before.")
    new = ", ".join(row_words(each.new_count, each.table) for each in imported.written if each.new_count)
    changed = ", ".join(row_words(each.changed_count, each.table) for each in imported.written if each.changed_count)
    gone = ", ".join(row_words(each.gone_count, each.table) for each in imported.written if each.gone_count)
    words = f"New: {new or 'nothing'}. Changed: {changed or 'nothing'}. No longer listed: {gone or 'nothing'}."
    return _note("done", "The history is in the ledger", words)


def _note(name: str, title: str, words: str) -> str:
    return (
        f'<section class="im-note" role="status" data-note="{name}"><h2>{escape(title)}</h2>'
        f"<p>{escape(words)}</p></section>"
    )


def count_cards(total: Written) -> str:
    """Four numbers: what an import would do to rows."""
    told = (
        ("new", total.new_count, "New rows", "the ledger has none of that id"),
        ("changed", total.changed_count, "Changed rows", "the ledger says something else"),
        ("unchanged", total.unchanged_count, "Unchanged rows", "the ledger says just that"),
        ("gone", total.gone_count, "Rows that go", "no longer in a list that comes in anew"),
    )
    items = "".join(
        f'<div data-count="{name}"><dt>{title}</dt><dd><b>{count:,}</b><small>{words}</small></dd></div>'
        for name, count, title, words in told
    )
    return f'<dl class="im-counts">{items}</dl>'


def preview_table(preview: ImportPreview) -> str:
    """Table by table what would become of rows, and what they add up to before and after."""
    body, same = "", []
    for table in preview.tables:
        counts = table.counts
        if table.changes_nothing:
            same.append(row_words(counts.unchanged_count, table.table))
            continue
        amounts = "".join(_amount(amount) for amount in table.amounts if amount.change)
        body += (
            f'<tr data-table="{escape(table.table)}"><th scope="row">{sentence(table_words(table.table))}'
            f"<small>{escape(_examples(table.new_examples))}</small></th>{_number(counts.new_count)}"
            f"{_number(counts.changed_count)}{_number(counts.unchanged_count)}{_number(counts.gone_count)}"
            f"<td>{amounts or '–'}</td></tr>"
        )
    if same:
        body += f'<tr class="im-same"><td colspan="6">Just as the ledger says: {escape(", ".join(same))}.</td></tr>'
    heads = ("Table", ">New", ">Changed", ">Unchanged", ">Gone", "Adds up to, before → after")
    return _scroll("What an import would change, by table", heads, body)


def changed_table(preview: ImportPreview) -> str:
    """Every column in which rows change, with the first of them before and after."""
    body = ""
    for table in preview.tables:
        for change in table.columns:
            examples = "".join(f"<li>{_cell(cell)}</li>" for cell in change.examples)
            body += (
                f'<tr data-column="{escape(table.table)}.{escape(change.column)}"><th scope="row">'
                f"{sentence(table_words(table.table))}<small>{escape(change.column)}</small></th>"
                f'{_number(change.row_count)}<td><ul class="im-cells">{examples}</ul></td></tr>'
            )
        if table.gone_examples:
            gone = escape(", ".join(table.gone_examples))
            body += (
                f'<tr><th scope="row">{sentence(table_words(table.table))}<small>rows that go</small></th>'
                f"{_number(table.counts.gone_count)}<td>{gone}</td></tr>"
            )
    if not body:
        return ""
    heads = ("Column that changes", ">Rows", "For instance")
    return f'<h3 class="sl-side">What changes</h3>{_scroll("Columns that change, with examples", heads, body)}'


def change_rows(preview: ImportPreview) -> list[dict[str, Any]]:
    """The preview as rows of a CSV: counts of each table, then each column that changes."""
    rows: list[dict[str, Any]] = []
    for table in preview.tables:
        counts = table.counts
        row = {
            "table": table.table,
            "column": "",
            "new": counts.new_count,
            "changed": counts.changed_count,
            "unchanged": counts.unchanged_count,
            "gone": counts.gone_count,
            "examples": ", ".join((*table.new_examples, *table.gone_examples)),
        }
        rows.append(row)
        rows += [
            row
            | {
                "column": change.column,
                "new": "",
                "changed": change.row_count,
                "unchanged": "",
                "gone": "",
                "examples": "; ".join(f"{cell.row}: {cell.before} → {cell.after}" for cell in change.examples),
            }
            for change in table.columns
        ]
    return rows


def batch_table(batches: Sequence[ImportBatch]) -> str:
    """Imports with what became of their rows, and a link to take each back."""
    body = ""
    for batch in batches:
        counts = (
            _number(batch.new_count) + _number(batch.changed_count) + _number(batch.unchanged_count)
            if batch.is_counted
            else f'<td class="num">{batch.row_count:,}</td><td class="num">not counted</td><td class="num">–</td>'
        )
        by = f" by {batch.imported_by}" if batch.imported_by else ""
        origin = "made up, " if batch.origin == "synthetic" else ""
        body += (
            f'<tr data-import="{escape(batch.import_batch_id)}" class="{"im-undone" if batch.undone_at else ""}">'
            f'<th scope="row">{escape(instant_words(batch.imported_at))}<small>{escape(origin)}{escape(batch.importer)}'
            f'{escape(by)}</small></th><td class="im-source">{escape(_source(batch.source))}<small><code>'
            f"{escape(batch.import_batch_id)}</code></small></td>{counts}<td>{_state(batch)}</td></tr>"
        )
    heads = ("When", "What came in", ">New", ">Changed or gone", ">Unchanged", "State")
    return _scroll("Imports of this ledger", heads, body)


def batch_rows(batches: Sequence[ImportBatch]) -> list[dict[str, Any]]:
    """Imports as rows of a CSV."""
    return [
        {
            "import": batch.import_batch_id,
            "imported_at": batch.imported_at.isoformat(),
            "imported_by": batch.imported_by or "",
            "source": batch.source,
            "importer": batch.importer,
            "origin": batch.origin or "",
            "rows": batch.row_count,
            "new": batch.new_count if batch.is_counted else "",
            "changed": batch.changed_count if batch.is_counted else "",
            "unchanged": batch.unchanged_count if batch.is_counted else "",
            "taken_back_at": batch.undone_at.isoformat() if batch.undone_at else "",
            "taken_back_by": batch.undone_by or "",
        }
        for batch in batches
    ]


def undo_words(batch: ImportBatch) -> str:
    """Which import it is."""
    by = f" by {batch.imported_by}" if batch.imported_by else ""
    return f"Of {instant_words(batch.imported_at)}{by}: {_source(batch.source)}, {batch.row_count:,} rows."


def obstacle_box(plan: UndoPlan) -> str:
    """Why it cannot be taken back now, with the way to what has to go first."""
    items = "".join(
        f"<li>This import {escape(problem.why)}. {escape(sentence(problem.mend))}.</li>" for problem in plan.obstacles
    )
    links = "".join(
        f'<a class="sl-button" href="?undo={quote(later)}" target="_self">Look at the later import</a>'
        for later in plan.later_ids[:1]
    )
    return (
        f'<section class="sl-problems" role="alert"><h2>It cannot be taken back now</h2><ul>{items}</ul></section>'
        f'<p class="im-way">{links}</p>'
    )


def undo_table(plan: UndoPlan) -> str:
    """Rows that would go, and rows that would come back, by table."""
    body = "".join(
        f'<tr data-table="{escape(each.table)}"><th scope="row">{sentence(table_words(each.table))}</th>'
        f"{_number(each.removed_count)}{_number(each.restored_count)}</tr>"
        for each in plan.tables
    )
    heads = ("Table", ">Taken out of the ledger", ">Put back as it was")
    return _scroll("What taking the import back would do", heads, body)


def _state(batch: ImportBatch) -> str:
    if batch.undone_at is not None:
        by = f" by {batch.undone_by}" if batch.undone_by else ""
        return f"taken back<small>{escape(instant_words(batch.undone_at))}{escape(by)}</small>"
    if not batch.is_counted:
        return "holds<small>from before undo was kept</small>"
    label = f"Take back the import of {instant_words(batch.imported_at)}"
    link = f'href="?undo={quote(batch.import_batch_id)}" target="_self" aria-label="{escape(label)}"'
    return f"holds<small><a {link}>Take back…</a></small>"


def _source(source: str) -> str:
    return source if source.startswith("uploaded: ") else PurePath(source).name or source


def _cell(cell: CellChange) -> str:
    before, after = (_value(value or "") if value else "<i>empty</i>" for value in (cell.before, cell.after))
    return f"<span>{escape(cell.row)}</span> {before} → {after}"


def _value(text: str) -> str:
    return f"<code>{escape(text)}</code>" if text else "–"


def _amount(amount: AmountChange) -> str:
    unit = "" if amount.unit in ("frames", "hours", "seconds") else f" {amount.unit}"
    words = f"{_COLUMN_WORDS.get(amount.column, amount.column)}{unit}"
    digits = 0 if amount.unit in ("frames", "seconds") else 2
    before, after = (f"{value:,.{digits}f}" for value in (amount.before, amount.after))
    change = f"{amount.change:+,.{digits}f}".replace("-", "−")
    return f'<p class="im-amount">{escape(words)} {before} → {after} <b>{change}</b></p>'


def _examples(ids: Sequence[str]) -> str:
    return f"new: {', '.join(ids)}" if ids else ""


def _number(count: int) -> str:
    return f'<td class="num">{f"{count:,}" if count else "–"}</td>'


def _scroll(label: str, heads: Sequence[str], body: str) -> str:
    head = "".join(
        f'<th scope="col"{" class=num" if name.startswith(">") else ""}>{name.lstrip(">")}</th>' for name in heads
    )
    return (
        f'<div class="sl-scroll" role="region" aria-label="{escape(label)}" tabindex="0">'
        f'<table class="sl-table im-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
