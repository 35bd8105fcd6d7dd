"""The summary of a thematic report, and what it is, covers and leaves out."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.workflow import Audience
from reporting import figures
from reporting.document import Block, Box, Bullets, Heading, Paragraph
from reporting.review_report.introduction import cycle_days, is_recorded
from reporting.review_report.narrative import unnumbered
from reporting.review_report.pillars import figures_line
from reporting.review_report.wording import low, words
from reporting.short_report import whose_words
from reporting.thematic_report.wholes import Whole


def summary(whole: Whole) -> Box:
    """What the report is, what editors make of it, and its main figures."""
    scoped = whole.scoped
    touched = sum(bool(scoped.updates_on(item.code)) for item in scoped.items)
    lines = (
        figures_line(scoped, scoped.items),
        _("Action items: %(items)d. With an update of at least one State: %(touched)d.")
        % {"items": len(scoped.items), "touched": touched},
        _("Activities of partners in the period that support one of them: %(number)d.")
        % {"number": len(scoped.activities)},
    )
    written = unnumbered(scoped, whole.manuscript, "summary")
    return Box(_("Summary"), (Paragraph(_what_it_is(whole)), *written, Bullets(lines)), anchor="summary")


def introduction(whole: Whole) -> tuple[Block, ...]:
    texts = (_covers(whole), cycle_days(whole.scoped), whose_words(whole.scoped), _figures_are(whole))
    return (
        Heading(1, _("Introduction"), "introduction", is_numbered=True),
        *whole.written("introduction"),
        *(Paragraph(text, is_numbered=True) for text in texts),
    )


def _what_it_is(whole: Whole) -> str:
    text = _(
        "This report sets out what the Member States of Central Asia have released in the review cycle “%(cycle)s” on "
        "one part of the Joint Plan of Action: %(subject)s. It holds what may be read by: %(audience)s."
    )
    if is_recorded(whole.scoped):
        text = _(
            "This report sets out what is recorded for the review cycle “%(cycle)s” of statements made on behalf of "
            "the Member States of Central Asia on one part of the Joint Plan of Action: %(subject)s. It holds what "
            "may be read by: %(audience)s."
        )
    audience = low(Audience(whole.scoped.audience).label)
    return text % {"cycle": words(whole.scoped.cycle.title), "subject": whole.subject, "audience": audience}


def _covers(whole: Whole) -> str:
    number = len(whole.scoped.items)
    if not number:
        return _("The plan under review has no action item of this kind: there is nothing to report.")
    text = ngettext(
        "It covers %(number)d of the %(all)d action items of the plan.",
        "It covers %(number)d of the %(all)d action items of the plan.",
        number,
    )
    owed = ngettext(
        "An update on %(owed)d of them is due from every State; the others are addressed to the United Nations and "
        "organizations.",
        "An update on %(owed)d of them is due from every State; the others are addressed to the United Nations and "
        "organizations.",
        len(whole.scoped.owed_items),
    )
    everyone = _("An update on each of them is due from every State.")
    said = everyone if len(whole.scoped.owed_items) == number else owed % {"owed": len(whole.scoped.owed_items)}
    return f"{text % {'number': number, 'all': whole.items_of_the_plan}} {said}"


def _figures_are(whole: Whole) -> str:
    text = _(
        "No score is made of the ratings and no order of the States: they stand in English alphabetical order. Every "
        "figure names what is due, what is reported and what is not; an empty cell says why it is empty."
    )
    beyond = figures.of_all(whole.scoped).beyond
    if not beyond:
        return text
    rest = ngettext(
        "%(number)d update on an item that no State owes stands beside these figures.",
        "%(number)d updates on items that no State owes stand beside these figures.",
        beyond,
    )
    return f"{text} {rest % {'number': beyond}}"
