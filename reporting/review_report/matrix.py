"""Tables of action items with a cell for every State: its rating, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reporting import figures
from reporting.charts import tones
from reporting.document import Block, Cell, Column, Kind, Paragraph, Table, Text
from reporting.facts import ItemFacts, PillarFacts, ReviewFacts, StateFacts
from reporting.review_report.wording import joined, link_to_item, pillar_title, rating_cell, words

_NARROW_PAGE_STATES = 6  # more columns than this ask for a page across


def state_cells(facts: ReviewFacts, item: ItemFacts) -> tuple[Cell, ...]:
    """One cell for each State: its rating of the item, or why it is empty."""
    return tuple(_state_cell(facts, state, item) for state in facts.states)


def state_columns(facts: ReviewFacts, width: int) -> tuple[Column, ...]:
    return tuple(Column(state.code, words(state.name), width) for state in facts.states)


def is_wide(facts: ReviewFacts) -> bool:
    return len(facts.states) > _NARROW_PAGE_STATES


def matrix(facts: ReviewFacts, pillar: PillarFacts) -> Table:
    sheet = _("Pillar %(code)s") % {"code": pillar.code}
    return ratings_table(facts, pillar.items, pillar_title(pillar), f"matrix-{pillar.code}", sheet)


def ratings_table(facts: ReviewFacts, items: Iterable[ItemFacts], caption: str, anchor: str, sheet: str) -> Table:
    """Items with the rating of every State; a code leads to the words of the States, where there are any."""
    return Table(
        caption=caption,
        columns=(
            Column("code", _("Code"), 1, Kind.CODE),
            Column("item", _("Action item"), 5),
            *state_columns(facts, 2),
        ),
        rows=tuple(_row(facts, item) for item in items),
        sheet=sheet,
        is_wide=is_wide(facts),
        anchor=anchor,
    )


def reported_on(
    facts: ReviewFacts, items: tuple[ItemFacts, ...], caption: str, anchor: str, sheet: str
) -> tuple[Block, ...]:
    """The ratings of those items that a State reports on, in a table, and the codes of the others in one line."""
    with_words = tuple(item for item in items if facts.updates_on(item.code))
    blocks: list[Block] = [ratings_table(facts, with_words, caption, anchor, sheet)] if with_words else []
    if silent := [item.code for item in items if item not in with_words]:
        blocks.append(Paragraph(", ".join(silent) + ".", lead=_("No update is released on:"), is_numbered=True))
    return tuple(blocks)


def listed(facts: ReviewFacts, codes: Iterable[str]) -> Text:
    """Codes of items, each leading to what the States report where they report on it."""
    return joined((link_to_item(facts, code) for code in codes), ", ")


def _row(facts: ReviewFacts, item: ItemFacts) -> tuple[Cell, ...]:
    link = f"#item-{item.code}" if facts.updates_on(item.code) else ""
    return Cell(item.code, link=link), Cell(words(item.short_title)), *state_cells(facts, item)


def _state_cell(facts: ReviewFacts, state: StateFacts, item: ItemFacts) -> Cell:
    if update := facts.update(state.code, item.code):
        return rating_cell(update)
    tone = figures.tone_of(facts, state, item)
    return Cell(tones.label(tone), tone)
