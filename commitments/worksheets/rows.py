"""Rows as they came back: which update each is of, what it says, and which of its cells cannot be taken."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from commitments.content import clean_date, clean_text
from commitments.errors import Invalid, Problem
from commitments.worksheets.columns import (
    WRITTEN,
    folded,
    known_notices,
    known_words,
    label,
    options,
    read_marks,
)
from commitments.worksheets.reading import Cell, Grid, letters

_POINTED = re.compile(r"([0-3]?[0-9])\.([01]?[0-9])\.([0-9]{4})")
_KEY = re.compile(r"[-\w]{1,50}:[A-Z]{3}:[\w.]{1,20}")
# The day before the first, as spreadsheets count: they hold 1900 for a leap year.
_BEFORE = {1900: dt.date(1899, 12, 30), 1904: dt.date(1904, 1, 1)}
_LAST_DAY = 200_000


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which row and column of the file, and by which rule."""

    row: int
    column: str  # letters, or empty for the whole row
    label: str
    rule: str
    message: str


@dataclass
class Row:
    """One row of the file. `values`: plain strings by column, as `columns.value_in` words the draft."""

    number: int
    code: str = ""
    key: str = ""
    version: int | None = None
    marks: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)  # by column; of the whole row, under ""

    def add(self, rule: str, message: Any) -> None:
        self.faults.setdefault("", Fault(self.number, "", "", rule, str(message)))


def rows_of(grid: Grid) -> list[Row]:
    """Every row that says anything, with all that is wrong with it, worded for the present reader."""
    rows = [_row(grid, number, cells) for number, cells in grid.rows]
    times = Counter(row.key for row in rows if row.key)
    for row in rows:
        if times[row.key] > 1:
            row.add("twice", _("This action item stands in the file more than once. Leave one row of it."))
    return rows


def place_of(grid: Grid, name: str) -> str:
    return letters(grid.columns[name]) if name in grid.columns else ""


def _row(grid: Grid, number: int, cells: dict[int, Cell]) -> Row:
    row, empty = Row(number), Cell("")
    found = {name: cells.get(place, empty) for name, place in grid.columns.items()}
    _identify(row, found)
    for name in WRITTEN:
        if name not in found or folded(found[name].text) in known_notices():
            continue
        try:
            row.values[name] = _value(name, found[name], grid.epoch)
        except Invalid as refusal:
            row.values[name] = found[name].text
            problem = refusal.problems[0]
            fault = Fault(number, place_of(grid, name), label(name), problem.rule, str(problem.message))
            row.faults[name] = fault
    return row


def _identify(row: Row, found: dict[str, Cell]) -> None:
    """Which update this is, which version was taken, and that the code beside the words is still its own."""
    key, version = found["key"].text.strip(), found["version"].text.strip()
    row.code = _printable(found["code"].text) if "code" in found else ""
    row.marks = read_marks(found["marks"].text) if "marks" in found else {}
    row.version = int(version) if version.isdecimal() and len(version) < 10 else None
    if not key:
        row.add("key", _("This row was not in the worksheet as it was taken: what it is about cannot be told."))
    elif not _KEY.fullmatch(key):
        row.add(
            "key", _("The hidden cell that says which update this row is has been changed. Take the worksheet anew.")
        )
    else:
        row.key = key
        own = key.rpartition(":")[2]
        row.code = row.code or own
        if row.code != own:
            message = _(
                "This row says %(code)s, but was taken as %(own)s: rows and their hidden columns "
                "have come apart. Take the worksheet anew."
            )
            row.add("code", message % {"code": row.code, "own": own})


def _printable(text: str) -> str:
    """A code as somebody may have spoilt it, short and fit to be looked up and repeated."""
    return "".join(character if character.isprintable() else "?" for character in text.strip()[:20])


def _value(name: str, cell: Cell, epoch: int) -> str:
    if cell.kind == "formula":
        _refuse(name, "formula", _("A formula stands here. Write the words or the number themselves."))
    if cell.kind == "error":
        _refuse(name, "error", _("An error of the spreadsheet stands here. Write the words themselves."))
    if name == "next_steps_on":
        return _day(name, cell, epoch)
    return _choice(name, cell) if options(name) else _words(name, cell)


def _words(name: str, cell: Cell) -> str:
    """Text; a plain number is the digits that it shows."""
    shown: dict[str, Callable[[], str]] = {
        "text": lambda: clean_text(name, cell.text),
        "number": lambda: clean_text(name, format(_finite(cell.text), ".15g")),
    }
    if cell.kind not in shown:
        message = _(
            "A date, a sum or a yes/no of the spreadsheet stands here. Write it as text: put an "
            "apostrophe (') before it."
        )
        _refuse(name, "text", message)
    try:
        return shown[cell.kind]()
    except ValueError:
        return _refuse(name, "text", _("This must be text."))


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def _choice(name: str, cell: Cell) -> str:
    words = folded(cell.text)
    found = known_words(name).get(words) if words else ""
    if found is None:
        offered = ", ".join(str(one) for one in options(name).values())
        _refuse(name, "choice", _("Choose one of the list: %(choices)s.") % {"choices": offered})
    return str(found)


def _day(name: str, cell: Cell, epoch: int) -> str:
    """A date: as spreadsheets count days, or written 2027-03-31 or 31.03.2027."""
    if cell.kind in ("number", "formatted"):
        return _checked_day(name, _counted(cell.text, epoch))
    text = cell.text.strip()
    if cell.kind == "day":
        text = text.partition("T")[0]
    if found := _POINTED.fullmatch(text):
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    return _checked_day(name, text)


def _counted(text: str, epoch: int) -> str:
    try:
        days = float(text)
    except ValueError:
        return text
    is_day = days.is_integer() and 0 < days < _LAST_DAY
    return (_BEFORE[epoch] + dt.timedelta(days=int(days))).isoformat() if is_day else text


def _checked_day(name: str, text: str) -> str:
    day = clean_date(name, text)
    return day.isoformat() if day else ""


def _refuse(name: str, rule: str, message: Any) -> str:
    raise Invalid(problems=[Problem(name, rule, message)])
