"""The annexes: every action item in one table, and what the words of the scale mean."""

from __future__ import annotations

from django.utils.translation import gettext as _

from commitments.content import Rating
from commitments.models.plan import Addressee
from reporting.document import Block, Cell, Column, Heading, Kind, PageBreak, Paragraph, Table, Tone
from reporting.facts import ItemFacts, ReviewFacts
from reporting.review_report.picture import state_cells, state_columns
from reporting.review_report.wording import reason, span, words
from reporting.sources import document


def annexes(facts: ReviewFacts) -> tuple[Block, ...]:
    return (
        PageBreak(),
        Heading(1, _("Annex I. Action items"), "annex-items"),
        _items(facts),
        Heading(1, _("Annex II. Ratings"), "annex-ratings"),
        *_glossary(),
    )


def _items(facts: ReviewFacts) -> Table:
    note = _("Lines are those of the text of: %(source)s.") % {"source": document(facts.plan.source).title}
    return Table(
        caption=_("All action items of the plan, with addressee, lines and ratings"),
        columns=(
            Column("code", _("Code"), 3, Kind.CODE),
            Column("item", _("Action item"), 8),
            Column("addressee", _("Addressee"), 3),
            Column("lines", _("Lines"), 2),
            *state_columns(facts, 4),
        ),
        rows=tuple(_item_row(facts, item) for item in facts.items),
        notes=(note, _("Short titles are this report's own; the adopted wording stands in the plan.")),
        sheet=_("Action items"),
        is_wide=True,
        anchor="items-table",
    )


def _item_row(facts: ReviewFacts, item: ItemFacts) -> tuple[Cell, ...]:
    return (
        Cell(item.code),
        Cell(words(item.short_title)),
        Cell(str(Addressee(item.addressee).label)),
        Cell(span(item.place)),
        *state_cells(facts, item),
    )


def _glossary() -> tuple[Block, ...]:
    remark = _(
        "A rating says how far an action has come. Beside it stand the trend since the last cycle and two answers that "
        "reviewers ask for apart: whether the action is adopted in law or policy, and whether it is applied in "
        "practice. Many items of the plan are continuing duties: they stay implemented only while they are sustained, "
        "and this is reconfirmed in each cycle."
    )
    columns = (Column("term", _("Term"), 2), Column("meaning", _("Meaning"), 6))
    ratings = tuple((Cell(str(rating.label), Tone(rating.value)), Cell(_meanings()[rating])) for rating in Rating)
    reasons = tuple((Cell(reason(tone), tone), Cell(meaning)) for tone, meaning in _reasons().items())
    return (
        Paragraph(remark, is_numbered=True),
        Table(_("Ratings"), columns, ratings, sheet=_("Ratings"), anchor="ratings-table"),
        Table(_("Why a cell is empty"), columns, reasons, sheet=_("Empty cells"), anchor="reasons-table"),
    )


def _meanings() -> dict[Rating, str]:
    return {
        Rating.NOT_STARTED: _("No measure has been taken yet. A reason is given. This is not a zero."),
        Rating.LIMITED: _("Measures have been taken; the greater part of the action is still to come."),
        Rating.SUBSTANTIAL: _("The greater part of the action has been taken; some of it is still to come."),
        Rating.IMPLEMENTED: _("The action has been taken in full and is being kept up."),
        Rating.NOT_APPLICABLE: _("The action does not apply to the State. A reason is given."),
        Rating.NO_INFORMATION: _("The State has no information to give on the action. A reason is given."),
    }


def _reasons() -> dict[Tone, str]:
    return {
        Tone.NOT_DUE: _("The action item is addressed to the United Nations and organizations: no State owes it."),
        Tone.AWAITING: _("The cycle has not ended, and no update is released to the readers of this report."),
        Tone.NOT_RELEASED: _(
            "The cycle has ended, and no update is released to the readers of this report. Whether one exists that "
            "other readers may see, this report does not tell."
        ),
    }
