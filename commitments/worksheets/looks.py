"""What the cells of a worksheet look like, and how wide and tall they are."""

from __future__ import annotations

from math import ceil
from typing import Any

from xlsxwriter import Workbook

from commitments.worksheets.columns import is_text

FONT = {"font_name": "Arial", "font_size": 10, "font_scheme": "none"}
DAY = "yyyy-mm-dd"
WIDTHS = {"code": 11.0, "short_title": 30.0, "adopted_text": 48.0, "lead_agency": 24.0, "next_steps_on": 14.0}
_WIDE, _NARROW = 44.0, 20.0
_SIGNS = 1.1  # of text for one of the units that widths are counted in
_LINE, _SHORTEST, _TALLEST = 13.0, 39.0, 260.0  # points


class Looks:
    """The formats of one workbook. What may be written is white and open, the rest shaded and locked."""

    def __init__(self, workbook: Workbook) -> None:
        cell = {**FONT, "valign": "top", "border": 1, "border_color": "#C3CCD3", "text_wrap": True}
        head = {**cell, "bold": True, "valign": "vcenter", "font_color": "#FFFFFF", "bg_color": "#14405F"}
        self.head = workbook.add_format(head)
        self.head_written = workbook.add_format({**head, "bg_color": "#14527D"})
        self.locked = workbook.add_format({**cell, "bg_color": "#F1F5F8", "num_format": "@"})
        # Quoted and formatted as text: what begins like a formula stays text also when somebody edits the cell.
        self.text = workbook.add_format({**cell, "locked": False, "num_format": "@", "quote_prefix": True})
        self.choice = workbook.add_format({**cell, "locked": False, "num_format": "@"})
        self.day = workbook.add_format({**cell, "locked": False, "num_format": DAY, "align": "left"})
        self.title = workbook.add_format({**FONT, "bold": True, "font_size": 15, "font_color": "#14405F"})
        self.strong = workbook.add_format({**FONT, "bold": True, "valign": "top", "text_wrap": True})
        self.plain = workbook.add_format({**FONT, "valign": "top", "text_wrap": True})
        self.warning = workbook.add_format(
            {**FONT, "valign": "top", "text_wrap": True, "bg_color": "#FFF6D6", "bold": True}
        )

    def written(self, name: str) -> Any:
        if name == "next_steps_on":
            return self.day
        return self.text if is_text(name) else self.choice


def width(name: str) -> float:
    return WIDTHS.get(name, _WIDE if is_text(name) else _NARROW)


def height(cells: list[tuple[str, float]]) -> float:
    """Tall enough for the longest of these (text, width) as far as a screen is; the rest is read in the cell."""
    lines = max((_lines(text, wide) for text, wide in cells), default=1)
    return max(_SHORTEST, min(_TALLEST, lines * _LINE + 4))


def _lines(text: str, wide: float) -> int:
    return sum(max(1, ceil(len(line) / (wide * _SIGNS))) for line in text[:4000].split("\n"))
