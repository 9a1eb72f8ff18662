"""Imports a history bundle, or tells what that would change: finds its files and hands them to the ledger."""

from pathlib import Path

from analytics.importers.history.contract import TABLES, VERSION
from analytics.ledger.ledger import Ledger
from analytics.ledger.staging.importing import Imported, import_tables
from analytics.ledger.staging.previewing import ImportPreview, preview_tables
from analytics.ledger.staging.reading import SUFFIXES
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.origin import Origin

IMPORTER = f"history bundle {VERSION}"


def import_history(
    ledger: Ledger,
    folder: Path,
    origin: Origin = Origin.IMPORTED,
    *,
    source: str | None = None,
    by: str | None = None,
) -> Imported:
    """Import a bundle; importing it again changes nothing, and a later state of it replaces the rows it has.

    Parameters
    ----------
    source
        Where it came from, for the record; ``None``: the folder.
    by
        The person who asked for it, for the record.

    Raises
    ------
    InputRefused
        With every problem of every file, with line and column; nothing is written then.
    LedgerError
        If the ledger cannot be written.
    """
    return import_tables(ledger, TABLES, bundle_files(folder), IMPORTER, source or str(folder.resolve()), origin, by)


def preview_history(ledger: Ledger, folder: Path, origin: Origin = Origin.IMPORTED) -> ImportPreview:
    """What `import_history` would change: rows that are new, changed with examples, the same, or gone.

    Raises
    ------
    InputRefused
        With every problem of every file, as the import itself would.
    LedgerError
        If the ledger cannot be read.
    """
    return preview_tables(ledger, TABLES, bundle_files(folder), IMPORTER, origin)


def bundle_files(folder: Path) -> dict[str, Path]:
    """The files of a bundle by table.

    Raises
    ------
    InputRefused
        If the folder is none, a file that is needed is missing, a table is there twice or a file is of no table.
    """
    if not folder.is_dir():
        raise InputRefused(
            str(folder), None, "is no folder", "name the folder that holds productions.csv and shots.csv"
        )
    problems: list[Problem] = []
    files: dict[str, Path] = {}
    for table in TABLES:
        there = [path for suffix in SUFFIXES if (path := folder / f"{table.name}{suffix}").is_file()]
        if len(there) > 1:
            problems.append(Problem(str(there[1]), None, f"is there as {there[0].name} too", "take one of the two out"))
        elif there:
            files[table.name] = there[0]
        elif table.required:
            place = str(folder / f"{table.name}.csv")
            problems.append(Problem(place, None, "is missing", "a bundle has productions and shots at least"))
    names = [table.name for table in TABLES]
    problems += [
        Problem(str(path), None, "is no file of a history bundle", f"name it as one of {', '.join(names)}")
        for path in sorted(folder.iterdir())
        if path.suffix in SUFFIXES and path.stem not in names
    ]
    if problems:
        raise InputRefused.all_of(problems)
    return files
