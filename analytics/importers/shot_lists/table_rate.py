"""The frame rate of a table: given, written in it, or asked for where lengths hang on it."""

from fractions import Fraction

from analytics.importers.shot_lists.findings import Findings
from analytics.importers.shot_lists.lengths import needs_rate
from analytics.importers.shot_lists.table_columns import Table
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate

USUAL_RATE = FrameRate(Fraction(24))
WITHOUT_RATE = FrameRate(Fraction(240))
"""To go on looking for problems in a list whose rate is missing: no timecode has more frames."""


def rate_of_table(table: Table, findings: Findings, given: FrameRate | None) -> FrameRate:
    """The one frame rate of a list: given, or written in it, and then the same."""
    column = table.column("fps")
    rates: dict[FrameRate, str] = {}
    for row in table.rows if column else ():
        assert column is not None
        if text := column.text(row):
            try:
                rates.setdefault(FrameRate.parse(text.casefold().removesuffix("fps").strip()), column.place(row))
            except InputRefused as bad:
                findings.refused(bad, column.place(row))
    written = list(rates)
    for rate in written:
        if given is not None and rate != given:
            findings.refuse(
                rates[rate],
                str(rate),
                f"is not the {given} frames per second that were asked for",
                f"ask with --fps {rate}, or mend the list",
            )
    if given is None and len(written) > 1:
        findings.refuse(
            rates[written[1]],
            str(written[1]),
            f"is another rate than {written[0]} at {rates[written[0]]}",
            "split the list by frame rate",
        )
    if given or written:
        return given or written[0]
    for row in table.rows:
        for column in table.measures:
            if needs_rate(column.text(row), column.heading.unit):
                findings.refuse(
                    column.place(row),
                    column.text(row),
                    "cannot be told in frames without a frame rate",
                    "give one, as --fps 24",
                )
                return WITHOUT_RATE
    findings.remark(
        table.sheet.name,
        None,
        f"says no frame rate: {USUAL_RATE} was taken",
        "give one, as --fps 25; lengths in frames stay as they are",
    )
    return USUAL_RATE
