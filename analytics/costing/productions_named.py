"""Productions by what a person calls them."""

from collections.abc import Sequence
from difflib import get_close_matches

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused, Problem


def production_ids_named(ledger: Ledger, names: Sequence[str]) -> list[str] | None:
    """Ids of the productions that are named by id or by name; ``None``, which stands for all, where none is named.

    Raises
    ------
    InputRefused
        With every name that no production has.
    """
    if not names:
        return None
    terms = ledger.ask_rows("production_terms")
    found: list[str] = []
    problems = []
    for name in names:
        ids = [row["production_id"] for row in terms if name in (row["production_id"], row["name"])]
        if not ids:
            known = [text for row in terms for text in (row["production_id"], row["name"])]
            near = get_close_matches(name, known, n=3) or [row["production_id"] for row in terms[:5]]
            mend = (
                f"name one by its id or name, such as {', '.join(near)}" if near else "import or render something first"
            )
            problems.append(Problem("--production", name, "is no production of this ledger", mend))
        found += ids
    if problems:
        raise InputRefused.all_of(problems)
    return list(dict.fromkeys(found))
