"""What a reader can take away: every chart as PNG and SVG, every table as CSV, the page on paper or as PDF."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from analytics.bidding.documents.cell_text import csv_text
from dashboards.access.roles import Role
from dashboards.look.chart_parts import for_export
from dashboards.look.drawn_charts import DrawnChart
from dashboards.serving.files import offer

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

EXPORT_SCALE = 2.0
"""Pixels of a PNG for each point of the chart."""


def show_chart(chart: DrawnChart, *, name: str, alt: str, role: Role = Role.VIEWER, key: str | None = None) -> None:
    """Draw a chart with the links under it that take it away.

    Parameters
    ----------
    name
        Of the file, in words-with-hyphens; also what tests find the chart by.
    alt
        What the chart shows, for whoever hears the page.
    """
    with st.container(key=f"chart_{(key or name).replace('-', '_')}", gap=None):
        draw(chart, alt=alt)
        st.html(chart_links(chart, name=name, role=role, key=key))


def draw(chart: DrawnChart, *, alt: str) -> None:
    """Draw a chart alone. It has the width of what it stands in.

    Parameters
    ----------
    alt
        What the chart shows, for whoever hears the page.
    """
    st.vega_lite_chart(spec=chart.to_dict(), alt=alt)


def chart_links(chart: DrawnChart, *, name: str, role: Role = Role.VIEWER, key: str | None = None) -> str:
    """HTML of the links that take a chart away as PNG and SVG, for what the page itself draws in another way."""
    png = offer(f"{name}.png", "image/png", lambda: _png(chart), slot=f"png {key or name}", role=role)
    svg = offer(f"{name}.svg", "image/svg+xml", lambda: _svg(chart), slot=f"svg {key or name}", role=role)
    return f'<p class="sl-take">{_link("PNG", png, name)}{_link("SVG", svg, name)}</p>'


def csv_link(
    rows: Sequence[Mapping[str, Any]] | Callable[[], Sequence[Mapping[str, Any]]],
    *,
    name: str,
    role: Role = Role.VIEWER,
    key: str | None = None,
) -> str:
    """HTML of a link that takes a table away as CSV: all its rows, also those that the page does not show.

    Parameters
    ----------
    rows
        The rows, or what makes them once somebody asks.
    """

    def make() -> bytes:
        return csv_bytes(rows() if callable(rows) else rows)

    url = offer(f"{name}.csv", "text/csv; charset=utf-8", make, slot=f"csv {key or name}", role=role)
    return f'<p class="sl-take">{_link("CSV", url, name)}</p>'


def csv_bytes(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Rows as a CSV file that a spreadsheet opens rightly; text that would be taken for a formula is kept text."""
    if not rows:
        return b""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([csv_text(str(name)) for name in rows[0]])
    for row in rows:
        writer.writerow([csv_text(cell) if isinstance(cell, str) else cell for cell in row.values()])
    return out.getvalue().encode("utf-8-sig")


def download_link(
    label: str,
    *,
    name: str,
    media_type: str,
    make: Callable[[], bytes] | Path,
    role: Role,
    key: str | None = None,
    is_main: bool = False,
) -> str:
    """HTML of a button-like link to a file that is made when it is fetched."""
    url = offer(name, media_type, make, slot=f"file {key or name}", role=role)
    kind = "sl-button main" if is_main else "sl-button"
    return f'<a class="{kind}" href="{escape(url)}" download="{escape(name)}">{escape(label)}</a>'


def print_button(label: str = "Print or save as PDF") -> None:
    """A button that opens the browser's print dialog; style.css holds what paper looks like."""
    _printer()(key="print_button", data={"label": label}, height="content")


@cache
def _printer() -> "ComponentRenderer":
    return st.components.v2.component(
        "shotledger_print",
        html="<button type='button' class='print'></button>",
        css="""
.print { font: 500 0.93rem var(--st-font); color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: 6px; padding: 0.4rem 0.8rem; cursor: pointer; }
.print:hover, .print:focus-visible { border-color: var(--st-primary-color); outline: none; }
""",
        js="""
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector(".print");
  button.textContent = data.label;
  button.onclick = () => window.print();
}
""",
    )


def _link(label: str, url: str, name: str) -> str:
    return f'<a href="{escape(url)}" download aria-label="{escape(name)} as {label}">{label}</a>'


def _png(chart: DrawnChart) -> bytes:
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(json.dumps(for_export(chart.to_dict())), scale=EXPORT_SCALE))


def _svg(chart: DrawnChart) -> bytes:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(json.dumps(for_export(chart.to_dict())))).encode()
