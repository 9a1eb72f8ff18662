"""A table of the page of rates."""

from collections.abc import Sequence
from html import escape


def table(label: str, name: str, heads: Sequence[tuple[str, str]], rows: str) -> str:
    """Heads with their classes over rows that are HTML already; ``name`` is what tests find it by."""
    head = "".join(
        f'<th scope="col" class="{kind}">{escape(text)}</th>' if text else f'<td class="{kind}"></td>'
        for text, kind in heads
    )
    return (
        f'<div class="sl-scroll ra-table" data-table="{name}" role="region" aria-label="{escape(label)}" tabindex="0">'
        f'<table class="sl-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )
