"""HTML of render jobs: what runs with its stages and frames, what waits, and what became of the others."""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

from analytics.comparison.figures import RenderSetup
from analytics.comparison.sentences import duration_words
from analytics.render_queue.job import JobStanding, JobState, RenderWish
from analytics.vocabulary.render import Outcome
from analytics.vocabulary.render_progress import RenderProgress
from dashboards.look.cards import mark
from dashboards.look.words import count_words, instant_words, shot_words

JOBS_SHOWN = 12
A_FEW_SECONDS, MINUTE_SECONDS = 10.0, 100.0


def setup_words(wish: RenderWish) -> str:
    """What is not that of the shot: ``draft, 64x36, frames 1020-1023, seed 7``."""
    parts = [wish.quality]
    if wish.model is not None and wish.model != "embedded":
        parts.append(wish.model)
    parts += [str(wish.size)] if wish.size is not None else []
    parts += [f"frames {wish.frames}"] if wish.frames is not None else []
    parts += [f"seed {wish.seed}"] if wish.seed is not None else []
    return ", ".join(parts)


def running_line(live: Sequence[JobStanding]) -> str:
    """One line over another room: what is being rendered now, and how many wait behind it."""
    first = live[0]
    wish = first.job.wish
    waiting = count_words(len(live) - 1, "more")[: -len("s")] if len(live) > 2 else "1 more"
    behind = f"; {waiting} in the queue" if len(live) > 1 else ""
    name = f"{shot_words(wish.shot_code)}, {wish.workflow.label}"
    where = stage_words(first) if first.state is JobState.RUNNING else "is about to begin"
    return (
        f'<p class="ts-now" role="status"><i aria-hidden="true"></i><span><b>Rendering {mark(wish.workflow)} '
        f"{escape(name)}</b>: {escape(where)}{escape(behind)}. "
        '<a href="/test-shots?do=Render" target="_self">See the queue</a></span></p>'
    )


def nothing_runs() -> str:
    """The queue is empty."""
    return '<p class="ts-idle">Nothing is being rendered.</p>'


def live_job(standing: JobStanding) -> str:
    """A job that runs or waits."""
    wish, progress = standing.job.wish, standing.progress
    running = standing.state is JobState.RUNNING
    took = standing.elapsed_seconds()
    aside = (
        f"{running_words(took)} so far"
        if running and took is not None
        else "next in the queue"
        if standing.place_in_queue == 1
        else f"number {standing.place_in_queue} in the queue"
    )
    body = ""
    if running:
        body = (
            f'{_stages(progress)}{_bar(standing)}<p class="ts-where">{escape(stage_words(standing))}'
            f"{escape(_left_words(progress))}</p>"
        )
    return (
        f'<article class="ts-job {standing.state}" data-job="{escape(standing.job.job_id)}" '
        f'data-state="{standing.state}"><header><h3>{mark(wish.workflow)} {escape(shot_words(wish.shot_code))}, '
        f"{wish.workflow.label}</h3><span>{escape(aside)}</span></header>"
        f'<p class="ts-setup">{escape(setup_words(wish))}, ordered by {escape(standing.job.ordered_by)} '
        f"{escape(instant_words(standing.job.ordered_at))}</p>{body}</article>"
    )


def stage_words(standing: JobStanding) -> str:
    """Where a running job stands, in words."""
    progress = standing.progress
    if standing.is_stopping:
        return "stopping; what was measured so far is kept"
    if progress is None or (progress.stage is None and progress.outcome is None):
        return "starting"
    if progress.outcome is Outcome.OK:
        return "done; measuring how near the picture came"
    if progress.stage is None:
        return "ending"
    if not progress.count:
        return progress.stage.value
    unit = "step" if progress.part else "frame"
    within = f" ({progress.part})" if progress.part else ""
    return f"{progress.stage.value}{within}, {unit} {progress.done} of {progress.count}"


def past_jobs(over: Sequence[JobStanding], logs: Mapping[str, str]) -> str:
    """Jobs that are over, newest first, each with what became of it.

    Parameters
    ----------
    logs
        Address of a job's log by its id, for those whose reader may see it.
    """
    rows = "".join(_past_row(standing, logs.get(standing.job.job_id)) for standing in over[:JOBS_SHOWN])
    return (
        '<div class="sl-section"><h2>What became of the last ones</h2></div>'
        '<div class="sl-scroll" role="region" aria-label="Renders that are over" tabindex="0"><table class="sl-table">'
        '<thead><tr><th scope="col">Render</th><th scope="col" class="num">Start to end</th>'
        f'<th scope="col">Outcome</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _past_row(standing: JobStanding, log: str | None) -> str:
    wish = standing.job.wish
    took = standing.elapsed_seconds()
    ending = {
        JobState.DONE: "done",
        JobState.FAILED: "failed",
        JobState.CANCELLED: "cancelled",
        JobState.LOST: "lost",
    }[standing.state]
    is_bad = standing.state in (JobState.FAILED, JobState.LOST)
    said = f'<b class="{"open" if is_bad else ""}">{ending}</b>'
    if standing.state is JobState.DONE:
        address = f"/test-shots?shot={quote(wish.shot_code)}"
        if wish.size is not None and wish.frames is not None:
            address += f"&setup={quote(str(RenderSetup(wish.quality, wish.size, wish.frames)))}"
        said += f' <a href="{escape(address)}" target="_self">compare</a>'
    elif standing.record.words:
        said += f"<small>{escape(standing.record.words)}</small>"
    elif standing.record.started_at is None:
        said += "<small>before it began</small>"
    if log:
        said += f' <a class="ts-log" href="{escape(log)}" target="_blank" rel="noopener">log</a>'
    return (
        f'<tr data-job="{escape(standing.job.job_id)}" data-state="{standing.state}"><th scope="row">'
        f"{mark(wish.workflow)} {escape(shot_words(wish.shot_code))}, {wish.workflow.label}"
        f"<small>{escape(setup_words(wish))}</small><small>ordered by {escape(standing.job.ordered_by)} "
        f"{escape(instant_words(standing.job.ordered_at))}</small></th>"
        f'<td class="num">{"–" if took is None else duration_words(took)}</td><td class="ts-ending">{said}</td></tr>'
    )


def _stages(progress: RenderProgress | None) -> str:
    if progress is None:
        return ""
    done = "".join(f'<li class="done">{stage.value}</li>' for stage in progress.stages_done)
    now = f'<li class="now" aria-current="step">{progress.stage.value}</li>' if progress.stage is not None else ""
    return f'<ol class="ts-stages" aria-label="Stages">{done}{now}</ol>' if done or now else ""


def _bar(standing: JobStanding) -> str:
    progress = standing.progress
    share = None if progress is None else progress.share_of_stage
    if share is None or progress is None or progress.stage is None:
        return '<div class="ts-bar unknown" aria-hidden="true"><i></i></div>'
    percent = f"{share:.0%}"
    return (
        f'<div class="ts-bar" role="progressbar" aria-label="This stage" aria-valuemin="0" aria-valuemax="100" '
        f'aria-valuenow="{percent.rstrip("%")}"><i style="width:{percent}"></i></div>'
    )


def _left_words(progress: RenderProgress | None) -> str:
    if progress is None or progress.remaining_seconds is None:
        return ""
    seconds = progress.remaining_seconds
    return f", {'a few seconds' if seconds < A_FEW_SECONDS else f'about {running_words(seconds)}'} left in this stage"


def running_words(seconds: float) -> str:
    """A time that goes on: without the tenths that nobody can read from it."""
    return f"{seconds:.0f} s" if seconds < MINUTE_SECONDS else duration_words(seconds)
