"""The report of a running production as a file that is whole or not there."""

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.bidding.running.report_workbook import write_report
from analytics.bidding.running.running_report import RunningReport
from analytics.vocabulary.errors import InputRefused


def refuse_other_than_workbook(path: Path) -> None:
    """Tell before a report is worked out that it could not be written.

    Raises
    ------
    InputRefused
        If the name does not end in ``.xlsx``, or its folder is not there.
    """
    if path.suffix.lower() != ".xlsx":
        raise InputRefused("output", str(path), "is no workbook", "end its name in .xlsx, or take --csv or --json")
    if not path.parent.is_dir():
        raise InputRefused("output", str(path), "its folder is not there", f"make the folder {path.parent} first")
    if path.is_dir():
        raise InputRefused("output", str(path), "is a folder", "name a file in it")


def report_workbook_bytes(report: RunningReport) -> bytes:
    """The workbook for handing over without a file of one's own, such as a download."""
    with TemporaryDirectory(prefix="shotledger-report-") as folder:
        path = Path(folder) / "report.xlsx"
        write_report(report, path)
        return path.read_bytes()


def report_file_name(report: RunningReport) -> str:
    """A name that says what it is a report of and of which day; safe on every system."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "_", report.production_id).strip("._-") or "production"
    return f"cost_report_{safe}_{report.on}.xlsx"


def write_report_file(report: RunningReport, path: Path) -> None:
    """Write a report; a file of that name is replaced once all is written.

    Raises
    ------
    InputRefused
        If it cannot be written, for example because a spreadsheet has it open.
    """
    refuse_other_than_workbook(path)
    try:
        with TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}-") as folder:
            write_report(report, Path(folder) / path.name)
            os.replace(Path(folder) / path.name, path)
    except OSError as error:
        raise InputRefused(
            "output", str(path), f"cannot be written ({error.strerror or error})",
            "close it where it is open, or name a file in a folder that you may write to",
        ) from None  # fmt: skip
