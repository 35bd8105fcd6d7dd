"""A long document in parts: nothing lost, sections kept together, headings that a part can begin with."""

from __future__ import annotations

import pytest

from reporting.document import Cell, Column, Document, Heading, Kind, PageBreak, Paragraph, Table
from reporting.renderers.pdf_parts import parted
from tests.reporting.specimen import SENTENCE, specimen

ROOM = 3000


def written(letters: int) -> Paragraph:
    return Paragraph((SENTENCE * 200)[:letters])


def headings(*levels: int, letters: int = 700) -> tuple[Heading | Paragraph, ...]:
    """A heading of each level, with a paragraph under it."""
    return tuple(block for level in levels for block in (Heading(level, f"Level {level}"), written(letters)))


def table(rows: int) -> Table:
    columns = (Column("code", "Code", 1, Kind.CODE), Column("said", "Said", 4))
    cells = tuple((Cell(f"I.1.{row}"), Cell(SENTENCE)) for row in range(1, rows + 1))
    return Table("Long", columns, cells, footer=(Cell("All"), Cell("of it")), notes=("A note.",), anchor="long")


LONG = headings(1, 2, 3, 3, 2, 3, 1, 2, 2, 3, 3, 4, 1)


def test_blocks_that_have_room_together_make_one_part():
    parts = parted(headings(1, 2), ROOM)

    assert [part.blocks for part in parts] == [headings(1, 2)]


@pytest.mark.parametrize("room", [800, 1500, 3000, 6000])
def test_parts_hold_all_blocks_in_their_order(room):
    parts = parted(LONG, room)

    assert len(parts) > 1
    assert tuple(block for part in parts for block in part.blocks) == LONG


@pytest.mark.parametrize("room", [800, 1500, 3000, 6000])
def test_a_part_never_ends_with_a_heading_that_something_follows(room):
    for part in parted(LONG, room):
        assert not isinstance(part.blocks[-1], Heading)


@pytest.mark.parametrize("room", [800, 1500, 3000, 6000])
def test_no_part_holds_a_higher_heading_than_its_first(room):
    for part in parted(LONG, room):
        levels = [block.level - part.shift for block in part.blocks if isinstance(block, Heading)]
        assert levels[:1] == [1]
        assert min(levels) == 1


def test_a_section_that_has_no_room_any_more_begins_a_part():
    parts = parted(headings(1, 2, 2, 3, letters=900), ROOM)

    assert [[block.level for block in part.blocks if isinstance(block, Heading)] for part in parts] == [[1, 2], [2, 3]]


def test_a_section_without_headings_is_parted_between_paragraphs():
    blocks = (Heading(1, "One"), *(written(900) for _ in range(9)))

    parts = parted(blocks, ROOM)

    assert [len(part.blocks) for part in parts] == [4, 3, 3]
    assert [part.shift for part in parts] == [0, 0, 0]


def test_a_break_of_pages_before_a_part_is_left_out():
    blocks = (*headings(1, letters=2000), PageBreak(), *headings(1, letters=2000))

    parts = parted(blocks, ROOM)

    assert [any(isinstance(block, PageBreak) for block in part.blocks[:1]) for part in parts] == [False, False]


def test_a_table_heavier_than_a_part_is_set_in_portions_and_keeps_every_row():
    whole = table(60)

    parts = parted((Heading(1, "One"), whole), ROOM)

    portions = [block for part in parts for block in part.blocks if isinstance(block, Table)]

    assert len(parts) == len(portions) > 2
    assert tuple(row for portion in portions for row in portion.rows) == whole.rows
    assert all(portion.columns == whole.columns for portion in portions)
    assert [portion.anchor for portion in portions] == ["long"] + [""] * (len(portions) - 1)
    assert [bool(portion.footer and portion.notes) for portion in portions] == [False] * (len(portions) - 1) + [True]
    assert portions[0].caption == f"Long (part 1 of {len(portions)})"


def test_the_specimen_is_parted_whatever_the_room():
    document: Document = specimen()

    for room in (500, 2000, 10_000):
        assert sum(len(part.blocks) for part in parted(document.pages, room)) >= len(document.pages) - 1
