"""A bid written to a file in the form that the file's name asks for."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from analytics.bidding.documents.contract_json import bid_as_contract
from analytics.bidding.documents.line_csv import bid_csv
from analytics.bidding.documents.timeline import write_otio
from analytics.bidding.documents.workbook import write_workbook
from analytics.vocabulary.bid import Bid
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.listed_shot import ShotList

FORMS = {
    ".xlsx": "a workbook with live formulas",
    ".csv": "a row a line, with account codes",
    ".otio": "a timeline whose clips carry the bid",
    ".json": "everything, for machines",
}


def refuse_unknown_form(path: Path) -> None:
    """Tell before a bid is worked out that it could not be written.

    Raises
    ------
    InputRefused
        If the suffix is none of `FORMS`, or the folder is not there.
    """
    if path.suffix.lower() not in FORMS:
        known = ", ".join(f"{suffix} ({words})" for suffix, words in FORMS.items())
        raise InputRefused("output", str(path), "has no form that a bid is written in", f"end its name in {known}")
    if not path.parent.is_dir():
        raise InputRefused("output", str(path), "its folder is not there", f"make the folder {path.parent} first")
    if path.is_dir():
        raise InputRefused("output", str(path), "is a folder", "name a file in it")


def write_bid(bid: Bid, path: Path, shot_list: ShotList | None = None) -> None:
    """Write a bid as ``.xlsx``, ``.csv``, ``.otio`` or ``.json``; a file of that name is replaced once all is written.

    Raises
    ------
    InputRefused
        If the form is not known or the file cannot be written, for example because a spreadsheet has it open.
    """
    refuse_unknown_form(path)
    write: dict[str, Callable[[Path], object]] = {
        ".xlsx": lambda to: write_workbook(bid, to),
        ".csv": lambda to: to.write_text(bid_csv(bid), encoding="utf-8-sig", newline=""),
        ".otio": lambda to: write_otio(bid, to, shot_list),
        ".json": lambda to: to.write_text(json.dumps(bid_as_contract(bid), indent=2, ensure_ascii=False) + "\n",
                                          encoding="utf-8"),
    }  # fmt: skip
    aside: Path | None = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix, delete=False) as opened:
            aside = Path(opened.name)
        write[path.suffix.lower()](aside)
        aside.chmod(0o666 & ~_umask())
        os.replace(aside, path)
    except OSError as error:
        raise InputRefused(
            "output", str(path), f"cannot be written ({error.strerror or error})",
            "close it where it is open, or name a file in a folder that you may write to",
        ) from None  # fmt: skip
    finally:
        if aside is not None:
            aside.unlink(missing_ok=True)


def bid_document(bid: Bid, suffix: str, shot_list: ShotList | None = None) -> bytes:
    """The same as bytes, for whoever sends it on instead of keeping it."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"bid{suffix}")
        write_bid(bid, path, shot_list)
        return path.read_bytes()


def _umask() -> int:
    """Of this process; it can be read only by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
