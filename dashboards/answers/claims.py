"""What the claim check asks: the published claims against the comparison that the slate shows too."""

from analytics.comparison.claims.claim_files import load_claims, shipped_claims_folder
from analytics.comparison.claims.standing import ClaimStandings, claim_standings
from analytics.comparison.slate.results import RatioResult
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.claim import Claim
from dashboards.access.roles import Role
from dashboards.answers.asking import answer


@answer(Role.VIEWER)
def published_claims(ledger: Ledger) -> tuple[Claim, ...]:
    """The claims that come with Shotledger, newest first."""
    return load_claims(shipped_claims_folder())


def standings(results: tuple[RatioResult, ...]) -> ClaimStandings:
    """Each of them held against the results of the slate."""
    return claim_standings(published_claims(), results)
