"""How single cells are written: every text as a text, links only within the workbook, rows as tall as their text."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reporting.document import Tone
from reporting.renderers import palette
from reporting.renderers.words import words
from reporting.renderers.xlsx_places import Places
from reporting.renderers.xlsx_rows import fitting

# Without a scheme: with one, a spreadsheet takes the font of its own theme instead.
FONT = {"font_name": "Arial", "font_size": 10, "font_scheme": "none"}
# Points: a line of ten-point text, and the tallest row that a workbook allows.
_LINE, _TALLEST = 13.0, 409.0
# How many links a sheet may hold; the rest stays text.
_MOST_LINKS = 65_000


class Formats:
    """The looks of cells in one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Any, ...], Format] = {}
        self.title = self._add(bold=True, font_size=16, font_color=palette.ACCENT)
        self.subtitle = self._add(font_size=13)
        self.strong = self._add(bold=True, valign="top")
        self.strong_text = self._add(bold=True, valign="top", text_wrap=True, font_color=palette.ACCENT)
        self.plain = self._add(valign="top")
        self.small = self._add(valign="top", font_size=8)
        self.text = self._add(text_wrap=True, valign="top", align="left")
        self.way_back = self._add(valign="top", underline=1, font_color=palette.ACCENT)
        self.link = self._add(text_wrap=True, valign="top", underline=1, font_color=palette.ACCENT)
        head = {"bold": True, "text_wrap": True, "valign": "bottom", "bg_color": palette.HEAD}
        head |= {"bottom": 1, "border_color": palette.RULE}
        self.head = self._add(**head)
        self.number_head = self._add(**head, align="center")

    def _add(self, **looks: Any) -> Format:
        made: Format = self._workbook.add_format({**FONT, **looks})
        return made

    def cell(
        self,
        tone: Tone,
        number_format: str = "",
        *,
        is_bold: bool = False,
        is_link: bool = False,
        is_quoted: bool = False,
    ) -> Format:
        """Return the look of a cell in a table; an empty number format means text.

        A link is underlined; quoted is what must stay text even when somebody edits it.
        """
        key = (tone, number_format, is_bold, is_link, is_quoted)
        if key not in self._made:
            looks: dict[str, Any] = {"valign": "top", "border": 4, "border_color": palette.RULE, "bold": is_bold}
            colours = palette.PALETTE.get(tone)
            if colours:
                looks |= {"bg_color": colours.background, "font_color": colours.text}
            looks |= {"num_format": number_format, "align": "right"} if number_format else {"text_wrap": True}
            looks |= {"underline": 1} if is_link else {}
            looks |= {"quote_prefix": True} if is_quoted else {}
            self._made[key] = self._add(**looks)
        return self._made[key]


class Pen:
    """Writes cells into the sheets of one workbook."""

    def __init__(self, formats: Formats, places: Places) -> None:
        self.formats = formats
        self.places = places
        self._links: Counter[str] = Counter()

    def line(self, sheet: Worksheet, row: int, texts: tuple[str, ...], look: Format) -> None:
        """Write texts from the first column on."""
        for column, text in enumerate(texts):
            self.text(sheet, row, column, text, look)

    def text(self, sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
        """Write text as text; what a cell cannot hold is cut, and the cell says so."""
        kept = fitting(text)
        sheet.write_string(row, column, text if kept == text else f"{kept} {words()['continued']}", look)

    def link(self, sheet: Worksheet, at: tuple[int, int], text: str, place: str, look: Format) -> None:
        """Write a text that leads to a place in this workbook, as long as the sheet can hold another link."""
        self._links[sheet.name] += 1
        if not text or len(text) > 255 or self._links[sheet.name] > _MOST_LINKS:
            self.text(sheet, *at, text, look)
        else:
            sheet.write_url(*at, place, look, text)

    @staticmethod
    def height(sheet: Worksheet, row: int, texts: tuple[str, ...], widths: Sequence[float]) -> None:
        """Make a row as tall as its wrapped text: not every program does so by itself."""
        height = max((_lines(text, width) for text, width in zip(texts, widths, strict=False)), default=1) * _LINE + 2
        if height > _LINE + 2:
            sheet.set_row(row, min(height, _TALLEST))


def has_legible_link(tone: Tone) -> bool:
    """Whether a link can be read on a tone: some programs write every link in dark blue, whatever its cell says."""
    return tone not in palette.PALETTE or palette.PALETTE[tone].text != palette.PAPER


def _lines(text: str, width: float) -> int:
    if "\n" not in text:
        return 1 + int(len(text) / width)
    return sum(1 + int(len(line) / width) for line in text.split("\n"))
