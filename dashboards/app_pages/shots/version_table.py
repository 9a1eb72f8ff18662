"""The versions of a shot: who made each, what the machines took for it, what the reviews decided."""

from collections.abc import Sequence
from html import escape
from typing import Any

from analytics.comparison.sentences import duration_words
from analytics.ledger.shot_life import Decision, ShotVersion
from dashboards.app_pages.shots.wording import day_words, workflow_html
from dashboards.look.cards import origin_marks
from dashboards.look.words import count_words

_DECISIONS = {"approved": "Approved", "retake": "Retake", "omit": "Omit"}
SHOWN = 60


def version_table(versions: Sequence[ShotVersion]) -> str:
    """Versions as HTML, in their order."""
    heads = ("Version", "Made by", "First seen", "Renders", "Machine time", "Generated", "Reviews", "Origin")
    right = {"Renders", "Machine time", "Generated"}
    head = "".join(f'<th scope="col"{" class=num" if name in right else ""}>{name}</th>' for name in heads)
    rows = "".join(_row(version) for version in versions[:SHOWN])
    if len(versions) > SHOWN:
        more = count_words(len(versions) - SHOWN, "version")
        rows += f'<tr><td colspan="{len(heads)}">and {more} more, all in the CSV</td></tr>'
    return (
        '<div class="sl-scroll" role="region" aria-label="Versions and reviews" tabindex="0">'
        f'<table class="sl-table shots-versions" data-table="versions"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def version_rows(versions: Sequence[ShotVersion]) -> list[dict[str, Any]]:
    """The same for a CSV."""
    return [
        {
            "version": version.number,
            "render_id": version.render_id,
            "workflow": version.workflow and version.workflow.value,
            "first_on": version.first_on,
            "renders": version.render_count,
            "failed_renders": version.failed_count,
            "machine_seconds": version.machine_seconds,
            "generated_seconds": version.generated_seconds,
            "made_by": "; ".join(version.makers),
            "reviews": "; ".join(f"{each.decision} {each.reviewed_at:%Y-%m-%d}" for each in version.decisions),
            "origins": "; ".join(version.origins),
        }
        for version in versions
    ]


def _row(version: ShotVersion) -> str:
    name = f"v{version.number:03d}" if version.number is not None else "no number"
    name += f"<small><code>{escape(version.render_id)}</code></small>" if version.render_id else ""
    failed = f"<small>{version.failed_count} failed</small>" if version.failed_count else ""
    renders = f"{version.render_count}{failed}" if version.render_count else "–"
    machine = duration_words(version.machine_seconds) if version.machine_seconds else "–"
    generated = f"{version.generated_seconds:,.0f} s" if version.generated_seconds else "–"
    reviews = "".join(_decision(each) for each in version.decisions) or "<small>none on record</small>"
    return (
        f'<tr data-version="{version.number or ""}"><th scope="row">{name}</th>'
        f"<td>{workflow_html(version.workflow)}<small>{escape(', '.join(version.makers))}</small></td>"
        f'<td class=nowrap>{day_words(version.first_on)}</td><td class="num">{renders}</td>'
        f'<td class="num">{machine}</td><td class="num">{generated}</td><td>{reviews}</td>'
        f"<td>{origin_marks(version.origins)}</td></tr>"
    )


def _decision(decision: Decision) -> str:
    words = _DECISIONS.get(decision.decision, decision.decision)
    return (
        f'<span class="shots-decision {escape(decision.decision)}"><b>{escape(words)}</b> '
        f"{day_words(decision.reviewed_at.date())}</span>"
    )
