"""A charge: money that was billed, such as API credits, licences or a replica's pay."""

from dataclasses import dataclass
from datetime import date

from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow


@dataclass(frozen=True)
class Charge:
    """A billed amount. ``category`` is one of compute, licence, api, storage, consent, review, other."""

    charge_id: str
    production_id: str
    shot_id: str | None
    workflow: Workflow | None
    category: str
    description: str
    billed: Money
    charged_on: date
    origin: Origin
