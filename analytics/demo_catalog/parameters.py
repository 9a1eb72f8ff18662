"""What a made-up slate is drawn from: every effect by its name, each of which can be changed or taken away."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Tails(StrEnum):
    """How the part of an outcome that nothing explains is spread, on the scale of logarithms.

    ``normal``; ``student``: Student's t scaled to the same middle half, so that its tails are what is heavier;
    ``contaminated``: normal, with a share of shots spread several times as far; ``skewed``: a centred gamma, since
    shots go wrong more often than they go miraculously right.
    """

    NORMAL = "normal"
    STUDENT = "student"
    CONTAMINATED = "contaminated"
    SKEWED = "skewed"


@dataclass(frozen=True)
class SlateParameters:
    """Effects multiply: what is called ``sd`` is the standard deviation of a natural logarithm.

    Attributes
    ----------
    production_count, shots_per_production, sequences_per_production
        How large; ``production_size_sd`` spreads the number of shots.
    people_ratio, machine_ratio, calendar_ratio
        AI over traditional of a middling shot, before fallbacks. Calendar days follow people's hours by
        ``calendar_exponent`` and are then multiplied by ``calendar_ratio``.
    kind_ratio_spread, complexity_ratio_spread
        How far the ratio differs by kind and by complexity: 1 as in the tables of `traits`, 0 not at all.
    production_ratio_sd, sequence_ratio_sd, shot_ratio_sd
        How far the ratio differs between productions, sequences and shots for reasons that no column tells.
    production_sd, sequence_sd
        How far productions and sequences differ in what either workflow takes.
    hidden_difficulty_sd
        What a shot takes in either workflow beyond what its columns say; the same in both.
    shot_sd, tails, tail_degrees, contaminated_share, contaminated_scale
        The rest, drawn anew for each workflow.
    ai_share, production_ai_share_sd
        Share of shots given to AI, and how far its log-odds differ between productions.
    selection
        How strongly easy, short shots of kinds that suit AI are given to it: 0 by lot, 1 as a sensible supervisor does.
    selection_on_hidden
        Log-odds of AI for each standard deviation that a shot is easier than its columns say; no adjustment sees it.
    selection_by_sequence_sd
        Log-odds by which whole sequences are given to one workflow.
    overlap_broken
        Hero shots and creatures never go to AI and easy clean-ups always do, so that some shots have no counterpart.
    one_armed_production_count
        Productions that have no AI shot at all.
    fallback_share
        Share of easy AI shots that fall back to the traditional workflow; harder ones do more often.
    learning_rate
        What remains of the hours whenever the number of AI shots behind a production has doubled (Wright): 0.95.
    yearly_tool_ratio
        What a year of better tools leaves of AI's hours.
    schedule_days, production_start_spread_days
        Length of a production's turnovers, and the span over which productions begin.
    open_share
        Share of the shots in the facts that are unfinished on the day the facts end; longer ones more often.
    begun_share
        Where above 0, the facts end instead when so large a share of all shots has been turned over.
    late_log_share, late_log_days
        Share of shots whose people log so many days late.
    ai_hour_price_ratio, ai_shot_extra_cost
        An hour in the AI workflow over one in the traditional, and what is paid for each AI shot beside people and
        machines (legal review, consent, credits), in the slate's currency.
    machine_hour_price, ai_machine_hour_price
        Of either workflow, in the slate's currency.
    omitted_share, enabled_share, twin_pair_count, both_ways_count
        Shots cut before they were done; shots that would not have been made without AI; shots done again as a shot of
        their own by the other workflow; shots done by both under one name.
    """

    production_count: int = 8
    shots_per_production: float = 100
    sequences_per_production: int = 9
    production_size_sd: float = 0.35

    people_ratio: float = 0.55
    machine_ratio: float = 0.35
    calendar_ratio: float = 0.95
    calendar_exponent: float = 0.52
    kind_ratio_spread: float = 1.0
    complexity_ratio_spread: float = 1.0
    production_ratio_sd: float = 0.12
    sequence_ratio_sd: float = 0.08
    shot_ratio_sd: float = 0.20

    production_sd: float = 0.28
    sequence_sd: float = 0.15
    hidden_difficulty_sd: float = 0.35
    shot_sd: float = 0.42
    tails: Tails = Tails.STUDENT
    tail_degrees: float = 6.0
    contaminated_share: float = 0.08
    contaminated_scale: float = 3.0

    ai_share: float = 0.4
    production_ai_share_sd: float = 0.5
    selection: float = 1.0
    selection_on_hidden: float = 0.0
    selection_by_sequence_sd: float = 0.4
    overlap_broken: bool = False
    one_armed_production_count: int = 0

    fallback_share: float = 0.025
    learning_rate: float = 0.95
    yearly_tool_ratio: float = 0.93

    schedule_days: int = 300
    production_start_spread_days: int = 420
    open_share: float = 0.06
    begun_share: float = 0.0
    late_log_share: float = 0.1
    late_log_days: int = 7
    ai_hour_price_ratio: float = 1.08
    ai_shot_extra_cost: float = 140.0
    machine_hour_price: float = 1.3
    ai_machine_hour_price: float = 3.3

    omitted_share: float = 0.03
    enabled_share: float = 0.015
    twin_pair_count: int = 0
    both_ways_count: int = 0


def without_effect(parameters: SlateParameters) -> SlateParameters:
    """The same slate where AI takes what the traditional workflow takes: by every clock the true ratio is about 1."""
    return replace(
        parameters, people_ratio=1.0, machine_ratio=1.0, calendar_ratio=1.0, kind_ratio_spread=0.0,
        complexity_ratio_spread=0.0, production_ratio_sd=0.0, sequence_ratio_sd=0.0, shot_ratio_sd=0.0,
        fallback_share=0.0, learning_rate=1.0, yearly_tool_ratio=1.0, ai_hour_price_ratio=1.0, ai_shot_extra_cost=0.0,
        ai_machine_hour_price=parameters.machine_hour_price,
    )  # fmt: skip
