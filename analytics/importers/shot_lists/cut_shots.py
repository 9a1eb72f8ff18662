"""Pieces of a cut as shots: what each is called, and which pieces are one shot."""

from collections.abc import Sequence

from analytics.importers.shot_lists.cut_events import CutEvent
from analytics.importers.shot_lists.findings import Findings, has_control_characters, some
from analytics.importers.shot_lists.naming import code_of_clip, is_vfx_id, sequence_of
from analytics.importers.shot_lists.plain_cells import starts_like_a_formula
from analytics.importers.shot_lists.sheet import MOST_SHOTS
from analytics.importers.shot_lists.words import complexity_of, kind_of
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.listed_shot import CutPlace, ListedShot


def shots_of_events(
    events: Sequence[CutEvent], findings: Findings, default_handle_frames: int | None
) -> list[ListedShot]:
    """One shot for each code, in the order of the cut.

    A VFX ID that stands at several pieces is one shot of all their frames. A camera's clip that is used several times
    makes a shot of each stretch, numbered from the second on; stretches that follow each other without a gap are one.
    """
    if len(events) > MOST_SHOTS:
        raise InputRefused(
            findings.name,
            f"{len(events):,} events",
            f"are more than the {MOST_SHOTS:,} shots that a list may have",
            "split the cut by reel or sequence",
        )
    pieces: dict[str, list[CutEvent]] = {}
    codes: dict[str, str] = {}
    unnamed = []
    for event in sorted(events, key=lambda event: (event.record_in.frame_number, event.track)):
        code = event.vfx_id or code_of_clip(event.clip_name) or event.reel.strip().rstrip(".")
        if not code:
            findings.refuse(event.place, None, "names neither clip nor reel", "name the clip in the edit")
            continue
        if any(
            map(has_control_characters, (code, event.reel, event.clip_name, *event.notes, *event.attributes.values()))
        ):
            findings.refuse(event.place, None, "holds control characters", "write plain text")
        if event.vfx_id is None and not is_vfx_id(code):
            unnamed.append(event.place.removeprefix(f"{findings.name}, "))
        key = _key_of_piece(code, event, pieces)
        codes.setdefault(key, code if key == code.casefold() else f"{code}_{key.rpartition('_')[2]}")
        pieces.setdefault(key, []).append(event)
    if unnamed:
        findings.remark(
            findings.name,
            some(unnamed, 3),
            f"{len(unnamed):,} of {len(events):,} pieces bear no VFX ID: they are named by clip or reel",
            "mark them with their VFX ID if they are shots; take them out if they are not",
        )
    several = {codes[key]: those for key, those in pieces.items() if len(those) > 1}
    if several:
        findings.remark(
            findings.name,
            some(f"{code} ({len(those)} pieces)" for code, those in several.items()),
            "is in the cut more than once and is one shot with the frames of all its pieces",
            "give every piece a VFX ID of its own to bid them apart",
        )
    risky = [codes[key] for key in pieces if starts_like_a_formula(codes[key])]
    if risky:
        findings.remark(
            findings.name,
            some(risky),
            "starts like a formula and is kept as plain text",
            "documents write such text so that no spreadsheet runs it",
        )
    if default_handle_frames is None and not any(event.told.get("handle_frames") for event in events):
        findings.remark(
            findings.name, None, "says no handles: shots are worked on without any", "give them, as --handles 8"
        )
    return [_shot(codes[key], those, default_handle_frames or 0) for key, those in pieces.items()]


def _key_of_piece(code: str, event: CutEvent, pieces: dict[str, list[CutEvent]]) -> str:
    """Which shot a piece belongs to: the code itself for the first, and with a number for a clip's other stretches."""
    key, number = code.casefold(), 1
    if event.vfx_id is not None or is_vfx_id(code):
        return key
    while key in pieces:
        last = pieces[key][-1]
        if last.record_out == event.record_in and last.source_out == event.source_in and last.speed == event.speed:
            return key
        number += 1
        key = f"{code.casefold()}_{number}"
    return key


def _shot(code: str, pieces: Sequence[CutEvent], handle_frames: int) -> ListedShot:
    first = pieces[0]
    attributes = {name: text for piece in reversed(pieces) for name, text in piece.attributes.items()}
    notes = list(dict.fromkeys(note for piece in pieces for note in piece.notes))
    if len(pieces) > 1:
        attributes["pieces"] = str(len(pieces))
        notes.append(f"in {len(pieces)} pieces of {', '.join(str(piece.cut_frames) for piece in pieces)} frames")
    if first.clip_name and first.clip_name != code:
        attributes["clip name"] = first.clip_name
    told = first.told
    same_source = [piece for piece in pieces if piece.reel == first.reel]
    kind = kind_of(told.get("kind", ""))
    return ListedShot(
        place=first.place,
        code=code,
        cut_frames=sum(piece.cut_frames for piece in pieces),
        handle_frames=int(told["handle_frames"]) if told.get("handle_frames", "").isdigit() else handle_frames,
        sequence=told.get("sequence") or sequence_of(code),
        kind=kind[0] if kind else None,
        complexity=complexity_of(told.get("complexity", "")),
        description=told.get("description", ""),
        notes=tuple(notes),
        cut_place=CutPlace(
            first.reel,
            min((piece.source_in for piece in same_source), key=lambda at: at.frame_number),
            max((piece.source_out for piece in same_source), key=lambda at: at.frame_number),
            first.record_in,
            pieces[-1].record_out,
            first.speed,
            first.transition,
            first.transition_frames,
        ),
        attributes=attributes,
    )
