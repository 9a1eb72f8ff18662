"""HTML of the page Methods and data health."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from analytics.health.checks import CheckResult, Example
from analytics.health.data_health import CostOrigins, DataHealth
from analytics.health.kinds import KindShare
from analytics.health.ledger_file import LedgerFile
from analytics.health.methods import Method
from analytics.ledger.asking import TableSummary
from analytics.ledger.checking import Finding
from analytics.ledger.staging.row_words import table_words
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow
from dashboards.look.cards import mark, origin_marks, page_head, section
from dashboards.look.words import instant_words, sentence

FAULTS_SHOWN = 20
_COST_WORDS = {
    "all": "All costs",
    "people": "People's hours",
    "shared": "Bills shared by a production",
    "billed": "Bills of shots",
    "machine": "Machines",
    "idle": "Idle machines",
    "energy": "Energy",
    "licence": "Licences",
    "api": "Generated seconds, bought",
    "supervision": "Supervision",
    "overhead": "Overhead",
    "training": "Training of models",
}


def fault_box(faults: Sequence[Finding]) -> str:
    """What is broken in the ledger itself."""
    items = "".join(f"<li>{escape(str(fault))}</li>" for fault in faults[:FAULTS_SHOWN])
    more = f"<li>and more: shotledger ledger check lists all {len(faults):,}</li>" if len(faults) > FAULTS_SHOWN else ""
    return (
        f'<section class="sl-problems" role="alert"><h2>The ledger itself is not in order</h2>'
        f"<ul>{items}{more}</ul></section>"
    )


def check_list(health: DataHealth) -> str:
    """Each gap that was found: how much, what it does to the figures, what to do, and the worst examples."""
    return f'<div class="he-checks">{"".join(map(_check, health.found))}</div>'


def in_order(health: DataHealth) -> str:
    """Checks that found nothing, in one line each."""
    fine = [result for result in health.checks if result.is_in_order]
    if not fine:
        return ""
    items = "".join(
        f'<li data-check="{escape(result.check.question)}" data-found="0">{escape(result.check.title)}'
        f"<small>none of {result.of_count:,} {escape(result.check.of_what)}</small></li>"
        for result in fine
    )
    return f'<section class="he-fine"><h3>In order: looked for, and not found</h3><ul>{items}</ul></section>'


def _check(result: CheckResult) -> str:
    check = result.check
    of = "" if result.of_count is None else f" of {result.of_count:,} {check.of_what}"
    amount = f", {result.amount:,.0f} {check.unit}" if check.unit else ""
    examples = "".join(map(_example, result.examples))
    return (
        f'<article class="he-check" data-check="{escape(check.question)}" data-found="{result.found_count}">'
        f"<h3>{escape(check.title)}</h3>"
        f'<p class="he-count"><b>{result.found_count:,}</b>{escape(of)}{escape(amount)}</p>'
        f"<p>{escape(check.meaning)}</p><p><b>What to do.</b> {escape(check.mend)}</p>"
        f"<details><summary>The {len(result.examples)} that weigh most</summary><ul>{examples}</ul></details></article>"
    )


def _example(example: Example) -> str:
    label = escape(example.label)
    if example.shot_id is not None:
        label = f'<a href="/shots?shot={quote(example.shot_id, safe="")}" target="_self">{label}</a>'
    return f"<li>{label} <span>{escape(example.detail)}</span></li>"


def check_rows(health: DataHealth) -> list[dict[str, Any]]:
    """Every check as a row of a CSV."""
    return [
        {
            "check": result.check.title,
            "found": result.found_count,
            "of": result.of_count,
            "of_what": result.check.of_what,
            "amount": result.amount if result.check.unit else "",
            "unit": result.check.unit,
            "meaning": result.check.meaning,
            "what_to_do": result.check.mend,
            "examples": "; ".join(f"{example.label}: {example.detail}" for example in result.examples),
        }
        for result in health.checks
    ]


def missing_rows(health: DataHealth) -> list[dict[str, Any]]:
    """What waits for a price, as rows of the table and its CSV."""
    return [
        {
            "missing": price.missing,
            "is_exchange": price.is_exchange,
            "workflow": price.workflow.label if price.workflow else "",
            "first_day": price.first_day,
            "last_day": price.last_day,
            "facts": price.fact_count,
            "amount": price.fact_amount,
            "unit": price.fact_unit.replace("_", " "),
        }
        for price in health.missing
    ]


def missing_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """What has no price, for which days and how much."""
    body = "".join(
        f'<tr data-missing="{escape(row["missing"])}"><th scope="row">{escape(row["missing"])}'
        f"<small>{'exchange rate' if row['is_exchange'] else 'rate'}</small></th>"
        f"<td>{escape(row['workflow']) or '–'}</td>"
        f'<td class="nowrap">{_days(row["first_day"], row["last_day"])}</td><td class="num">{row["facts"]:,}</td>'
        f'<td class="num">{row["amount"]:,.1f}<small>{escape(row["unit"])}</small></td></tr>'
        for row in rows
    )
    heads = ("No price for", "Workflow", "Days", ">Facts", ">Amount")
    link = '<a class="sl-button" href="/rates" target="_self">Add the rate to a new card</a>'
    return f'{_scroll("What has no price", heads, body)}<p class="he-way">{link}</p>'


def _days(first: Any, last: Any) -> str:
    if first is None:
        return "no day known"
    return f"{first}" if first == last else f"{first} to {last}"


def cost_origin_table(costs: Sequence[CostOrigins]) -> str:
    """Kinds of cost, each with the shares of its origins as a bar and in words."""
    body = "".join(
        f'<tr data-cost="{escape(each.label)}" class="{"he-all" if each.label == "all" else ""}"><th scope="row">'
        f"{escape(_COST_WORDS.get(each.label, sentence(each.label)))}</th>"
        f'<td class="num">{"–" if each.cost is None else f"{each.cost:,.0f} {escape(each.currency)}"}</td>'
        f'<td class="he-mix">{_bar(each.shares)}</td><td class="num">{each.line_count:,}</td>'
        f'<td class="num">{f"{each.missing_count:,}" if each.missing_count else "–"}</td></tr>'
        for each in costs
    )
    heads = ("Cost of", ">Amount, gross", "Rests on", ">Priced facts", ">Without a price")
    return _scroll("Origins of costs", heads, body)


def cost_origin_rows(costs: Sequence[CostOrigins]) -> list[dict[str, Any]]:
    """Origins of costs as rows of a CSV."""
    return [
        {
            "cost_of": each.label,
            "amount": each.cost,
            "currency": each.currency,
            **{f"{origin}_share": each.shares.get(origin, 0.0) for origin in Origin},
            "priced_facts": each.line_count,
            "without_price": each.missing_count,
        }
        for each in costs
    ]


def table_origin_table(tables: Sequence[TableSummary]) -> str:
    """Tables of facts, each with the shares of its origins; tables without rows in a line of their own."""
    filled = [table for table in tables if table.row_count]
    empty = ", ".join(table_words(table.table) for table in tables if not table.row_count)
    body = "".join(
        f'<tr data-facts="{escape(table.table)}"><th scope="row">{sentence(table_words(table.table))}</th>'
        f'<td class="num">{table.row_count:,}</td><td class="he-mix">{_bar(table.shares)}</td>'
        f'<td class="nowrap">{_span(table)}</td></tr>'
        for table in filled
    )
    if empty:
        body += f'<tr class="im-same"><td colspan="4">No rows yet: {escape(empty)}.</td></tr>'
    return _scroll("Origins of facts", ("Facts", ">Rows", "Come from", "From, to"), body)


def _span(table: TableSummary) -> str:
    if table.first_at is None or table.last_at is None:
        return "–"
    return f"{table.first_at:%Y-%m-%d} to {table.last_at:%Y-%m-%d}"


def table_origin_rows(tables: Sequence[TableSummary]) -> list[dict[str, Any]]:
    """Origins of facts as rows of a CSV."""
    return [
        {
            "facts": table.table,
            "rows": table.row_count,
            "measured": table.measured_count,
            "imported": table.imported_count,
            "assumed": table.assumed_count,
            "synthetic": table.synthetic_count,
            "first": table.first_at.isoformat() if table.first_at else "",
            "last": table.last_at.isoformat() if table.last_at else "",
        }
        for table in tables
    ]


def kind_legend() -> str:
    """What the colours of the chart are, each with its shape."""
    marks = "".join(
        f"<span>{mark(workflow)} {workflow.label}</span>" for workflow in (Workflow.AI, Workflow.TRADITIONAL)
    )
    return f'<p class="he-legend">{marks}<span>■ given to nobody yet</span></p>'


def kind_table(kinds: Sequence[KindShare]) -> str:
    """Kinds of shots by workflow, and whether the two can be compared on them."""
    body = "".join(
        f'<tr data-kind="{escape(each.kind or "unknown")}"><th scope="row">{_kind(each)}</th>'
        f'<td class="num">{each.ai_count:,}</td><td class="num">{each.traditional_count:,}</td>'
        f'<td class="num">{f"{each.unknown_count:,}" if each.unknown_count else "–"}</td>'
        f'<td class="num">{"–" if each.ai_share is None else f"{each.ai_share:.0%}"}</td>'
        f'<td class="num">{each.shared_count} of {each.production_count}</td><td>{escape(each.verdict)}</td></tr>'
        for each in kinds
    )
    heads = ("Kind", ">AI", ">Traditional", ">Not begun", ">AI share", ">Productions with both", "Comparison")
    return _scroll("AI by kind of shot", heads, body)


def kind_rows(kinds: Sequence[KindShare]) -> list[dict[str, Any]]:
    """Kinds of shots as rows of a CSV."""
    return [
        {
            "kind": each.kind or "",
            "shots": each.shot_count,
            "ai": each.ai_count,
            "traditional": each.traditional_count,
            "hybrid": each.hybrid_count,
            "unknown": each.unknown_count,
            "ai_share": "" if each.ai_share is None else each.ai_share,
            "productions": each.production_count,
            "productions_with_both": each.shared_count,
            "comparison": each.verdict,
        }
        for each in kinds
    ]


def _kind(each: KindShare) -> str:
    return escape(sentence((each.kind or "kind not known").replace("_", " ")))


def method_list(methods: Sequence[Method]) -> str:
    """Every method: the question, how its number is made, its limits, and what holds now."""
    return f'<div class="he-methods">{"".join(map(_method, methods))}</div>'


def _method(method: Method) -> str:
    made = " ".join(method.made)
    settings = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in method.settings)
    return (
        f'<article class="he-method" data-method="{escape(method.name)}"><div><h2>{escape(method.question)}</h2>'
        f'<p>{escape(made)}</p><p class="he-limit"><b>Bear in mind.</b> {escape(method.limits)}</p>'
        f"<p class='he-doc'>In full: <code>docs/{escape(method.document)}</code></p></div><dl>{settings}</dl></article>"
    )


def ledger_parts(file: LedgerFile) -> str:
    """The ledger's own particulars."""
    headline = (
        f"This ledger was made on {file.created_at:%-d %B %Y} and has seen {file.change_number:,} changes of facts."
    )
    details = (f"Shotledger {file.shotledger_version}, DuckDB {file.duckdb_version}. Ledger {file.ledger_id}.",)
    body = "".join(
        f'<tr data-migration="{step.number}"><th scope="row">{step.number:04d}</th>'
        f'<td>{escape(sentence(step.name))}</td><td class="nowrap">{escape(instant_words(step.run_at))}</td></tr>'
        for step in reversed(file.migrations)
    )
    steps = section("Steps of its schema", "Each ran once, in one transaction with this record.")
    return (
        page_head("The ledger", "", headline, details) + steps + _scroll("Migrations", ("Number", "Step", "Run"), body)
    )


def _bar(shares: Mapping[Origin, float]) -> str:
    """Shares as a bar of patterns, and the same in words: nothing is told by the pattern alone."""
    if not shares:
        return "–"
    parts = "".join(
        f'<i class="o-{origin}" style="width:{share:.2%}"></i>' for origin, share in shares.items() if share > 0
    )
    words = "".join(
        f"{origin_marks((origin,))} <b>{_percent(share)}</b> " for origin, share in shares.items() if share > 0
    )
    return f'<span class="he-bar" aria-hidden="true">{parts}</span><span class="he-words">{words}</span>'


def _percent(share: float) -> str:
    return "under 1%" if share < 0.005 else f"{share:.0%}"


def _scroll(label: str, heads: Sequence[str], body: str) -> str:
    head = "".join(
        f'<th scope="col"{" class=num" if name.startswith(">") else ""}>{name.lstrip(">")}</th>' for name in heads
    )
    return (
        f'<div class="sl-scroll" role="region" aria-label="{escape(label)}" tabindex="0">'
        f'<table class="sl-table im-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
