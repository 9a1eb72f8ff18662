"""Test shots: both workflows of a shot side by side, renders started from here, and blind reviews."""

from dashboards.app_pages.test_shots.page import show_test_shots

__all__ = ["show_test_shots"]
