"""A shot list with cells changed by hand: every change checked, the list then says that it was edited."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from analytics.importers.shot_lists.columns import understood
from analytics.importers.shot_lists.findings import Findings, counted, some
from analytics.importers.shot_lists.writing import shot_list_csv
from analytics.vocabulary.listed_shot import ListedShot, ShotList
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

LEFT_OUT = "left_out"
"""The field that leaves a shot out of the list."""

EDITED = ", edited"
"""Ends the name of an edited list."""

MOST_FRAMES = 100_000
"""Over an hour on screen at 24 frames a second: more is a slip of the keyboard."""

_WORDS: Mapping[str, type[ShotKind] | type[Complexity] | type[Workflow]] = {
    "kind": ShotKind,
    "complexity": Complexity,
    "workflow": Workflow,
}
_FRAMES = {"cut_frames": 1, "handle_frames": 0}


def edited_list(shot_list: ShotList, edits: Mapping[str, Mapping[str, object]]) -> ShotList:
    """The list with some cells changed, under a name and checksum of its own.

    Parameters
    ----------
    edits
        By code of a shot, what each field is to be: ``kind``, ``complexity``, ``workflow`` (a word of theirs; ``None``
        or empty: the list does not say), ``cut_frames``, ``handle_frames`` (whole numbers), `LEFT_OUT` (True).

    Raises
    ------
    InputRefused
        With every cell that cannot be used.
    """
    findings = Findings(shot_list.name)
    known = {shot.code for shot in shot_list.shots}
    for code in edits.keys() - known:
        findings.refuse(f"{shot_list.name}, shot {code}", None, "is not in the list", "read the list again")
    shots = [
        _edited(shot, edits.get(shot.code, {}), findings, f"{shot_list.name}, shot {shot.code}")
        for shot in shot_list.shots
        if not edits.get(shot.code, {}).get(LEFT_OUT)
    ]
    if not shots:
        findings.refuse(shot_list.name, None, "has every shot left out", "leave at least one in")
    findings.raise_if_any()
    if shots == list(shot_list.shots):
        return shot_list
    name = shot_list.name if shot_list.name.endswith(EDITED) else shot_list.name + EDITED
    for words in _told(shot_list, shots):
        findings.remark(shot_list.name, None, words, "compare with the list as it came")
    edited = replace(shot_list, name=name, shots=tuple(shots), remarks=(*shot_list.remarks, *findings.remarks))
    return replace(edited, sha256=hashlib.sha256(shot_list_csv(edited).encode()).hexdigest())


def _edited(shot: ListedShot, edit: Mapping[str, object], findings: Findings, place: str) -> ListedShot:
    changes: dict[str, Any] = {}
    for field, value in edit.items():
        at = f"{place}, {field.replace('_', ' ')}"
        if field in _WORDS:
            words = [each.value for each in _WORDS[field]]
            if value in (None, ""):
                changes[field] = None
            elif value in words:
                changes[field] = _WORDS[field](value)
            else:
                findings.refuse(at, value, "is none of the words there are", f"use one of: {', '.join(words)}")
        elif field in _FRAMES:
            least = _FRAMES[field]
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MOST_FRAMES:
                findings.refuse(
                    at, value, f"is no whole number of frames from {least} to {MOST_FRAMES:,}", "count the frames"
                )
            else:
                changes[field] = value
        elif field != LEFT_OUT:
            findings.refuse(at, value, "is no column that can be edited", "change it in the list itself")
    # A word that the list's reader did not understand would else come back in the edited cell's column.
    beside = {name: text for name, text in shot.attributes.items() if understood(0, name).said not in changes}
    return replace(shot, **changes, attributes=beside)


def _told(before: ShotList, shots: list[ListedShot]) -> Iterator[str]:
    after = {shot.code: shot for shot in shots}
    out = [shot.code for shot in before.shots if shot.code not in after]
    if out:
        yield f"{counted(len(out), 'shot')} left out by hand: {some(out)}"
    for field in (*_WORDS, *_FRAMES):
        changed = [
            shot.code
            for shot in before.shots
            if shot.code in after and getattr(after[shot.code], field) != getattr(shot, field)
        ]
        if changed:
            yield f"{field.replace('_', ' ')} of {counted(len(changed), 'shot')} set by hand: {some(changed)}"
