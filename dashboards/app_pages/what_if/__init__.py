"""What if: more or fewer shots by AI, kind by kind, and what that does to cost, time and risk."""

from dashboards.app_pages.what_if.page import show_what_if

__all__ = ["show_what_if"]
