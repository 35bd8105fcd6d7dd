"""What the States say for themselves: signed statements, and comments on the draft with how each was met."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.guidance import LANGUAGE_NAMES
from reporting.document import Block, Cell, Column, Heading, Kind, Note, Paragraph, Table
from reporting.facts import ReviewFacts
from reporting.manuscript import WHOLE_DRAFT, Manuscript, Remark, Statement
from reporting.models import Verdict
from reporting.review_report.updates import translation_of
from reporting.review_report.wording import day, language, number_cell, text_blocks, words


def statements(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """As submitted, in the order of the States, each with the receipt of its signature."""
    if not manuscript.statements:
        return (Paragraph(_("No Member State has signed a statement for this cycle."), is_numbered=True),)
    ordered = sorted(manuscript.statements, key=lambda one: _place(facts, one.state))
    return tuple(block for one in ordered for block in _statement(facts, one))


def _statement(facts: ReviewFacts, one: Statement) -> Iterator[Block]:
    yield Heading(2, _name(facts, one.state), f"statement-{one.state}")
    yield from text_blocks(one.text.text, "", written_in=one.language)
    if translated := translation_of(one.text, one.language):
        yield from text_blocks(translated, _("Translation:"), written_in=language())
    text = _("Written in %(language)s. Signed on %(day)s. Receipt: %(receipt)s.")
    written_in = LANGUAGE_NAMES.get(one.language, one.language)
    yield Note(text % {"language": written_in, "day": day(one.signed_on), "receipt": one.receipt})


def remarks(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """Every comment with its answer and the reason. Paragraphs bear their numbers in the draft."""
    if not manuscript.remarks:
        return (Paragraph(_("No Member State has commented on a draft of this report."), is_numbered=True),)
    number = len(manuscript.remarks)
    text = ngettext(
        "Member States made %(number)d comment on the draft that was circulated to them.",
        "Member States made %(number)d comments on the draft that was circulated to them.",
        number,
    )
    return (
        Paragraph(text % {"number": number}, is_numbered=True),
        _counted(manuscript),
        remarks_table(facts, manuscript.remarks),
    )


def answers(manuscript: Manuscript) -> tuple[tuple[str, int], ...]:
    """(answer, how many comments were met with it), those that no comment met left out. They add up to all."""
    labels = [(str(verdict.label), verdict.value) for verdict in Verdict] + [(_("Not answered"), "")]
    numbers = ((label, sum(one.verdict == key for one in manuscript.remarks)) for label, key in labels)
    return tuple((label, number) for label, number in numbers if number)


def _counted(manuscript: Manuscript) -> Table:
    return Table(
        caption=_("How comments were met"),
        columns=(Column("answer", _("Answer"), 3), Column("number", _("Comments"), 1, Kind.NUMBER)),
        rows=tuple((Cell(label), number_cell(number)) for label, number in answers(manuscript)),
        footer=(Cell(_("All")), number_cell(len(manuscript.remarks))),
        sheet=_("How comments were met"),
        anchor="remarks-counted",
    )


def remarks_table(
    facts: ReviewFacts,
    chosen: tuple[Remark, ...],
    *,
    anchor: str = "remarks-table",
    is_for_sheets: bool = False,
) -> Table:
    """These comments in full; in a report on one State alone no row names it."""
    return Table(
        caption=_("Comments of Member States on the draft, and how each was met"),
        columns=(
            *((Column("state", _("Member State"), 2),) if len(facts.states) > 1 else ()),
            Column("paragraph", _("Paragraph of the draft"), 1),
            Column("comment", _("Comment"), 5),
            Column("answer", _("Answer"), 2),
            Column("reason", _("Why"), 5),
        ),
        rows=tuple(_row(facts, one) for one in chosen),
        sheet=_("Comments"),
        is_for_sheets=is_for_sheets,
        anchor=anchor,
    )


def _row(facts: ReviewFacts, one: Remark) -> tuple[Cell, ...]:
    return (
        *((Cell(_name(facts, one.state)),) if len(facts.states) > 1 else ()),
        Cell(_("Whole draft") if one.paragraph == WHOLE_DRAFT else one.paragraph),
        Cell(one.text, language=one.language),
        Cell(str(Verdict(one.verdict).label) if one.verdict else _("Not answered")),
        Cell(one.reason),
    )


def _place(facts: ReviewFacts, code: str) -> tuple[int, str]:
    codes = [state.code for state in facts.states]
    return (codes.index(code) if code in codes else len(codes), code)


def _name(facts: ReviewFacts, code: str) -> str:
    return next((words(state.name) for state in facts.states if state.code == code), code)
