"""How the address writes what renders must share to be compared: quality, size and frames."""

from analytics.comparison.figures import RenderSetup
from analytics.ledger.rendered_test_shots import RenderedShot


def setup_of(shot: RenderedShot) -> str:
    """As ``draft, 256x144, frames 1001-1048``: what the picker shows and what a link has to say."""
    return str(RenderSetup(shot.quality, shot.size, shot.frames))
