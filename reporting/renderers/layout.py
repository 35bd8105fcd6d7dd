"""What paper formats share: which blocks lie on landscape pages, how wide columns are."""

from dataclasses import dataclass
from itertools import groupby

from reporting.document import Block, Heading, Kind, PageBreak, Table

# A4 less the margins, in points.
PORTRAIT_WIDTH = 467.0
LANDSCAPE_WIDTH = 728.0
# A table row of less text than this, in characters, is not parted by a page's end.
SHORT_ROW = 600
# An eight-point letter with some air around a cell, in points.
_LETTER = 4.2
_PADDING = 7.0
_LONGEST_WORD = {Kind.CODE: 28, Kind.TEXT: 18, Kind.NUMBER: 18, Kind.PERCENT: 18}


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


def column_widths(table: Table, room: float) -> list[float]:
    """Return each column's width in points: its share, yet no narrower than its longest word."""
    shares = [float(column.width) for column in table.columns]
    floors = [_floor(table, index) for index in range(len(table.columns))]
    if sum(floors) >= room:
        return [room * floor / sum(floors) for floor in floors]
    held: set[int] = set()
    while True:
        left = room - sum(floors[index] for index in held)
        whole = sum(share for index, share in enumerate(shares) if index not in held)
        widths = [floors[i] if i in held else left * share / whole for i, share in enumerate(shares)]
        short = {i for i, width in enumerate(widths) if width < floors[i] - 0.001}
        if not short:
            return widths
        held |= short


def _floor(table: Table, index: int) -> float:
    column = table.columns[index]
    texts = [column.label, *(row[index].text for row in table.rows), *(cell.text for cell in table.footer[index:][:1])]
    longest = max((len(word) for text in texts for word in text.split()), default=1)
    return min(longest, _LONGEST_WORD[column.kind]) * _LETTER + _PADDING
