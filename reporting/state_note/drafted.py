"""What the note recommends, what became of what was recommended before, and what its State said of the draft.

Nothing of this stands where nobody wrote any. What editors write stands in full; comments, where there is room.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.document import Block, Bullets, Heading, Note, Paragraph
from reporting.facts import ReviewFacts
from reporting.manuscript import FollowUp, Manuscript, Remark
from reporting.models import Outcome
from reporting.review_report.narrative import filled
from reporting.review_report.recommendations import recommendations
from reporting.review_report.statements import answers, remarks_table
from reporting.review_report.wording import low, words
from reporting.short_report import with_figures
from reporting.state_note.room import fitting_rows, lines_of, row_height

_ROOM = 18  # lines of the page for both: comments have what recommendations leave


def recommended(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """Recommendations, and what became of those of the last note; items go by their codes."""
    manuscript, unlinked = with_figures(facts, manuscript), replace(facts, updates=(), roadmap=())
    made = recommendations(unlinked, manuscript)
    followed = tuple(_followed(unlinked, manuscript, one) for one in manuscript.follow_ups)
    if not made and not followed:
        return ()
    blocks: list[Block] = [Heading(2, _("Recommendations"), "recommendations"), *made]
    if followed:
        lead = _("What became of the recommendations of the last report.")
        blocks += [Paragraph("", lead=lead, is_numbered=True), Bullets(followed)]
    return tuple(blocks)


def _followed(facts: ReviewFacts, manuscript: Manuscript, one: FollowUp) -> str:
    """“2 (in hand): Do it. It began.”"""
    text, _written_in = filled(facts, manuscript, one.text)
    remarks, _remarked_in = filled(facts, manuscript, one.remarks)
    return f"{one.number} ({low(Outcome(one.outcome).label)}): {text} {remarks}".strip()


def commented(own: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """The State's own comments on the draft and how each was met: counted all of them, shown what there is room for."""
    made = manuscript.remarks
    if not made:
        return ()
    text = ngettext(
        "%(state)s made %(number)d comment on the draft that was circulated to it. %(answers)s.",
        "%(state)s made %(number)d comments on the draft that was circulated to it. %(answers)s.",
        len(made),
    )
    counted = "; ".join(f"{low(label) if place else label}: {number}" for place, (label, number) in
                        enumerate(answers(manuscript)))  # fmt: skip
    said = text % {"state": words(own.states[0].name), "number": len(made), "answers": counted}
    blocks: list[Block] = [Heading(2, _("Comments on the draft"), "remarks"), Paragraph(said, is_numbered=True)]
    shown = _shown(manuscript)
    if shown:
        blocks.append(remarks_table(own, shown))
    if left := len(made) - len(shown):
        rest = ngettext(
            "%(number)d more stands in the workbook, the package of tables and the JSON of this note.",
            "%(number)d more stand in the workbook, the package of tables and the JSON of this note.",
            left,
        )
        blocks.append(Note(rest % {"number": left}))
        blocks.append(remarks_table(own, made, anchor="remarks-all", is_for_sheets=True))
    return tuple(blocks)


def lines_taken(manuscript: Manuscript) -> int:
    """About how many lines of the page recommendations and comments take together."""
    comments = _ROOM if len(_shown(manuscript)) < len(manuscript.remarks) else 0
    comments = comments or sum(row_height((one.text, one.reason)) for one in manuscript.remarks)
    return _recommended_lines(manuscript) + comments


def _shown(manuscript: Manuscript) -> tuple[Remark, ...]:
    """The comments that there is room for, in the order of the paragraphs."""
    texts = [(one.text, one.reason) for one in manuscript.remarks]
    return fitting_rows(manuscript.remarks, texts, _ROOM - _recommended_lines(manuscript))


def _recommended_lines(manuscript: Manuscript) -> int:
    """About how many lines recommendations take, with what they are about and what became of the last ones."""
    made = sum(lines_of(one.text.text) + 1 for one in manuscript.recommendations)
    followed = sum(lines_of(f"{one.text.text} {one.remarks.text}") for one in manuscript.follow_ups)
    return made + followed + bool(followed)
