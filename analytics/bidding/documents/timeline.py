"""A bid as an OpenTimelineIO timeline: its clips carry what each shot was bid at, for editorial and review tools."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.vocabulary.bid import Amounts, Bid, BidShot, Hours
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import CutPlace, ListedShot, ShotList

if TYPE_CHECKING:
    from opentimelineio.schema import Clip, Timeline

METADATA = "shotledger"


def bid_otio(bid: Bid, shot_list: ShotList | None = None) -> "Timeline":
    """The bid's shots as clips of one video track, in the places of the cut that they were listed from.

    Shots without a place in a cut stand end to end after those that have one, without their handles. Each clip's
    ``metadata["shotledger"]`` holds its bid, amounts as text, the timeline's holds the totals.

    Parameters
    ----------
    shot_list
        The list that the bid was made from. Without it all shots stand end to end.
    """
    import opentimelineio as otio

    rate = FrameRate.parse(bid.fps)
    listed = {shot.code: shot for shot in shot_list.shots} if shot_list else {}
    timeline = otio.schema.Timeline(name=bid.name, metadata={METADATA: _bid_metadata(bid)})
    track = otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video)
    timeline.tracks.append(track)
    placed = sorted(
        ((place.record_in.frame_number, shot, place) for shot in bid.shots if (place := _place(listed.get(shot.code)))),
        key=lambda each: each[0],
    )
    if placed:
        timeline.global_start_time = _time(placed[0][0], rate)
    reached = placed[0][0] if placed else 0
    for record_in, shot, place in placed:
        if record_in > reached:
            track.append(otio.schema.Gap(duration=_time(record_in - reached, rate)))
        if place.transition_frames and len(track) and record_in == reached:
            track.append(
                otio.schema.Transition(
                    name=place.transition,
                    transition_type=otio.schema.TransitionTypes.SMPTE_Dissolve,
                    in_offset=_time(0, rate),
                    out_offset=_time(place.transition_frames, rate),
                )
            )
        track.append(_placed_clip(bid, shot, place, rate))
        reached = record_in + (place.record_out - place.record_in)
    apart = {id(shot) for _, shot, _ in placed}
    for shot in bid.shots:
        if id(shot) not in apart:
            track.append(_clip(bid, shot, 0, shot.cut_frames, rate))
    return timeline


def write_otio(bid: Bid, path: Path, shot_list: ShotList | None = None) -> None:
    """Write the timeline as ``.otio``."""
    import opentimelineio as otio

    otio.adapters.write_to_file(bid_otio(bid, shot_list), str(path), adapter_name="otio_json")


def _place(shot: ListedShot | None) -> CutPlace | None:
    return shot.cut_place if shot else None


def _placed_clip(bid: Bid, shot: BidShot, place: CutPlace, rate: FrameRate) -> "Clip":
    import opentimelineio as otio

    clip = _clip(bid, shot, place.source_in.frame_number, place.record_out - place.record_in, rate)
    clip.metadata["cmx_3600"] = {"reel": place.reel}
    if place.speed == 0:
        clip.effects.append(otio.schema.FreezeFrame())
    elif place.speed != Fraction(1):
        clip.effects.append(otio.schema.LinearTimeWarp(time_scalar=float(place.speed)))
    return clip


def _clip(bid: Bid, shot: BidShot, first_frame: int, frame_count: int, rate: FrameRate) -> "Clip":
    import opentimelineio as otio

    clip: Clip = otio.schema.Clip(
        name=shot.code,
        media_reference=otio.schema.MissingReference(),
        source_range=otio.opentime.TimeRange(_time(first_frame, rate), _time(frame_count, rate)),
        metadata={METADATA: _shot_metadata(bid, shot)},
    )
    return clip


def _time(frame_count: int, rate: FrameRate) -> Any:
    import opentimelineio as otio

    return otio.opentime.RationalTime(frame_count, float(rate))


def _shot_metadata(bid: Bid, shot: BidShot) -> dict[str, Any]:
    return {
        **_which_bid(bid),
        "sequence": shot.sequence or "",
        "kind": shot.kind.value,
        "complexity": shot.complexity.value,
        "description": shot.description,
        "cut_frames": shot.cut_frames,
        "handle_frames": shot.handle_frames,
        "workflow": shot.workflow.value,
        "ai_probability": shot.ai_probability,
        "people_hours": _hours(shot.people_hours),
        "currency": bid.currency,
        "cost": _cost(shot.cost),
        "basis": shot.basis.value,
        "flags": list(shot.flags),
        "vendor": shot.vendor or "",
    }


def _bid_metadata(bid: Bid) -> dict[str, Any]:
    totals = bid.totals
    return {
        **_which_bid(bid),
        "production_id": bid.production_id,
        "currency": bid.currency,
        "people_hours": _hours(bid.people_hours),
        "cost": _cost(totals.cost),
        **{name: str(amount) for name in ("base", "contingency", "margin", "gross", "incentive", "net")
           if (amount := getattr(totals, name)) is not None},
    }  # fmt: skip


def _which_bid(bid: Bid) -> dict[str, Any]:
    return {"bid_id": bid.bid_id, "version_number": bid.version_number, "status": bid.status.value}


def _hours(hours: Hours) -> dict[str, float]:
    return {"p10": hours.p10, "p50": hours.p50, "p90": hours.p90, "mean": hours.mean}


def _cost(cost: Amounts | None) -> dict[str, str] | None:
    """Amounts as text: a float would lose cents on the way."""
    if cost is None:
        return None
    return {"p10": str(cost.p10), "p50": str(cost.p50), "p90": str(cost.p90), "mean": str(cost.mean)}
