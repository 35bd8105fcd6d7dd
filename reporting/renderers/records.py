"""The document's tables and its running text as records: columns with machine names, values without dress.

A number is written with a point and without its unit; a cell with a tone has the tone's code in a column of its own,
whatever language the words are in; an address that words lead to likewise. Rows of totals are no records.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from reporting.document import (
    Block,
    Box,
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Kind,
    PageBreak,
    Paragraph,
    Table,
    Tone,
    plain,
    web_link,
)
from reporting.renderers.words import words

_NUMBERS = {Kind.NUMBER, Kind.PERCENT}
_LONGEST_KEY = 3
TONES = tuple(tone.value for tone in Tone if tone)
_NO_NAME = re.compile(r"[^a-z0-9._-]+")


@dataclass(frozen=True)
class Field:
    """A column: `type` is string, integer or number; `part` says what of a cell it holds."""

    name: str
    title: str
    type: str = "string"
    part: str = "text"  # or "code", "link", "language"
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Record:
    """One CSV: its fields, its rows as text, what identifies a row, and the table that it was, if it was one."""

    name: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[str, ...], ...]
    key: tuple[str, ...]
    missing: tuple[str, ...] = ("",)  # what stands in a column of numbers instead of a number
    table: Table | None = None

    @property
    def path(self) -> str:
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


def records(document: Document) -> tuple[Record, ...]:
    """Return a record for each table in order, and last the running text."""
    taken: set[str] = set()
    tables = [_record(table, _once(table.anchor, taken)) for table in document.tables]
    return (*tables, _text(document, _once("text", taken)))


def _record(table: Table, name: str) -> Record:
    taken: set[str] = set()
    columns = [
        (place, field) for place, column in enumerate(table.columns) for field in _fields(table, place, column, taken)
    ]
    fields = tuple(field for _place, field in columns)
    rows = tuple(tuple(_value(row[place], field) for place, field in columns) for row in table.rows)
    wordy = (row[place] for row in table.rows for place, column in enumerate(table.columns) if column.kind in _NUMBERS)
    missing = {cell.text for cell in wordy if cell.value is None and cell.text}
    return Record(name, fields, rows, _key(fields, rows), ("", *sorted(missing)), table)


def _fields(table: Table, place: int, column: Column, taken: set[str]) -> Iterator[Field]:
    cells = [row[place] for row in table.rows]
    name = _once(column.key, taken)
    yield Field(name, column.label, _type(column, cells), kind=column.kind)
    if any(cell.tone for cell in cells):
        yield Field(_once(f"{name}_code", taken), column.label, part="code")
    if any(web_link(cell.link) for cell in cells):
        yield Field(_once(f"{name}_link", taken), column.label, part="link")
    if any(cell.language for cell in cells):
        yield Field(_once(f"{name}_language", taken), column.label, part="language")


def _type(column: Column, cells: list[Cell]) -> str:
    if column.kind not in _NUMBERS:
        return "string"
    is_whole = column.kind is Kind.NUMBER and all(
        isinstance(cell.value, int) for cell in cells if cell.value is not None
    )
    return "integer" if is_whole else "number"


def _value(cell: Cell, field: Field) -> str:
    """Return what a record says of a cell: numbers plain, words as they are."""
    if field.part == "text":
        return cell.text if field.type == "string" or cell.value is None else plain_number(cell.value)
    return {"code": cell.tone.value, "link": web_link(cell.link), "language": cell.language}[field.part]


def plain_number(value: int | Decimal) -> str:
    """Return a number with a point and without an exponent."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _key(fields: tuple[Field, ...], rows: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """Return the first columns that no two rows share and no row leaves empty; none where there are no such."""
    for count in range(1, min(_LONGEST_KEY, len(fields)) + 1):
        values = [row[:count] for row in rows]
        if len(set(values)) == len(rows) and all(all(value) for value in values):
            return tuple(field.name for field in fields[:count])
    return ()


def _text(document: Document, name: str) -> Record:
    fields = (
        Field("position", gettext("Position"), "integer"),
        Field("kind", gettext("Kind of block")),
        Field("level", gettext("Level of the heading"), "integer"),
        Field("number", words()["number"]),
        Field("anchor", gettext("Anchor")),
        Field("text", words()["text"]),
        Field("sources", words()["source_column"]),
        Field("language", gettext("Language")),
    )
    lines = (line for block in document.pages for line in _lines(block, document.language))
    rows = tuple((str(place), *line) for place, line in enumerate(lines, 1))
    return Record(name, fields, rows, ("position",))


def _lines(block: Block, usual: str) -> Iterator[tuple[str, ...]]:
    """Yield kind, level, number, anchor, text, sources and language of each paragraph."""
    if isinstance(block, Table | PageBreak):
        return
    level = str(block.level) if isinstance(block, Heading) else ""
    start = (block.kind, level, getattr(block, "number", ""), getattr(block, "anchor", ""))
    language = getattr(block, "language", "") or usual
    if isinstance(block, Box):
        yield (*start, block.title, "", language)
        for inner in block.blocks:
            yield from _lines(inner, usual)
    elif isinstance(block, Bullets):
        for item in block.items:
            yield (*start, plain(item), _sources(block), language)
    else:
        yield (*start, _words(block), _sources(block), language)


def _words(block: Block) -> str:
    if isinstance(block, Figure):
        return f"{block.caption}\n{block.alt}"
    text = plain(getattr(block, "text", ""))
    return f"{block.lead} {text}".strip() if isinstance(block, Paragraph) else text


def _sources(block: Block) -> str:
    """Return the sources, each with its address on the web where it has one."""
    each = (f"{one.text} <{one.link}>" if web_link(one.link) else one.text for one in getattr(block, "citations", ()))
    return "; ".join(each) or getattr(block, "source", "")


def _once(wished: str, taken: set[str]) -> str:
    """Return a name of small letters, digits and . _ - that is not taken yet."""
    plain_name = _NO_NAME.sub("-", wished.lower()).strip("-") or "column"
    name, count = plain_name, 1
    while name in taken:
        count += 1
        name = f"{plain_name}-{count}"
    taken.add(name)
    return name
