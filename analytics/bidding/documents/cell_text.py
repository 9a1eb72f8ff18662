"""Text that came from outside, made safe for spreadsheets: a name such as ``=HYPERLINK(...)`` is never a formula."""

import re

MOST_CHARACTERS = 32_767
"""That a cell of a workbook can hold."""

_STARTS_A_FORMULA = re.compile(r"[=+\-@\t\r\n|%＝＋－＠]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def starts_a_formula(text: str) -> bool:
    """Whether a spreadsheet that reads or is given this text might run it."""
    return bool(_STARTS_A_FORMULA.match(text.lstrip(" ")))


def cell_text(text: str) -> str:
    """Text as a cell of a workbook can hold it, which is told there to be text."""
    text = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def csv_text(text: str) -> str:
    """Text for a CSV file, where nothing tells text from formulas: an apostrophe in front keeps it text."""
    return f"'{text}" if starts_a_formula(text) else text
