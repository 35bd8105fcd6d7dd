"""What assistance the States ask for, and what partners do on the same items."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.document import Block, Cell, Column, Heading, Kind, Paragraph, Table
from reporting.facts import ReleasedUpdate, ReviewFacts, Wording
from reporting.manuscript import Manuscript
from reporting.review_report.narrative import narrative
from reporting.review_report.updates import ASSISTANCE, translation_of
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
    """The translation stands in a column of its own, marked with its language; without any there is no such column."""
    place, is_translated = 4, any(row[4].text for row in rows)
    translation = Column("translation", _("Translation"), 5)
    return Table(
        caption=_("Assistance needed, by Member State and action item"),
        columns=(
            Column("state", _("Member State"), 2),
            Column("code", _("Code"), 1, Kind.CODE),
            Column("item", _("Action item"), 3),
            Column("assistance", _("Assistance needed"), 6),
            *([translation] if is_translated else []),
            Column("activities", _("Activities"), 1, Kind.NUMBER),
        ),
        rows=rows if is_translated else tuple(row[:place] + row[place + 1 :] for row in rows),
        sheet=_("Assistance"),
        anchor="assistance-table",
    )


def _rows(facts: ReviewFacts) -> Iterator[tuple[Cell, ...]]:
    titles = {item.code: words(item.short_title) for item in facts.items}
    for state in facts.states:
        for update in facts.updates_of(state.code):
            for section in update.sections:
                if section.name == ASSISTANCE:
                    item = Cell(update.item, link=f"#{anchor(update)}")
                    request = _request(section.words, update.language)
                    yield Cell(words(state.name)), item, Cell(titles[update.item]), *request, _support(facts, update)


def _request(wording: Wording, written_in: str) -> tuple[Cell, Cell]:
    """As the State wrote it, and its translation for a reader of another language."""
    return Cell(wording.text, language=written_in), Cell(translation_of(wording, written_in))


def _support(facts: ReviewFacts, update: ReleasedUpdate) -> Cell:
    return number_cell(sum(update.item in one.items and update.state in one.states for one in facts.activities))
