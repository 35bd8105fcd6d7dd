"""The worksheet as a file: what may be written is open, the rest locked; every text a text, never a formula."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from commitments.content import YEARS
from commitments.guidance import GUIDANCE
from commitments.worksheets.columns import (
    COLUMNS,
    ELSEWHERE,
    HIDDEN,
    MAX_TEXT,
    REFERENCE,
    WRITTEN,
    fits,
    is_text,
    label,
    marks_of,
    options,
    worded,
)
from commitments.worksheets.explaining import write_guidance, write_released
from commitments.worksheets.looks import Looks, height, width
from commitments.worksheets.taking import Sheet, Taken

# Text stays text: no formula, link or number is ever guessed from it.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NAMES, _LABELS, _FIRST = 0, 1, 2  # rows: machine names, hidden; headings; the first update
# What remains allowed on the protected sheet: nobody has to take the protection off to work.
_ALLOWED = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "sort": True,
}
_A3 = 8


def write(sheet: Sheet) -> bytes:
    """The worksheet as XLSX, in the language in force."""
    packed = io.BytesIO()
    with Workbook(packed, _OPTIONS) as workbook:
        workbook.set_properties({"title": f"{sheet.cycle}: {sheet.of}"[:250]})
        looks = Looks(workbook)
        updates = workbook.add_worksheet(_("Updates")[:31])
        released = workbook.add_worksheet(_("Last cycle")[:31])
        guidance = workbook.add_worksheet(_("Guidance")[:31])
        lists = write_guidance(guidance, looks, sheet)
        _write_updates(updates, looks, sheet, lists)
        write_released(released, looks, sheet)
    return packed.getvalue()


def _write_updates(page: Worksheet, looks: Looks, sheet: Sheet, lists: dict[str, str]) -> None:
    _write_head(page, looks)
    for number, taken in enumerate(sheet.rows, _FIRST):
        _write_row(page, looks, number, taken)
    last = _FIRST + len(sheet.rows) - 1
    if sheet.rows:
        _guard(page, lists, last)
        page.autofilter(_LABELS, 0, last, len(REFERENCE) + len(WRITTEN) - 1)
    page.freeze_panes(_FIRST, 2)
    page.protect("", _ALLOWED)
    page.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(COLUMNS) - 1)}{last + 1}"})
    page.set_paper(_A3)
    page.set_landscape()
    page.repeat_rows(_LABELS)
    page.repeat_columns(0, 1)
    page.set_footer(f"&L&8{sheet.cycle.replace('&', '&&')}&R&8&P / &N")


def _write_head(page: Worksheet, looks: Looks) -> None:
    page.set_row(_NAMES, None, None, {"hidden": True})
    page.set_row(_LABELS, 34)
    for place, name in enumerate(COLUMNS):
        page.write_string(_NAMES, place, name, looks.locked)
        page.write_string(_LABELS, place, label(name), looks.head_written if name in WRITTEN else looks.head)
        page.set_column(place, place, width(name), None, {"hidden": True} if name in HIDDEN else {})
        if name in WRITTEN and GUIDANCE[name].text:
            note = {"x_scale": 2.2, "y_scale": 1.1, "author": _("JPoA Tracker"), "font_size": 9}
            page.write_comment(_LABELS, place, str(GUIDANCE[name].text), note)


def _write_row(page: Worksheet, looks: Looks, number: int, taken: Taken) -> None:
    told = {name: str(getattr(taken, name)) for name in REFERENCE}
    for place, name in enumerate(COLUMNS):
        if name in REFERENCE:
            page.write_string(number, place, told[name], looks.locked)
        elif name in WRITTEN:
            _write_cell(page, looks, (number, place), name, taken.values[name])
    hidden = {"key": taken.key, "marks": marks_of(taken.values)}
    for name, text in hidden.items():
        page.write_string(number, COLUMNS.index(name), text, looks.locked)
    page.write_number(number, COLUMNS.index("version"), taken.version, looks.locked)
    texts = told | {name: text for name, text in taken.values.items() if is_text(name)}
    page.set_row(number, height([(text, width(name)) for name, text in texts.items()]))


def _write_cell(page: Worksheet, looks: Looks, at: tuple[int, int], name: str, value: str) -> None:
    if name == "to_be_reconfirmed" and not value:
        page.write_blank(*at, None, looks.locked)
    elif is_text(name) and not fits(value):
        page.write_string(*at, str(ELSEWHERE), looks.locked)
    elif not value:
        page.write_blank(*at, None, looks.written(name))
    elif name == "next_steps_on":
        page.write_datetime(*at, dt.datetime.fromisoformat(value), looks.day)
    else:
        page.write_string(*at, worded(name, value), looks.written(name))


def _guard(page: Worksheet, lists: dict[str, str], last: int) -> None:
    """Lists to choose from, dates that are dates, and texts no longer than is kept: said while they are written."""
    for name in WRITTEN:
        place = COLUMNS.index(name)
        rule: dict[str, Any]
        if options(name):
            rule = {"validate": "list", "source": lists[name], "error_message": _("Choose one of the list.")}
        elif name == "next_steps_on":
            limits = {"minimum": dt.date(YEARS[0], 1, 1), "maximum": dt.date(YEARS[1], 12, 31)}
            rule = {
                "validate": "date",
                "criteria": "between",
                **limits,
                "error_message": _("Write a date, as 2027-03-31."),
            }
        else:
            message = _("At most %(limit)d characters.") % {"limit": MAX_TEXT}
            rule = {"validate": "length", "criteria": "<=", "value": MAX_TEXT, "error_message": message}
        page.data_validation(
            _FIRST, place, last, place, {**rule, "error_title": label(name)[:32], "ignore_blank": True}
        )
