"""Claims and their audits for the terminal: readable at 100 columns, no chance without its shots."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from analytics.comparison.claims.audit_sentences import (
    chance_words,
    headline,
    how_to_read,
    ratio_and_interval_words,
    rests_on,
    synthetic_words,
    what_is_contradicted,
    what_this_audit_does_not_show,
    what_would_decide,
)
from analytics.comparison.claims.auditing import ClaimAudit, ClockAudit, Evidence
from analytics.comparison.claims.claim_words import (
    CLOCK_WORDS,
    baseline_words,
    capitalised,
    figure_words,
    listed,
    meaning_words,
    metric_words,
    threshold_words,
    what_the_claim_does_not_show,
)
from analytics.comparison.slate.results import Method
from analytics.vocabulary.claim import Claim
from dashboards.terminal.listings import NOTHING, plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

SCREEN_WIDTH = 100


def claims_table(claims: Sequence[Claim]) -> "RenderableType":
    """Claims, two lines each: what is said, and what it is said of."""
    from rich.console import Group
    from rich.text import Text

    table = _table()
    for heading in ("Claim", "Says", "Held against"):
        table.add_column(heading, overflow="fold")
    table.add_column("Shots", justify="right", overflow="fold")
    table.add_column("Said", no_wrap=True)
    for claim in claims:
        name, says = Text(claim.name, style="bold"), Text(figure_words(claim))
        name.append(f"\n{claim.title}", style="not bold dim")
        says.append(f"\nof what: {metric_words(claim)}", style="dim")
        shots = NOTHING if claim.n_shots is None else f"{claim.n_shots}"
        table.add_row(*plain(name, says, baseline_words(claim), shots, claim.said_on or NOTHING))
    note = "None of these compared VFX shots under control. One in full: shotledger claim show NAME"
    return Group(table, Text(f"\n{note}"))


def claim_screen(claim: Claim) -> "RenderableType":
    """One claim in full."""
    from rich.console import Group
    from rich.constrain import Constrain
    from rich.text import Text

    parts: list[RenderableType] = [_header(claim), Text(f"\n{meaning_words(claim)}\n")]
    parts += [Text(f"Rests on: {claim.sample}")] * (claim.sample is not None)
    parts += [Text(f"Source: {source}") for source in claim.sources]
    parts += [Text(), _box("What the claim itself does not show", what_the_claim_does_not_show(claim))]
    return Constrain(Group(*parts), SCREEN_WIDTH)


def audit_screen(audit: ClaimAudit) -> "RenderableType":
    """A claim by each clock, with what would decide it and what nobody may take from it."""
    from rich.console import Group
    from rich.constrain import Constrain
    from rich.text import Text

    synthetic, reading = synthetic_words(audit), how_to_read(audit)
    parts: list[RenderableType] = [_header(audit.claim), Text()]
    if synthetic is not None:
        parts += [Text(synthetic, style="bold reverse"), Text()]
    parts += [Text(headline(audit), style="bold"), *(Text(words) for words in what_is_contradicted(audit)), Text()]
    if audit.clocks:
        parts += [Text(meaning_words(audit.claim)), Text(), _clocks_table(audit), Text()]
        parts += [Text(reading), Text()] if reading else []
        open_ends = [Text(f"· {words}") for words in _open_ends(audit.clocks)]
        if open_ends:
            parts += [Text("Why undecided, and what would decide it", style="bold"), *open_ends, Text()]
        parts.append(_box("What this audit does not show", what_this_audit_does_not_show(audit)))
    parts.append(_box("What the claim itself does not show", what_the_claim_does_not_show(audit.claim)))
    return Constrain(Group(*parts), SCREEN_WIDTH)


def _header(claim: Claim) -> "RenderableType":
    from rich.text import Text

    text = Text()
    text.append(claim.title, style="bold")
    said_on = "" if claim.said_on is None else f", {claim.said_on}"
    text.append(f"\n{capitalised(claim.who)}{said_on}: {claim.words}")
    return text


def _clocks_table(audit: ClaimAudit) -> "Table":
    """Each clock with its verdict: first those that the claim can mean, then the others, which it does not speak of."""
    thresholds = threshold_words(audit.claim)
    table = _table()
    for heading in ("Counted in", "The claim is", "AI over traditional"):
        table.add_column(heading, overflow="fold")
    for threshold in thresholds:
        table.add_column(f"Chance of\n{threshold}", justify="right", overflow="fold")
    table.add_column("Shots", overflow="fold")
    for meant in (True, False):
        for clock in audit.clocks:
            if clock.could_be_meant is meant:
                for row in _clock_rows(clock, len(thresholds)):
                    table.add_row(*plain(*row))
        table.add_section()
    return table


def _clock_rows(clock: ClockAudit, threshold_count: int) -> Iterator[tuple[str, ...]]:
    # A verdict on what was never claimed would be quoted as one on what was.
    verdict = clock.verdict.value if clock.could_be_meant else "not claimed"
    label, evidence = CLOCK_WORDS[clock.clock], clock.decided_by
    if evidence is None or evidence.result.ratio is None:
        yield label, verdict, NOTHING, *[NOTHING] * threshold_count, "none to compare"
        return
    yield label, verdict, *_evidence_cells(evidence, with_chances=clock.could_be_meant)
    for beside in clock.beside if clock.could_be_meant else ():
        if beside.result.ratio is not None:
            method = "  by pairs" if beside.result.method is Method.PAIRED else "  adjusted"
            yield method, f"({beside.verdict})", *_evidence_cells(beside, with_chances=True)


def _evidence_cells(evidence: Evidence, *, with_chances: bool) -> tuple[str, ...]:
    chances = [NOTHING if each is None or not with_chances else chance_words(each) for each in evidence.probabilities]
    # That all of it is synthetic stands above everything; on every row it would bury the numbers of shots.
    shots = [words for words in rests_on(evidence.result) if words != "all synthetic"]
    return ratio_and_interval_words(evidence.result), *chances, "\n".join(shots)


def _open_ends(clocks: Iterable[ClockAudit]) -> Iterator[str]:
    """Why clocks are undecided, those with one reason in one sentence."""
    reasons: dict[str, list[str]] = {}
    for clock in clocks:
        if clock.why_undecided is not None and clock.could_be_meant:
            said = f"{clock.why_undecided.rstrip('.')}. {what_would_decide(clock)}".strip()
            reasons.setdefault(said, []).append(CLOCK_WORDS[clock.clock])
    for said, labels in reasons.items():
        yield f"{capitalised(listed(labels))}: {said}"


def _table() -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(box=SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False)


def _box(title: str, sentences: Iterable[str]) -> "RenderableType":
    from rich.box import SQUARE
    from rich.console import Group
    from rich.panel import Panel
    from rich.text import Text

    return Panel(Group(*(Text(f"· {each}") for each in sentences)), title=title, title_align="left", box=SQUARE)
