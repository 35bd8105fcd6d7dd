"""The neutral document: what a report says, in which order, without any format.

The rest of the project imports everything it needs to build one from here.
"""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from reporting.blocks import (
    Block,
    Box,
    Bullets,
    Cell,
    Chart,
    Citation,
    Column,
    Figure,
    Heading,
    Kind,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Reference,
    Table,
    Text,
    Tone,
    plain,
    spans,
)
from reporting.cleaning import clean
from reporting.numbering import check_language, complete, web_link

__all__ = [
    "Block",
    "Box",
    "Bullets",
    "Cell",
    "Chart",
    "Citation",
    "Column",
    "Document",
    "Figure",
    "Heading",
    "Kind",
    "Note",
    "PageBreak",
    "Paragraph",
    "Quote",
    "Reference",
    "Table",
    "Text",
    "Tone",
    "canonical_json",
    "fingerprint",
    "plain",
    "spans",
    "web_link",
]


@dataclass(frozen=True)
class Document:
    """A titled sequence of blocks, cleaned, numbered and checked when it is made.

    `language` is a code such as "en"; `symbol` the reserved document symbol; `date_on` the
    date it bears; `meta` the lines of its masthead as (label, value); `contents_depth` the
    deepest heading in the list of contents (0: no list). Raises ValueError for what
    `reporting.numbering.complete` refuses and for an empty title.
    """

    title: str
    date_on: date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    symbol: str = ""
    language: str = "en"
    meta: tuple[tuple[str, str], ...] = ()
    contents_depth: int = 2

    def __post_init__(self) -> None:
        for each in fields(self):
            object.__setattr__(self, each.name, clean(getattr(self, each.name)))
        if not self.title.strip():
            raise ValueError("A document has a title.")
        check_language(self.language)
        object.__setattr__(self, "blocks", complete(self.blocks))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
        return hashlib.sha256(canonical_json(self)).hexdigest()

    @property
    def contents(self) -> tuple[Heading, ...]:
        """The headings that the list of contents shows, in order."""
        headings = (block for block in self.blocks if isinstance(block, Heading))
        return tuple(heading for heading in headings if heading.level <= self.contents_depth)

    @property
    def pages(self) -> tuple[Block, ...]:
        """The blocks that stand on pages: all but tables for sheets."""
        return tuple(block for block in self.blocks if not (isinstance(block, Table) and block.is_for_sheets))

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in order; boxes hold none."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def canonical_json(document: Document) -> bytes:
    """Return the document as UTF-8 JSON that is the same for the same content, for ever.

    Keys are sorted, no spaces, dates as YYYY-MM-DD, decimals as strings, no floats; a block
    carries its `kind`; members that are empty are left out. Raises TypeError for a float.
    """
    return dump(as_data(document))


def fingerprint(document: Document) -> str:
    """Return the SHA-256 of the document's canonical JSON, as 64 hexadecimal digits."""
    return document.fingerprint


def dump(data: Any) -> bytes:
    """Return data as canonical JSON; raises TypeError for what JSON does not know."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def as_data(value: Any) -> Any:
    """Return dictionaries, lists, strings, whole numbers and booleans; raises TypeError else."""
    if isinstance(value, tuple):
        return [as_data(member) for member in value]
    if isinstance(value, date | Decimal):
        return value.isoformat() if isinstance(value, date) else format(value, "f")
    if isinstance(value, str | int):
        return value
    if not hasattr(value, "__dataclass_fields__"):
        raise TypeError(f"{value!r} has no place in a document.")
    data = {each.name: getattr(value, each.name) for each in fields(value)}
    data = {name: as_data(member) for name, member in data.items() if not _is_empty(member)}
    if hasattr(value, "kind") and "kind" not in data:
        data["kind"] = value.kind
    return data


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", ())
