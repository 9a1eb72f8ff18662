"""The view of incentives: which programmes are in force, and what those of its territory would give each production."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from analytics.costing.incentive_base import percent
from analytics.costing.incentive_offers import (
    IncentiveOffers,
    OfferedRule,
    ProductionOffer,
    ProgrammeOffer,
    RuleStanding,
)
from analytics.vocabulary.incentive import Base
from analytics.vocabulary.money import Money
from dashboards.access.roles import Role
from dashboards.answers import rates
from dashboards.answers.waiting import ready
from dashboards.app_pages.rates.charts import offers_chart
from dashboards.app_pages.rates.parts import table
from dashboards.look.cards import limits, section, show
from dashboards.look.downloads import csv_link, show_chart
from dashboards.look.words import count_words

BASES = {Base.LABOUR_ONLY: "labour", Base.ALL_SPEND: "all spend", Base.CONTRACT_SHARE: "contracts with vendors"}


def show_incentives() -> None:
    """Draw it."""
    found = ready(rates.offers(date.today()), "Incentives are being worked out for every production.")
    show(section(_title(found), _subtitle(found)))
    if found.productions:
        show_chart(
            offers_chart(found.productions),
            name="incentives-by-production",
            alt="The share of each production's gross cost that its territory's programmes would give back.",
            role=Role.PRODUCER,
        )
        show(
            production_table(found), csv_link(production_rows(found), name="incentives-productions", role=Role.PRODUCER)
        )
    show(
        limits([*found.problems, *found.assumed, *_without(found)], "Taken for granted: this is no claim and no advice")
    )
    show(
        section("Programmes", "Each rule with the days it holds. Which rule counts is decided by the day a production "
                "started, or as its row says."),
        programme_table(found.programmes),
        csv_link(programme_rows(found), name="incentives-programmes", role=Role.PRODUCER),
    )  # fmt: skip


def production_table(found: IncentiveOffers) -> str:
    """Gross, what each programme would give, and net, in the production's own currency."""
    rows = "".join(_production_row(each) for each in found.productions)
    heads = (("Production", ""), ("Gross", "num edge"), ("Incentive", "num"), ("Net", "num"), ("By programme", "edge"),
             ("Rules of", "edge"))  # fmt: skip
    return table("Incentives by production", "incentive-productions", heads, rows)


def programme_table(programmes: Sequence[ProgrammeOffer]) -> str:
    """Every rule of every programme."""
    rows = "".join(
        _rule_row(programme, rule, is_first=number == 0)
        for programme in sorted(programmes, key=lambda each: (not each.credits, each.programme.territory))
        for number, rule in enumerate(programme.rules)
    )
    heads = (("Programme", ""), ("Rule", ""), ("Pays", "num"), ("On", ""), ("Holds", ""), ("Would give", "num edge"),
             ("Source", "edge"))  # fmt: skip
    return table("Incentive programmes", "incentive-programmes", heads, rows)


def production_rows(found: IncentiveOffers) -> list[dict[str, Any]]:
    """One row a production and rule."""
    return [
        {
            "production": each.net.name, "territory": each.territory, "currency": each.net.gross.currency,
            "gross": each.net.gross.rounded().amount, "programme": credit.line.programme.name,
            "rule": credit.line.rule.title, "base": credit.line.base.amount, "credit": credit.line.credit.amount,
            "tax": credit.line.tax.amount, "benefit": credit.benefit.amount, "net": each.net.net.rounded().amount,
            "rules_of": each.net.rules_on,
        }
        for each in found.productions
        for credit in each.net.credits
    ]  # fmt: skip


def programme_rows(found: IncentiveOffers) -> list[dict[str, Any]]:
    """One row a rule."""
    return [
        {
            "programme": each.programme.name, "title": each.programme.title, "territory": each.programme.territory,
            "currency": each.programme.currency, "rule": rule.rule.title, "rate": rule.rule.rate,
            "on": BASES[rule.rule.base], "standing": rule.standing.value, "holds": rule.days,
            "source": rule.rule.source,
        }
        for each in found.programmes
        for rule in each.rules
    ]  # fmt: skip


def _production_row(each: ProductionOffer) -> str:
    net = each.net
    parts = "".join(
        f"<small>{escape(credit.line.programme.title)}: {_amount(credit.benefit)}</small>"
        for credit in net.credits
        if credit.benefit.amount
    )
    back = f"−{_amount(-net.incentive)}" if net.incentive.amount else "0"
    return (
        f'<tr data-production="{escape(net.production_id)}"><th scope="row">{escape(net.name)}'
        f"<small>{escape(each.territory or 'territory not known')} · {net.gross.currency}</small></th>"
        f'<td class="num edge">{_amount(net.gross)}</td>'
        f'<td class="num" data-figure="incentive">{back}<small>{each.credit_share:.1%}</small></td>'
        f'<td class="num" data-figure="net"><b>{_amount(net.net)}</b></td>'
        f'<td class="edge lines">{parts or "<small>no rule held when it started</small>"}</td>'
        f'<td class="edge">{net.rules_on or ""}</td></tr>'
    )


def _rule_row(each: ProgrammeOffer, offered: OfferedRule, *, is_first: bool) -> str:
    programme, rule = each.programme, offered.rule
    name = ""
    if is_first:
        name = f"{escape(programme.title)}<small>{escape(programme.territory)} · {programme.currency}</small>"
    gives = ""
    if is_first and each.credits:
        gives = "".join(f"<b>{_amount(credit)} {credit.currency}</b>" for credit in each.credits)
        gives += f"<small>on {count_words(each.production_count, 'production')}</small>"
    standing = "" if offered.standing is RuleStanding.IN_FORCE else f"<b>{offered.standing.value}</b>, "
    rates_words = " or ".join(percent(rate) for rate in (rule.rate, *(cliff.rate for cliff in rule.cliffs)))
    quiet = "" if offered.standing is RuleStanding.IN_FORCE else ' class="quiet"'
    return (
        f'<tr data-programme="{escape(programme.name)}"{quiet}><th scope="row">{name}</th><td>{escape(rule.title)}</td>'
        f'<td class="num">{rates_words.replace(" %", "%")}</td><td>{BASES[rule.base]}</td>'
        f'<td>{standing}{escape(offered.days)}</td><td class="num edge">{gives}</td>'
        f'<td class="edge source">{escape(rule.source)}</td></tr>'
    )


def _title(found: IncentiveOffers) -> str:
    backs = [f"{_rounded(back)} of {_rounded(gross)} {gross.currency}" for gross, back in found.totals() if back.amount]
    return f"Incentives would give back {' and '.join(backs)}" if backs else "No incentive would give anything back"


def _subtitle(found: IncentiveOffers) -> str:
    paying = [each for each in found.programmes if each.credits]
    return (
        f"{len(paying)} of the {count_words(len(found.programmes), 'programme')} known here would pay on this ledger's "
        "productions, on what they have cost so far. Solid: left to pay. Faint: would come back."
    )


def _rounded(money: Money) -> str:
    """Without false digits: ``7.84 M``."""
    return f"{money.amount / 1_000_000:,.2f} M" if abs(money.amount) >= 1_000_000 else f"{round(money.amount, -2):,.0f}"


def _amount(money: Money) -> str:
    return f"{money.amount:,.0f}".replace("-", "−")


def _without(found: IncentiveOffers) -> list[str]:
    return [f"No programme that is known here pays for {', '.join(found.without)}."] if found.without else []
