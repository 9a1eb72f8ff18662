"""What a worksheet's file says beside its values: merged blocks, hidden rows, formulas.

Reading cell by cell keeps a sheet of any length out of memory, but the reading library then tells none of these.
"""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree


@dataclass(frozen=True)
class WorksheetMarks:
    """Rows are counted from 1, columns from 0.

    Attributes
    ----------
    merged
        Blocks as first row, first column, last row, last column.
    formulas
        Cells whose value comes from a formula.
    without_value
        Those of them that were never worked out.
    """

    merged: tuple[tuple[int, int, int, int], ...]
    hidden_rows: frozenset[int]
    formulas: frozenset[tuple[int, int]]
    without_value: frozenset[tuple[int, int]]


def marks_of_worksheet(content: bytes, index: int) -> WorksheetMarks:
    """The marks of the worksheet that stands at ``index`` in the workbook."""
    merged: list[tuple[int, int, int, int]] = []
    hidden: set[int] = set()
    formulas: set[tuple[int, int]] = set()
    without_value: set[tuple[int, int]] = set()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_path_of(archive, index)) as xml:
        row_number = 0
        for event, element in ElementTree.iterparse(xml, ("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start":
                if tag == "row":
                    row_number = int(element.get("r") or row_number + 1)
                    if element.get("hidden") in ("1", "true"):
                        hidden.add(row_number)
                continue
            if tag == "c":
                kinds = {child.tag.rpartition("}")[2]: child for child in element}
                if "f" in kinds and (reference := element.get("r")):
                    formulas.add(_cell(reference))
                    value = kinds.get("v")
                    if value is None or value.text is None:
                        without_value.add(_cell(reference))
            elif tag == "mergeCell" and ":" in (reference := element.get("ref", "")):
                first, last = (_cell(corner) for corner in reference.split(":"))
                merged.append((*first, *last))
            elif tag == "row":
                element.clear()
    return WorksheetMarks(tuple(merged), frozenset(hidden), frozenset(formulas), frozenset(without_value))


def _path_of(archive: zipfile.ZipFile, index: int) -> str:
    """The part of the archive that a worksheet lies in, as the workbook's relations say."""
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    sheets = [element for element in workbook.iter() if element.tag.rpartition("}")[2] == "sheet"]
    relation = next(
        value for key, value in sheets[index].attrib.items() if key.rpartition("}")[2] == "id" and "}" in key
    )
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = next(each.get("Target", "") for each in relations if each.get("Id") == relation)
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _cell(reference: str) -> tuple[int, int]:
    letters = "".join(letter for letter in reference if letter.isalpha())
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter.upper()) - ord("A") + 1
    return int("".join(digit for digit in reference if digit.isdigit())), column - 1
