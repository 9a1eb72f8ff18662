"""What a shot cost: a waterfall of its steps by workflow, and under each step every fact with its rate and source."""

from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from analytics.costing.cost_steps import CostStep, PricedFact, ShotCostSteps
from analytics.ledger.found_shots import FoundShot
from analytics.vocabulary.workflow import Workflow
from dashboards.access.roles import Role
from dashboards.app_pages.shots.wording import day_words, full_money, price_words
from dashboards.look import cards
from dashboards.look.cards import CSS_CLASS, origin_marks
from dashboards.look.chart_parts import by_role, dressed, layered, role, rows_of
from dashboards.look.downloads import chart_links, csv_link
from dashboards.look.drawn_charts import drawn_once
from dashboards.look.words import count_words

if TYPE_CHECKING:
    import altair as alt

ROW_PIXELS = 27
NAME_PIXELS = 150
LABEL_ROOM = 1.72
"""Width of a plot in sums: the words stay inside it, or two plots side by side would not be equally wide."""

FACTS_SHOWN = 40
ALL = "All in"


def show_costs(shot: FoundShot, steps: ShotCostSteps, priced_by: str) -> None:
    """Charts, steps and facts."""
    if not steps.steps:
        cards.show(cards.section("What it cost", "Nothing was booked, rendered or billed for it yet."))
        return
    cards.show(
        cards.section(
            "What it cost, fact by rate", f"{priced_by} Gross, in {steps.currency}. Open a step to see its facts."
        )
    )
    sums = {workflow: steps.cost_of(steps.of(workflow)) or Decimal(0) for workflow in steps.workflows}
    longest = max(sums.values())
    grid = st.grid(len(sums), min_column_width=470) if len(sums) > 1 else None
    for workflow in steps.workflows:
        with grid.cell() if grid is not None else st.container():
            of_it = steps.of(workflow)
            name = f"{shot.code}-cost-{workflow or 'no-workflow'}"
            cards.show(_title(workflow, sums[workflow], steps.currency), _steps_html(of_it, steps.currency, longest))
            if longest > 0:
                chart = waterfall(of_it, workflow, steps.currency, longest)
                cards.show(chart_links(chart, name=name, role=Role.PRODUCER))
    if len(sums) > 1:
        cards.show(f'<p class="shots-total">Both together <b>{full_money(steps.cost, steps.currency)}</b></p>')
    cards.show(csv_link(fact_rows(steps), name=f"{shot.code}-cost", role=Role.PRODUCER))


@drawn_once
def waterfall(
    steps: tuple[CostStep, ...], workflow: Workflow | None, currency: str | None, longest: Decimal
) -> "alt.LayerChart":
    """Each step from where the one before ended, as a picture to take away; the page draws the same as a table.

    Parameters
    ----------
    longest
        End of the scale; the same for charts that stand side by side.
    """
    import altair as alt

    total = sum((step.cost for step in steps), Decimal(0))
    side = workflow.label if workflow in (Workflow.AI, Workflow.TRADITIONAL) else "Can't tell"
    rows = [
        {
            "step": step.name,
            "from": float(step.begins_at),
            "to": float(step.ends_at),
            "cost": full_money(step.cost, "").strip() if step.cost or not step.missing else "no price",
            "made_of": made_of(step),
            "role": side,
        }
        for step in steps
    ]
    rows.append(
        {
            "step": ALL,
            "from": 0.0,
            "to": float(total),
            "cost": full_money(total, currency),
            "made_of": "",
            "role": "ink",
        }
    )
    base = alt.Chart(rows_of(rows))
    y = alt.Y("step:N", title=None, sort=None,
              axis=alt.Axis(minExtent=NAME_PIXELS, maxExtent=NAME_PIXELS))  # fmt: skip
    x = alt.X(
        "from:Q",
        title=currency,
        scale=alt.Scale(domain=[0, float(longest) * LABEL_ROOM], nice=False),
        axis=alt.Axis(tickCount=4, gridOpacity=0.5, format="~s", orient="top", titleAnchor="start", titleAlign="left"),
    )
    tips = [alt.Tooltip("step:N"), alt.Tooltip("cost:N"), alt.Tooltip("made_of:N", title="made of")]
    return dressed(
        layered(
            base.mark_bar(height=14, cornerRadius=2).encode(x=x, x2="to:Q", y=y, color=by_role(), tooltip=tips),
            base.mark_text(align="left", dx=6, fontWeight=600).encode(
                x=alt.X("to:Q"), y=y, text="cost:N", color=role("ink")
            ),
            base.mark_text(align="right").encode(
                x=alt.datum(float(longest) * LABEL_ROOM), y=y, text="made_of:N", color=role("muted")
            ),
        ).properties(height=alt.Step(ROW_PIXELS))
    )


