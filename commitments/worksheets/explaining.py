"""The other sheets of a worksheet: how to fill it in, the lists to choose from, and what was released last."""

from __future__ import annotations

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from commitments.guidance import GUIDANCE, NO_PERSONAL_DATA
from commitments.worksheets.columns import WRITTEN, is_text, label, options
from commitments.worksheets.looks import Looks, height, width
from commitments.worksheets.taking import Sheet

_TOLD = tuple(name for name in WRITTEN if name != "to_be_reconfirmed")
_LISTED = tuple(name for name in WRITTEN if options(name))


def write_guidance(page: Worksheet, looks: Looks, sheet: Sheet) -> dict[str, str]:
    """How to fill it in; below it the lists. Answers where each list stands, for the cells that choose from it."""
    page.set_column(0, 0, 34)
    page.set_column(1, len(_LISTED), 46)
    page.write_string(0, 0, f"{sheet.cycle}: {sheet.of}", looks.title)
    row = 2
    for step in _steps(sheet):
        page.merge_range(row, 0, row, 1, "", looks.plain)
        page.write_string(row, 0, step, looks.plain)
        page.set_row(row, height([(step, 80)]))
        row += 1
    page.merge_range(row + 1, 0, row + 1, 1, "", looks.warning)
    page.write_string(row + 1, 0, str(NO_PERSONAL_DATA), looks.warning)
    page.set_row(row + 1, 56)
    row += 3
    for name in WRITTEN:
        page.write_string(row, 0, label(name), looks.strong)
        page.write_string(row, 1, str(GUIDANCE[name].text), looks.plain)
        page.set_row(row, height([(str(GUIDANCE[name].text), 46)]))
        row += 1
    page.fit_to_pages(1, 0)
    places = _write_lists(page, looks, row + 1)
    page.protect("", {"format_columns": True, "format_rows": True})
    return places


def _steps(sheet: Sheet) -> list[str]:
    found = [
        _(
            "1. Fill in the white cells of the sheet “Updates”. One row is one action item; "
            "shaded cells are for reading."
        ),
        _("2. Leave a cell as it is and nothing changes there; empty it and the answer is removed."),
        _(
            "3. Where the text was carried over from the last cycle, correct it and choose "
            "“Confirmed” in the last column."
        ),
        _(
            "4. Save the file as an Excel workbook (.xlsx) and bring it back on the page where "
            "you took it. You will see every change before anything is saved."
        ),
        _(
            "5. Keep hidden columns and the row of headings. Rows and columns may be moved or "
            "deleted: what is not there is left as it is."
        ),
        _("Files, links, translations and submission have their place on the page of each update, not in this file."),
    ]
    due = _("To be submitted by the end of %(day)s in %(capital)s.")
    return found + [due % {"day": day, "capital": capital} for day, capital in sheet.due]


def _write_lists(page: Worksheet, looks: Looks, first: int) -> dict[str, str]:
    page.write_string(first, 0, _("Lists to choose from"), looks.strong)
    places = {}
    for place, name in enumerate(_LISTED, 1):
        page.write_string(first, place, label(name), looks.strong)
        words = [str(one) for one in options(name).values()]
        for number, text in enumerate(words, first + 1):
            page.write_string(number, place, text, looks.plain)
        column = xl_col_to_name(place)
        places[name] = f"='{page.get_name()}'!${column}${first + 2}:${column}${first + 1 + len(words)}"
    return places


def write_released(page: Worksheet, looks: Looks, sheet: Sheet) -> None:
    """What the State released last, to be read beside; empty sections are left out by being empty."""
    heads = [_("Code"), _("Short title"), _("Review cycle"), *(label(name) for name in _TOLD)]
    widths = [width("code"), width("short_title"), width("lead_agency"), *(width(name) for name in _TOLD)]
    for place, (head, wide) in enumerate(zip(heads, widths, strict=True)):
        page.write_string(0, place, head, looks.head)
        page.set_column(place, place, wide)
    for number, one in enumerate(sheet.released, 1):
        cells = [one.code, one.short_title, one.cycle, *(one.words.get(name, "") for name in _TOLD)]
        for place, text in enumerate(cells):
            page.write_string(number, place, text[:32_000], looks.locked)
        tall = [(text, wide) for text, wide, name in zip(cells[3:], widths[3:], _TOLD, strict=True) if is_text(name)]
        page.set_row(number, height(tall))
    if not sheet.released:
        page.write_string(1, 0, _("Nothing was released on these action items in an earlier cycle."), looks.plain)
    page.freeze_panes(1, 2)
    page.protect("", {"format_columns": True, "format_rows": True})
