"""Shots: the list of all of them, and a page of each."""

import streamlit as st

from dashboards.app_pages.shots.one_shot import show_one_shot
from dashboards.app_pages.shots.shot_list import show_shot_list

__all__ = ["show_shots"]


def show_shots() -> None:
    """Draw the shot that the address names, else the list."""
    shot_id = st.query_params.get("shot")
    if shot_id:
        show_one_shot(shot_id)
    else:
        show_shot_list()
