"""The quality gate: kinds of shots that AI may not make, by what became of those it was given."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.vocabulary.shot import ShotKind

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class AiRecord:
    """What became of the shots of a kind that AI was given.

    Attributes
    ----------
    n_decided
        Shots that are final or were taken from it.
    n_approved
        Of these, final without being taken from it.
    """

    n_decided: int
    n_approved: int


def ai_records(shots: "DataFrame") -> dict[ShotKind, AiRecord]:
    """Records by kind, of shots as ``questions/slate_shots.sql`` answers them; omitted and open ones decide nothing."""
    decided = shots[(shots["arm"] == "ai") & ((shots["status"] == "final") | shots["fell_back"].eq(True))]
    approved = decided[(decided["status"] == "final") & ~decided["fell_back"].eq(True)]
    made, good = decided["kind"].value_counts(), approved["kind"].value_counts()
    known = {kind.value for kind in ShotKind}
    return {ShotKind(kind): AiRecord(int(n), int(good.get(kind, 0))) for kind, n in made.items() if kind in known}


def gated_kinds(
    records: Mapping[ShotKind, AiRecord],
    *,
    least_share: float = 0.8,
    fewest_shots: int = 5,
    refused: Collection[ShotKind] = (),
) -> dict[ShotKind, str]:
    """Kinds that fail, each with the reason in words; a kind with too few shots is not judged.

    Parameters
    ----------
    least_share
        Share (0 to 1) of the decided shots that has to be approved without being taken from AI.
    fewest_shots
        Decided shots that a kind is judged by at least.
    refused
        Kinds that somebody rules out, whatever their record.
    """
    gated = {
        kind: f"only {record.n_approved} of {record.n_decided} {_named(kind)} shots given to AI were approved without "
        f"falling back; at least {least_share:.0%} have to be"
        for kind, record in records.items()
        if record.n_decided >= fewest_shots and record.n_approved < least_share * record.n_decided - 1e-9
    }
    return gated | {kind: f"AI is ruled out for {_named(kind)} shots" for kind in refused}


def _named(kind: ShotKind) -> str:
    return kind.value.replace("_", " ")
