"""The status matrix, and the figures by pillar and objective."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from commitments.content import Rating
from reporting import figures
from reporting.document import Block, Cell, Column, Heading, Kind, Paragraph, Table, Tone
from reporting.facts import ItemFacts, PillarFacts, ReviewFacts, StateFacts
from reporting.review_report.wording import number_cell, percent_cell, rating_cell, reason, referring, words

_NARROW_PAGE_STATES = 6  # more columns than this ask for a page across


def picture(facts: ReviewFacts) -> tuple[Block, ...]:
    remark = _(
        "For every action item and State the tables show the rating, or why there is none. A rating leads to what the "
        "State reports. The code of an item begins with the code of its objective."
    )
    return (
        Heading(1, _("Status of the action items"), "status", is_numbered=True),
        Paragraph(remark, is_numbered=True),
        *(_matrix(facts, pillar) for pillar in facts.pillars),
        Heading(1, _("Figures"), "figures", is_numbered=True),
        *_figures(facts),
    )


def state_cells(facts: ReviewFacts, item: ItemFacts) -> tuple[Cell, ...]:
    """One cell for each State: its rating of the item, or why it is empty."""
    return tuple(_state_cell(facts, state, item) for state in facts.states)


def state_columns(facts: ReviewFacts, width: int) -> tuple[Column, ...]:
    return tuple(Column(state.code, words(state.name), width) for state in facts.states)


def is_wide(facts: ReviewFacts) -> bool:
    return len(facts.states) > _NARROW_PAGE_STATES


def empty_label(facts: ReviewFacts) -> str:
    """What is due and not there: awaited while the cycle runs, not released once it is over."""
    return reason(Tone.NOT_RELEASED if facts.is_over else Tone.AWAITING)


def beyond_note(facts: ReviewFacts) -> tuple[str, ...]:
    """A remark where States report on items that nobody owes."""
    number = figures.of_all(facts).beyond
    if not number:
        return ()
    text = _("Updates on items that no State owes, which these figures leave out: %(number)d.")
    return (text % {"number": number},)


def _matrix(facts: ReviewFacts, pillar: PillarFacts) -> Table:
    title = _("Pillar %(code)s. %(title)s") % {"code": pillar.code, "title": words(pillar.title)}
    return Table(
        caption=title,
        columns=(
            Column("code", _("Code"), 1, Kind.CODE),
            Column("item", _("Action item"), 5),
            *state_columns(facts, 2),
        ),
        rows=tuple(_matrix_row(facts, item) for item in pillar.items),
        sheet=_("Pillar %(code)s") % {"code": pillar.code},
        is_wide=is_wide(facts),
        anchor=f"matrix-{pillar.code}",
    )


def _matrix_row(facts: ReviewFacts, item: ItemFacts) -> tuple[Cell, ...]:
    link = f"#item-{item.code}" if facts.updates_on(item.code) else ""
    return Cell(item.code, link=link), Cell(words(item.short_title)), *state_cells(facts, item)


def _state_cell(facts: ReviewFacts, state: StateFacts, item: ItemFacts) -> Cell:
    if update := facts.update(state.code, item.code):
        return rating_cell(update)
    tone = facts.why_empty(state, item)
    return Cell(reason(tone), tone)


def _figures(facts: ReviewFacts) -> tuple[Block, ...]:
    text = referring(
        _("Table %(pillars)s counts the updates by pillar, table %(objectives)s by objective."),
        pillars="figures-pillars",
        objectives="figures-objectives",
    )
    total = _figures_row(facts, ("", _("Whole plan")), facts.items)
    pillars = [((one.code, words(one.title)), one.items) for one in facts.pillars]
    objectives = [((one.code, words(one.title)), one.items) for pillar in facts.pillars for one in pillar.objectives]
    return (
        Paragraph(text, is_numbered=True),
        _figures_table(facts, _("Figures by pillar"), "figures-pillars", pillars, total),
        _figures_table(facts, _("Figures by objective"), "figures-objectives", objectives, total),
    )


def _figures_table(
    facts: ReviewFacts,
    caption: str,
    anchor: str,
    rows: Iterable[tuple[tuple[str, str], tuple[ItemFacts, ...]]],
    total: tuple[Cell, ...],
) -> Table:
    columns = ((rating.value, str(rating.label)) for rating in Rating)
    return Table(
        caption=caption,
        columns=(
            Column("code", _("Code"), 2, Kind.CODE),
            Column("title", _("Title"), 6),
            Column("items", _("Items"), 2, Kind.NUMBER),
            Column("due", _("Due"), 2, Kind.NUMBER),
            *(Column(key, label, 2, Kind.NUMBER) for key, label in columns),
            Column("reported", _("Reported"), 2, Kind.NUMBER),
            Column("empty", empty_label(facts), 2, Kind.NUMBER),
            Column("share", _("Reported, of what is due"), 2, Kind.PERCENT),
        ),
        rows=tuple(_figures_row(facts, names, items) for names, items in rows),
        footer=total,
        notes=(_sums(facts), *beyond_note(facts)),
        sheet=caption,
        is_wide=True,
        anchor=anchor,
    )


def _sums(facts: ReviewFacts) -> str:
    text = _(
        "Due: items addressed to the States, each or together, times %(states)d Member States. The six ratings add up "
        "to “Reported”; this and “%(empty)s” add up to “Due”."
    )
    return text % {"states": len(facts.states), "empty": empty_label(facts)}


def _figures_row(facts: ReviewFacts, names: tuple[str, str], items: tuple[ItemFacts, ...]) -> tuple[Cell, ...]:
    one = figures.of_items(facts, items)
    numbers = (len(items), one.due, *(number for _rating, number in one.ratings), one.reported, one.empty)
    return *map(Cell, names), *map(number_cell, numbers), percent_cell(one.reported_share)
