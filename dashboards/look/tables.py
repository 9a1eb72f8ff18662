"""HTML tables: costs down to each fact and rate, and the renders behind a figure.

A grid widget would cut text off, would not print, and draws on a canvas that nobody can read out.
"""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from analytics.comparison.figures import WorkflowFigures
from analytics.comparison.sentences import duration_words, money_words
from analytics.ledger.pricing import CostKind, CostLine
from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate
from analytics.vocabulary.workflow import Workflow
from dashboards.look.cards import CSS_CLASS, mark, origin_marks
from dashboards.look.words import count_words, energy_words, hours_words, instant_words, price_words, unit_words

LINES_SHOWN = 40
RENDERS_SHOWN = 30


def rates_used(sides: Sequence[WorkflowFigures]) -> tuple[Rate, ...]:
    """Every rate that prices a line of either side, each once."""
    return tuple(dict.fromkeys(line.rate for side in sides for line in side.cost_lines if line.rate is not None))


def cost_table(side: WorkflowFigures, rates: Sequence[Rate], longest_cost: Money | None) -> str:
    """Every fact of one workflow, the rate it is priced at with the number of its source, and what that makes."""
    shown = side.cost_lines[:LINES_SHOWN]
    rows = ""
    for subject, lines in groupby(shown, key=_subject):
        rows += f'<tr class="group"><th scope="rowgroup" colspan="4">{escape(subject)}</th></tr>'
        rows += "".join(_cost_row(line, rates, longest_cost) for line in lines)
    if len(side.cost_lines) > len(shown):
        more = count_words(len(side.cost_lines) - len(shown), "line")
        rows += f'<tr><td colspan="4">and {more} more, all in the sums below</td></tr>'
    made = side.ok_count + side.failed_count + side.interrupted_count
    sums: list[tuple[str, Money | None]] = [
        (f"Machines, {count_words(made, 'render')}", side.machine_spent),
        ("People", side.people_cost),
    ]
    if side.billed_cost.amount:
        sums.append(("Bills", side.billed_cost))
    sums.append(("All in, for a usable render", side.all_in_cost))
    total = "".join(
        f'<tr class="{"total" if name.startswith("All in") else ""}"><th scope="row" colspan="3">{escape(name)}</th>'
        f'<td class="num"><b>{escape(money_words(cost))}</b></td></tr>'
        for name, cost in sums
    )
    return _table(
        f"Cost of {side.workflow.label}, fact by rate",
        ("What", "Fact", "× Rate", "= Cost"),
        rows + total,
        right=("Fact", "× Rate", "= Cost"),
    )


def source_list(rates: Sequence[Rate]) -> str:
    """Who says so: each rate in full, numbered as the tables name it."""
    items = ""
    for rate in rates:
        said = f"{rate.resource}, {price_words(rate)} {unit_words(rate)}"
        days = f"from {rate.valid_from}" + (f" to {rate.valid_to}" if rate.valid_to else "")
        items += f"<li><b>{escape(said)}</b> {origin_marks((rate.origin,))} {days}: {escape(rate.source)}</li>"
    return f'<ol class="sl-sources">{items}</ol>'


def render_table(renders: Sequence[Mapping[str, Any]], manifest_links: Mapping[str, str]) -> str:
    """The renders of a shot, newest first, with where their manifests lie.

    Parameters
    ----------
    renders
        Rows of `questions/renders.sql`.
    manifest_links
        Address of the manifest by `render_id`, for those whose manifest is still there.
    """
    rows = "".join(_render_row(render, manifest_links.get(render["render_id"])) for render in renders[:RENDERS_SHOWN])
    if len(renders) > RENDERS_SHOWN:
        older = count_words(len(renders) - RENDERS_SHOWN, "older render")
        rows += f'<tr><td colspan="6">and {older} (shotledger renders lists them all)</td></tr>'
    return _table(
        "Renders of this shot",
        ("Render", "Made by", "Setup", "Machine time", "Energy", "Manifest"),
        rows,
        right=("Machine time", "Energy"),
    )


def cost_rows(side: WorkflowFigures) -> list[dict[str, Any]]:
    """Every cost line of one workflow, for a file."""
    return [
        {
            "kind": line.kind.value,
            "fact_id": line.fact_id,
            "part": line.part,
            "fact_amount": line.fact_amount,
            "fact_unit": line.fact_unit,
            "fact_origin": line.fact_origin.value,
            "resource": line.resource,
            "price": None if line.rate is None else line.rate.price,
            "price_unit": None if line.rate is None else line.rate.unit,
            "price_source": None if line.rate is None else line.rate.source,
            "cost": None if line.cost is None else line.cost.amount,
            "currency": None if line.cost is None else line.cost.currency,
        }
        for line in side.cost_lines
    ]


