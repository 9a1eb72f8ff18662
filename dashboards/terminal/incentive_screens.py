"""Incentive programmes for the terminal, readable at 100 columns: what they pay on, from which day, on whose word."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from analytics.costing.incentive_base import cap_in_words, percent
from analytics.costing.incentive_inputs import asks_for_labour, figures_asked, requirements_asked
from analytics.vocabulary.incentive import (
    FIGURES,
    MEASURES,
    Base,
    Cliff,
    IncentiveProgramme,
    IncentiveRule,
    Threshold,
    Work,
)
from dashboards.terminal.listings import plain

if TYPE_CHECKING:
    from rich.console import RenderableType

_BASES = {Base.LABOUR_ONLY: "labour", Base.ALL_SPEND: "all spend", Base.CONTRACT_SHARE: "contracts"}


def programme_in_full(programme: IncentiveProgramme) -> dict[str, Any]:
    """One programme for machines."""
    rows = rule_rows(programme)
    return {
        **{name: rows[0][name] for name in ("programme", "title", "territory", "currency")},
        "reduced_by": list(programme.reduced_by),
        "requirements": programme.requirements,
        "notes": list(programme.notes),
        "rules": rows,
    }


def rule_rows(programme: IncentiveProgramme) -> list[dict[str, Any]]:
    """One row a rule, for machines."""
    return [
        {
            "programme": programme.name,
            "title": programme.title,
            "territory": programme.territory,
            "currency": programme.currency,
            "rule": rule.name,
            "rule_title": rule.title,
            "base": rule.base.value,
            "work": rule.work and rule.work.value,
            "rate": str(rule.rate),
            "contract_share": str(rule.contract_share),
            "minimum": [_threshold_words(each, programme.currency) for each in rule.minimum],
            "cliffs": [_cliff_words(each, programme) for each in rule.cliffs],
            "base_cap": rule.base_cap and cap_in_words(rule.base_cap, programme.currency),
            "credit_cap": rule.credit_cap and str(rule.credit_cap),
            "tax_rate": rule.tax_rate and str(rule.tax_rate),
            "requires": [programme.requirements[name] for name in rule.requires],
            "valid_from": rule.valid_from and rule.valid_from.isoformat(),
            "valid_to": rule.valid_to and rule.valid_to.isoformat(),
            "undated": rule.undated,
            "pending": rule.pending,
            "dated_by": rule.dated_by,
            "source": rule.source,
        }
        for rule in programme.rules
    ]


def incentives_table(programmes: Sequence[IncentiveProgramme]) -> "RenderableType":
    """Every programme with its rules; what asks for more than costs is in the programme's own screen."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False)
    for heading in ("Programme", "Where", "Pays", "On", "Holds"):
        table.add_column(heading, no_wrap=heading in ("Programme", "Where"), overflow="fold")
    for programme in programmes:
        for number, rule in enumerate(programme.rules):
            name = Text(programme.name if number == 0 else "", style="bold")
            where = f"{programme.territory}, {programme.currency}" if number == 0 else ""
            table.add_row(*plain(name, where, _pays_words(rule), _base_words(rule), _days_words(rule)))
    return Group(
        table,
        Text("\nIn full, with thresholds, sources and what has to be stated: shotledger incentives show NAME"),
        Text("No tax advice: rates are as their sources gave them."),
    )


