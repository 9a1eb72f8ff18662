"""All claims against one slate, and a claim that somebody types in."""

import pytest

from analytics.comparison.claims.auditing import ClaimVerdict, audit_claim
from analytics.comparison.claims.claim_files import load_claims, shipped_claims_folder
from analytics.comparison.claims.own_claim import own_claim
from analytics.comparison.claims.standing import claim_standings
from analytics.comparison.figures import Clock
from analytics.comparison.slate.results import Estimand, Method, Population, RatioResult
from analytics.vocabulary.claim import MetricKind
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin


def told(clock: Clock, ratio: float) -> RatioResult:
    money = clock in (Clock.COST_GROSS, Clock.COST_NET)
    return RatioResult(
        Estimand.RATIO_OF_TOTALS if money else Estimand.GEOMETRIC_MEAN_RATIO, Population.AI, clock, Method.ADJUSTED,
        ratio, ratio * 0.9, ratio * 1.1, 0.95, 0.05, 40.0, 80, 120, 0, 4, {Origin.IMPORTED: 1.0},
    )  # fmt: skip


def test_standings_count_what_can_be_tested() -> None:
    claims = load_claims(shipped_claims_folder())
    results = [
        told(Clock.PEOPLE, 0.5),
        told(Clock.MACHINE, 0.05),
        told(Clock.CALENDAR, 0.7),
        told(Clock.COST_GROSS, 0.6),
    ]
    found = claim_standings(claims, results)
    by_name = {each.audit.claim.name: each for each in found.standings}
    assert len(found.standings) == len(claims)
    assert {each.audit.claim.name for each in found.tested} == {each.name for each in claims if each.figure}
    eternauta = by_name["el-eternauta"]
    assert eternauta.holds_by_some  # machine time is a twentieth
    assert set(eternauta.verdicts) == {ClaimVerdict.SUPPORTED, ClaimVerdict.CONTRADICTED}
    assert by_name["late-show"].holds_by_none
    assert by_name["bain-2023"].holds_by_some
    assert not by_name["pedro-paramo"].verdicts or not by_name["pedro-paramo"].audit.clocks
    supported = sum(each.holds_by_some for each in found.tested)
    assert f"{supported} are supported" in found.words


def test_a_slate_without_ratios_leaves_all_open() -> None:
    found = claim_standings(load_claims(shipped_claims_folder()), ())
    assert not any(each.holds_by_some or each.holds_by_none for each in found.standings)
    assert "none is supported" in found.words


def test_own_claims_are_audited_like_others() -> None:
    offer = own_claim(30, "% less", "cost")
    assert offer.metric_kind is MetricKind.COST
    assert audit_claim(offer, [told(Clock.COST_GROSS, 0.5)]).by(ClaimVerdict.SUPPORTED) == (Clock.COST_GROSS,)
    tenfold = own_claim(10, "times less", "people’s hours")
    assert audit_claim(tenfold, [told(Clock.PEOPLE, 0.5)]).by(ClaimVerdict.CONTRADICTED) == (Clock.PEOPLE,)


@pytest.mark.parametrize(("number", "figure"), [(100, "% less"), (1, "times less"), (0, "% more")])
def test_own_claims_that_mean_nothing_are_refused(number: float, figure: str) -> None:
    with pytest.raises(InputRefused):
        own_claim(number, figure, "cost")
