"""HTML beside the form that orders a render: the shot's brief, the model's, what it took before, what is missing."""

from collections.abc import Mapping, Sequence
from html import escape

from analytics.comparison.sentences import duration_words
from analytics.ledger.rendered_test_shots import EarlierRenders
from analytics.render_queue.own_command import AiModel, ShotToRender
from analytics.vocabulary.workflow import Workflow
from dashboards.look.cards import mark
from dashboards.look.words import count_words


def brief(shot: ShotToRender, picture: str | None) -> str:
    """What the shot shows, with a frame of its newest render where there is one."""
    image = (
        f'<img src="{escape(picture)}" alt="A frame of the newest render of {escape(shot.name)}">'
        if picture
        else '<span class="none">not rendered yet</span>'
    )
    seconds = f"{shot.frames.count} frames at {shot.frames_per_second} a second, {shot.frames}"
    kind = shot.kind.replace("_", " ")
    return (
        f'<div class="ts-brief"><div class="ts-picture">{image}</div><div><p>{escape(shot.brief)}</p>'
        f"<small>{escape(kind)}, {escape(shot.complexity)}; {escape(seconds)}</small></div></div>"
    )


def model_words(model: AiModel) -> str:
    """What a model is for, its licence, and what a clip of its own size takes here."""
    takes = ""
    if model.clip_seconds is not None:
        takes = (
            f" One clip of its own size takes about {duration_words(model.clip_seconds)} here ({model.clip_origin})."
        )
    return f'<p class="ts-model">{escape(model.suits)} Licence: {escape(model.licence)}.{escape(takes)}</p>'


def took_before(earlier: Mapping[Workflow, EarlierRenders | None]) -> str:
    """What renders of the same setup took, for each workflow that is asked for."""
    rows = ""
    for workflow, renders in earlier.items():
        said = "nothing like it has been rendered yet" if renders is None else _took(renders)
        rows += f"<li>{mark(workflow)} {workflow.label}: {said}</li>"
    return (
        f'<div class="ts-before"><p>Machine time recorded before, loading included</p><ul>{rows}</ul>'
        "<p>A simulation that was made once is counted each time, though nobody waits for it again.</p></div>"
    )


def _took(renders: EarlierRenders) -> str:
    of = "" if renders.is_same else f" for {count_words(renders.frames.count, 'frame')} at {renders.size}"
    n = f"n = {renders.render_count}"
    if renders.render_count > 1:
        n += f", {duration_words(renders.lowest_seconds)} to {duration_words(renders.highest_seconds)}"
    machine = f" on {renders.machine}" if renders.machine else ""
    return f"<b>{escape(duration_words(renders.median_seconds))}</b>{escape(of)} ({escape(n + machine)}, measured)"


def missing_models(models: Sequence[AiModel]) -> str:
    """Models that a page cannot render with here, and why."""
    rows = "".join(
        f'<tr><th scope="row">{escape(model.name)}<small>{escape(model.title)}</small></th>'
        f"<td>{escape(model.suits)}</td><td>{escape(model.why_not or '')}</td></tr>"
        for model in models
    )
    return (
        '<div class="sl-scroll" role="region" aria-label="Models that cannot be used here" tabindex="0">'
        '<table class="sl-table"><thead><tr><th scope="col">Model</th><th scope="col">For</th>'
        f'<th scope="col">Why not here</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def for_producers() -> str:
    """What stands in place of the form for whoever may only look."""
    return (
        '<section class="sl-teach"><h2>Starting a render is for producers</h2><p>You can watch the queue, compare what '
        "was rendered and judge it blind. Ask whoever runs these pages for the role producer to start renders.</p>"
        "</section>"
    )
