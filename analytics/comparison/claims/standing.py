"""All published claims against one slate: how each stands, and one sentence over all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.comparison.claims.auditing import ClaimAudit, ClaimVerdict, audit_claim
from analytics.comparison.slate.results import RatioResult
from analytics.vocabulary.claim import Claim


@dataclass(frozen=True)
class ClaimStanding:
    """One claim.

    Attributes
    ----------
    verdicts
        Of the clocks that it can mean and that our ledger can tell, without repeats.
    """

    audit: ClaimAudit
    verdicts: tuple[ClaimVerdict, ...]

    @property
    def holds_by_some(self) -> bool:
        """Whether a clock that it can mean supports it."""
        return ClaimVerdict.SUPPORTED in self.verdicts

    @property
    def holds_by_none(self) -> bool:
        """Whether every clock that it can mean contradicts it."""
        return set(self.verdicts) == {ClaimVerdict.CONTRADICTED}


@dataclass(frozen=True)
class ClaimStandings:
    """All claims, in their order, and how many of them can be tested at all."""

    standings: tuple[ClaimStanding, ...]

    @property
    def tested(self) -> tuple[ClaimStanding, ...]:
        """Those that name a number."""
        return tuple(each for each in self.standings if each.audit.clocks)

    @property
    def words(self) -> str:
        """One sentence."""
        tested = len(self.tested)
        supported = sum(each.holds_by_some for each in self.tested)
        contradicted = sum(each.holds_by_none for each in self.tested)
        return (
            f"{len(self.standings)} claims are on record, {tested} of them with a number that shots can be held "
            f"against. Of these, {_counted(supported)} by at least one clock that it can mean on our shots, and "
            f"{contradicted} {'is' if contradicted == 1 else 'are'} contradicted by every one."
        )


def claim_standings(claims: Sequence[Claim], results: Iterable[RatioResult]) -> ClaimStandings:
    """Hold every claim against the results of one slate."""
    known = tuple(results)
    return ClaimStandings(tuple(_standing(audit_claim(claim, known)) for claim in claims))


def _standing(audit: ClaimAudit) -> ClaimStanding:
    meant = [clock for clock in audit.clocks if clock.could_be_meant]
    told = [clock for clock in meant if clock.decided_by is not None and clock.decided_by.result.ratio is not None]
    return ClaimStanding(audit, tuple(dict.fromkeys(clock.verdict for clock in told or meant)))


def _counted(count: int) -> str:
    return f"{count or 'none'} {'is' if count < 2 else 'are'} supported"
