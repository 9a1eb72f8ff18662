"""Rows of the ledger's tables in the words people have for them."""

_ONE = {
    "hardware": "machine",
    "attributes": "further column",
    "fx_rates": "exchange rate",
    "work_entries": "work entry",
}


def table_words(table: str) -> str:
    """What the rows of a table are called: ``work entries``, ``machines``."""
    one = _ONE.get(table)
    if one is None:
        return table.replace("_", " ")
    return one.removesuffix("y") + "ies" if one.endswith("y") else f"{one}s"


def row_words(count: int, table: str) -> str:
    """A number of rows: ``1 work entry``, ``2,000 shots``."""
    one = _ONE.get(table, table.replace("_", " ").removesuffix("s"))
    return f"{count:,} {one if count == 1 else table_words(table)}"
