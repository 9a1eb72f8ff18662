"""The pages, in the order of the menu: where each is, whom it is for, and which function draws it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from dashboards.access.roles import Role

EXECUTIVES, PRODUCERS, EVERYONE = "Executives", "Line producers", "Everyone"


@dataclass(frozen=True)
class PageEntry:
    """One page.

    Attributes
    ----------
    path
        Below the root; empty for the page that opens first.
    drawn_by
        Module of `app_pages` and function, imported when the page is opened.
    """

    section: str
    title: str
    path: str
    role: Role
    icon: str
    drawn_by: tuple[str, str]

    def draw(self) -> None:
        """Draw it."""
        module, function = self.drawn_by
        drawn: Callable[[], None] = getattr(import_module(f"dashboards.app_pages.{module}"), function)
        drawn()


PAGES = (
    PageEntry(EXECUTIVES, "Slate", "", Role.VIEWER, "monitoring", ("slate", "show_slate")),
    PageEntry(EXECUTIVES, "Claim check", "claims", Role.VIEWER, "fact_check", ("claims", "show_claims")),
    PageEntry(EXECUTIVES, "What if", "what-if", Role.VIEWER, "tune", ("what_if", "show_what_if")),
    PageEntry(PRODUCERS, "Bid", "bid", Role.PRODUCER, "request_quote", ("bid", "show_bid")),
    PageEntry(PRODUCERS, "Cost report", "cost-report", Role.PRODUCER, "summarize", ("cost_report", "show_cost_report")),
    PageEntry(PRODUCERS, "Shots", "shots", Role.VIEWER, "movie", ("shots", "show_shots")),
    PageEntry(PRODUCERS, "Import", "import", Role.PRODUCER, "upload_file", ("import_history", "show_import")),
    PageEntry(PRODUCERS, "Rates and incentives", "rates", Role.PRODUCER, "payments", ("rates", "show_rates")),
    PageEntry(EVERYONE, "Test shots", "test-shots", Role.VIEWER, "compare", ("test_shots", "show_test_shots")),
    PageEntry(EVERYONE, "Methods and data health", "methods", Role.VIEWER, "rule", ("methods", "show_methods")),
)
