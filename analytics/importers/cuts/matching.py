"""Which shot of the old cut is which of the new: by its code, and by the frames of the source that it shows."""

from collections import defaultdict
from collections.abc import Sequence

from analytics.vocabulary.listed_shot import CutPlace, ListedShot


def matched(old: Sequence[ListedShot], new: Sequence[ListedShot], pull_handle_frames: int) -> dict[int, int]:
    """Places in the new list by the places in the old one of the same shots.

    A code that is in both is the same shot, unless another shot shows its frames now and it shows none of them. What is
    left is matched where it shows the same frames of the same source under another name, the longest overlap first.
    """
    by_code = {shot.code.casefold(): place for place, shot in enumerate(new)}
    same_code = {
        place: by_code[shot.code.casefold()] for place, shot in enumerate(old) if shot.code.casefold() in by_code
    }
    pairs = {
        place: other
        for place, other in same_code.items()
        if _can_be_one(old[place].cut_place, new[other].cut_place, pull_handle_frames)
    }
    taken = set(pairs.values())
    for _, place, other in sorted(_overlaps(old, new, pairs, taken), reverse=True):
        if place not in pairs and other not in taken:
            pairs[place] = other
            taken.add(other)
    for place, other in same_code.items():
        if place not in pairs and other not in taken:
            pairs[place] = other
            taken.add(other)
    return pairs


def _can_be_one(old: CutPlace | None, new: CutPlace | None, pull_handle_frames: int) -> bool:
    """Whether two uses of one code may be one shot: they don't show different stretches of one source."""
    if old is None or new is None or old.reel.casefold() != new.reel.casefold():
        return True
    return overlap_frames(old, new) > -pull_handle_frames


def _overlaps(
    old: Sequence[ListedShot], new: Sequence[ListedShot], pairs: dict[int, int], taken: set[int]
) -> list[tuple[int, int, int]]:
    """Frames that are in both, and the two places, of shots that have no partner yet."""
    by_reel: dict[str, list[tuple[int, CutPlace]]] = defaultdict(list)
    for other, shot in enumerate(new):
        if other not in taken and shot.cut_place is not None and shot.cut_place.reel:
            by_reel[shot.cut_place.reel.casefold()].append((other, shot.cut_place))
    return [
        (frames, place, other)
        for place, shot in enumerate(old)
        if place not in pairs and shot.cut_place is not None
        for other, there in by_reel.get(shot.cut_place.reel.casefold(), ())
        if (frames := overlap_frames(shot.cut_place, there)) > 0
    ]


def overlap_frames(one: CutPlace, other: CutPlace) -> int:
    """Frames of the source that both show; negative is the gap between them."""
    return min(one.source_out.frame_number, other.source_out.frame_number) - max(
        one.source_in.frame_number, other.source_in.frame_number
    )
