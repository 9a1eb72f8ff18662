"""What the what-if asks: curves that are drawn once for each state of the facts; shares are read off them at once."""

from collections.abc import Callable, Mapping

from analytics.estimation.what_if.share_curves import Scope, ShareCurves
from analytics.estimation.what_if.slate_curves import share_curves_by_territory
from analytics.ledger.ledger import Ledger
from dashboards.access.roles import Role
from dashboards.answers.kept import kept_answer


@kept_answer(Role.VIEWER)
def curves(ledger: Ledger, said: Callable[[str], None] | None = None) -> Mapping[Scope, ShareCurves]:
    """What the shots of each scope take at every share of AI."""
    return share_curves_by_territory(ledger, said=said)
