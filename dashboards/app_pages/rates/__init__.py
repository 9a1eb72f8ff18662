"""Rates and incentives: the prices in force, new ones as a dated card, and the programmes that pay part of it back."""

from dashboards.app_pages.rates.page import show_rates

__all__ = ["show_rates"]
