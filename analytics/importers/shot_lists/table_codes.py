"""What the shots of a table are called, and which sequence each belongs to."""

import re
from collections.abc import Mapping

from analytics.importers.shot_lists.findings import Findings, some
from analytics.importers.shot_lists.sheet import SheetRow
from analytics.importers.shot_lists.table_columns import Table

_LONGEST_CODE = 100
_PARTS = re.compile(r"[_-]")


def sequences_of(table: Table, findings: Findings) -> dict[int, str]:
    """The sequence of each row; under one that is named, rows without are its own, as merged cells are exported."""
    column = table.column("sequence")
    if column is None:
        return {}
    written = {row.number: column.text(row) for row in table.rows}
    merged = sum((number, column.heading.column) in table.sheet.filled_down for number in written)
    if merged:
        findings.remark(
            table.sheet.name,
            column.name,
            f"is merged over rows: {merged:,} shots got the sequence of their block",
            "unmerge the cells if that is wrong",
        )
    if table.rows and written[table.rows[0].number] and not all(written.values()):
        filled, last = 0, ""
        for number, text in written.items():
            filled += not text
            last = text or last
            written[number] = last
        findings.remark(
            table.sheet.name,
            column.name,
            f"is empty for {filled:,} shots: they were counted to the sequence "
            "above them, as merged cells are exported",
            "fill it in if that is wrong",
        )
    return {number: text for number, text in written.items() if text}


def codes_of(table: Table, sequences: Mapping[int, str], findings: Findings) -> dict[int, str]:
    """The code of each row: with episode and sequence before it where trackers number shots anew in each."""
    (column,), episode = table.all_of("code"), table.column("episode")
    written = {row.number: column.text(row) for row in table.rows}
    for row in table.rows:
        code = written[row.number]
        if not code:
            findings.refuse(column.place(row), None, "names no shot", "give its code, or take the row out")
        elif len(code) > _LONGEST_CODE:
            findings.refuse(
                column.place(row), f"{code[:40]}…", f"is longer than {_LONGEST_CODE} characters", "give the shot's code"
            )
    twice = _repeated(table, written)
    # A code that holds its sequence already is one shot, whatever stands beside it.
    if twice and not any(len(_PARTS.split(code)) > 2 for code in twice):
        full = {
            row.number: "_".join(
                part
                for part in (episode.text(row) if episode else "", sequences.get(row.number, ""), written[row.number])
                if part
            )
            for row in table.rows
        }
        if not _repeated(table, full):
            findings.remark(
                table.sheet.name,
                some(written[those[0].number] for those in twice.values()),
                "is a code of several sequences: every shot was named with its sequence before its code",
                "give every shot a code of its own",
            )
            return full
    for first, *others in twice.values():
        for row in others:
            alike = "" if written[row.number] == written[first.number] else f" as {written[first.number]}"
            findings.refuse(
                column.place(row),
                written[row.number],
                f"stands at {column.place(first)} too{alike}",
                "give every shot a code of its own",
            )
    return written


def _repeated(table: Table, codes: Mapping[int, str]) -> dict[str, list[SheetRow]]:
    """Rows that share a code, whatever its capital letters."""
    same: dict[str, list[SheetRow]] = {}
    for row in table.rows:
        if code := codes[row.number].strip().casefold():
            same.setdefault(code, []).append(row)
    return {code: rows for code, rows in same.items() if len(rows) > 1}