RENDER_COLUMNS = (
    "render_id", "workflow", "purpose", "outcome", "failure", "engine", "model", "quality", "seed", "repeat_number",
    "first_frame", "last_frame", "width", "height", "cpu_model", "gpu_model", "started_at", "ended_at", "wall_seconds",
    "cpu_seconds", "gpu_seconds", "energy_joules", "energy_origin", "folder", "movie", "origin",
)  # fmt: skip


def render_rows(renders: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every render of a shot, for a file."""
    return [{name: render[name] for name in RENDER_COLUMNS} for render in renders]


def _table(label: str, heads: Sequence[str], rows: str, right: Sequence[str] = ()) -> str:
    head = "".join(f'<th scope="col"{" class=num" if name in right else ""}>{name}</th>' for name in heads)
    return (
        f'<div class="sl-scroll" role="region" aria-label="{escape(label)}" tabindex="0">'
        f'<table class="sl-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _subject(line: CostLine) -> str:
    """What a line belongs to: its render, or people's hours, or bills."""
    if line.kind is CostKind.MACHINE:
        return f"Render {line.fact_id}"
    return "People's hours" if line.kind is CostKind.PEOPLE else "Bills"


def _cost_row(line: CostLine, rates: Sequence[Rate], longest_cost: Money | None) -> str:
    if line.fact_unit == "wall_seconds":
        fact = duration_words(line.fact_amount)
    elif line.fact_unit == "people_hours":
        fact = hours_words(line.fact_amount)
    else:
        fact = "billed"
    rated = "" if line.kind is CostKind.BILLED else '<span class="open">no rate</span>'
    if line.rate is not None and line.amount is not None:
        unit = line.rate.unit.replace("_", "-")
        converted = f"<small>{line.amount:.4f} {escape(unit)}s</small>" if line.fact_unit == "wall_seconds" else ""
        fact += converted
        number = rates.index(line.rate) + 1
        rated = f"{escape(price_words(line.rate))}<sup> {number}</sup><small>{escape(unit_words(line.rate))}</small>"
    bar = ""
    if line.cost is not None and longest_cost is not None and longest_cost.amount and line.workflow in CSS_CLASS:
        width = 100 * line.cost.amount / longest_cost.amount
        bar = f'<i class="{CSS_CLASS[line.workflow]}" style="width:{width:.2f}%"></i>'
    cost = '<span class="open">unknown</span>' if line.cost is None else f"<b>{escape(money_words(line.cost))}</b>"
    return (
        f'<tr data-fact="{escape(line.fact_id)}">'
        f'<th scope="row">{escape(line.part)} {origin_marks((line.fact_origin,))}</th>'
        f'<td class="num">{fact}</td><td class="num">{rated}</td><td class="num cost">{cost}{bar}</td></tr>'
    )


def _render_row(render: Mapping[str, Any], manifest_link: str | None) -> str:
    workflow = Workflow(render["workflow"])
    mark_of = mark(workflow) if workflow in CSS_CLASS else ""
    maker = escape(str(render["model"] or render["engine"] or "not recorded"))
    under = (
        escape(str(render["engine"]))
        if render["model"] and render["engine"]
        else escape(str(render["gpu_model"] or render["cpu_model"] or ""))
    )
    purpose = "" if render["purpose"] == "shot" else f", {render['purpose'].replace('_', ' ')}"
    setup = f"{render['quality']}, {render['width']}x{render['height']}, {render['first_frame']}-{render['last_frame']}"
    seconds = "–" if not render["wall_seconds"] else duration_words(render["wall_seconds"])
    outcome = "" if render["outcome"] == "ok" else f'<small class="open">{escape(render["outcome"])}</small>'
    energy = "–" if render["energy_joules"] is None else energy_words(render["energy_joules"])
    energy_origin = (
        f"<small>{origin_marks((Origin(render['energy_origin']),))}</small>" if render["energy_origin"] else ""
    )
    folder = escape(str(render["folder"] or "not recorded"))
    link = f'<a href="{escape(manifest_link)}">manifest.json</a>' if manifest_link else "no manifest there"
    return (
        f'<tr data-render="{escape(render["render_id"])}"><th scope="row">{mark_of} {workflow.label}{purpose}'
        f"<small>{escape(instant_words(render['started_at']))}</small></th><td>{maker}<small>{under}</small></td>"
        f"<td class=nowrap>{escape(setup)}<small>seed {render['seed']}, repeat {render['repeat_number']}</small></td>"
        f'<td class="num"><b>{seconds}</b>{outcome}</td><td class="num">{energy}{energy_origin}</td>'
        f"<td class=where>{link}<small><code>{folder}</code></small></td></tr>"
    )
