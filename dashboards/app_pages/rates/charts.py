"""Charts of the page of rates: prices over time, what a new card adds to each production, what incentives give back."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.costing.held_cards import RateLine
from analytics.costing.incentive_offers import ProductionOffer
from analytics.costing.repricing_preview import RepricedWork
from dashboards.app_pages.rates.words import place_words, price_words, resource_words, unit_words
from dashboards.look.chart_parts import by_role, dressed, layered, role, rows_of
from dashboards.look.drawn_charts import drawn_once

if TYPE_CHECKING:
    import altair as alt

AMOUNT_LABELS = (
    "abs(datum.value) >= 1e6 ? format(datum.value / 1e6, '.3~f') + ' M' : "
    "abs(datum.value) >= 1e3 ? format(datum.value / 1e3, ',.0f') + ' k' : format(datum.value, ',.0f')"
)


@drawn_once
def price_chart(lines: Sequence[RateLine], today: date) -> "alt.LayerChart":
    """Each price as a step; its name and what it is today at the right end."""
    import altair as alt

    rows, ends = [], []
    for line in lines:
        rates = (*reversed(line.earlier), *((line.now,) if line.now else ()), *line.later)
        name = resource_words(line.resource)
        place = place_words(line)
        for rate in rates:
            rows.append({"name": f"{name} {place}", "day": _instant(rate.valid_from), "price": float(rate.price),
                         "says": f"{price_words(rate)} {unit_words(rate)}", "source": rate.source or ""})  # fmt: skip
        last = max(rates[-1].valid_from, today)
        rows.append({**rows[-1], "day": _instant(last)})
        ends.append({"day": _instant(last), "price": float(rates[-1].price),
                     "t": f"{name}, {place}: {price_words(rates[-1])}"})  # fmt: skip
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=6, grid=False))
    currencies = " and ".join(sorted({unit_words(line.latest) for line in lines}))
    y = alt.Y(
        "price:Q", title=currencies, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(gridOpacity=0.5, tickCount=5)
    )
    base = alt.Chart(rows_of(rows))
    tips = [
        alt.Tooltip("name:N", title="What"),
        alt.Tooltip("day:T", title="From", format="%-d %b %Y"),
        alt.Tooltip("says:N", title="Price"),
        alt.Tooltip("source:N", title="Says"),
    ]
    return dressed(
        layered(
            base.mark_line(interpolate="step-after", strokeWidth=2.2).encode(
                x=x, y=y, detail="name:N", color=role("ink"), tooltip=tips
            ),
            base.mark_point(filled=True, size=45, opacity=1).encode(x=x, y=y, color=role("ink"), tooltip=tips),
            alt.Chart(rows_of(_apart(ends)))
            .mark_text(align="left", dx=8, fontSize=12.5)
            .encode(x=x, y=alt.Y("at:Q"), text="t:N", color=role("ink")),
        ).properties(height=280)
    )


@drawn_once
def repriced_chart(rows: Sequence[RepricedWork]) -> "alt.LayerChart":
    """What the new card adds to each production, as a share of what it cost; dearer to the right."""
    import altair as alt

    shown: list[dict[str, Any]] = [
        {
            "name": row.production_name, "share": float(row.share or 0), "zero": 0.0,
            "role": "ink" if (row.difference or 0) > 0 else "Can't tell",
            "says": f"{row.share or 0:+.2%}".replace("-", "−"),
            "amount": f"{row.difference or 0:+,.0f} {row.currency}".replace("-", "−"),
        }
        for row in rows
        if row.difference
    ]  # fmt: skip
    y = alt.Y("name:N", sort=[row["name"] for row in shown], title=None, axis=alt.Axis(minExtent=210))
    x = alt.X("zero:Q", title=None, axis=alt.Axis(format="+.1%", gridOpacity=0.5, orient="top", tickCount=5))
    base = alt.Chart(rows_of(shown))
    tips = [
        alt.Tooltip("name:N", title="Production"),
        alt.Tooltip("says:N", title="Share"),
        alt.Tooltip("amount:N", title="Amount"),
    ]
    return dressed(
        layered(
            base.mark_bar(height=14, cornerRadius=2).encode(x=x, x2="share:Q", y=y, color=by_role(), tooltip=tips),
            base.mark_text(align="left", dx=12, fontWeight=600).encode(
                x=alt.value("width"), y=y, text="says:N", color=role("ink")
            ),
            base.mark_text(align="left", dx=80).encode(x=alt.value("width"), y=y, text="amount:N", color=role("muted")),
        ).properties(height=alt.Step(28))
    )


@drawn_once
def offers_chart(offers: Sequence[ProductionOffer]) -> "alt.LayerChart":
    """Of each production's gross, what stays to be paid and what would come back."""
    import altair as alt

    rows: list[dict[str, Any]] = [
        {
            "name": each.net.name, "net": float(each.net_share), "whole": 1.0, "zero": 0.0,
            "says": f"{each.credit_share:.1%} back", "territory": each.territory or "",
            "amount": f"{-each.net.incentive.amount:,.0f} of {each.net.gross.amount:,.0f} {each.net.gross.currency}",
        }
        for each in offers
    ]  # fmt: skip
    y = alt.Y("name:N", sort=[row["name"] for row in rows], title=None, axis=alt.Axis(minExtent=210))
    x = alt.X(
        "zero:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", gridOpacity=0.5, orient="top", tickCount=5),
    )
    base = alt.Chart(rows_of(rows))
    tips = [
        alt.Tooltip("name:N", title="Production"),
        alt.Tooltip("territory:N", title="Made in"),
        alt.Tooltip("amount:N", title="Would come back"),
    ]
    return dressed(
        layered(
            base.mark_bar(height=14, opacity=0.32).encode(
                x=alt.X("net:Q"), x2="whole:Q", y=y, color=role("muted"), tooltip=tips
            ),
            base.mark_bar(height=14).encode(x=x, x2="net:Q", y=y, color=role("ink"), tooltip=tips),
            base.mark_text(align="left", dx=12, fontWeight=600).encode(
                x=alt.value("width"), y=y, text="says:N", color=role("ink")
            ),
            base.mark_text(align="left", dx=92).encode(
                x=alt.value("width"), y=y, text="territory:N", color=role("muted")
            ),
        ).properties(height=alt.Step(26))
    )


def _apart(ends: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Words at the ends of lines, moved up where two would stand on one another."""
    if not ends:
        return []
    prices = [each["price"] for each in ends]
    step = (max(prices) - min(prices)) * 0.075
    placed: list[dict[str, Any]] = []
    for each in sorted(ends, key=lambda end: end["price"]):
        at = each["price"] if not placed else max(each["price"], placed[-1]["at"] + step)
        placed.append({**each, "at": at})
    return placed


def _instant(day: date) -> str:
    """Local midnight, which is the same day wherever the page is read."""
    return f"{day}T00:00:00"
