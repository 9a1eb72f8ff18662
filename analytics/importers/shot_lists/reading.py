"""Reads a shot list of any format: what kind of file it is, what is in it, and everything that is wrong with it."""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from analytics.importers.shot_lists.delimited import as_text, delimited_sheet
from analytics.importers.shot_lists.findings import Findings
from analytics.importers.shot_lists.table import shots_of_table
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot, ShotList

LARGEST_FILE_BYTES = 256 * 1024 * 1024
_EDL_LINE = re.compile(r"^(?:TITLE:|FCM:|\s*\d{1,6}\s+\S.*(?:\s+\d\d[:;.,]\d\d[:;.,]\d\d[:;.,]\d\d){4})", re.MULTILINE)
_NOT_READ = {
    ".xls": "save it as .xlsx", ".ods": "save it as .xlsx or .csv", ".numbers": "export it as .xlsx or .csv",
    ".aaf": "export an EDL (CMX3600) or OTIO", ".xml": "export an EDL (CMX3600) or OTIO",
    ".fcpxml": "export an EDL (CMX3600) or OTIO", ".ale": "export a CSV or an EDL",
    ".pdf": "ask for the spreadsheet it was made from", ".otiod": "save it as .otio or .otioz",
}  # fmt: skip


def read_shot_list(
    path: Path,
    *,
    fps: FrameRate | None = None,
    default_handle_frames: int | None = None,
    sheet: str | None = None,
) -> ShotList:
    """Read a CSV, a worksheet, an OTIO timeline or an EDL.

    Parameters
    ----------
    fps
        The frame rate; needed for an EDL, which says none. A list that says another one is refused.
    default_handle_frames
        Handles at each end of shots for which the list says none.
    sheet
        The worksheet to read, where the one that fits best is not meant.

    Raises
    ------
    InputRefused
        With everything that keeps the list from being used.
    """
    return shot_list_of(path.name, _content(path), fps=fps, default_handle_frames=default_handle_frames, sheet=sheet)


def shot_list_of(
    name: str,
    content: bytes,
    *,
    fps: FrameRate | None = None,
    default_handle_frames: int | None = None,
    sheet: str | None = None,
) -> ShotList:
    """The same of a file that is at hand already, such as one that was uploaded; ``name`` is what its user calls it."""
    path = Path(name)
    if len(content) > LARGEST_FILE_BYTES:
        raise _too_large(name, len(content))
    findings = Findings(path.name)
    format = _format(path, content)
    if sheet is not None and format != "xlsx":
        raise InputRefused("--sheet", sheet, f"goes with workbooks; {path.name} is read as {format}", "leave it out")
    if default_handle_frames is not None and not 0 <= default_handle_frames <= 1000:
        raise InputRefused(
            "--handles", default_handle_frames, "lies outside 0 to 1000 frames", "give handles such as 8"
        )
    if path.suffix.casefold() in _SUFFIXES and _SUFFIXES[path.suffix.casefold()] != format:
        findings.remark(path.name, None, f"is called {path.suffix} and was read as {format}", "rename the file")
    read_at, shots = _read(path.name, content, format, findings, fps, default_handle_frames, sheet)
    findings.raise_if_any()
    return ShotList(
        path.name, format, hashlib.sha256(content).hexdigest(), read_at, tuple(shots), tuple(findings.remarks)
    )


_SUFFIXES: Mapping[str, str] = {
    ".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".otio": "otio", ".otioz": "otio", ".edl": "edl",
}  # fmt: skip


def _read(
    name: str, content: bytes, format: str, findings: Findings,
    fps: FrameRate | None, default_handle_frames: int | None, sheet: str | None,
) -> tuple[FrameRate, list[ListedShot]]:  # fmt: skip
    if format == "xlsx":
        from analytics.importers.shot_lists.workbook import workbook_sheet

        return shots_of_table(workbook_sheet(name, content, sheet, findings), findings, fps, default_handle_frames)
    if format == "otio":
        from analytics.importers.shot_lists.timeline import shots_of_timeline

        return shots_of_timeline(name, content, findings, fps, default_handle_frames)
    text = as_text(name, content, findings)
    if format == "edl":
        from analytics.importers.shot_lists.edl import shots_of_edl

        return shots_of_edl(name, text, findings, fps, default_handle_frames)
    return shots_of_table(delimited_sheet(name, text), findings, fps, default_handle_frames)


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise InputRefused(str(path), None, "is a folder", "name the file of the shot list")
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise _too_large(str(path), path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError:
        raise InputRefused(str(path), None, "there is no such file", "check the path") from None
    except OSError as bad:
        raise InputRefused(
            str(path), None, f"cannot be read: {bad.strerror}", "check the path and its rights"
        ) from None


def _too_large(place: str, size_bytes: int) -> InputRefused:
    return InputRefused(place, f"{size_bytes:,} bytes", "is too large for a shot list", "export the list alone")


def _format(path: Path, content: bytes) -> str:
    """What a file is by its content first: lists are renamed more often than converted."""
    suffix = path.suffix.casefold()
    if content.startswith(b"PK"):
        try:
            names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
        except zipfile.BadZipFile:
            raise InputRefused(
                path.name, None, "is damaged: it begins like a workbook and ends too early", "export it again"
            ) from None
        if "content.otio" in names:
            return "otio"
        if "xl/workbook.xml" in names:
            return "xlsx"
        raise InputRefused(
            path.name, None, "is an archive without a workbook or timeline in it", _NOT_READ.get(suffix, "unpack it")
        )
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        # The old format of spreadsheets, and the envelope of workbooks with a password.
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise InputRefused(path.name, None, "is locked by a password", "save it without one")
        raise InputRefused(path.name, None, "is a workbook of the old format (.xls)", "save it as .xlsx or .csv")
    if suffix in _NOT_READ:
        raise InputRefused(path.name, None, f"is of a format that is not read ({suffix})", _NOT_READ[suffix])
    beginning = content[:20_000].decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    if (beginning.startswith("{") and "OTIO_SCHEMA" in beginning) or suffix == ".otio":
        return "otio"
    if suffix == ".edl" or (suffix not in (".csv", ".tsv") and _EDL_LINE.search(beginning)):
        return "edl"
    if suffix in (".xlsx", ".xlsm"):
        raise InputRefused(path.name, None, "is no workbook", "save it as .xlsx again, or name it .csv if it is one")
    if suffix == ".otioz":
        raise InputRefused(
            path.name, None, "is no archive of a timeline", "save it again, or name it .otio if it is one"
        )
    return "csv"
