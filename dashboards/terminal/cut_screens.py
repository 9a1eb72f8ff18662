"""Screens and rows of shot lists and of what changed between two of them."""

from typing import TYPE_CHECKING, Any

from analytics.importers.cuts.changes import Change, CutDiff, ShotChange
from analytics.importers.cuts.wording import change_words, pull_words
from analytics.importers.shot_lists.plain_cells import as_plain_cell
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot, ShotList
from dashboards.terminal.listings import NOTHING, plain, workflow_words

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.console import RenderableType
    from rich.table import Table

    from analytics.bidding.comparing import BidComparison

_WORDS = {Change.SOURCE_CHANGED: "with another source", Change.REDESCRIBED: "described otherwise"}


def list_screen(shot_list: ShotList) -> "RenderableType":
    """Every shot of a list, what it adds up to, and the remarks of its reader."""
    from rich.console import Group
    from rich.text import Text

    table = _table("Shot", "Sequence", ">Frames", ">Handles", "Kind", "Complexity", "Said beside it")
    for shot in shot_list.shots:
        table.add_row(
            *plain(
                shot.code,
                shot.sequence or NOTHING,
                f"{shot.cut_frames:,}",
                f"{shot.handle_frames}",
                shot.kind or NOTHING,
                shot.complexity or NOTHING,
                _said_beside(shot) or NOTHING,
            )
        )
    parts: list[RenderableType] = [Text(list_words(shot_list), style="bold"), Text(), table]
    if shot_list.remarks:
        parts += [Text("To know about this list", style="bold")]
        parts += [Text(f"· {remark}") for remark in shot_list.remarks]
    return Group(*parts)


def list_words(shot_list: ShotList) -> str:
    """One sentence: how many shots in how many sequences, how long they are."""
    frames = sum(shot.cut_frames for shot in shot_list.shots)
    sequences = len({shot.sequence for shot in shot_list.shots if shot.sequence})
    in_sequences = f" in {_count(sequences, 'sequence')}" if sequences else ""
    return (
        f"{shot_list.name}: {_count(len(shot_list.shots), 'shot')}{in_sequences}, {frames:,} frames "
        f"({_clock(frames, shot_list.fps)}) at {shot_list.fps} frames per second"
    )


def _said_beside(shot: ListedShot) -> str:
    said = [workflow_words(shot.workflow)] if shot.workflow else []
    if shot.ai_allowed is False:
        said.append("no AI")
    at = shot.cut_place
    if at is not None and at.speed != 1:
        said.append("held frame" if at.speed == 0 else f"speed {float(100 * at.speed):.4g} %")
    if at is not None and at.transition_frames:
        said.append(f"{at.transition} of {at.transition_frames}")
    if shot.due_on:
        said.append(f"due {shot.due_on}")
    said += [text for text in (shot.description, *shot.notes) if text]
    return "; ".join(said)


def list_rows(shot_list: ShotList) -> dict[str, Any]:
    """A list in full, for machines."""
    return {
        "name": shot_list.name,
        "format": shot_list.format,
        "sha256": shot_list.sha256,
        "fps": str(shot_list.fps),
        "shots": [_shot_row(shot) for shot in shot_list.shots],
        "remarks": [str(remark) for remark in shot_list.remarks],
    }


def _shot_row(shot: ListedShot) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: getattr(shot, name)
        for name in ("place", "code", "sequence", "cut_frames", "handle_frames", "work_frames", "kind", "complexity",
                     "description", "width", "height", "camera_move", "vendor", "territory", "workflow", "ai_allowed")
    }  # fmt: skip
    row |= {name: day.isoformat() if (day := getattr(shot, name)) else None for name in ("turnover_on", "due_on")}
    at = shot.cut_place
    row |= {"notes": list(shot.notes), "attributes": dict(shot.attributes), "cut_place": None}
    if at is not None:
        row["cut_place"] = {
            "reel": at.reel, "source_in": str(at.source_in), "source_out": str(at.source_out),
            "record_in": str(at.record_in), "record_out": str(at.record_out), "speed": str(at.speed),
            "transition": at.transition, "transition_frames": at.transition_frames,
        }  # fmt: skip
    return row


