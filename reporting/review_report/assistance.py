"""What assistance the States ask for, and what partners do on the same items."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.document import Block, Cell, Column, Heading, Kind, Paragraph, Table
from reporting.facts import ReleasedUpdate, ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.narrative import narrative
from reporting.review_report.updates import ASSISTANCE, TRANSLATION, told_in_both, where_translated
from reporting.review_report.wording import anchor, number_cell, words


def assistance(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """Requests by State and then by item, in the words of the updates; they stand here in full and nowhere else."""
    heading = Heading(1, _("Assistance needed"), "assistance", is_numbered=True)
    written = narrative(facts, manuscript, "assistance")
    rows = tuple(_rows(facts))
    if not rows:
        nothing = _("No released update names assistance that a State needs.")
        return heading, *written, Paragraph(nothing, is_numbered=True)
    text = ngettext(
        "%(number)d update names assistance that its State needs. Beside it stands how many activities of partners "
        "named in this report support the same item in the same State.",
        "%(number)d updates name assistance that their States need. Beside each stands how many activities of partners "
        "named in this report support the same item in the same State.",
        len(rows),
    )
    return heading, *written, Paragraph(text % {"number": len(rows)}, is_numbered=True), _table(rows)


def _table(rows: tuple[tuple[Cell, ...], ...]) -> Table:
    table = Table(
        caption=_("Assistance needed, by Member State and action item"),
        columns=(
            Column("state", _("Member State"), 2),
            Column("code", _("Code"), 1, Kind.CODE),
            Column("item", _("Action item"), 3),
            Column("assistance", _("Assistance needed"), 6),
            Column(TRANSLATION, _("Translation"), 5),
            Column("activities", _("Activities"), 1, Kind.NUMBER),
        ),
        rows=rows,
        sheet=_("Assistance"),
        anchor="assistance-table",
    )
    return where_translated(table)


def _rows(facts: ReviewFacts) -> Iterator[tuple[Cell, ...]]:
    titles = {item.code: words(item.short_title) for item in facts.items}
    for state in facts.states:
        for update in facts.updates_of(state.code):
            for section in update.sections:
                if section.name == ASSISTANCE:
                    item = Cell(update.item, link=f"#{anchor(update)}")
                    request = told_in_both(section.words, update.language)
                    yield Cell(words(state.name)), item, Cell(titles[update.item]), *request, _support(facts, update)


def _support(facts: ReviewFacts, update: ReleasedUpdate) -> Cell:
    return number_cell(sum(update.item in one.items and update.state in one.states for one in facts.activities))
