"""What partners do, and which items and States they support."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from commitments.models import Participation
from reporting.document import Block, Citation, Heading, Paragraph, Text, spans
from reporting.facts import ActivityFacts, ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.matrix import listed
from reporting.review_report.narrative import narrative
from reporting.review_report.support import gaps, support_tables
from reporting.review_report.wording import cited, day, joined, low, referring, words


def partner_activities(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    """Every activity once, by date; then tables of what is supported, and the gaps."""
    heading = Heading(1, _("Support of partners"), "partners", is_numbered=True)
    written = narrative(facts, manuscript, "partners")
    if not facts.activities:
        nothing = _("No activity of partners is recorded for the period.")
        return heading, *written, Paragraph(nothing, is_numbered=True)
    text = _(
        "The activities are counted by pillar (table %(pillars)s), by action item (table %(items)s), by Member State "
        "(table %(states)s) and by organization (table %(organizations)s)."
    )
    links = {name: f"support-{name}" for name in ("pillars", "items", "states", "organizations")}
    return (
        heading,
        *written,
        Heading(2, _("What it supports"), "support", is_numbered=True),
        Paragraph(referring(text, **links), is_numbered=True),
        *support_tables(facts),
        Heading(2, _("Action items that no activity supports"), "gaps", is_numbered=True),
        *gaps(facts),
        Heading(2, _("What was done"), "activities", is_numbered=True),
        *(_activity(facts, activity) for activity in facts.activities),
    )


def _activity(facts: ReviewFacts, activity: ActivityFacts) -> Paragraph:
    return Paragraph(
        joined(_said_of(facts, activity)),
        lead=f"{words(activity.title)}.",
        is_numbered=True,
        citations=(Citation(cited(activity.place)),),
        anchor=f"activity-{activity.slug}",
    )


def _said_of(facts: ReviewFacts, activity: ActivityFacts) -> Iterator[Text]:
    """Summary, partners, dates, place, States, items: what is known of them."""
    yield words(activity.summary)
    if activity.participants:
        named = (f"{words(one.name)} ({low(Participation.Role(one.role).label)})" for one in activity.participants)
        yield _("Partners: %(names)s.") % {"names": ", ".join(named)}
    if dates := _dates(activity):
        yield _("Dates: %(dates)s.") % {"dates": dates}
    if activity.venue.text:
        yield _("Place: %(place)s.") % {"place": words(activity.venue)}
    if activity.states:
        yield _("Member States: %(names)s.") % {"names": ", ".join(_state_names(facts, activity.states))}
    if activity.items:
        lead = _("Action items:")
        yield f"{lead} ", *spans(listed(facts, activity.items)), "."


def _dates(activity: ActivityFacts) -> str:
    """As the source states them, and in full for another reader."""
    if activity.dates_as_stated.text:
        return words(activity.dates_as_stated)
    days = dict.fromkeys(one for one in (activity.starts_on, activity.ends_on) if one)
    return " – ".join(day(one) for one in days)


def _state_names(facts: ReviewFacts, codes: tuple[str, ...]) -> list[str]:
    return [words(state.name) for state in facts.states if state.code in codes]
