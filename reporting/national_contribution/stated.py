"""What assistance the State asks for, and what resources it names, in its own words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from commitments.guidance import GUIDANCE
from reporting.document import Block, Cell, Column, Heading, Kind, Paragraph, Table
from reporting.facts import ReviewFacts
from reporting.review_report.updates import TRANSLATION, told_in_both, where_translated
from reporting.review_report.wording import anchor, words

# Where the words of these sections stand; at the update a line leads there.
TABLES = {
    "assistance_needed": "assistance-table",
    "resources_in_cash": "resources-table",
    "resources_in_kind": "resources-table",
}


def assistance(cleared: ReviewFacts) -> tuple[Block, ...]:
    heading = Heading(1, _("Assistance needed"), "assistance", is_numbered=True)
    rows = tuple(_rows(cleared, ("assistance_needed",)))
    if not rows:
        return heading, Paragraph(_("No cleared update names assistance that is needed."), is_numbered=True)
    table = Table(
        caption=_("Assistance needed, by action item"),
        columns=(*_item_columns(), Column("words", _("Assistance needed"), 8), _translations()),
        rows=tuple(tuple(cells) for _kind, *cells in rows),
        sheet=_("Assistance"),
        anchor="assistance-table",
    )
    return heading, where_translated(table)


def resources(cleared: ReviewFacts) -> tuple[Block, ...]:
    heading = Heading(1, _("Resources in cash and in kind"), "resources", is_numbered=True)
    rows = tuple(_rows(cleared, ("resources_in_cash", "resources_in_kind")))
    if not rows:
        return heading, Paragraph(_("No cleared update names resources."), is_numbered=True)
    table = Table(
        caption=_("Resources, by action item, as stated"),
        columns=(*_item_columns(), Column("kind", _("Kind"), 3), Column("words", _("As stated"), 8), _translations()),
        rows=tuple((code, item, Cell(str(GUIDANCE[kind].label)), *said) for kind, code, item, *said in rows),
        notes=(_("No sum is drawn: amounts are stated in words, in several currencies and for several periods."),),
        sheet=_("Resources"),
        anchor="resources-table",
    )
    return heading, where_translated(table)


def _item_columns() -> tuple[Column, ...]:
    return Column("code", _("Code"), 2, Kind.CODE), Column("item", _("Action item"), 5)


def _translations() -> Column:
    return Column(TRANSLATION, _("Translation"), 6)


def _rows(cleared: ReviewFacts, names: tuple[str, ...]) -> Iterator[tuple[str, Cell, Cell, Cell, Cell]]:
    """(section, code, item, words, translation) in the order of the plan."""
    titles = {item.code: item.short_title for item in cleared.items}
    for update in cleared.updates:
        for section in update.sections:
            if section.name in names:
                code = Cell(update.item, link=f"#{anchor(update)}")
                told = told_in_both(section.words, update.language)
                yield section.name, code, Cell(words(titles[update.item])), *told
