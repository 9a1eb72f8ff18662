"""The cost report: what a running production will have cost, against its locked budget, week by week."""

from dashboards.app_pages.cost_report.page import show_cost_report

__all__ = ["show_cost_report"]
