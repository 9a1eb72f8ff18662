"""Page 4, *Bid*: a shot list comes in, a price with its range goes out; versions, comparison and the life of a bid."""

from dashboards.app_pages.bid.page import show_bid

__all__ = ["show_bid"]
