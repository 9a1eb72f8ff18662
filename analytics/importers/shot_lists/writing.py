"""Writes a shot list as CSV that reads back as the same list."""

import csv
import io

from analytics.importers.shot_lists.columns import understood
from analytics.importers.shot_lists.cut_events import source_frames
from analytics.importers.shot_lists.plain_cells import as_plain_cell
from analytics.vocabulary.listed_shot import ListedShot, ShotList

_PLAIN = ("code", "sequence", "kind", "complexity", "cut_frames", "handle_frames", "description", "width", "height",
          "camera_move", "vendor", "territory", "workflow", "turnover_on", "due_on")  # fmt: skip
_OF_THE_CUT = ("source_in", "source_out", "record_in", "record_out")


def shot_list_csv(shot_list: ShotList) -> str:
    """The list under the headings of docs/shot-lists.md, one row a shot.

    Transitions are not written, and neither are the places of shots that are in the cut in several pieces.
    """
    notes = max((len(shot.notes) for shot in shot_list.shots), default=0)
    names = list(dict.fromkeys(name for shot in shot_list.shots for name in shot.attributes))
    # Words of a known column that were not understood go back into that column.
    beside = [name for name in names if _own_column(name) is None]
    has_places = any(_has_plain_place(shot) for shot in shot_list.shots)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(
        [
            *_PLAIN,
            "ai_allowed",
            "fps",
            *["notes"] * notes,
            *(["reel", "speed", *_OF_THE_CUT] if has_places else []),
            *beside,
        ]
    )
    for shot in shot_list.shots:
        cells = [_cell(shot, name) for name in _PLAIN]
        cells.append("" if shot.ai_allowed is None else "yes" if shot.ai_allowed else "no")
        cells.append(str(shot_list.fps))
        cells += [*shot.notes, *[""] * (notes - len(shot.notes))]
        if has_places:
            cells += _place_cells(shot)
        cells += [shot.attributes.get(name, "") for name in beside]
        writer.writerow([as_plain_cell(cell) for cell in cells])
    return lines.getvalue()


def _cell(shot: ListedShot, name: str) -> str:
    for attribute, text in shot.attributes.items():
        if _own_column(attribute) == name:
            return text
    value = getattr(shot, name)
    return "" if value is None else str(value)


def _own_column(attribute: str) -> str | None:
    said = understood(0, attribute).said
    return said if said in ("kind", "complexity", "workflow") else None


def _has_plain_place(shot: ListedShot) -> bool:
    at = shot.cut_place
    return (
        at is not None
        and "pieces" not in shot.attributes
        and at.record_out - at.record_in == shot.cut_frames
        and at.source_out - at.source_in == source_frames(shot.cut_frames, at.speed)
    )


def _place_cells(shot: ListedShot) -> list[str]:
    at = shot.cut_place
    if at is None or not _has_plain_place(shot):
        return [""] * (2 + len(_OF_THE_CUT))
    return [at.reel, "" if at.speed == 1 else str(at.speed), *(str(getattr(at, name)) for name in _OF_THE_CUT)]