def diff_screen(
    compared: CutDiff, costs: "BidComparison | None" = None, *, everything: bool = False
) -> "RenderableType":
    """What became of every shot, how many frames came and went and, against a bid, what that costs."""
    from rich.console import Group
    from rich.text import Text

    by_code = _cost_by_code(costs)
    money = [] if costs is None else [f">{costs.after.currency}"]
    table = _table("Shot", ">Frames", ">Change", *money, "Pull", "What became of it")
    shots = compared.shots if everything else compared.changed
    for shot in shots:
        shown = shot.new or shot.old
        frames = shown.cut_frames if shown else 0
        table.add_row(
            *plain(
                shot.code,
                f"{frames:,}",
                f"{shot.frame_change:+,}" if shot.frame_change else NOTHING,
                *([] if costs is None else [_signed(by_code.get(shot.code), NOTHING)]),
                NOTHING if shot.needs_pull is False else pull_words(shot),
                change_words(shot),
            )
        )
    parts: list[RenderableType] = [
        Text(line, style="bold" if index == 0 else "") for index, line in enumerate(diff_words(compared))
    ]
    if costs is not None:
        gross, net = (_signed(each.change, "no price") for each in (costs.gross, costs.net))
        parts.append(
            Text(
                f"Against {costs.before.bid_id}: {gross} {costs.after.currency} gross with contingency and margin, "
                f"{net} net."
            )
        )
    if shots:
        parts += [Text(), table]
    return Group(*parts)


def _cost_by_code(costs: "BidComparison | None") -> "dict[str, Decimal | None]":
    return {} if costs is None else {shot.code: shot.cost.change for shot in costs.shots}


def _signed(amount: "Decimal | None", nothing: str) -> str:
    return nothing if amount is None else f"{amount:+,.2f}"


def diff_words(compared: CutDiff) -> list[str]:
    """The headline of a diff: what happened to how many shots, frames that came and went, pulls."""
    happened = [
        f"{len(shots):,} {_WORDS.get(change, change)}" for change in Change if (shots := compared.having(change))
    ]
    lines = [f"{compared.old.name} to {compared.new.name}: {', '.join(happened) or 'no shots'}"]
    fps = compared.new.fps
    lines.append(
        f"{_count(compared.frames_added, 'frame')} added ({_clock(compared.frames_added, fps)}), "
        f"{_count(compared.frames_taken, 'frame')} taken ({_clock(compared.frames_taken, fps)})."
    )
    pulls = (
        f"{_count(len(compared.pulls_needed), 'shot')} to pull, {compared.pull_handle_frames} frames of handles given"
    )
    unknown = sum(shot.needs_pull is None for shot in compared.shots)
    asked = f"; of {_count(unknown, 'shot')} it is unknown, as no source timecode is listed" if unknown else ""
    lines.append(f"{pulls}{asked}.")
    return lines


def diff_rows(
    compared: CutDiff, costs: "BidComparison | None" = None, *, plain_cells: bool = False
) -> list[dict[str, Any]]:
    """Every shot of a diff, for machines; with ``plain_cells`` no spreadsheet runs a text of it."""
    rows = [_change_row(shot) for shot in compared.shots]
    if costs is not None:
        by_code = _cost_by_code(costs)
        rows = [{**row, "cost_change": by_code.get(row["code"]), "currency": costs.after.currency} for row in rows]
    if not plain_cells:
        return rows
    return [
        {name: as_plain_cell(text) if isinstance(text, str) else text for name, text in row.items()} for row in rows
    ]


def _change_row(shot: ShotChange) -> dict[str, Any]:
    return {
        "code": shot.code,
        "old_code": shot.old_code,
        "changes": list(shot.changes),
        "old_frames": shot.old.cut_frames if shot.old else None,
        "new_frames": shot.new.cut_frames if shot.new else None,
        "frame_change": shot.frame_change,
        "head_frames": shot.head_frames,
        "tail_frames": shot.tail_frames,
        "needs_pull": shot.needs_pull,
        "fields": list(shot.fields),
        "words": change_words(shot),
    }


def _table(*headings: str) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in headings:
        last = heading is headings[-1]
        table.add_column(
            heading.lstrip(">"),
            justify="right" if heading.startswith(">") else "left",
            no_wrap=not last,
            overflow="fold",
        )
    return table


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _clock(frames: int, fps: FrameRate) -> str:
    """Minutes and seconds on screen."""
    seconds = fps.seconds(frames)
    return f"{seconds:.1f} s" if seconds < 60 else f"{int(seconds // 60)} min {int(seconds % 60):02d} s"
