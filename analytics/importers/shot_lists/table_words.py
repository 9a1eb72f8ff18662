"""What a table says in words of its own: kinds of work, complexities, workflows, and where AI is ruled out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.importers.shot_lists.findings import Findings, some
from analytics.importers.shot_lists.table_columns import Column, Table
from analytics.importers.shot_lists.words import (
    ANY_WORKFLOW,
    complexity_of,
    complexity_scale,
    kind_of,
    plain,
    truth_of,
    workflow_of,
)
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow


@dataclass
class RowWords:
    """What one row says; words that were not understood stay in ``attributes`` under their heading."""

    kind: ShotKind | None = None
    complexity: Complexity | None = None
    workflow: Workflow | None = None
    ai_allowed: bool | None = None
    attributes: dict[str, str] = field(default_factory=dict)


def understood_words(table: Table, findings: Findings) -> Mapping[int, RowWords]:
    """The words of every row, by row number; what was guessed or not understood is told once for each word."""
    words = {row.number: RowWords() for row in table.rows}
    if column := table.column("kind"):
        _kinds(table, column, words, findings)
    if column := table.column("complexity"):
        _complexities(table, column, words, findings)
    if column := table.column("workflow"):
        _workflows(table, column, words, findings)
    for said in ("ai_allowed", "ai_forbidden"):
        if column := table.column(said):
            _permissions(table, column, words, findings, means_forbidden=said == "ai_forbidden")
    return words


def _by_text(table: Table, column: Column) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row in table.rows:
        if text := column.text(row):
            rows.setdefault(text, []).append(row.number)
    return rows


def _kinds(table: Table, column: Column, words: Mapping[int, RowWords], findings: Findings) -> None:
    for text, numbers in _by_text(table, column).items():
        found = kind_of(text)
        kind, guessed = found or (ShotKind.OTHER, False)
        for number in numbers:
            words[number].kind = kind
            if found is None or guessed:
                words[number].attributes[column.name] = text
        if found is None or guessed:
            _tell(
                table,
                findings,
                column,
                text,
                numbers,
                f"was taken for {kind}",
                f"write one of {', '.join(ShotKind)} to say it otherwise",
            )


def _complexities(table: Table, column: Column, words: Mapping[int, RowWords], findings: Findings) -> None:
    by_text = _by_text(table, column)
    grades = {text: complexity_of(text) for text in by_text}
    letters = [text for text, grade in grades.items() if grade is None and len(plain(text)) <= 2]
    scale = complexity_scale(letters)
    if scale == "ambiguous":
        findings.refuse(
            f"{table.sheet.name}, {column.name}",
            ", ".join(letters),
            "may be grades of several scales (C is the easiest of A, B, C and hard in S, M, C, H)",
            f"write {', '.join(Complexity)}",
        )
        return
    for text, numbers in by_text.items():
        grade = grades[text] or (scale or {}).get(plain(text))
        for number in numbers:
            words[number].complexity = grade
            if grade is None:
                words[number].attributes[column.name] = text
        if grade is None:
            _tell(
                table,
                findings,
                column,
                text,
                numbers,
                "is no complexity that is known: none was taken",
                f"write {', '.join(Complexity)}",
            )
    if scale:
        meant = ", ".join(f"{text} is {scale[plain(text)]}" for text in sorted(letters))
        findings.remark(
            table.sheet.name,
            column.name,
            f"was read as a scale: {meant}",
            f"write {', '.join(Complexity)} if that is wrong",
        )


def _workflows(table: Table, column: Column, words: Mapping[int, RowWords], findings: Findings) -> None:
    for text, numbers in _by_text(table, column).items():
        workflow = workflow_of(text)
        for number in numbers:
            words[number].workflow = workflow
            if workflow is None:
                words[number].attributes[column.name] = text
        if workflow is None and plain(text) not in ANY_WORKFLOW:
            _tell(
                table,
                findings,
                column,
                text,
                numbers,
                "is no workflow that is known: the shots may go to any",
                f"write {', '.join(Workflow)}, or leave it empty",
            )


def _permissions(
    table: Table, column: Column, words: Mapping[int, RowWords], findings: Findings, *, means_forbidden: bool
) -> None:
    for row in table.rows:
        if not (text := column.text(row)):
            continue
        truth = truth_of(text)
        if truth is None:
            # A guess here could break a contract with a performer.
            findings.refuse(column.place(row), text, "is neither yes nor no", "write yes, no, or leave it empty")
            continue
        allowed = truth is not means_forbidden
        words[row.number].ai_allowed = allowed
        if not allowed and words[row.number].workflow in (Workflow.AI, Workflow.HYBRID):
            findings.refuse(
                column.place(row),
                text,
                f"rules AI out while the workflow is {words[row.number].workflow}",
                "mend one of the two",
            )


def _tell(
    table: Table, findings: Findings, column: Column, text: str, numbers: list[int], what: str, mend: str
) -> None:
    rows = some([f"row {number}" if "sheet" in table.sheet.name else f"line {number}" for number in numbers], 3)
    findings.remark(f"{table.sheet.name}, {column.name}", text, f"{what} ({rows})", mend)