def made_of(step: CostStep) -> str:
    """``38 h × 74.00``: what a step is the product of, where that is one quantity."""
    if step.quantity is None or step.unit is None:
        return count_words(len(step.facts), "share" if step.cost_kind == "shared" else "bill")
    return f"{_quantity(step)} × {_prices(step)}"


def fact_rows(steps: ShotCostSteps) -> list[dict[str, Any]]:
    """Every fact with every price, for a CSV: with all decimals, so that they add up."""
    return [
        {
            "workflow": fact.workflow and fact.workflow.value,
            "step": step.name,
            "fact_id": fact.fact_id,
            "used_on": fact.used_on,
            "fact_amount": fact.fact_amount,
            "fact_unit": fact.fact_unit,
            "fact_origin": fact.fact_origin.value,
            "amount": fact.amount,
            "unit": fact.unit,
            "resource": fact.resource,
            "price": fact.price,
            "price_currency": fact.price_currency,
            "source": fact.source,
            "rate_origin": fact.rate_origin and fact.rate_origin.value,
            "cost": fact.cost,
            "currency": steps.currency,
            "missing": fact.missing,
        }
        for step in steps.steps
        for fact in step.facts
    ]


def _title(workflow: Workflow | None, cost: Decimal, currency: str | None) -> str:
    if workflow is None:
        return f'<h3 class="sl-side">No workflow named<small>{escape(full_money(cost, currency))}</small></h3>'
    return cards.side_title(workflow, full_money(cost, currency))


def _steps_html(steps: tuple[CostStep, ...], currency: str | None, longest: Decimal) -> str:
    """A waterfall whose steps open to their facts."""
    total = steps[-1].ends_at
    parts = "".join(
        f'<details data-step="{escape(step.name)}"><summary><span>{escape(step.name)}'
        f"{origin_marks(step.origins)}</span>{_bar(step.begins_at, step.cost, longest, step.workflow)}"
        f"<small>{escape(made_of(step))}</small><b>{_step_cost(step)}</b></summary>{_facts(step)}</details>"
        for step in steps
    )
    all_in = _bar(Decimal(0), total, longest, None)
    last = f"<span>{ALL}</span>{all_in}<small></small><b>{full_money(total, currency)}</b>"
    return f'<div class="sl-fit"><div class="shots-steps">{parts}<p class="total">{last}</p></div></div>'


def _bar(begins_at: Decimal, cost: Decimal, longest: Decimal, workflow: Workflow | None) -> str:
    if not longest:
        return "<em></em>"
    left, width = (max(Decimal(0), 100 * each / longest) for each in (begins_at, cost))
    css = CSS_CLASS.get(workflow, "all") if workflow else "all"
    return f'<em aria-hidden="true"><i class="{css}" style="margin-left:{left:.2f}%;width:{width:.2f}%"></i></em>'


def _step_cost(step: CostStep) -> str:
    if step.missing and not step.cost:
        return '<span class="open">no price</span>'
    return full_money(step.cost, "").strip() + (' <span class="open">and more</span>' if step.missing else "")


