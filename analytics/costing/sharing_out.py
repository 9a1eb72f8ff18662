"""An amount shared out to the very cent, by the largest remainder."""

from collections.abc import Sequence
from decimal import Decimal

from analytics.vocabulary.money import Money


def shared_out(cents: int, weights: Sequence[int]) -> list[int]:
    """Share whole cents out in proportion to weights, so that the shares add up to them.

    Each share is its exact quota rounded down; the cents that are left go one each to the largest remainders, the first
    of equal ones (the method of Hamilton). No share is a cent or more away from its quota.

    Parameters
    ----------
    cents
        Zero or more.
    weights
        At least one, with a sum above zero; one below zero, as of a credit note, gets a share below zero.

    Raises
    ------
    ValueError
        If the weights come to nothing.
    """
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("weights that come to nothing share nothing out")
    shares, remainders = [], []
    for weight in weights:
        share, remainder = divmod(cents * weight, whole)
        shares.append(share)
        remainders.append(remainder)
    left = cents - sum(shares)
    for position in sorted(range(len(weights)), key=lambda each: -remainders[each])[:left]:
        shares[position] += 1
    return shares


def shares_of_cells(
    benefit: Money,
    earned_by: Sequence[Decimal],
    groups: Sequence[Decimal],
    group_of_cell: Sequence[int],
    costs: Sequence[Decimal],
) -> list[int]:
    """Hand a credit back to the cells that earned it, in cents.

    Parameters
    ----------
    earned_by
        What earned it in each group of cells, in any one currency.
    groups
        What each group cost, in the same currency.
    group_of_cell, costs
        Of each cell, in an order that decides who gets the odd cent.
    """
    cents = int(benefit.amount.scaleb(2))
    if not cents:
        return [0] * len(costs)
    share_of_group = [earned / cost if earned else Decimal(0) for earned, cost in zip(earned_by, groups, strict=True)]
    # Eighteen decimals are what the ledger's costs have; whole numbers keep the quotas exact.
    weights = {
        position: int((costs[position] * share_of_group[group]).scaleb(18))
        for position, group in enumerate(group_of_cell)
        if share_of_group[group]
    }
    shares = [0] * len(costs)
    for position, share in zip(weights, shared_out(cents, list(weights.values())), strict=True):
        shares[position] = share
    return shares
