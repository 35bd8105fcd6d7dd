"""What partners do, and which items and States they support."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from commitments.models import Participation
from reporting.document import Block, Cell, Citation, Column, Heading, Kind, Paragraph, Reference, Table, Text
from reporting.facts import ActivityFacts, ReviewFacts
from reporting.review_report.wording import cited, day, number_cell, referring, words


def partner_activities(facts: ReviewFacts) -> tuple[Block, ...]:
    """Every activity once, by date; then tables of what is supported, by pillar and item and by State."""
    heading = Heading(1, _("Activities of partners"), "partners", is_numbered=True)
    if not facts.activities:
        return heading, Paragraph(_("No activity of partners is recorded for the period."), is_numbered=True)
    text = referring(
        _("Table %(items)s shows the action items that the activities support, table %(states)s the States."),
        items="support-items",
        states="support-states",
    )
    return (
        heading,
        Heading(2, _("What was done"), is_numbered=True),
        *(_activity(facts, activity) for activity in facts.activities),
        Heading(2, _("What it supports"), is_numbered=True),
        Paragraph(text, is_numbered=True),
        _by_item(facts),
        _by_state(facts),
    )


def _activity(facts: ReviewFacts, activity: ActivityFacts) -> Paragraph:
    return Paragraph(
        _joined(_said_of(facts, activity)),
        lead=f"{words(activity.title)}.",
        is_numbered=True,
        citations=(Citation(cited(activity.place)),),
        anchor=f"activity-{activity.slug}",
    )


def _said_of(facts: ReviewFacts, activity: ActivityFacts) -> Iterator[Text]:
    """Summary, partners, dates, place, States, items: what is known of them."""
    yield words(activity.summary)
    if activity.participants:
        named = (f"{words(one.name)} ({_role(one.role)})" for one in activity.participants)
        yield _("Partners: %(names)s.") % {"names": ", ".join(named)}
    if dates := _dates(activity):
        yield _("Dates: %(dates)s.") % {"dates": dates}
    if activity.venue.text:
        yield _("Place: %(place)s.") % {"place": words(activity.venue)}
    if activity.states:
        yield _("Member States: %(names)s.") % {"names": ", ".join(_state_names(facts, activity.states))}
    if activity.items:
        yield _("Action items:"), " ", *_listed(facts, activity.items), "."


def _joined(texts: Iterable[Text]) -> Text:
    """Texts one after another as one."""
    parts: list[str | Reference] = []
    for text in texts:
        parts += [" "] if parts else []
        parts += [text] if isinstance(text, str) else text
    return tuple(parts)


def _listed(facts: ReviewFacts, codes: tuple[str, ...]) -> Iterator[str | Reference]:
    """Codes, each leading to its item where the report has words on it."""
    for place, code in enumerate(codes):
        if place:
            yield ", "
        yield Reference(f"item-{code}", code) if facts.updates_on(code) else code


def _role(role: str) -> str:
    label = str(Participation.Role(role).label)
    return label[:1].lower() + label[1:]


def _dates(activity: ActivityFacts) -> str:
    """As the source states them, and in full for another reader."""
    if activity.dates_as_stated.text:
        return words(activity.dates_as_stated)
    days = dict.fromkeys(one for one in (activity.starts_on, activity.ends_on) if one)
    return " – ".join(day(one) for one in days)


def _state_names(facts: ReviewFacts, codes: tuple[str, ...]) -> list[str]:
    return [words(state.name) for state in facts.states if state.code in codes]


def _by_item(facts: ReviewFacts) -> Table:
    support: dict[str, list[ActivityFacts]] = defaultdict(list)
    for activity in facts.activities:
        for code in activity.items:
            support[code].append(activity)
    rows = tuple(
        (
            Cell(pillar.code),
            Cell(item.code),
            Cell(words(item.short_title)),
            number_cell(len(support[item.code])),
            Cell("\n".join(words(activity.title) for activity in support[item.code])),
        )
        for pillar in facts.pillars
        for item in pillar.items
        if item.code in support
    )
    silent = len(facts.items) - len(rows)
    return Table(
        caption=_("Support of partners, by pillar and action item"),
        columns=(
            Column("pillar", _("Pillar"), 1, Kind.CODE),
            Column("code", _("Code"), 2, Kind.CODE),
            Column("item", _("Action item"), 5),
            Column("number", _("Activities"), 2, Kind.NUMBER),
            Column("activities", _("Titles"), 8),
        ),
        rows=rows,
        notes=(_("Action items without a recorded activity in the period: %(number)d.") % {"number": silent},),
        sheet=_("Support by item"),
        anchor="support-items",
    )


def _by_state(facts: ReviewFacts) -> Table:
    rows = tuple(
        (Cell(words(state.name)), number_cell(sum(state.code in activity.states for activity in facts.activities)))
        for state in facts.states
    )
    return Table(
        caption=_("Support of partners, by Member State"),
        columns=(Column("state", _("Member State"), 3), Column("number", _("Activities"), 1, Kind.NUMBER)),
        rows=rows,
        notes=(
            _("Activities in the period: %(number)d. An activity for several States counts for each of them.")
            % {"number": len(facts.activities)},
        ),
        sheet=_("Support by State"),
        anchor="support-states",
    )
