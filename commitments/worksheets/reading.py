"""Cells of the worksheet that came back: found by the names of its columns, wherever these now stand.

Read with defusedxml alone: the usual library for this drops letters that look like an escape (`x005F_`), reckons with
parts that are of no interest here, and believes what a sheet says about its own size.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element  # a type alone: what parses is defusedxml

from django.utils.translation import gettext_lazy as _

from commitments.worksheets.columns import COLUMNS, MAX_CELL, WRITTEN, folded, known_headings
from commitments.worksheets.package import Package, refusal
from commitments.worksheets.styles import plain_styles

MAX_SHEETS = 20
MAX_ROWS = 2_000
MAX_COLUMNS = 200
MAX_LETTERS = 10_000_000  # in all cells: a string that many of them share counts for each
MAX_UNREAD = 50  # headings of no column that are told about
HEADING_WITHIN = 20  # rows
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
Numbered = tuple[int, dict[int, "Cell"]]  # the number of a row, and its cells by column
KINDS = {"s": "text", "str": "text", "inlineStr": "text", "b": "flag", "e": "error", "d": "day", "n": "number"}


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. `kind`: text, number, formatted (a number shown otherwise), day, flag, error, formula."""

    text: str
    kind: str = "text"


@dataclass
class Grid:
    """The rows of a worksheet. `columns`: the place of each column by its name; `unread`: headings of no column."""

    sheet: str
    columns: dict[str, int]
    unread: list[str] = field(default_factory=list)
    rows: list[Numbered] = field(default_factory=list)
    epoch: int = 1900


def read(content: bytes) -> Grid:
    """The worksheet in this file. Raises Invalid where there is none, or the file is not safe to read."""
    package = Package(content)
    sheets, epoch, strings_part, styles_part = _workbook(package)
    strings = _strings(package, strings_part) if strings_part else []
    plain = plain_styles(package.elements_of(styles_part)) if styles_part else frozenset({0})
    heard: set[str] = set()
    for name, part in sheets[:MAX_SHEETS]:
        grid = _grid(name, _rows(package, part, strings, plain))
        if grid and {"key", "version"} <= set(grid.columns):
            grid.epoch = epoch
            return grid
        heard |= set(grid.columns if grid else ())
    if "code" in heard and heard & set(WRITTEN):
        message = _(
            "The hidden columns that say which update each row is have been lost. Take the "
            "worksheet anew and copy your words into it."
        )
        raise refusal("columns", message)
    raise refusal(
        "worksheet",
        _("This workbook is not a worksheet taken here. Take one below, fill it in, and bring that one back."),
    )


