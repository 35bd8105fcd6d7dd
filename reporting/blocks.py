"""The blocks a document is made of: frozen, without format, text only.

Every string is plain text; a line feed inside it is a line break. `number` and an empty
`anchor` are filled in by the Document, so that all formats show the same numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar


class Tone(StrEnum):
    """What a cell means; its colour is the renderers' business and its words stand in `text`."""

    NONE = ""
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    IMPLEMENTED = "implemented"
    NOT_APPLICABLE = "not_applicable"
    NO_INFORMATION = "no_information"
    NOT_DUE = "not_due"
    AWAITING = "awaiting"
    NOT_REPORTED = "not_reported"
    NOT_RELEASED = "not_released"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What a column holds: it decides alignment, wrapping and the spreadsheet's cell type."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    PERCENT = "percent"


@dataclass(frozen=True)
class Reference:
    """A link inside the document, shown as `text` or else as the number of its target."""

    anchor: str
    text: str = ""


Text = str | tuple[str | Reference, ...]


@dataclass(frozen=True)
class Citation:
    """Where a statement comes from; `link` is "", "#anchor" or an http(s) address."""

    text: str
    link: str = ""


@dataclass(frozen=True)
class Heading:
    """Level 1 to 4; the first is 1 and no level is skipped (I., A., 1., (a) when numbered)."""

    kind: ClassVar[str] = "heading"
    level: int
    text: str
    anchor: str = ""
    is_numbered: bool = False
    number: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Running text; `lead` stands before it in bold; numbering runs through the document."""

    kind: ClassVar[str] = "paragraph"
    text: Text
    lead: str = ""
    is_numbered: bool = False
    citations: tuple[Citation, ...] = ()
    language: str = ""
    anchor: str = ""
    number: str = ""


@dataclass(frozen=True)
class Bullets:
    kind: ClassVar[str] = "bullets"
    items: tuple[Text, ...]
    citations: tuple[Citation, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Quote:
    """Adopted or submitted wording, letter for letter, and where it stands."""

    kind: ClassVar[str] = "quote"
    text: str
    source: str = ""
    language: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Note:
    """A remark in small print: how a figure was counted, what was left out."""

    kind: ClassVar[str] = "note"
    text: Text
    language: str = ""


@dataclass(frozen=True)
class Box:
    """A framed text such as a summary or a good practice."""

    kind: ClassVar[str] = "box"
    title: str
    blocks: tuple[Paragraph | Bullets | Quote | Note, ...]
    anchor: str = ""
    number: str = ""


@dataclass(frozen=True)
class Column:
    """`width` is a share: columns of 1, 3 and 1 take a fifth, three fifths and a fifth."""

    key: str
    label: str
    width: int = 1
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Cell:
    """`text` is what is read; `value` the same as a number (per cent: 43.5 means 43.5 %)."""

    text: str
    tone: Tone = Tone.NONE
    value: int | Decimal | None = None
    link: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.value, float | bool):
            raise TypeError(f"A cell's value is an int or a Decimal, not {self.value!r}.")


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first cell names its row; `footer` is the row of totals.

    `sheet` names the table's sheet in a workbook; `is_wide` asks for a landscape page; `is_for_sheets` keeps it off
    pages altogether, for workbooks and machines: it has no number.
    """

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    footer: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    sheet: str = ""
    is_wide: bool = False
    is_for_sheets: bool = False
    anchor: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        rows = self.rows + ((self.footer,) if self.footer else ())
        if not self.columns or any(len(row) != len(self.columns) for row in rows):
            raise ValueError(f"Table {self.caption!r}: every row has one cell for each column.")
        if any(column.width < 1 for column in self.columns):
            raise ValueError(f"Table {self.caption!r}: a column's width is at least 1.")


@dataclass(frozen=True)
class Chart:
    """How a workbook draws a table: its rows are the categories, these columns the series."""

    form: str  # "stacked" (per cent of each row) or "line"
    series: tuple[str, ...]  # keys of columns


@dataclass(frozen=True)
class Figure:
    """A drawing made by this project as SVG text, with the words for who cannot see it.

    `table` is the anchor of the table that shows the same in numbers: no figure stands without one.
    """

    kind: ClassVar[str] = "figure"
    svg: str
    alt: str
    caption: str
    table: str
    chart: Chart | None = None
    anchor: str = ""
    number: str = ""


@dataclass(frozen=True)
class PageBreak:
    kind: ClassVar[str] = "page_break"


Block = Heading | Paragraph | Bullets | Quote | Note | Box | Table | Figure | PageBreak


def plain(text: Text) -> str:
    """Return the words of a text, references included."""
    if isinstance(text, str):
        return text
    return "".join(part if isinstance(part, str) else part.text for part in text)


def parts(value: Any) -> Iterator[Any]:
    """Yield every dataclass inside a value, outermost first."""
    if isinstance(value, tuple):
        for member in value:
            yield from parts(member)
    elif is_dataclass(value):
        yield value
        for each in fields(value):
            yield from parts(getattr(value, each.name))


def spans(text: Text) -> tuple[str | Reference, ...]:
    """Return a text as a sequence of strings and references, also when it is one string."""
    return (text,) if isinstance(text, str) else text
