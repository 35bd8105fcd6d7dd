"""Parts of a long document that are set one by one: the typesetter's memory is bounded by a part, not by the whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile

from reporting.document import Block, Cell, Figure, Heading, PageBreak, Table, plain
from reporting.renderers.layout import sliced

# How much is set at once, in letters: about 50 pages.
ROOM = 350_000
# What costs the typesetter as much as so many letters.
_CELL, _BLOCK = 90, 60
# A part that is less full than this does not end before a section because the whole of that has no room in it.
_EARLIEST = 0.4


@dataclass(frozen=True)
class Part:
    """Blocks set at once. Inside, headings stand `shift` levels higher, so that the first one is of level 1."""

    blocks: tuple[Block, ...]

    @property
    def shift(self) -> int:
        return next((block.level for block in self.blocks if isinstance(block, Heading)), 1) - 1


def parted(blocks: tuple[Block, ...], room: int = ROOM) -> tuple[Part, ...]:
    """Part the blocks; a heading stays with what follows it, and no part holds a higher heading than its first.

    Blocks that have room together make one part. A part begins with a section where it can.
    """
    if sum(map(_weight, blocks)) <= room:
        return (Part(blocks),)
    blocks = tuple(_of_bearable_weight(blocks, room))
    parts: list[list[Block]] = [[]]
    filled = 0
    for block, section in zip(blocks, _sections(blocks), strict=True):
        if parts[-1] and _begins_anew(parts[-1], block, filled / room, section / room):
            parts.append([])
            filled = 0
        parts[-1].append(block)
        filled += _weight(block)
    trimmed = (tuple(dropwhile(lambda block: isinstance(block, PageBreak), part)) for part in parts)
    return tuple(Part(part) for part in trimmed if part)


def _begins_anew(part: list[Block], block: Block, full: float, section: float) -> bool:
    has_room = full + section <= 1 or isinstance(part[-1], Heading)
    if not isinstance(block, Heading):
        return not has_room
    first = next((one.level for one in part if isinstance(one, Heading)), block.level)
    return block.level < first or (not has_room and full >= _EARLIEST)


def _sections(blocks: tuple[Block, ...]) -> list[int]:
    """Return the weight of each block, of a heading that of its whole section."""
    weights = [_weight(block) for block in blocks]
    above = [0] * 5  # how much stands from here to the next heading of each level or a higher one
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        above = [weight + weights[index] for weight in above]
        if isinstance(block, Heading):
            weights[index] = above[block.level]
            above[block.level :] = [0] * (5 - block.level)
    return weights


def _of_bearable_weight(blocks: tuple[Block, ...], room: int) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table) and _weight(block) > room:
            per_row = _weight(block) / len(block.rows)
            yield from sliced(block, max(int(room / per_row), 1))
        else:
            yield block


def _weight(block: Block) -> int:
    """About how many letters' worth of memory a block takes."""
    if isinstance(block, Table):
        return sum(_cell(cell) for row in block.rows for cell in row)
    if isinstance(block, Figure):
        return len(block.svg)
    return _BLOCK + sum(map(len, _texts(block)))


def _cell(cell: Cell) -> int:
    return _CELL + len(cell.text)


def _texts(block: Block) -> Iterator[str]:
    yield plain(getattr(block, "text", ""))
    for item in getattr(block, "items", ()):
        yield plain(item)
    for inner in getattr(block, "blocks", ()):
        yield from _texts(inner)