def letters(column: int) -> str:
    """The name of a column as a spreadsheet shows it: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _grid(name: str, rows: Iterator[Numbered]) -> Grid | None:
    grid: Grid | None = None
    for number, cells in _no_more_than_fits(rows):
        found = _heading(cells)
        if found:
            grid = grid or Grid(name, found)
            grid.unread = list(dict.fromkeys([*grid.unread, *_unread(cells)]))[:MAX_UNREAD]
        elif grid is None and number >= HEADING_WITHIN:
            return None
        elif grid is not None and any(cell.text.strip() for cell in cells.values()):
            grid.rows.append((number, cells))
    return grid


def _no_more_than_fits(rows: Iterator[Numbered]) -> Iterator[Numbered]:
    """Rows in which anything stands, headings among them."""
    letters_left = MAX_LETTERS
    for taken, (number, cells) in enumerate((row for row in rows if row[1]), start=1):
        letters_left -= sum(len(cell.text) for cell in cells.values())
        if taken > MAX_ROWS:
            raise refusal("size", _("At most %(limit)d rows.") % {"limit": MAX_ROWS})
        if letters_left < 0:
            raise refusal("size", _("This file holds far more than a worksheet does. Take the worksheet anew."))
        yield number, cells


def _heading(cells: dict[int, Cell]) -> dict[str, int]:
    """The columns that this row names, if it is a heading: several names, each once."""
    found: dict[str, int] = {}
    twice: list[str] = []
    for place, cell in sorted(cells.items()):
        name = known_headings().get(folded(cell.text)) if cell.kind == "text" else None
        if name and found.setdefault(name, place) != place:
            twice.append(cell.text[:80])
    if len(found) < 3 or not {"key", "code"} & set(found):
        return {}
    if twice:
        raise refusal("columns", _("The column “%(name)s” stands here twice. Remove one.") % {"name": twice[0]})
    return found


def _unread(cells: dict[int, Cell]) -> list[str]:
    texts = [cell.text.strip() for _place, cell in sorted(cells.items())]
    return [text[:80] for text in texts if text and folded(text) not in known_headings()]


def _workbook(package: Package) -> tuple[list[tuple[str, str]], int, str, str]:
    """The sheets in their order, each with its part; the year that days are counted from; strings and styles."""
    top = _relations(package, "_rels/.rels", "")
    main = next((target for kind, target in top.values() if kind == "officeDocument"), "xl/workbook.xml")
    folder, file = posixpath.split(main)
    parts = _relations(package, f"{folder}/_rels/{file}.rels".lstrip("/"), folder)
    sheets, epoch = [], 1900
    for event, element in package.elements_of(main):
        if event == "start" and element.tag == "workbookPr" and element.get("date1904") in ("1", "true"):
            epoch = 1904
        if event == "start" and element.tag == "sheet":
            pointer = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
            kind, target = parts.get(pointer, ("", ""))
            sheets += [(element.get("name", ""), target)] if kind == "worksheet" and target in package else []
    found = {kind: target for kind, target in parts.values() if target in package}
    return sheets, epoch, found.get("sharedStrings", ""), found.get("styles", "")


def _relations(package: Package, part: str, folder: str) -> dict[str, tuple[str, str]]:
    """By pointer: the kind of what is pointed to, and its part. What lies outside the file is passed over."""
    found: dict[str, tuple[str, str]] = {}
    for event, element in package.elements_of(part):
        if event == "start" and element.tag == "Relationship" and element.get("TargetMode") != "External":
            target = element.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], place)
    return found


def _strings(package: Package, part: str) -> list[str]:
    found: list[str] = []
    for event, element in package.elements_of(part):
        if event == "end" and element.tag == "si":
            found.append(_text(element))
            element.clear()
    return found


def _text(element: Element) -> str:
    """The words of a string or its runs; not their reading aids."""
    runs = [run for child in element for run in (child if child.tag == "r" else [child])]
    pieces = [run.text or "" for run in runs if run.tag == "t"]
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(pieces))


def _rows(package: Package, part: str, strings: list[str], plain: frozenset[int]) -> Iterator[Numbered]:
    number = 0
    for event, element in package.elements_of(part):
        if event != "end" or element.tag != "row":
            continue
        given = element.get("r", "")
        number = int(given) if given.isdecimal() and len(given) < 8 else number + 1
        cells: dict[int, Cell] = {}
        place = 0
        for child in element:
            place = _place(child.get("r", ""), place + 1)
            if child.tag == "c" and place <= MAX_COLUMNS:
                cell = _cell(child, strings, plain)
                cells |= {place: cell} if cell else {}
        element.clear()
        yield number, cells


def _place(reference: str, otherwise: int) -> int:
    found = _PLACE.fullmatch(reference)
    if not found:
        return otherwise
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column


def _cell(element: Element, strings: list[str], plain: frozenset[int]) -> Cell | None:
    parts: dict[str, Any] = {child.tag: child for child in element}
    if "f" in parts:
        return Cell(f"={parts['f'].text or ''}", "formula")
    kind, text = element.get("t", "n"), parts["v"].text or "" if "v" in parts else ""
    if kind == "s":
        text = strings[int(text)] if text.isdecimal() and len(text) < 8 and int(text) < len(strings) else ""
    elif kind == "inlineStr":
        text = _text(parts["is"]) if "is" in parts else ""
    if not text:
        return None
    if len(text) > MAX_CELL:
        message = _("A cell holds more than any spreadsheet lets it, which is %(limit)d characters.")
        raise refusal("size", message % {"limit": MAX_CELL})
    named = KINDS.get(kind, "error")
    style = element.get("s", "0")
    if named == "number" and not (style.isdecimal() and int(style) in plain):
        named = "formatted"
    return Cell(text, named)


__all__ = ["COLUMNS", "Cell", "Grid", "letters", "read"]
