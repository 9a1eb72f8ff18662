"""Tables below the slate in HTML and as rows of files: sequences of a production, shots of a sequence."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any
from urllib.parse import urlencode

from analytics.comparison.slate.drill_down import ArmTotals, ProductionParts, SequenceFigures, ShotFigures
from analytics.comparison.slate.kind_words import kind_words
from analytics.vocabulary.workflow import Workflow
from dashboards.app_pages.slate.table_parts import address, table
from dashboards.app_pages.slate.wording import artist_days
from dashboards.look.cards import mark

SHOTS_SHOWN = 150


def sequence_table(parts: ProductionParts) -> str:
    """What the sequences took by arm: side by side, and compared with nothing."""
    body = "".join(_sequence_row(each, parts) for each in parts.sequences) + _sequence_row(parts.whole, parts)
    sides = "".join(
        f'<th colspan="2" class="edge" scope="colgroup">{words}</th>'
        for words in (
            f"Cost a shot, {escape(parts.currency)}", "Artist-days a shot", "Median days, turnover to final",
        )
    )  # fmt: skip
    ai, traditional = (f"{mark(each)} {each.label}" for each in (Workflow.AI, Workflow.TRADITIONAL))
    pair = f'<th class="num edge" scope="col">{ai}</th><th class="num" scope="col">{traditional}</th>'
    head = (
        f'<tr><td></td><th colspan="3" class="edge" scope="colgroup">Shots</th>{sides}</tr>'
        f'<tr><th scope="col">Sequence</th><th class="num edge" scope="col">Final of all</th>'
        f'<th class="num" scope="col">{ai}</th><th class="num" scope="col">{traditional}</th>{pair * 3}</tr>'
    )
    return table(f"Sequences of {parts.name}", head, body, "slate-sequences")


def sequence_rows(parts: ProductionParts) -> list[dict[str, Any]]:
    """The sequences as they go into a file."""
    return [
        {
            "production_id": parts.production_id, "sequence": each.name, "shots": each.shot_count,
            "final": each.final_count, "open": each.open_count, "omitted": each.omitted_count,
            "fell_back": each.fell_back_count, "currency": parts.currency,
            **{
                f"{arm}_{name}": getattr(getattr(each, arm), field)
                for arm in ("ai", "traditional")
                for name, field in (
                    ("shots", "shot_count"), ("cost", "cost"), ("cost_per_shot", "cost_per_shot"),
                    ("people_hours", "people_hours"), ("median_days", "median_days"),
                )
            },
        }
        for each in parts.sequences
    ]  # fmt: skip


def shot_table(shots: Sequence[ShotFigures], currency: str, *, with_costs: bool) -> str:
    """The shots of a sequence; each leads to its own page."""
    cost = f'<th class="num" scope="col">Cost, {escape(currency)}</th>' if with_costs else ""
    head = (
        '<tr><th scope="col">Shot</th><th scope="col">Work</th><th scope="col">Attempts</th>'
        '<th scope="col">Status</th><th class="num" scope="col">Versions</th><th class="num" scope="col">Retakes</th>'
        f'<th class="num" scope="col">Artist-days</th><th class="num" scope="col">Days</th>{cost}</tr>'
    )
    body = "".join(_shot_row(each, with_costs) for each in shots[:SHOTS_SHOWN])
    if len(shots) > SHOTS_SHOWN:
        body += f'<tr><td colspan="9">and {len(shots) - SHOTS_SHOWN:,} more shots, all in the CSV</td></tr>'
    return table("Shots of the sequence", head, body, "slate-shots")


def shot_rows(shots: Sequence[ShotFigures], *, with_costs: bool) -> list[dict[str, Any]]:
    """The shots as they go into a file."""
    rows = []
    for each in shots:
        row: dict[str, Any] = {
            "shot_id": each.shot_id, "code": each.code, "kind": each.kind, "complexity": each.complexity,
            "status": each.status, "counts_as": each.arm, "enabled": each.enabled, "cut_seconds": each.cut_seconds,
            "attempts": "; ".join(f"{one.workflow}: {one.outcome}" for one in each.attempts),
            "versions": each.versions, "retakes": each.retake_count, "people_hours": each.people_hours,
            "calendar_days": each.calendar_days,
        }  # fmt: skip
        rows.append(row | {"cost": each.cost} if with_costs else row)
    return rows


def _sequence_row(each: SequenceFigures, parts: ProductionParts) -> str:
    is_total = each is parts.whole
    label = "Production" if is_total else each.name or "In no sequence"
    link = label if is_total else f'<a href="{_sequence_address(parts.production_id, each.name)}">{escape(label)}</a>'
    fell_back = f"<small>{each.fell_back_count} fell back</small>" if each.fell_back_count else ""
    omitted = f"<small>{each.omitted_count} omitted</small>" if each.omitted_count else ""
    sides = (each.ai, each.traditional)
    cells = [
        *(_cost_cell(side.cost_per_shot) for side in sides),
        *("–" if side.hours_per_shot is None else artist_days(side.hours_per_shot) for side in sides),
        *(_days_cell(side) for side in sides),
    ]
    written = "".join(
        f'<td class="num{" edge" if place % 2 == 0 else ""}">{cell}</td>' for place, cell in enumerate(cells)
    )
    return (
        f'<tr class="{"total" if is_total else ""}" data-sequence="{escape(label)}"><th scope="row">{link}</th>'
        f'<td class="num edge">{each.final_count:,} of {each.shot_count:,}{omitted}</td>'
        f'<td class="num">{each.ai.shot_count:,}{fell_back}</td><td class="num">{each.traditional.shot_count:,}</td>'
        f"{written}</tr>"
    )


def _sequence_address(production_id: str, sequence: str | None) -> str:
    return address(production=production_id, sequence=sequence or "")


def _cost_cell(cost: Decimal | None) -> str:
    return "–" if cost is None else f"{round(cost):,}"


def _days_cell(side: ArmTotals) -> str:
    return "–" if side.median_days is None else f"{side.median_days:,.0f}"


def _shot_row(each: ShotFigures, with_costs: bool) -> str:
    words = {"ai": "AI", "traditional": "Traditional", "hybrid": "Hybrid"}
    ends = {"final": "", "fell_back": " fell back", "omitted": " omitted", "open": " now"}
    tried = " → ".join(f"{_mark(one.workflow)} {words[one.workflow]}{ends[one.outcome]}" for one in each.attempts)
    if not tried and each.arm:
        tried = f"{_mark(each.arm)} {words[each.arm]}"
    enabled = "<small>only possible with AI: no comparator</small>" if each.enabled else ""
    link = escape("/shots?" + urlencode({"shot": each.shot_id}))
    under = f"{each.complexity or 'complexity unknown'}, {each.cut_seconds:.1f} s on screen"
    work = f"{escape(kind_words(each.kind))}<small>{escape(under)}</small>"
    hours = "–" if each.people_hours is None else artist_days(each.people_hours)
    cost = "" if not with_costs else f'<td class="num">{_cost_cell(each.cost)}</td>'
    return (
        f'<tr data-shot="{escape(each.shot_id)}"><th scope="row"><a href="{link}">{escape(each.code)}</a></th>'
        f"<td>{work}</td><td>{tried or 'not begun'}{enabled}</td><td>{escape(each.status)}</td>"
        f'<td class="num">{each.versions or "–"}</td><td class="num">{each.retake_count:,}</td>'
        f'<td class="num">{hours}</td><td class="num">{each.calendar_days or "–"}</td>{cost}</tr>'
    )


def _mark(workflow: str) -> str:
    return mark(Workflow(workflow)) if workflow in ("ai", "traditional") else ""
