"""What the tables of the slate share: links into the slate, and the frame of a table."""

from html import escape
from urllib.parse import urlencode


def address(**query: str | None) -> str:
    """A link into the slate."""
    return escape("?" + urlencode({name: value for name, value in query.items() if value is not None}))


def table(label: str, head: str, body: str, css: str) -> str:
    """A table that scrolls by itself where it is wider than the page, and can be reached by keyboard."""
    return (
        f'<div class="sl-scroll" role="region" aria-label="{escape(label)}" tabindex="0">'
        f'<table class="sl-table {css}"><thead>{head}</thead><tbody>{body}</tbody></table></div>'
    )
