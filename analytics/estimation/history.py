"""The history a bid is learned from: past shots as a table, and the hours of their departments."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import Said, slate_shots
from analytics.vocabulary.listed_shot import ListedShot

if TYPE_CHECKING:
    from pandas import DataFrame

ATTRIBUTE = "attribute:"
"""Begins the name of a column that the studio added to its tables."""

MOST_SHOTS = 5_000
"""More past shots than these don't narrow a bid: what is left is how productions differ. The latest are taken."""


@dataclass(frozen=True)
class BidHistory:
    """Past shots.

    Attributes
    ----------
    shots
        Columns of ``slate_shots``, description, and the studio's own columns of shots and productions as
        ``attribute:NAME``; one row a shot. Unfinished shots are in it with the hours booked so far.
    departments
        shot_id, department, people_hours: one row for each of a shot's departments.
    """

    shots: "DataFrame"
    departments: "DataFrame"

    def without(self, production_ids: Collection[str]) -> "BidHistory":
        """The same without some productions: what could be known before they began."""
        kept = self.shots[~self.shots["production_id"].isin(list(production_ids))]
        return BidHistory(kept, self.departments[self.departments["shot_id"].isin(kept["shot_id"])])

    def with_columns_of(self, shots: Sequence[ListedShot]) -> "BidHistory":
        """The same with those of the studio's own columns alone that a list has too.

        Others may have been filled in after the work was done, and would tell what nobody knows at bid time.
        """
        from collections import Counter

        told = Counter(column_key(header) for shot in shots for header, value in shot.attributes.items() if value)
        kept = [
            name
            for name in self.shots.columns
            if not str(name).startswith(ATTRIBUTE) or 2 * told[str(name)] >= max(1, len(shots))
        ]
        return BidHistory(self.shots[kept], self.departments)


def bid_history(
    ledger: Ledger,
    *,
    with_synthetic: bool = False,
    until: date | None = None,
    leave_out: Collection[str] = (),
    said: Said | None = None,
) -> BidHistory:
    """Read the history of a ledger.

    Parameters
    ----------
    until
        Only productions with a shot turned over by that day; ``None``: all.
    leave_out
        Productions that are not history to this bid.

    Raises
    ------
    LedgerError
        If the ledger cannot be read, or has to be reckoned and cannot be written.
    """
    import pandas as pd

    shots = slate_shots(ledger, with_synthetic=with_synthetic, said=said)
    shots = shots[~shots["production_id"].isin(list(leave_out))]
    if until is not None:
        begun = pd.to_datetime(shots["turnover_on"]) <= pd.Timestamp(until)
        shots = shots[begun | shots["turnover_on"].isna()]
    shots = latest(usable(shots), MOST_SHOTS)
    names = sorted(set(shots["production_id"]))
    shots = _with_further_columns(ledger, shots)
    rows = ledger.ask("department_hours", production_ids=names)
    kept = rows[rows["shot_id"].isin(shots["shot_id"])].reset_index(drop=True)
    return BidHistory(shots.reset_index(drop=True), kept)


def column_key(header: str) -> str:
    """How a column of the studio's own is called here, whatever its case, blanks and underscores."""
    return ATTRIBUTE + "_".join(header.casefold().replace("_", " ").split())


def _with_further_columns(ledger: Ledger, shots: "DataFrame") -> "DataFrame":
    """Add what shots and productions came with beside the columns that all ledgers have; a shot's own word first."""
    spoken = ledger.ask("shot_descriptions", production_ids=sorted(set(shots["production_id"])))
    shots = shots.assign(
        description=shots["shot_id"].map(dict(zip(spoken["shot_id"], spoken["description"], strict=True)))
    )
    for table, key in (("shots", "shot_id"), ("productions", "production_id")):
        found = ledger.ask("further_columns", table_name=table)
        found = found[found["row_id"].isin(set(shots[key]))]
        for name, own in found.groupby("name"):
            column = column_key(str(name))
            values = shots[key].map(dict(zip(own["row_id"], own["value"], strict=True)))
            shots[column] = shots[column].where(shots[column].notna(), values) if column in shots else values
    return shots


def usable(shots: "DataFrame") -> "DataFrame":
    """Shots one can learn from: with hours, of one workflow's kind of making, neither omitted nor made both ways."""
    return shots[(shots["people_hours"] > 0) & (shots["status"] != "omitted") & ~shots["made_both_ways"].astype(bool)]


def latest(shots: "DataFrame", most: int) -> "DataFrame":
    """Whole productions, the latest first, until there are enough shots."""
    if len(shots) <= most:
        return shots
    last = shots.groupby("production_id")["turnover_on"].max().sort_values(ascending=False, na_position="last")
    counts = shots["production_id"].value_counts()
    kept: list[str] = []
    total = 0
    for name in last.index:
        if kept and total + counts[name] > most:
            break
        kept.append(str(name))
        total += counts[name]
    chosen = shots[shots["production_id"].isin(kept)]
    return chosen if len(chosen) <= most else chosen.sample(most, random_state=0)


def no_history(columns: Sequence[str] = ()) -> BidHistory:
    """The history of a studio that has none."""
    import pandas as pd

    names = list(columns) or list(EMPTY)
    shots = pd.DataFrame({name: pd.Series(dtype=EMPTY.get(name, "object")) for name in names})
    departments: Mapping[str, Any] = {
        "shot_id": pd.Series(dtype="object"),
        "department": pd.Series(dtype="object"),
        "people_hours": pd.Series(dtype="float64"),
    }
    return BidHistory(shots, pd.DataFrame(departments))


EMPTY: Mapping[str, str] = {
    "shot_id": "object",
    "production_id": "object",
    "sequence": "object",
    "code": "object",
    "kind": "object",
    "complexity": "object",
    "title_id": "object",
    "territory": "object",
    "cut_frames": "float64",
    "handle_frames": "float64",
    "cut_seconds": "float64",
    "width": "float64",
    "height": "float64",
    "camera_move": "object",
    "main_vendor": "object",
    "description": "object",
    "turnover_on": "datetime64[s]",
    "status": "object",
    "arm": "object",
    "fell_back": "bool",
    "made_both_ways": "bool",
    "people_hours": "float64",
}
