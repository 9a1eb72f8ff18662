"""Bids of any size for tests, whose lines and totals add up as those of the product do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from random import Random

from analytics.vocabulary.bid import (
    Amounts,
    Basis,
    Bid,
    BidDepartment,
    BidGround,
    BidIncentive,
    BidLine,
    BidShot,
    BidStatus,
    BidTotals,
    ChangeOrder,
    Hours,
    LineKind,
)
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

CENT = Decimal("0.01")
DAYS = {Complexity.EASY: 3.0, Complexity.MEDIUM: 9.0, Complexity.HARD: 24.0, Complexity.HERO: 70.0}
SHARES = {
    Workflow.TRADITIONAL: {"matchmove": 0.06, "roto": 0.1, "prep": 0.1, "animation": 0.09, "fx": 0.2, "lighting": 0.12,
                           "environment": 0.08, "comp": 0.25, "supervision": 0.04},
    Workflow.AI: {"matchmove": 0.05, "roto": 0.05, "prep": 0.15, "ai": 0.35, "comp": 0.4},
}  # fmt: skip
RATES = {
    "matchmove": "612.40", "roto": "498.25", "prep": "540.00", "animation": "745.15", "fx": "802.55",
    "lighting": "731.35", "environment": "715.00", "comp": "688.75", "ai": "704.05", "supervision": "990.10",
}  # fmt: skip
VENDORS = (None, None, "Harbour Light", "Mill & Stone")


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_EVEN)


def added_up(lines: Sequence[BidLine]) -> Decimal | None:
    known = [line.amount for line in lines if line.amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(lines) else None


def making_bid(
    shot_count: int = 12,
    *,
    seed: int = 0,
    unpriced: Sequence[str] = (),
    vendors: Sequence[str | None] = VENDORS,
    incentive: bool = True,
    change_orders: int = 0,
    codes: Sequence[str] = (),
    status: BidStatus = BidStatus.DRAFT,
) -> Bid:
    """A bid of so many shots; departments named in ``unpriced`` have no rate."""
    random = Random(seed)
    shots: list[BidShot] = []
    lines: list[BidLine] = []
    hours_by_department: dict[str, float] = {}
    for number in range(shot_count):
        sequence = f"{chr(65 + number // 12 % 26)}{number // 12:02d}"
        code = codes[number] if number < len(codes) else f"TIDE_{sequence}_{10 * (number % 12 + 1):04d}"
        complexity = random.choices(list(Complexity), (4, 5, 3, 0.5))[0]
        days = DAYS[complexity] * random.lognormvariate(0, 0.4)
        ai_probability = random.choice((0.0, 0.0, 1.0, 0.37))
        vendor, kind = random.choice(list(vendors)), random.choice(list(ShotKind))
        own: list[BidLine] = []
        for workflow, share in ((Workflow.TRADITIONAL, 1 - ai_probability), (Workflow.AI, ai_probability)):
            speed = 0.55 if workflow is Workflow.AI else 1.0
            for department, part in SHARES[workflow].items() if share else ():
                own.append(_people(code, workflow, department, days * share * speed * part, vendor, unpriced))
                hours_by_department[department] = hours_by_department.get(department, 0) + 8 * float(own[-1].quantity)
        people = added_up([line for line in own if line.department != "supervision"])
        hours = 8 * float(sum(line.quantity for line in own))
        own.append(
            BidLine(LineKind.SUPERVISION, None, code, None, "Supervision and production", Decimal("0.175"), "share",
                    people, None if people is None else cents(people * Decimal("0.175")), "uplift:supervision",
                    "studio practice, 2026-01-05", vendor=vendor, account_code="5302", base_amount=people)
        )  # fmt: skip
        seconds = Decimal(random.randint(48, 240))
        if ai_probability:
            own.append(
                BidLine(LineKind.API, None, code, Workflow.AI, "Generated footage", seconds, "second", Decimal("0.40"),
                        cents(seconds * Decimal("0.40")), "api:veo-3.1", "list price, 2026-02-01",
                        vendor=vendor, account_code="5370")
            )  # fmt: skip
        machine = Decimal(str(round(random.uniform(4, 90), 2)))
        own.append(
            BidLine(LineKind.MACHINE, None, code, None, "Machine hours", machine, "hour", Decimal("2.25"),
                    cents(machine * Decimal("2.25")), "machine:gpu", "cloud list price, 2026-02-01", "imported",
                    vendor=vendor, account_code="5350")
        )  # fmt: skip
        mean = added_up(own)
        shots.append(
            BidShot(
                code, sequence, kind, complexity, random.randint(24, 240), 8,
                random.choice(("Tower falls behind her", "Remove rig and cables", "Snow over the square", "")),
                Workflow.AI if ai_probability > 0.5 else Workflow.TRADITIONAL, ai_probability,
                Hours(hours * 0.55, hours * 0.93, hours * 1.55, hours),
                None if mean is None else
                Amounts(*(cents(mean * Decimal(part)) for part in ("0.55", "0.93", "1.55")), mean),
                random.choice(list(Basis)),
                ("longer than any shot in the history",) if number % 17 == 3 else (),
                ("destruction: 1.4 times the usual", "long shot: 1.2 times"),
                vendor=vendor, due_on=date(2027, 3, 1), place=f"cut_v12.edl, line {number + 3}",
            )
        )  # fmt: skip
        lines += own
    overhead_base = sum((line.amount or Decimal(0) for line in lines if line.kind is LineKind.PEOPLE), Decimal(0))
    lines.append(
        BidLine(LineKind.OVERHEAD, None, None, None, "Facility overhead", Decimal("0.08"), "share", overhead_base,
                cents(overhead_base * Decimal("0.08")), "uplift:overhead", "studio practice, 2026-01-05",
                account_code="5390", base_amount=overhead_base)
    )  # fmt: skip
    lines.append(
        BidLine(LineKind.OTHER, None, None, None, "Review sessions", Decimal(1), "lump", Decimal("1834.77"),
                Decimal("1834.77"), origin="imported", rate_source="billed on past productions", account_code="5380")
    )  # fmt: skip
    base = sum((line.amount or Decimal(0) for line in lines), Decimal(0))
    contingency = cents(base * Decimal("0.1234567"))
    margin = cents((base + contingency) * Decimal("0.10"))
    lines.append(
        BidLine(LineKind.CONTINGENCY, None, None, None, "Contingency", Decimal(1), "lump", contingency, contingency,
                account_code="5395", base_amount=base)
    )  # fmt: skip
    lines.append(
        BidLine(LineKind.MARGIN, None, None, None, "Margin", Decimal("0.10"), "share", base + contingency, margin,
                account_code="5398", base_amount=base + contingency)
    )  # fmt: skip
    gross = base + contingency + margin
    incentives = (
        BidIncentive("British Columbia DAVE", "labour in BC", cents(gross * Decimal("-0.0811")), "17.5 % of labour"),
        BidIncentive("Canada PSTC", "labour in Canada", cents(gross * Decimal("-0.0512")), "16 % less the above"),
    )  # fmt: skip
    given = sum((each.amount for each in incentives), Decimal(0)) if incentive else Decimal(0)
    vendor_share = sum((line.amount or Decimal(0) for line in lines if line.vendor), Decimal(0)) / (base or Decimal(1))
    vendor_gross = cents(gross * vendor_share)
    known = BidTotals(
        Amounts(cents(base * Decimal("0.78")), cents(base * Decimal("0.98")), cents(base * Decimal("1.24")), base),
        base, contingency, margin, gross, given, gross + given, vendor_gross, gross - vendor_gross,
    )  # fmt: skip
    missing = any(line.amount is None for line in lines)
    if missing:
        lines = [replace(line, amount=None, unit_price=None, base_amount=None)
                 if line.shot_code is None and line.kind is not LineKind.OTHER else line for line in lines]  # fmt: skip
    hours = sum(shot.people_hours.mean for shot in shots)
    return Bid(
        "salt-line-s2", 3, status, "P12", "Salt Line", "Salt Line S2, cut 12", "CAD", "24",
        datetime(2026, 11, 23, 10, 30, tzinfo=UTC), date(2026, 11, 23), date(2027, 1, 7), Decimal("0.8"), "current",
        Decimal(8), "cut_v12.edl", "ab" * 32, tuple(shots),
        tuple(BidDepartment(name, Hours(each * 0.7, each * 0.97, each * 1.35, each))
              for name, each in hours_by_department.items()),
        tuple(lines), incentives if incentive and not missing else (),
        Hours(hours * 0.8, hours * 0.98, hours * 1.23, hours),
        BidTotals(None, None, None, None, None, None, None) if missing else known,
        BidGround(412, 9, 96, date(2026, 10, 30), ("studio-2026", "uplifts-2026"), {"imported": 0.8, "assumed": 0.2},
                  "On 9 past productions, each left out in turn, the range held the total in 8."),
        ("Handles of 8 frames at each end.", "Retakes as on past productions: 3.4 versions a shot.",
         "Day rates of studio-2026 on 23 November 2026."),
        ("Builds of assets.", "On-set supervision.", "Reshoots."),
        ("Complexity of 4 shots was assumed to be medium.",),
        tuple(ChangeOrder(number + 1, date(2026, 12, 1 + number), "Recut of reel 2", ("TIDE_A00_0990",), (), (),
                          Decimal("12400.55"), Decimal("9800.10")) for number in range(change_orders)),
    )  # fmt: skip


def _people(
    code: str, workflow: Workflow, department: str, days: float, vendor: str | None, unpriced: Sequence[str]
) -> BidLine:
    quantity = cents(Decimal(str(days)))
    price = None if department in unpriced else Decimal(RATES[department])
    return BidLine(
        LineKind.PEOPLE, department, code, workflow, f"{department}, {workflow.value}", quantity, "person_day", price,
        None if price is None else cents(quantity * price), f"labour:{department}", "studio card, 2026-01-05",
        "imported", vendor, "CA-BC", "5310",
    )  # fmt: skip
