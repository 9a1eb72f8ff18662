"""A bid as ``--json`` prints it: the names that machines read, laid down with the history bundle."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from analytics.vocabulary.bid import Amounts, Bid, BidShot, Hours

CONTRACT_SCHEMA = 1
"""Raised when a field is renamed or dropped; fields may be added without."""


def bid_as_contract(bid: Bid) -> dict[str, Any]:
    """A bid ready for `json.dumps`: money as numbers to the cent in ``currency``, hours as numbers, days as text.

    ``total`` is the range of the direct cost with supervision and overhead; contingency and margin come after it and
    are in ``gross``. What cannot be told is ``null``, with its reason in ``warnings``.
    """
    totals = bid.totals
    return {
        "schema": CONTRACT_SCHEMA,
        "bid_id": bid.bid_id,
        "version_number": bid.version_number,
        "status": bid.status.value,
        "name": bid.name,
        "production_id": bid.production_id,
        "production_name": bid.production_name,
        "created_at": bid.created_at.isoformat(),
        "priced_on": bid.priced_on.isoformat(),
        "valid_until": bid.valid_until and bid.valid_until.isoformat(),
        "shot_list": {"name": bid.shot_list_name, "sha256": bid.shot_list_sha256, "fps": bid.fps},
        "mix": bid.mix,
        "confidence": float(bid.confidence),
        "hours_per_person_day": float(bid.hours_per_person_day),
        "currency": bid.currency,
        "total": _amounts(totals.cost),
        "base": _cents(totals.base),
        "contingency": _cents(totals.contingency),
        "margin": _cents(totals.margin),
        "gross": _cents(totals.gross),
        "incentive": _cents(totals.incentive),
        "net": _cents(totals.net),
        "vendor": _cents(totals.vendor),
        "non_vendor": _cents(totals.non_vendor),
        "shots": [_shot(shot, lambda shot: _amounts(shot.cost)) | _about(shot) for shot in bid.shots],
        "people_hours": {
            "total": _hours(bid.people_hours),
            "shots": [_shot(shot, lambda shot: _hours(shot.people_hours)) for shot in bid.shots],
            "departments": [{"department": each.department} | _hours(each.people_hours) for each in bid.departments],
        },
        "incentives": [
            {"programme": each.programme, "rule": each.rule, "amount": _cents(each.amount), "words": each.words}
            for each in bid.incentives
        ],
        "change_orders": [
            {
                "number": order.number,
                "made_on": order.made_on.isoformat(),
                "reason": order.reason,
                "added": list(order.added),
                "omitted": list(order.omitted),
                "changed": list(order.changed),
                "gross": _cents(order.gross),
                "net": _cents(order.net),
            }
            for order in bid.change_orders
        ],
        "rests_on": {
            "n_shots": bid.ground.n_shots,
            "n_productions": bid.ground.n_productions,
            "n_ai_shots": bid.ground.n_ai_shots,
            "history_until": bid.ground.history_until and bid.ground.history_until.isoformat(),
            "rate_cards": list(bid.ground.rate_cards),
            "origins": dict(bid.ground.origins),
            "backtest": bid.ground.backtest,
        },
        "assumptions": list(bid.assumptions),
        "exclusions": list(bid.exclusions),
        "warnings": [*bid.warnings, *unpriced_words(bid)],
    }


def unpriced_words(bid: Bid) -> tuple[str, ...]:
    """Why amounts are missing, in sentences; nothing where all is priced."""
    words: list[str] = []
    unpriced = [line for line in bid.lines if line.unit_price is None and line.unit not in ("share", "lump")]
    resources = list(dict.fromkeys(line.resource or line.description for line in unpriced))
    if resources and not any(warning.startswith("No price for") for warning in bid.warnings):
        words.append(f"No price for {_listed(resources)}: add it to the rate card and work the bid out again.")
    without = [shot.code for shot in bid.shots if shot.cost is None]
    if without:
        shots = f"all {len(without):,} shots" if len(without) == len(bid.shots) > 1 else _listed(without)
        words.append(f"No cost for {shots}: a price is missing.")
    if bid.totals.gross is None or bid.totals.cost is None:
        words.append("No total in money: a price is missing. People-hours are whole.")
    elif bid.totals.net is None:
        words.append("No net amount: what the incentives give could not be told.")
    return tuple(words)


def _listed(names: list[str], at_most: int = 6) -> str:
    rest = len(names) - at_most
    return ", ".join(names[:at_most]) + (f" and {rest:,} more" if rest > 0 else "")


def _shot(shot: BidShot, its_range: Callable[[BidShot], Mapping[str, float | None]]) -> dict[str, Any]:
    return {
        "code": shot.code,
        "workflow": shot.workflow.value,
        **its_range(shot),
        "basis": shot.basis.value,
        "flags": list(shot.flags),
    }


def _about(shot: BidShot) -> dict[str, Any]:
    return {
        "sequence": shot.sequence,
        "kind": shot.kind.value,
        "complexity": shot.complexity.value,
        "cut_frames": shot.cut_frames,
        "handle_frames": shot.handle_frames,
        "ai_probability": shot.ai_probability,
        "vendor": shot.vendor,
        "due_on": shot.due_on and shot.due_on.isoformat(),
        "drivers": list(shot.drivers),
        "why_workflow": shot.why_workflow,
        "place": shot.place,
    }


def _hours(hours: Hours) -> dict[str, float | None]:
    return {"p10": hours.p10, "p50": hours.p50, "p90": hours.p90, "mean": hours.mean}


def _amounts(amounts: Amounts | None) -> dict[str, float | None]:
    """The four amounts, each ``null`` where a price is missing: the names stay, so that no reader trips over them."""
    if amounts is None:
        return dict.fromkeys(("p10", "p50", "p90", "mean"))
    return {
        "p10": _cents(amounts.p10),
        "p50": _cents(amounts.p50),
        "p90": _cents(amounts.p90),
        "mean": _cents(amounts.mean),
    }


def _cents(amount: Decimal | None) -> float | None:
    """To the cent as a JSON number: exact to 15 digits, which no bid exceeds."""
    return None if amount is None else float(round(amount, 2))
