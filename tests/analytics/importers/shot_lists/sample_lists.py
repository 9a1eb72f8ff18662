"""Lists that the tests read: sample files named for their situation, and files written on the spot."""

from pathlib import Path

from analytics.importers.shot_lists.reading import read_shot_list
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ShotList

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "shot_lists"


def sample(name: str, fps: str | None = None, handles: int | None = None) -> ShotList:
    return read_shot_list(SAMPLES / name, fps=FrameRate.parse(fps) if fps else None, default_handle_frames=handles)


def written(path: Path, content: str | bytes, fps: str | None = None, handles: int | None = None) -> ShotList:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_shot_list(path, fps=FrameRate.parse(fps) if fps else None, default_handle_frames=handles)


def refusal(name: str, fps: str | None = None) -> list[str]:
    """The problems a sample is refused with, as a user reads them."""
    try:
        sample(name, fps)
    except InputRefused as refused:
        return [str(problem) for problem in refused.problems]
    raise AssertionError(f"{name} was not refused")


def remarks(shot_list: ShotList) -> str:
    return "\n".join(map(str, shot_list.remarks))
