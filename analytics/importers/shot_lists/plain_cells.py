"""Text that a spreadsheet must not run: marked with an apostrophe in CSV on its way out, and unmarked on its way in."""

import re

_RUNS = re.compile(r"'*[=+\-@\t\r]")


def as_plain_cell(text: str) -> str:
    """Text for a CSV cell: what a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{text}" if _RUNS.match(text) else text


def as_written(cell: str) -> str:
    """The text that `as_plain_cell` marked."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell


def starts_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet would run it."""
    return text.startswith(("=", "+", "-", "@", "\t", "\r"))
