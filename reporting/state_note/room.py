"""What fits into so many lines of a page. Nothing is cut: it stands whole, or it does not stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

_LINE = 72  # letters, fewer than a line of the page holds in any language
_COLUMNS = 3

Row = TypeVar("Row")


@dataclass(frozen=True)
class Room:
    """What the lists of a note may hold: how many entries, and how many lines of the page."""

    of_each_pillar: int  # measures
    needs: int
    others: int
    lines: dict[str, int]


ALONE = Room(2, 4, 3, {"measures": 19, "needs": 9, "next": 6, "partners": 6, "sources": 4})
# Beside much that people wrote, and that no rule chooses from.
LEAST = Room(1, 2, 2, {"measures": 8, "needs": 3, "next": 3, "partners": 3, "sources": 2})


def beside(taken: int) -> Room:
    """What is left beside so many lines of recommendations and comments: fewer entries, and words while there is room.

    A line that they take is one of the measures', and every other line one of each other list's.
    """
    if not taken:
        return ALONE
    lines = {
        name: max(least, ALONE.lines[name] - (taken if name == "measures" else taken // 2))
        for name, least in LEAST.lines.items()
    }
    return replace(LEAST, lines=lines)


@dataclass(frozen=True)
class Line:
    """What a list says of one thing, without a State's words and with them."""

    short: str
    full: str


def with_words(lines: Sequence[Line], room: int) -> tuple[str, ...]:
    """Every line; in full, one after another, while there is room for the words as well."""
    left = room - sum(lines_of(line.short) for line in lines)
    shown = []
    for line in lines:
        more = lines_of(line.full) - lines_of(line.short)
        shown.append(line.full if more <= left else line.short)
        left -= more if more <= left else 0
    return tuple(shown)


def fitting(texts: Iterable[str], at_most: int, room: int) -> tuple[str, ...]:
    """The first few texts that there is room for; one that is too long is passed over."""
    shown: list[str] = []
    for text in texts:
        if len(shown) < at_most and lines_of(text) <= room - sum(map(lines_of, shown)):
            shown.append(text)
    return tuple(shown)


def fitting_rows(rows: Sequence[Row], texts: Sequence[tuple[str, ...]], room: int) -> tuple[Row, ...]:
    """The first few rows of a table that fit; their longest texts stand in columns of a third of the page."""
    shown: list[Row] = []
    for row, cells in zip(rows, texts, strict=True):
        height = row_height(cells)
        if height > room:
            break
        shown.append(row)
        room -= height
    return tuple(shown)


def row_height(cells: tuple[str, ...]) -> int:
    """How many lines a row of a table takes whose texts stand in columns of a third of the page."""
    return max(1, *(lines_of(text * _COLUMNS) for text in cells))


def lines_of(text: str) -> int:
    """How many lines of the page a text takes at most."""
    return -(-len(text) // _LINE)
