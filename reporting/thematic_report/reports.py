"""Item by item what the States report, what the editors conclude, and all items in one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from commitments.models.plan import Addressee
from reporting.document import Block, Cell, Column, Heading, Kind, PageBreak, Paragraph, Table
from reporting.review_report.matrix import state_cells, state_columns
from reporting.review_report.pillars import item_blocks, objective_head
from reporting.review_report.recommendations import conclusions
from reporting.review_report.statements import remarks
from reporting.review_report.wording import pillar_title, span, words
from reporting.sources import document
from reporting.thematic_report.wholes import NOT_WRITTEN, Whole


def item_by_item(whole: Whole) -> tuple[Block, ...]:
    heading = Heading(1, _("What the Member States report"), "reports", is_numbered=True)
    written = whole.written("reports")
    if not whole.scoped.items:
        return heading, *written, Paragraph(_("There is no action item to report on."), is_numbered=True)
    return heading, *written, *_objectives(whole)


def _objectives(whole: Whole) -> Iterator[Block]:
    """A heading for each objective; its pillar is named where the scope runs through several."""
    for pillar in whole.scoped.pillars:
        for objective in pillar.objectives:
            title = _("Objective %(code)s. %(title)s") % {"code": objective.code, "title": words(objective.title)}
            yield Heading(2, title, f"objective-{objective.code}", is_numbered=True)
            if len(whole.scoped.pillars) > 1:
                yield Paragraph(f"{pillar_title(pillar)}.", is_numbered=True)
            yield from objective_head(whole.scoped, NOT_WRITTEN, objective)
            yield from item_blocks(whole.scoped, objective.items)


def concluding(whole: Whole) -> tuple[Block, ...]:
    """Conclusions and recommendations as in the review report; nothing where nobody wrote any."""
    manuscript = whole.manuscript
    if not (manuscript.of("conclusions") or manuscript.recommendations or manuscript.follow_ups):
        return ()
    # The roadmap is not quoted here, so that nothing can lead to its provisions.
    return conclusions(replace(whole.scoped, roadmap=()), manuscript)


def item_table(whole: Whole) -> tuple[Block, ...]:
    heading = _annex("I", _("Action items"), "annex-items")
    if not whole.scoped.items:
        return heading, Paragraph(_("There is no action item to list."))
    source = _("Lines are those of the text of: %(source)s.") % {"source": document(whole.scoped.plan.source).title}
    table = Table(
        caption=_("Action items of this report, with addressee, lines and ratings"),
        columns=(
            Column("code", _("Code"), 3, Kind.CODE),
            Column("item", _("Action item"), 8),
            Column("addressee", _("Addressee"), 3),
            Column("lines", _("Lines"), 2),
            *state_columns(whole.scoped, 4),
        ),
        rows=tuple(
            (
                Cell(item.code),
                Cell(words(item.short_title)),
                Cell(str(Addressee(item.addressee).label)),
                Cell(span(item.place)),
                *state_cells(whole.scoped, item),
            )
            for item in whole.scoped.items
        ),
        notes=(source, _("Short titles are this report's own; the adopted wording stands in the plan.")),
        sheet=_("Action items"),
        is_wide=True,
        anchor="items-table",
    )
    return PageBreak(), heading, table


def comments(whole: Whole) -> tuple[Block, ...]:
    """What the States said of the draft, and how each comment was met."""
    heading = _annex("II", _("Comments of Member States on the draft"), "annex-remarks")
    return heading, *remarks(whole.scoped, whole.manuscript)


def _annex(number: str, title: str, anchor: str) -> Heading:
    return Heading(1, _("Annex %(number)s. %(title)s") % {"number": number, "title": title}, anchor)
