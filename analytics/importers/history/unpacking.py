"""Lays uploaded files into a folder as a history bundle: a zip of them, or the files themselves."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path, PurePosixPath

from analytics.ledger.staging.reading import SUFFIXES
from analytics.vocabulary.errors import InputRefused, Problem

MOST_BYTES = 4 * 1024**3
"""Of all files together, unpacked: a zip of a few kilobytes may hold more than a disk."""
_CHUNK_BYTES = 1024**2


def lay_out_upload(files: Iterable[tuple[str, bytes]], folder: Path, most_bytes: int = MOST_BYTES) -> tuple[str, ...]:
    """Write the tables among uploaded files into an empty folder, whatever folders they lay in inside a zip.

    Returns
    -------
    tuple of str
        The names of the files that were laid out; `importing.bundle_files` says whether they are a bundle.

    Raises
    ------
    InputRefused
        If a zip cannot be read, two files have the same name, there is no table, or they are too large: all at once.
    """
    problems: list[Problem] = []
    from_: dict[str, str] = {}
    room = most_bytes
    for upload, content in files:
        try:
            for name, place, pieces in _tables_of(upload, content):
                if name in from_:
                    mend = "take one of the two out"
                    problems.append(Problem(place, None, f"is there twice, as {from_[name]} too", mend))
                    continue
                from_[name] = place
                with (folder / name).open("wb") as target:
                    for piece in pieces:
                        room -= len(piece)
                        if room < 0:
                            raise InputRefused(
                                upload, None, f"holds more than {most_bytes / 1024**3:,.0f} GB",
                                "import it with `shotledger import history`, which reads folders of any size",
                            )  # fmt: skip
                        target.write(piece)
        except InputRefused as refused:
            problems += refused.problems
    if not from_ and not problems:
        problems.append(
            Problem("upload", None, "holds no CSV or Parquet file", "add productions.csv and shots.csv at least")
        )
    if problems:
        raise InputRefused.all_of(problems)
    return tuple(from_)


def _tables_of(upload: str, content: bytes) -> Iterable[tuple[str, str, Iterable[bytes]]]:
    """Name, place for words, and content of each table. Only the last part of a name counts: nothing lands outside."""
    if PurePosixPath(upload).suffix.lower() != ".zip":
        yield PurePosixPath(upload).name, upload, [content]
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            for entry in packed.infolist():
                path = PurePosixPath(entry.filename.replace("\\", "/"))
                # What a Mac adds of its own is no table: __MACOSX/._shots.csv.
                if entry.is_dir() or path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
                    continue
                with packed.open(entry) as opened:
                    yield path.name, f"{upload}: {entry.filename}", iter(lambda: opened.read(_CHUNK_BYTES), b"")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        # RuntimeError is what a zip with a password raises.
        raise InputRefused(
            upload, None, f"cannot be read as a zip ({error})", "pack it again, without a password"
        ) from error
