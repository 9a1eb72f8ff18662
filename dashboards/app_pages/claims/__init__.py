"""Claim check: published claims against one's own shots, clock by clock."""

from dashboards.app_pages.claims.page import show_claims

__all__ = ["show_claims"]
