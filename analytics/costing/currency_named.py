"""The currency that an answer is in: the one that somebody names, else that of most shots."""

from collections.abc import Sequence

from analytics.costing.reckoned_costs import report_currency
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.currencies import CURRENCIES
from analytics.vocabulary.errors import InputRefused


def currency_named(ledger: Ledger, named: str | None, production_ids: Sequence[str] | None) -> str:
    """The ISO 4217 code of a currency.

    Raises
    ------
    InputRefused
        If there is no such currency.
    """
    if named is None:
        return report_currency(ledger, production_ids)
    if named.upper() not in CURRENCIES:
        raise InputRefused("--currency", named, "is no currency of ISO 4217", "write its three letters, as in USD")
    return named.upper()
