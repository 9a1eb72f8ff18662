"""How the workbook looks: one place for its fonts, colours, number formats and paper."""

from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

INK = "#1F2933"
MUTED = "#5F6B76"
HAIRLINE = "#DDE2E7"
BAND = "#EEF1F4"
TYPED_IN = "#FFF6DC"
TO_FILL_IN = "#F2C14E"
BARS = "#3E5C76"

MONEY = "#,##0.00;-#,##0.00"
PRICE = "#,##0.00##"
DAYS = "#,##0.00;-#,##0.00"
HOURS = "#,##0.0"
SHARE = "0.00 %"
TENTH_SHARE = "0.0 %"
WHOLE_SHARE = "0 %"
COUNT = "#,##0"
SHOT_NUMBER = "0;;"  # nothing for what is of no single shot
DAY = "d mmm yyyy"

POINTS_PER_LINE = 12.5
MOST_LINES = 12
CHARACTERS_PER_WIDTH = 1.4
"""A column's width counts digits of 11 points; this is text of 9."""

LETTER, A4, A3, TABLOID = 1, 9, 8, 3
_LETTER_CURRENCIES = ("USD", "CAD", "MXN")


def row_points(text: str, width: float) -> float:
    """Height that a text needs wrapped in a column of this width; not every program finds it by itself."""
    lines = sum(ceil(len(line) / (CHARACTERS_PER_WIDTH * width)) or 1 for line in text.splitlines() or [""])
    return POINTS_PER_LINE * min(MOST_LINES, max(1, lines)) + 2


class Styles:
    """Formats of one workbook; the same properties give the same format."""

    def __init__(self, workbook: "Workbook") -> None:
        self.workbook = workbook
        self.made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **properties: Any) -> "Format":
        """A format in the workbook's font, top-aligned, with these properties of XlsxWriter's."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.workbook.add_format(
                {"font_name": "Arial", "font_size": 9, "font_color": INK, "valign": "top"} | properties
            )
        return self.made[key]

    def title(self) -> "Format":
        """Of a sheet."""
        return self.style(font_size=16, bold=True, valign="vcenter")

    def subtitle(self) -> "Format":
        """Under it."""
        return self.style(font_color=MUTED)

    def heading(self, **properties: Any) -> "Format":
        """Of a part of a sheet."""
        return self.style(font_size=11, bold=True, valign="vcenter", bottom=2, bottom_color=INK, **properties)

    def column_head(self, *, right: bool = False) -> "Format":
        """Over a column."""
        return self.style(
            bold=True,
            font_color="#FFFFFF",
            bg_color=INK,
            text_wrap=True,
            valign="vcenter",
            **({"align": "right"} if right else {"align": "left", "indent": 1}),
        )

    def text(self, **properties: Any) -> "Format":
        """In a table."""
        # The indent keeps text off the numbers of the column before it.
        left = {} if properties.get("align") == "right" else {"align": "left", "indent": 1}
        return self.style(**{"bottom": 1, "bottom_color": HAIRLINE} | left | properties)

    def number(self, num_format: str, **properties: Any) -> "Format":
        """In a table, worked out or told."""
        return self.text(num_format=num_format, align="right", **properties)

    def typed_in(self, num_format: str) -> "Format":
        """A figure that whoever has the workbook may change."""
        return self.number(num_format, bg_color=TYPED_IN, locked=False)

    def to_fill_in(self, num_format: str) -> "Format":
        """A figure that is missing."""
        return self.style(num_format=num_format, align="right", bg_color=TO_FILL_IN, border=1, locked=False)

    def total(self, num_format: str = "", **properties: Any) -> "Format":
        """Under a table."""
        properties |= {"num_format": num_format, "align": "right"} if num_format else {"align": "left", "indent": 1}
        return self.style(bold=True, top=1, top_color=INK, bg_color=BAND, **properties)


def set_page(
    sheet: "Worksheet", currency: str, footer_text: str, *, landscape: bool = False, large: bool = False
) -> None:
    """Paper of the currency's countries, one page wide, with a footer."""
    letter = currency in _LETTER_CURRENCIES
    sheet.set_paper((TABLOID if letter else A3) if large else LETTER if letter else A4)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.45, right=0.45, top=0.5, bottom=0.7)
    # Ampersands are commands in a footer.
    words = footer_text[:100].replace("&", "&&")
    sheet.set_footer(f"&L&8{_apart(words)}&R&8&A, page &P of &N")
    sheet.hide_gridlines(2)


def _apart(words: str) -> str:
    """A digit right after the font size would be read as part of it."""
    return f" {words}" if words[:1].isdigit() else words
