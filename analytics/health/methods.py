"""How each number of the pages is made, in words for whoever has to defend it, with the settings that hold now."""

from dataclasses import dataclass

from analytics.bidding.life import VALID_DAYS
from analytics.comparison.claims.auditing import MOST_ASSUMED, SURE
from analytics.comparison.slate.comparing_clocks import CONFIDENCE, FEWEST_SHOTS
from analytics.comparison.slate.nuisance import FOLDS
from analytics.comparison.slate.overlap import MOST_WITHOUT_COUNTERPART
from analytics.costing.cards_in_force import cards_in_force
from analytics.costing.incentive_plan import programmes_by_name
from analytics.costing.reckoned_costs import report_currency
from analytics.estimation.kept_backtest import kept_backtest
from analytics.estimation.templates import load_template
from analytics.ledger.ledger import Ledger

OUTCOMES = 2000
"""Simulated for a bid or a forecast unless somebody asks for another number."""


@dataclass(frozen=True)
class Method:
    """One kind of number.

    Attributes
    ----------
    name
        Word by which it is found.
    question
        What the number answers.
    made
        How it is made, sentence by sentence.
    limits
        What it cannot say.
    settings
        What holds in this ledger now: name and value, in words.
    document
        Where all of it is told, below ``docs/``.
    """

    name: str
    question: str
    made: tuple[str, ...]
    limits: str
    settings: tuple[tuple[str, str], ...]
    document: str


def methods(ledger: Ledger) -> tuple[Method, ...]:
    """Every method, with the settings that hold in a ledger."""
    template, tested = load_template(), kept_backtest(ledger, with_synthetic=False)
    tested = tested or kept_backtest(ledger, with_synthetic=True)
    # The first question about prices records the card that ships, so it comes before the counts.
    in_force = cards_in_force(ledger)
    (counts,) = ledger.ask_rows("method_counts")
    return (
        Method(
            "compare",
            "Does AI take less, on shots like these?",
            (
                "Each AI shot is held against what such a shot would have taken traditionally: same production, kind, "
                "complexity, length, size, camera move and time of turnover.",
                "A shot counts in the workflow it was first given to, with all that it took, also after it fell back.",
                "The interval comes from drawing whole sequences anew, because shots of a sequence share people and "
                "trouble. A ratio below 1 means that AI took less.",
            ),
            "What nobody recorded is not adjusted for. Only shots made both ways, or drawing lots, could do that.",
            (
                ("Confidence of intervals", f"{CONFIDENCE:.0%}"),
                ("Shots needed on each side", f"{FEWEST_SHOTS}"),
                ("Predictions for shots not seen in fitting", f"{FOLDS} folds, seed 0"),
                ("No ratio where more than so many have no counterpart", f"{MOST_WITHOUT_COUNTERPART:.0%}"),
            ),
            "comparison.md",
        ),
        Method(
            "cost",
            "What did it cost?",
            (
                "The ledger keeps hours, seconds, joules and bills. Money is those times the price that held on the "
                "day: the most particular resource first, then the vendor, then the territory.",
                "Supervision, overhead, idle machines, failed renders and rejected versions are in it. Bills of a "
                "whole production are spread over its shots by what those cost themselves.",
                "Gross comes first, then the incentive, shown as a minus, then net.",
            ),
            "What has no price is in no sum and never zero. It is listed under data health.",
            (
                ("Rate cards", str(in_force)),
                ("Rates in the ledger", f"{counts['rate_count']:,} on {counts['card_count']:,} cards"),
                ("Exchange rates", f"{counts['exchange_count']:,}"),
                ("Currency of reports", report_currency(ledger)),
            ),
            "costing.md",
        ),
        Method(
            "incentives",
            "What does the state pay back?",
            (
                "Each programme is a file of dated rules: which costs count, at which rate, with which caps, minima "
                "and order. Costs count by where people live and by what the work is.",
                "Where a credit pays on labour, AI can save gross money and lose net money, because labour shrinks.",
            ),
            "It is no tax advice. Residency, cultural tests and fine print are stated, not checked.",
            (("Programmes", ", ".join(programme.title for programme in programmes_by_name().values())),),
            "incentives.md",
        ),
        Method(
            "bid",
            "What will these shots take?",
            (
                "One model of hours, from a template of the trade to the studio's own past: the more comparable shots "
                "are finished, the more the past speaks.",
                "All shots of a list are simulated together, with one production, one way of it with AI and their "
                "vendors in common. Of ten outcomes one lies below P10 and one above P90.",
                "A sent bid is a snapshot. It is never priced again.",
            ),
            "The middle of a range is hardly nearer than good simple ways. What holds is the range.",
            (
                ("Outcomes simulated", f"{OUTCOMES:,}, seed 0"),
                ("Template", f"{template.name}: {template.source}"),
                (
                    "Shots this studio has finished",
                    _finished(counts["final_count"], counts["production_count"]),
                ),
                ("Back-test", tested.in_words() if tested else "not run yet: shotledger bid backtest"),
                ("A bid is valid for", f"{VALID_DAYS} days"),
            ),
            "bidding.md",
        ),
        Method(
            "forecast",
            "What will the production have cost by the end?",
            (
                "What is done is known. What is left is drawn from the model that bids, given what is known on the "
                "day: final shots of the production, and how far shots in work usually are after so many hours.",
                "EFC is actual plus what is to come. Variance is the Locked Budget less EFC: a minus is over.",
            ),
            "Omissions, additions and retakes of final shots that are yet to come are not foretold.",
            (("Outcomes simulated", f"{OUTCOMES:,}, seed 0"), ("Usual report", "weekly, against the week before")),
            "cost-report.md",
        ),
        Method(
            "claims",
            "Is what was said in public true of our shots?",
            (
                "A claim becomes a ratio, judged by each clock that it can have meant: machine, people or calendar.",
                "The chance that the true ratio on our shots goes as far as the claim decides.",
            ),
            "It does not judge whoever made the claim: this ledger holds other shots.",
            (
                ("Supported from a chance of", f"{SURE:.0%}"),
                ("Contradicted up to", f"{1 - SURE:.0%}"),
                ("Decides nothing where more than so much is assumed", f"{MOST_ASSUMED:.0%}"),
            ),
            "claims.md",
        ),
        Method(
            "clocks",
            "Which time is meant?",
            (
                "Machine seconds are measured stage by stage by a monotonic clock. People's hours are booked. Calendar "
                "days run from turnover to final. No sentence here says faster without naming its clock.",
                "Every row has an origin: measured by a stopwatch of ours, imported from another system, assumed by "
                "somebody who is named, or synthetic. A figure is as sure as its weakest part.",
            ),
            "Processor energy is assumed from the maker's thermal design power where no meter can be read.",
            (
                ("Renders measured here", f"{counts['measured_render_count']:,} of {counts['render_count']:,}"),
                ("Blind reviews answered", f"{counts['review_count']:,}"),
            ),
            "decisions/0003-a-render-is-recorded-twice.md",
        ),
    )


def _finished(shot_count: int, production_count: int) -> str:
    return f"{shot_count:,} in {production_count:,} production{'' if production_count == 1 else 's'}"
