"""A range of an amount as a bar with its middle, and other amounts marked on the same scale, in HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape


@dataclass(frozen=True)
class RangeMark:
    """Another amount on the scale.

    Attributes
    ----------
    kind
        ``price`` (a solid flag) or ``before`` (dashed).
    """

    words: str
    amount: Decimal
    kind: str = "price"


def range_bar(
    name: str, low: Decimal, middle: Decimal, high: Decimal, words: tuple[str, str, str], marks: Sequence[RangeMark]
) -> str:
    """From one in ten below to one in ten above; the scale begins near zero and makes room for every mark.

    Parameters
    ----------
    words
        The three amounts as people say them.
    """
    ends = [low, high, *(mark.amount for mark in marks)]
    first = max(Decimal(0), min(ends) - (max(ends) - min(ends)) / 3)
    last = max(ends) + (max(ends) - min(ends)) / 6

    def at(amount: Decimal) -> str:
        return f"{100 * (amount - first) / (last - first):.2f}%" if last > first else "50%"

    width = f"calc({at(high)} - {at(low)})"
    flags = "".join(
        f'<i class="{mark.kind}" style="left:{at(mark.amount)}"><span>{escape(mark.words)}</span></i>'
        for mark in sorted(marks, key=lambda mark: mark.amount)
    )
    told = "; ".join(("from " + words[0], "middle " + words[1], "to " + words[2], *(mark.words for mark in marks)))
    return (
        f'<div class="sl-range" data-range="{escape(name)}" role="img" aria-label="{escape(told)}">'
        f'<div class="track"><b style="left:{at(low)};width:{width}"></b>'
        f'<em style="left:{at(middle)}"></em>{flags}</div>'
        f'<div class="ends"><span style="left:{at(low)}"><small>1 in 10 below</small>{escape(words[0])}</span>'
        f'<span class="mid" style="left:{at(middle)}"><small>middle</small>{escape(words[1])}</span>'
        f'<span style="left:{at(high)}"><small>1 in 10 above</small>{escape(words[2])}</span></div></div>'
    )
