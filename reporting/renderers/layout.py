"""What paper formats share: what opens a document, which blocks lie on landscape pages, how wide columns are."""

from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from reporting.document import Block, Heading, Kind, PageBreak, Table
from reporting.renderers.words import words

# A4 less the margins, in points.
PORTRAIT_WIDTH = 467.0
LANDSCAPE_WIDTH = 728.0
# A table row of less text than this, in characters, is not parted by a page's end.
SHORT_ROW = 600
# An eight-point letter with some air around a cell, in points.
_LETTER = 4.2
_LABEL = 0.97  # a bold seven-point letter beside it
_PADDING = 7.0
_LONGEST_WORD = {Kind.CODE: 28, Kind.TEXT: 18, Kind.NUMBER: 15, Kind.PERCENT: 15}
# Of a longer word so many letters stay together when it is hyphenated.
_SYLLABLES = 9


@dataclass(frozen=True)
class Run:
    """Blocks that lie on pages of one orientation."""

    is_wide: bool
    blocks: tuple[Block, ...]

    @property
    def width(self) -> float:
        """Width of the text in points."""
        return LANDSCAPE_WIDTH if self.is_wide else PORTRAIT_WIDTH


def runs(blocks: tuple[Block, ...]) -> tuple[Run, ...]:
    """Part the blocks by orientation; a heading goes with the wide table that it announces."""
    flags = [isinstance(block, Table) and block.is_wide for block in blocks]
    for index in range(len(blocks) - 2, -1, -1):
        flags[index] = flags[index] or (flags[index + 1] and isinstance(blocks[index], Heading))
    grouped = groupby(zip(flags, blocks, strict=True), key=lambda pair: pair[0])
    return tuple(Run(is_wide, _without_outer_breaks([block for _, block in pairs])) for is_wide, pairs in grouped)


def _without_outer_breaks(blocks: list[Block]) -> tuple[Block, ...]:
    """Drop a page break at the end of a run: a change of orientation breaks the page anyway."""
    while len(blocks) > 1 and isinstance(blocks[-1], PageBreak):
        blocks.pop()
    return tuple(blocks)


def opening(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Part what stands before the first heading, a summary as a rule, from the rest: it precedes the contents."""
    first = tuple(takewhile(lambda block: not isinstance(block, Heading), blocks))
    return (first, blocks[len(first) :]) if len(first) < len(blocks) else ((), blocks)


def fitted(block: Block, room: float) -> tuple[Block, ...]:
    """Part a table of more columns than the page is wide for; each part repeats the columns that name its rows."""
    if not isinstance(block, Table) or sum(needs := [_floor(block, i, _SYLLABLES) for i in _columns(block)]) <= room:
        return (block,)
    named = 2 if block.columns[0].kind == Kind.CODE and len(block.columns) > 2 else 1
    left = room - sum(needs[:named])
    groups: list[list[int]] = [[]]
    for index in range(named, len(needs)):
        if groups[-1] and sum(needs[i] for i in (*groups[-1], index)) > left:
            groups.append([])
        groups[-1].append(index)
    return tuple(_part(block, [*range(named), *group], place, len(groups)) for place, group in enumerate(groups, 1))


def sliced(table: Table, count: int) -> tuple[Table, ...]:
    """Part a table by its rows, so many to each part; totals and notes stand under the last one."""
    starts = range(0, len(table.rows), count)
    if len(starts) < 2:
        return (table,)
    slices = (table.rows[start : start + count] for start in starts)
    return tuple(
        _named(replace(table, rows=rows, footer=table.footer if place == len(starts) else ()), place, len(starts))
        for place, rows in enumerate(slices, 1)
    )


def _part(table: Table, kept: list[int], place: int, count: int) -> Table:
    part = replace(
        table,
        columns=tuple(table.columns[i] for i in kept),
        rows=tuple(tuple(row[i] for i in kept) for row in table.rows),
        footer=tuple(table.footer[i] for i in kept) if table.footer else (),
    )
    return _named(part, place, count)


def _named(table: Table, place: int, count: int) -> Table:
    """A part of a table says which one it is; the first is led to, under the last stand the notes."""
    part = words()["part"] % {"number": place, "total": count}
    return replace(
        table,
        caption=f"{table.caption} ({part})",
        notes=table.notes if place == count else (),
        anchor=table.anchor if place == 1 else "",
    )


def _columns(table: Table) -> range:
    return range(len(table.columns))


def column_widths(table: Table, room: float) -> list[float]:
    """Return each column's width in points: its share, yet no narrower than its longest word."""
    shares = [float(column.width) for column in table.columns]
    floors = [_floor(table, index) for index in _columns(table)]
    if sum(floors) >= room:
        return [room * floor / sum(floors) for floor in floors]
    # A code takes what it needs; the rest is for words and numbers.
    held = {index for index, column in enumerate(table.columns) if column.kind is Kind.CODE}
    if len(held) == len(shares):
        held = set()
    while True:
        left = room - sum(floors[index] for index in held)
        whole = sum(share for index, share in enumerate(shares) if index not in held)
        widths = [floors[i] if i in held else left * share / whole for i, share in enumerate(shares)]
        short = {i for i, width in enumerate(widths) if width < floors[i] - 0.001}
        if not short:
            return widths
        held |= short


def _floor(table: Table, index: int, longest: int = 0) -> float:
    """Return the width that the longest word of a column needs, up to so many letters."""
    column = table.columns[index]
    label = max((_LABEL * len(word) for word in column.label.split()), default=0)
    texts = {*(row[index].text for row in table.rows), *(cell.text for cell in table.footer[index:][:1])}
    letters = max((len(word) for text in texts for word in text.split()), default=1)
    return min(max(letters, label), longest or _LONGEST_WORD[column.kind]) * _LETTER + _PADDING
