"""The documents by which a bid is taken away."""

from analytics.bidding.documents.handing_out import bid_document
from analytics.vocabulary.bid import Bid
from analytics.vocabulary.listed_shot import ShotList
from dashboards.access.roles import Role
from dashboards.look.cards import show
from dashboards.look.downloads import download_link

FORMS = (
    (".xlsx", "Workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (".csv", "Lines as CSV", "text/csv; charset=utf-8"),
    (".otio", "Timeline", "application/json"),
)


def show_documents(bid: Bid, listed: ShotList | None) -> None:
    """Draw the links by which a bid is taken away; each document is made when it is fetched."""
    name = f"{bid.bid_id}-v{bid.version_number}" if bid.bid_id else f"{bid.production_id}-bid"
    links = "".join(
        download_link(
            words, name=name + suffix, media_type=media_type, role=Role.PRODUCER, key=f"bid{suffix}",
            make=lambda suffix=suffix: bid_document(bid, suffix, listed),  # type: ignore[misc]
        )
        for suffix, words, media_type in FORMS
    )  # fmt: skip
    show(f'<div class="bid-take" data-documents="{len(FORMS)}">{links}</div>')