def _facts(step: CostStep) -> str:
    shown = sorted(step.facts, key=lambda fact: (fact.used_on is None, fact.used_on or 0, fact.fact_id or ""))
    rows = "".join(_fact(fact) for fact in shown[:FACTS_SHOWN])
    if len(shown) > FACTS_SHOWN:
        rows += f'<tr><td colspan="4">and {count_words(len(shown) - FACTS_SHOWN, "fact")} more, in the CSV</td></tr>'
    return (
        f'<div class="sl-scroll" role="region" aria-label="Facts of {escape(step.name)}" tabindex="0">'
        '<table class="sl-table">'
        '<thead><tr><th scope="col">Fact</th><th scope="col" class="num">Amount</th>'
        '<th scope="col">× Rate</th><th scope="col" class="num">= Cost</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _fact(fact: PricedFact) -> str:
    name = fact.fact_id or "share of the production's bills"
    if fact.missing is not None:
        rate = f'<span class="open">none for {escape(fact.missing)}</span>'
    elif fact.price is None:
        rate = "billed" if fact.fact_id else "shared by all shots"
    else:
        price = (
            f"{100 * fact.price:.4g} % of the hours' cost" if fact.unit == "share" else _price_words(fact, fact.price)
        )
        rate = f"{escape(price)}<small>{escape(fact.resource or '')}: {escape(fact.source or 'no source')}</small>"
    cost = (
        '<span class="open">unknown</span>'
        if fact.cost is None
        else f"<b>{full_money(fact.cost, '').strip() if fact.cost < 10 else f'{fact.cost:,.2f}'}</b>"
    )
    rated = f" {origin_marks((fact.rate_origin,))}" if fact.rate_origin else ""
    return (
        f'<tr data-fact="{escape(fact.fact_id or "")}"><th scope="row">{escape(name)}<small>{day_words(fact.used_on)} '
        f"{origin_marks((fact.fact_origin,))}</small></th>"
        f'<td class="num">{escape(_amount_words(fact))}</td><td>{rate}<small>{rated}</small></td>'
        f'<td class="num">{cost}</td></tr>'
    )


def _amount_words(fact: PricedFact) -> str:
    if fact.fact_amount is None:
        return "–"
    match fact.fact_unit:
        case "people_hours":
            return f"{fact.fact_amount:,.2f} h"
        case "wall_seconds" | "generated_seconds":
            return f"{fact.fact_amount:,.1f} s"
        case "energy_joules":
            return (
                f"{fact.amount:,.3f} kWh"
                if fact.amount is not None and fact.unit == "kwh"
                else f"{fact.fact_amount:,.0f} J"
            )
        case _:
            return f"{fact.fact_unit} {fact.fact_amount:,.2f}"


_UNITS = {"hour": "h", "core_hour": "core-h", "day": "d", "month": "months", "second": "s", "kwh": "kWh", "share": "h"}


def _quantity(step: CostStep) -> str:
    amount = f"{step.quantity:,.1f}" if (step.quantity or 0) >= 10 else f"{step.quantity:,.2f}"
    return f"{amount} {_UNITS.get(str(step.unit), str(step.unit))}"


def _prices(step: CostStep) -> str:
    if step.lowest_price is None or step.highest_price is None:
        return "several prices"
    if step.unit == "share":
        return f"{100 * step.lowest_price:.3g} %"
    if step.lowest_price == step.highest_price:
        return price_words(step.lowest_price)
    return f"{price_words(step.lowest_price)} to {price_words(step.highest_price)}"


def _price_words(fact: PricedFact, price: Decimal) -> str:
    unit = "kWh" if fact.unit == "kwh" else str(fact.unit).replace("_", "-")
    return f"{price_words(price)} {fact.price_currency} {'an' if unit == 'hour' else 'a'} {unit}"
