"""The budget table of the slate in HTML, and as rows of a file."""

from collections.abc import Mapping
from html import escape
from typing import Any

from analytics.bidding.slate_budgets import ProductionBudget, SlateBudgets
from analytics.comparison.slate.pooling import GroupRatio
from dashboards.app_pages.slate.table_parts import address, table
from dashboards.app_pages.slate.verdicts import verdict_mark
from dashboards.app_pages.slate.wording import millions

ROWS_SHOWN = 40
MUCH_OVER = -0.02
"""Variance over locked budget from which on a row is marked."""


def budget_table(budgets: SlateBudgets, ratios: Mapping[str, GroupRatio], whole: str, absent: str) -> str:
    """Millions in the currency of the slate. Only what is over budget is tinted, and a word says so too.

    Parameters
    ----------
    ratios
        Cost of AI against traditional shots by the name of the production.
    whole
        HTML of the same for the slate.
    absent
        What is said of a production that no ratio is known of.
    """
    shown = sorted(budgets.rows, key=_urgency)[:ROWS_SHOWN]
    widest = max((abs(row.variance_share or 0.0) for row in shown), default=0.0) or 1.0
    body = "".join(_budget_row(row, widest, _ratio_cell(ratios.get(row.name), absent)) for row in shown)
    left = len(budgets.rows) - len(shown)
    if left:
        body += f'<tr><td colspan="12">and {left:,} more productions, all in the total and in the CSV</td></tr>'
    body += _budget_row(budgets.total, widest, whole)
    head = (
        f'<tr><td></td><th colspan="5" class="edge" scope="colgroup">VFX cost, {escape(budgets.currency)} millions</th>'
        '<th colspan="2" class="edge" scope="colgroup">EFC by</th>'
        '<th colspan="3" class="edge" scope="colgroup">EFC after incentives</th>'
        '<th class="edge" scope="col">Cost of a shot</th></tr>'
        '<tr><th scope="col">Production</th><th class="num edge" scope="col">Locked Budget</th>'
        '<th class="num" scope="col">EFC</th><th class="num" scope="col">Projected</th>'
        '<th class="num" colspan="2" scope="col">Variance</th><th class="num edge" scope="col">Vendor</th>'
        '<th class="num" scope="col">Non-Vendor</th><th class="num edge" scope="col">Gross</th>'
        '<th class="num" scope="col">Incentive</th><th class="num" scope="col">Net</th>'
        '<th class="edge" scope="col">AI ÷ traditional</th></tr>'
    )
    return table(f"Budgets by production, {budgets.currency} millions", head, body, "slate-budgets")


def budget_rows(budgets: SlateBudgets, ratios: Mapping[str, GroupRatio]) -> list[dict[str, Any]]:
    """Every production as it goes into a file, with the whole amounts."""
    rows = []
    for row in (*budgets.rows, budgets.total):
        group = ratios.get(row.name)
        rows.append(
            {
                "production_id": row.production_id, "production": row.name, "currency": budgets.currency,
                "shots": row.shot_count, "final": row.final_count, "open": row.open_count, "begun_by_ai": row.ai_count,
                "locked_budget": row.locked, "actual": row.actual, "efc": row.efc, "efc_p10": row.efc_p10,
                "efc_p90": row.efc_p90, "projected": row.projected, "variance": row.variance, "vendor": row.vendor,
                "non_vendor": row.non_vendor, "gross": row.efc, "incentive": row.incentive, "net": row.net,
                "incentives": "; ".join(row.programmes),
                "ai_over_traditional": group and group.ratio, "low": group and group.low, "high": group and group.high,
            }
        )  # fmt: skip
    return rows


def ratio_words(ratio: float, low: float, high: float, mark_of: str) -> str:
    """HTML of a ratio with its interval."""
    return f"{mark_of} {ratio:.2f} <small>{low:.2f}–{'∞' if high == float('inf') else f'{high:.2f}'}</small>"


def _urgency(row: ProductionBudget) -> tuple[bool, float]:
    """Running ones first, and of either those furthest over budget."""
    return not row.is_running, row.variance_share or 0.0


def _budget_row(row: ProductionBudget, widest: float, ratio: str) -> str:
    is_total = not row.production_id
    share, variance = row.variance_share, row.variance
    over = share is not None and share < MUCH_OVER
    if is_total:
        name = f"{escape(row.name)}<small>{row.final_count:,} of {row.shot_count:,} shots final</small>"
    else:
        kind = {"series": "Series", "film": "Feature"}.get(row.title_kind or "", "")
        standing = f"{row.final_count:,} of {row.shot_count:,} shots final" if row.is_running else "finished"
        under = " · ".join(part for part in (kind, row.territory or "", standing) if part)
        name = f'<a href="{address(production=row.production_id)}">{escape(row.name)}</a><small>{escape(under)}</small>'
    if variance is None or share is None:
        said, bar = '<td class="num">–</td>', ""
    else:
        words = f"{abs(share):.1%} {'over' if share < 0 else 'under'}"
        said = f'<td class="num {"over" if over else ""}">{millions(variance, signed=True)}<small>{words}</small></td>'
        side, css = ("right", "over") if share < 0 else ("left", "under")
        width = min(abs(share) / widest, 1.0) * 50
        bar = f'<div><i class="{css}" style="width:{width:.0f}%;{side}:50%"></i></div>'
    efc = millions(row.efc)
    if row.is_running and row.efc_p10 is not None:
        efc += f"<small>{millions(row.efc_p10)}–{millions(row.efc_p90)}</small>"
    elif row.efc is None:
        efc = f'–<small title="{escape(row.why_no_efc)}">no forecast</small>'
    return (
        f'<tr class="{"total" if is_total else ""}" data-production="{escape(row.production_id or "total")}">'
        f'<th scope="row">{name}</th><td class="num edge">{millions(row.locked)}</td><td class="num">{efc}</td>'
        f'<td class="num">{millions(row.projected)}</td>{said}<td class="vbar">{bar}</td>'
        f'<td class="num edge">{millions(row.vendor)}</td><td class="num">{millions(row.non_vendor)}</td>'
        f'<td class="num edge">{millions(row.efc)}</td><td class="num">{millions(row.incentive)}</td>'
        f'<td class="num"><b>{millions(row.net)}</b></td><td class="edge nowrap">{ratio}</td></tr>'
    )


def _ratio_cell(group: GroupRatio | None, absent: str) -> str:
    if group is None:
        return f"<small>{escape(absent)}</small>"
    if group.ratio is None or group.low is None or group.high is None:
        return "<small>too few shots</small>"
    return ratio_words(group.ratio, group.low, group.high, verdict_mark(group.verdict))
