"""The shot list that a stored bid was made from, so that it can be edited and bid again."""

from dataclasses import replace

from analytics.importers.shot_lists.reading import shot_list_of
from analytics.vocabulary.bid import Bid
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot, ShotList


def shot_list_of_bid(bid: Bid) -> ShotList | None:
    """The list under the name, checksum and places that it had; ``None`` where the bid did not keep it.

    Transitions of a cut, and places of shots that are in it in several pieces, are not kept.
    """
    if not bid.listed:
        return None
    read = shot_list_of(f"{bid.bid_id}.csv", bid.listed.encode(), fps=FrameRate.parse(bid.fps))
    places = {shot.code: shot.place for shot in bid.shots}
    return replace(
        read,
        name=bid.shot_list_name,
        sha256=bid.shot_list_sha256,
        shots=tuple(replace(shot, place=places.get(shot.code, shot.place)) for shot in read.shots),
        remarks=(),
    )


def bare_list_of_bid(bid: Bid) -> ShotList:
    """What a bid itself says of its list, for showing one that was not kept: too little to bid it again."""
    return ShotList(
        bid.shot_list_name,
        "csv",
        bid.shot_list_sha256,
        FrameRate.parse(bid.fps),
        tuple(
            ListedShot(
                shot.place, shot.code, shot.cut_frames, shot.handle_frames, shot.sequence, shot.kind, shot.complexity,
                shot.description, vendor=shot.vendor, due_on=shot.due_on,
            )
            for shot in bid.shots
        ),
    )  # fmt: skip
