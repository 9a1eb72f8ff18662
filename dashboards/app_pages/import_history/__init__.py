"""The page Import: bring a history in, see before what it changes, take it back after."""

from dashboards.app_pages.import_history.page import show_import

__all__ = ["show_import"]