def incentive_screen(programme: IncentiveProgramme) -> "RenderableType":
    """One programme in full."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    parts: list[RenderableType] = [
        Text(f"{programme.name}: {programme.title}", style="bold"),
        Text(f"Pays in {programme.currency} on what is spent in {programme.territory}."),
    ]
    if programme.reduced_by:
        parts.append(Text(f"What these pay on the same labour is taken off first: {', '.join(programme.reduced_by)}."))
    for rule in programme.rules:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True, style="dim")
        table.add_column(overflow="fold")
        for name, words in _rule_words(rule, programme):
            table.add_row(*plain(name, words))
        parts += [Text(f"\n{rule.title}", style="bold"), table]
    if programme.notes:
        parts.append(Text("\nNotes", style="bold"))
        parts += [Text(f"· {note}") for note in programme.notes]
    parts.append(Text("\nTo be stated", style="bold"))
    parts += [Text(f"· {words}") for words in _to_be_stated(programme)]
    parts.append(Text(f"\nBegin a plan: shotledger incentives plan {programme.name} > plan.toml"))
    return Group(*parts)


def _rule_words(rule: IncentiveRule, programme: IncentiveProgramme) -> Iterator[tuple[str, str]]:
    yield "Rate", percent(rule.rate)
    contracts = "" if rule.contract_share == 1 else f"; of a contract {percent(rule.contract_share)} counts"
    yield "On", _base_words(rule) + contracts
    yield "Holds", _days_words(rule) + (f", by {rule.dated_by}" if rule.dated_by else "")
    if rule.undated:
        yield "", rule.undated
    if rule.minimum:
        yield "Minimum", " or ".join(_threshold_words(each, programme.currency) for each in rule.minimum)
    for cliff in rule.cliffs:
        yield "Instead", _cliff_words(cliff, programme)
    if rule.base_cap:
        yield "Counts", f"up to {cap_in_words(rule.base_cap, programme.currency)}"
    if rule.credit_cap is not None:
        yield "At most", f"{rule.credit_cap:,} {programme.currency}"
    if rule.requires:
        yield "Only if", "; ".join(programme.requirements[name] for name in rule.requires)
    if rule.tax_rate is not None:
        yield "Taxed", percent(rule.tax_rate)
    yield "Source", rule.source


def _to_be_stated(programme: IncentiveProgramme) -> Iterator[str]:
    if any(asks_for_labour(rule) for rule in programme.rules):
        yield "labour_share: how much of what own people cost is wages"
        yield "vendor_labour_share: how much of each vendor's contract there is labour"
    if any(rule.base is Base.ALL_SPEND for rule in programme.rules):
        yield "spent_in: where generated seconds were bought, and whatever else was not where the production is"
    asked = {name for rule in programme.rules for name in figures_asked(rule)}
    yield from (f"figures.{name}: {words}" for name, words in FIGURES.items() if name in asked)
    met = {name for rule in programme.rules for name in requirements_asked(rule)}
    yield from (f"requirements.{name}: {words}" for name, words in programme.requirements.items() if name in met)


def _pays_words(rule: IncentiveRule) -> str:
    return " or ".join(percent(rate) for rate in (rule.rate, *(cliff.rate for cliff in rule.cliffs)))


def _base_words(rule: IncentiveRule) -> str:
    work = {None: "", Work.VFX: ", VFX only", Work.OTHER: ", VFX left out"}[rule.work]
    return _BASES[rule.base] + work


def _days_words(rule: IncentiveRule) -> str:
    if rule.pending:
        return f"not yet: waits for {rule.pending}"
    until = f"until {rule.valid_to}" if rule.valid_to else ""
    since = f"since {rule.valid_from}" if rule.valid_from else "" if until else "first day unknown"
    return f"{since} {until}".strip()


def _threshold_words(threshold: Threshold, currency: str) -> str:
    words = {**MEASURES, **FIGURES}
    if threshold.share_of is None:
        return f"at least {threshold.at_least:,} {currency} of {words[threshold.of]}"
    return f"{words[threshold.of]} at least {percent(threshold.at_least)} of {words[threshold.share_of]}"


def _cliff_words(cliff: Cliff, programme: IncentiveProgramme) -> str:
    required = "".join(f", if {programme.requirements[name]}" for name in cliff.requires)
    threshold = _threshold_words(cliff.threshold, programme.currency)
    return f"{percent(cliff.rate)} of the whole base, with {threshold}{required}"
