"""The slate: what AI did to cost and time on all productions, how sure that is, and where it does not pay."""

from dashboards.app_pages.slate.page import show_slate

__all__ = ["show_slate"]
