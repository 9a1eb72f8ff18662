"""The page Methods and data health: how each number is made, and what the data behind it lacks."""

from dashboards.app_pages.methods.page import show_methods

__all__ = ["show_methods"]
