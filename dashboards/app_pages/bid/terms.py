"""The pickers over a bid: for which production, by which rates, with what mix, incentives, confidence and margin."""

from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from analytics.bidding.assumed_plan import figures_to_state
from analytics.bidding.mix_plan import MixPlan
from analytics.bidding.priced_list import Mix
from analytics.costing.incentive_plan import programmes_by_name
from analytics.vocabulary.incentive import FIGURES
from dashboards.answers.bids import BidChoices, ProductionChoice, ShownBid
from dashboards.app_pages.bid.mix_terms import show_mix_plan
from dashboards.app_pages.bid.words import MIXES

CONFIDENCES = {"5 of 10": "0.5", "6 of 10": "0.6", "7 of 10": "0.7", "8 of 10": "0.8", "9 of 10": "0.9",
               "19 of 20": "0.95"}  # fmt: skip
RATES_IN_FORCE = "Rates in force"


@dataclass(frozen=True)
class Terms:
    """What was picked; ``production`` is an id, or the name of a new one."""

    production: str
    currency: str | None
    territory: str | None
    mix: Mix
    mix_plan: MixPlan | None
    rates: tuple[str, ...]
    incentives: tuple[str, ...]
    labour_share: Decimal
    figures: tuple[tuple[str, Decimal], ...]
    confidence: Decimal
    margin: Decimal


def show_terms(choices: BidChoices, usual_name: str, *, locked_production: str | None = None) -> Terms:
    """Draw the pickers.

    Parameters
    ----------
    usual_name
        What a production is called that nobody picked: the file's name.
    locked_production
        Of the bid that this is a version of: it stays that one's.
    """
    by_label = {_label(each): each.production_id for each in choices.productions}
    with st.container(key="bid_terms", gap="small"):
        grid = st.grid(4, min_column_width=190, gap="small")
        with grid.cell():
            if locked_production is not None:
                label = next((each for each, id_ in by_label.items() if id_ == locked_production), locked_production)
                st.selectbox("Production", [label], disabled=True, help="A version stays with the bid's production.")
                production = locked_production
            else:
                picked = st.selectbox(
                    "Production", list(by_label), index=None, key="production", bind="query-params",
                    accept_new_options=True, placeholder=f"a new one, called {usual_name}",
                    help="Shots that the ledger has of it tell how it differs from others. Type a name for a new one.",
                )  # fmt: skip
                production = by_label.get(picked or "", picked or usual_name)
        known = next((each for each in choices.productions if each.production_id == production), None)
        currency, territory = (known.currency, known.territory) if known else (None, None)
        if known is None:
            with grid.cell():
                currency = st.selectbox(
                    "Bid in", sorted({each.currency for each in choices.productions if each.currency}), index=None,
                    key="currency", bind="query-params", accept_new_options=True, placeholder="as most shots were",
                    help="Currency, as EUR. The ledger needs its exchange rate.",
                )  # fmt: skip
            with grid.cell():
                territory = st.selectbox(
                    "Made in", sorted({each.territory for each in choices.productions if each.territory}), index=None,
                    key="territory", bind="query-params", accept_new_options=True, placeholder="where most shots were",
                    help="Where the work is paid, as CA-BC; its rates hold unless a shot's row names another.",
                )  # fmt: skip
        with grid.cell():
            mix: Mix | None = st.selectbox(
                "Who makes the shots", list(MIXES), format_func=MIXES.__getitem__, key="mix", bind="query-params",
                help="What the list or a cell of it insists on always holds.",
            )  # fmt: skip
        with grid.cell():
            card = st.selectbox(
                "Rates", [RATES_IN_FORCE, *choices.cards.values()], key="rates", bind="query-params",
                help="Rates in force: those chosen on the page Rates and incentives, else the studio's own, filled up "
                "by the card that ships.",
            )  # fmt: skip
        with grid.cell():
            incentives, labour_share, figures = _incentives()
        with grid.cell():
            confidence = st.selectbox(
                "Price covers", list(CONFIDENCES), index=3, key="covers", bind="query-params",
                help="Contingency lifts the price until it covers the cost in so many of the simulated outcomes.",
            )  # fmt: skip
        with grid.cell():
            margin = st.number_input(
                "Margin, % on top", 0.0, 100.0, 0.0, 1.0, format="%.1f", key="margin", bind="query-params"
            )
    mix_plan = show_mix_plan() if mix == "best" else None
    ids = {name: card_id for card_id, name in choices.cards.items()}
    return Terms(
        production,
        currency,
        territory,
        mix or "current",
        mix_plan,
        () if card in (None, RATES_IN_FORCE) else (ids[card],),
        incentives,
        labour_share,
        figures,
        Decimal(CONFIDENCES[confidence or "8 of 10"]),
        Decimal(str(margin)).scaleb(-2),
    )


def take_terms_of(shown: ShownBid, choices: BidChoices) -> None:
    """Set the pickers as a stored bid was made; what it does not tell, such as a mix plan's budget, is left open."""
    bid, state = shown.bid, st.session_state
    state["mix"] = bid.mix
    words = {Decimal(share): label for label, share in CONFIDENCES.items()}
    state["covers"] = words.get(bid.confidence, "8 of 10")
    state["margin"] = float((shown.sums.margin or Decimal(0)).scaleb(2))
    programmes = programmes_by_name()
    claimed = dict.fromkeys(each.programme for each in bid.incentives)
    state["incentives"] = [programmes[name].title for name in claimed if name in programmes]
    cards = [choices.cards[card_id] for card_id in bid.ground.rate_cards if card_id in choices.cards]
    state["rates"] = cards[0] if len(bid.ground.rate_cards) == len(cards) == 1 else RATES_IN_FORCE
    if bid.production_id not in {each.production_id for each in choices.productions}:
        state["currency"], state["territory"] = bid.currency, shown.sums.territory


def _incentives() -> tuple[tuple[str, ...], Decimal, tuple[tuple[str, Decimal], ...]]:
    programmes = programmes_by_name()
    titles = {each.title: name for name, each in programmes.items()}
    picked = st.multiselect(
        "Incentives", list(titles), key="incentives", bind="query-params", placeholder="none",
        help="Work in the programme's territory earns it. What no list tells, such as certificates, is taken to be met "
        "and said among the assumptions.",
    )  # fmt: skip
    names = tuple(titles[title] for title in picked)
    if not names:
        return (), Decimal("0.57"), ()
    share = st.number_input("Wages, % of people's cost", 0.0, 100.0, 57.0, 1.0, format="%.0f", key="labour_share")
    figures = []
    for name in figures_to_state(names):
        amount = st.number_input(
            FIGURES[name].capitalize(), 0.0, None, None, 100_000.0, format="%.0f", key=f"bid_figure_{name}",
            placeholder="in the bid's currency",
        )  # fmt: skip
        if amount is not None:
            figures.append((name, Decimal(str(amount))))
    return names, Decimal(str(share)).scaleb(-2), tuple(figures)


def _label(production: ProductionChoice) -> str:
    return f"{production.name} ({production.production_id})"
