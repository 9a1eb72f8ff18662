"""What an outside table looks like: its columns, what each may hold, and how text becomes a value of the ledger."""

from dataclasses import dataclass
from enum import StrEnum

from analytics.vocabulary.currencies import CURRENCIES


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    CHOICE = "choice"
    WHOLE = "whole"
    POSITIVE_WHOLE = "positive whole"
    AMOUNT = "amount"
    PRICE = "price"
    QUANTITY = "quantity"
    EXCHANGE_RATE = "exchange rate"
    YEAR = "year"
    DATE = "date"
    INSTANT = "instant"
    TRUTH = "truth"
    CURRENCY = "currency"
    TERRITORY = "territory"
    FRAME_RATE = "frame rate"


@dataclass(frozen=True)
class Column:
    """A column of an outside table.

    Attributes
    ----------
    choices
        What a `Kind.CHOICE` may be.
    refers_to
        The table and its column in which this id must be found, in the files or in the ledger.
    fallback
        What is stored where nothing is given; ``None`` for nothing.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    refers_to: tuple[str, str] | None = None
    fallback: str | None = None


@dataclass(frozen=True)
class Table:
    """An outside table, named as the ledger's own.

    Attributes
    ----------
    key
        Columns that no two rows may share; empty where rows have no identity.
    in_order
        Pairs of columns of which the second may not lie before the first.
    apart
        Pairs of columns of which the second must lie after the first.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    required: bool = False
    in_order: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


_WHOLE = r"\d{1,9}(\.0+)?"
_DECIMAL = r"\d{1,12}(\.\d{1,6}0*)?"


def right(column: Column) -> str:
    """SQL that is true where the text of a column can be used; ``v`` stands for the text, which is not NULL."""
    match column.kind:
        case Kind.TEXT:
            return "true"
        case Kind.CHOICE:
            return f"v IN ({', '.join(map(quoted, column.choices))})"
        case Kind.WHOLE:
            return f"regexp_full_match(v, '{_WHOLE}')"
        case Kind.POSITIVE_WHOLE:
            return f"regexp_full_match(v, '{_WHOLE}') AND try_cast(v AS DOUBLE) > 0"
        case Kind.AMOUNT:
            return f"regexp_full_match(v, '-?{_DECIMAL}')"
        case Kind.PRICE:
            return f"regexp_full_match(v, '{_DECIMAL}')"
        case Kind.QUANTITY:
            return "coalesce(isfinite(try_cast(v AS DOUBLE)) AND try_cast(v AS DOUBLE) >= 0, false)"
        case Kind.EXCHANGE_RATE:
            return r"regexp_full_match(v, '\d{1,9}(\.\d{1,9}0*)?') AND try_cast(v AS DECIMAL(18, 9)) > 0"
        case Kind.YEAR:
            return r"regexp_full_match(v, '\d{4}')"
        case Kind.DATE:
            return r"regexp_full_match(v, '\d{4}-\d{2}-\d{2}') AND try_cast(v AS DATE) IS NOT NULL"
        case Kind.INSTANT:
            return (
                r"regexp_full_match(v, '\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(Z|[+-]\d{2}(:?\d{2})?)') "
                "AND try_cast(v AS TIMESTAMPTZ) IS NOT NULL"
            )
        case Kind.TRUTH:
            return "lower(v) IN ('true', 'false')"
        case Kind.CURRENCY:
            return f"v IN ({', '.join(map(quoted, sorted(CURRENCIES)))})"
        case Kind.TERRITORY:
            return "regexp_full_match(v, '[A-Z]{2}(-[A-Z0-9]{1,3})?')"
        case Kind.FRAME_RATE:
            return "v IN (SELECT written FROM staged_frame_rates)"


def value(column: Column, text: str) -> str:
    """SQL that turns the text of a column, once it is right, into what the ledger stores."""
    match column.kind:
        case Kind.YEAR:
            return f"CAST({text} AS SMALLINT)"
        case Kind.WHOLE | Kind.POSITIVE_WHOLE:
            return f"CAST(CAST({text} AS DOUBLE) AS BIGINT)"
        case Kind.AMOUNT | Kind.PRICE:
            return f"CAST({text} AS DECIMAL(18, 6))"
        case Kind.QUANTITY:
            return f"CAST({text} AS DOUBLE)"
        case Kind.EXCHANGE_RATE:
            return f"CAST({text} AS DECIMAL(18, 9))"
        case Kind.DATE:
            return f"CAST({text} AS DATE)"
        case Kind.INSTANT:
            return f"CAST({text} AS TIMESTAMPTZ)"
        case Kind.TRUTH:
            return f"lower({text}) = 'true'"
        case _:
            return text


def wrong_words(column: Column) -> tuple[str, str]:
    """Why a text cannot be used in a column, and how to mend it."""
    match column.kind:
        case Kind.CHOICE:
            return f"is none of {', '.join(column.choices)}", "write one of these"
        case Kind.WHOLE:
            return "is no whole number of 0 or more", "write digits only"
        case Kind.POSITIVE_WHOLE:
            return "is no whole number above 0", "write digits only"
        case Kind.AMOUNT:
            return "is no amount", "write digits with a point and at most six decimals, as in 1250.00"
        case Kind.PRICE:
            return "is no price of 0 or more", "write digits with a point and at most six decimals, as in 42.50"
        case Kind.QUANTITY:
            return "is no number of 0 or more", "write a number with a point, as in 7.5; leave it empty where unknown"
        case Kind.EXCHANGE_RATE:
            return "is no rate above 0", "write digits with a point and at most nine decimals, as in 1.0825"
        case Kind.YEAR:
            return "is no year", "write its four digits"
        case Kind.DATE:
            return "is no date", "write it as in 2026-11-02"
        case Kind.INSTANT:
            return "is no instant with its time zone", "write it as in 2026-11-02T14:30:00Z or with an offset"
        case Kind.TRUTH:
            return "is neither true nor false", "write true or false"
        case Kind.CURRENCY:
            return "is no currency of ISO 4217", "write its three capitals, as in USD"
        case Kind.TERRITORY:
            return "is no territory of ISO 3166", "write it as in CA or CA-QC"
        case Kind.FRAME_RATE:
            return "is no frame rate from 1 to 240", "write it as in 24, 23.976 or 24000/1001"
        case Kind.TEXT:
            return "cannot be used", "write another text"


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """A column's name as SQL takes it, whatever a studio calls it."""
    return '"' + name.replace('"', '""') + '"'
