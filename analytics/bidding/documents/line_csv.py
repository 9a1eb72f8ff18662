"""A bid as CSV: a row a line with its account code, for budgeting software and whoever takes sums further."""

import csv
from decimal import Decimal
from io import StringIO

from analytics.bidding.documents.account_chart import AccountChart, account_chart
from analytics.bidding.documents.cell_text import csv_text
from analytics.vocabulary.bid import Bid

COLUMNS = (
    "account_code", "kind", "department", "sequence", "shot_code", "workflow", "description", "quantity", "unit",
    "unit_price", "amount", "currency", "vendor", "territory", "resource", "rate_source", "origin", "bid_id",
    "version_number", "status",
)  # fmt: skip


def bid_csv(bid: Bid, chart: AccountChart | None = None) -> str:
    """All lines in the bid's order; amounts add up to its gross.

    What came from input and would run as a formula in a spreadsheet has an apostrophe in front. A line without a price
    has an empty ``unit_price`` and ``amount``.

    Parameters
    ----------
    chart
        Accounts of lines that have none; the one that comes with Shotledger where none is given.
    """
    known = chart or (None if all(line.account_code for line in bid.lines) else account_chart())
    sequences = {shot.code: shot.sequence for shot in bid.shots}
    written = StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for line in bid.lines:
        code = line.account_code or (known.code_of(line.kind, line.department) if known else "")
        texts = (
            code, line.kind.value, line.department, sequences.get(line.shot_code or ""), line.shot_code,
            line.workflow and line.workflow.value, line.description,
        )  # fmt: skip
        origins = (line.vendor, line.territory, line.resource, line.rate_source, str(line.origin), bid.bid_id)
        rows.writerow(
            (
                *(csv_text(text or "") for text in texts),
                _plain(line.quantity),
                line.unit,
                _plain(line.unit_price),
                _plain(line.amount),
                bid.currency,
                *(csv_text(text or "") for text in origins),
                bid.version_number,
                bid.status.value,
            )
        )
    return written.getvalue()


def _plain(amount: Decimal | None) -> str:
    # Positional: str() may write 1E+3.
    return "" if amount is None else f"{amount:f}"
