"""The table of shots: a row a shot, heads that sort, a small picture where there is a movie."""

from collections.abc import Mapping
from html import escape

from analytics.comparison.slate.kind_words import kind_words
from analytics.ledger.found_shots import FoundShot, FoundShots, SortedBy, Standing
from analytics.vocabulary.workflow import Workflow
from dashboards.app_pages.shots.wording import (
    day_words,
    due_words,
    full_money,
    shot_link,
    shot_url,
    workflow_html,
    workflow_of,
)
from dashboards.look.cards import origin_marks
from dashboards.look.words import count_words

_STATUS_CLASS = {Standing.LATE: "late", Standing.FINAL: "done", Standing.OMITTED: "gone"}


def shots_table(found: FoundShots, thumbnails: Mapping[str, str], *, with_production: bool) -> str:
    """A page of shots as HTML; its heads carry `data-ask`, the order that they ask for.

    Parameters
    ----------
    thumbnails
        Address of a small picture by shot, for those that have a movie.
    with_production
        Whether to name the production in each row.
    """
    with_money = found.currency is not None
    with_origin = len(found.origins) > 1
    heads: list[tuple[str, SortedBy | None, str]] = [("", None, "thumb")] if thumbnails else []
    heads.append(("Shot", SortedBy.CODE, ""))
    if with_production:
        heads.append(("Production", SortedBy.PRODUCTION, ""))
    heads += [
        ("Work", SortedBy.KIND, ""),
        ("Made by", SortedBy.WAY, ""),
        ("Status", SortedBy.STATUS, ""),
        ("Due", SortedBy.DAYS_LATE, ""),
        ("Days", SortedBy.DAYS, "num"),
        ("Versions", SortedBy.VERSIONS, "num"),
        ("People-hours", SortedBy.PEOPLE_HOURS, "num"),
    ]
    if with_money:
        heads.append((f"Cost, {found.currency}", SortedBy.COST, "num"))
    if with_origin:
        heads.append(("Origin", None, ""))
    longest = max((shot.people_hours or 0 for shot in found.shots), default=0)
    rows = "".join(
        _row(shot, thumbnails if thumbnails else None, longest, with_production, with_money, with_origin)
        for shot in found.shots
    )
    head = "".join(_head(label, by, css, found) for label, by, css in heads)
    return (
        '<div class="sl-scroll shots-scroll" role="region" aria-label="Shots" tabindex="0">'
        f'<table class="sl-table shots-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _head(label: str, by: SortedBy | None, css: str, found: FoundShots) -> str:
    if by is None:
        said = escape(label) or '<span class="shots-unseen">Picture</span>'
        return f'<th scope="col" class="{css}">{said}</th>'
    search = found.search
    is_sorted = search.sorted_by is by
    arrow = ("↓" if search.downwards else "↑") if is_sorted else ""
    order = f' aria-sort="{"descending" if search.downwards else "ascending"}"' if is_sorted else ""
    return (
        f'<th scope="col" class="{css}"{order}><button type="button" data-ask="{by}">{escape(label)}'
        f'<i aria-hidden="true">{arrow}</i></button></th>'
    )


def _row(
    shot: FoundShot,
    thumbnails: Mapping[str, str] | None,
    longest: float,
    with_production: bool,
    with_money: bool,
    with_origin: bool,
) -> str:
    cells = []
    if thumbnails is not None:
        url = thumbnails.get(shot.shot_id)
        picture = (
            f'<a href="{escape(shot_url(shot.shot_id))}" target="_self" tabindex="-1" aria-hidden="true">'
            f'<img src="{escape(url)}" alt="" loading="lazy"></a>'
            if url
            else ""
        )
        cells.append(f'<td class="thumb">{picture}</td>')
    cells.append(
        f'<th scope="row">{shot_link(shot.shot_id, shot.code)}<small>{escape(shot.description or "")}</small></th>'
    )
    if with_production:
        cells.append(f"<td>{escape(shot.production_name)}<small>{escape(shot.sequence or '')}</small></td>")
    frames = f"{shot.complexity}, " if shot.complexity else ""
    cells.append(
        f"<td>{escape(kind_words(shot.kind) if shot.kind else '–')}<small>"
        f"{escape(frames)}{count_words(shot.cut_frames, 'frame')}</small></td>"
    )
    cells.append(f"<td>{workflow_html(workflow_of(shot.arm))}<small>{escape(_turn(shot))}</small></td>")
    standing = f'<span class="shots-status {_STATUS_CLASS.get(shot.status, "")}">{shot.status.label}</span>'
    when = day_words(shot.final_on) if shot.status is Standing.FINAL and shot.final_on else ""
    cells.append(f"<td class=nowrap>{standing}<small>{when}</small></td>")
    late = due_words(shot)
    css = ' class="late"' if shot.status is Standing.LATE else ""
    cells.append(f"<td class=nowrap>{day_words(shot.due_on)}<small{css}>{late}</small></td>")
    cells.append(f'<td class="num">{shot.calendar_days or "–"}</td>')
    retakes = count_words(shot.retake_count, "retake") if shot.retake_count else ""
    cells.append(f'<td class="num">{shot.versions or "–"}<small>{retakes}</small></td>')
    cells.append(f'<td class="num hours">{_hours(shot, longest)}</td>')
    if with_money:
        cells.append(f'<td class="num">{_cost(shot)}</td>')
    if with_origin:
        cells.append(f"<td>{origin_marks((shot.weakest_origin,))}</td>")
    return f'<tr data-shot="{escape(shot.shot_id)}">{"".join(cells)}</tr>'


def _turn(shot: FoundShot) -> str:
    """What became of a shot in its workflow, where that is more than the workflow's name."""
    if shot.fell_back:
        back_to = workflow_of(shot.last_workflow)
        return f"fell back to {back_to.label.lower() if back_to else 'another'}"
    if shot.made_both_ways:
        return "made both ways"
    if shot.enabled and shot.arm == Workflow.AI:
        return "only possible with AI"
    return "has a twin" if shot.twin_of else ""


def _hours(shot: FoundShot, longest: float) -> str:
    if shot.people_hours is None:
        return "–"
    parts = [("ai", shot.people_hours_ai or 0.0), ("trad", shot.people_hours_traditional or 0.0)]
    parts.append(("", max(0.0, shot.people_hours - sum(hours for _, hours in parts))))
    bars = "".join(
        f'<i class="{css}" style="width:{100 * hours / longest:.1f}%"></i>' for css, hours in parts if longest and hours
    )
    return f"{shot.people_hours:,.1f}<span>{bars}</span>"


def _cost(shot: FoundShot) -> str:
    missing = shot.missing_count or 0
    if shot.cost is None:
        return '<span class="open">no price</span>' if missing else "–"
    unpriced = f'<small class="open">{count_words(missing, "fact")} without a price</small>' if missing else ""
    return full_money(shot.cost, "").strip() + unpriced
