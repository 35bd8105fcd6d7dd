"""The summary, and the introduction: mandate, period, method, who reported."""

from __future__ import annotations

from django.utils.translation import gettext as _

from commitments.content import Rating
from commitments.workflow import Audience
from reporting import figures
from reporting.document import Block, Box, Bullets, Cell, Column, Heading, Kind, Paragraph, Table
from reporting.facts import ReviewFacts, Wording
from reporting.review_report.picture import beyond_note, empty_label
from reporting.review_report.wording import (
    ADOPTED,
    cited,
    day,
    language,
    number_cell,
    percent,
    quotes,
    referring,
    words,
)
from reporting.sources import RECORDED_FROM, document


def summary(facts: ReviewFacts) -> tuple[Block, ...]:
    """The report on half a page: what it is, and its main figures."""
    total = figures.of_all(facts)
    reported = [item for item in facts.items if facts.updates_on(item.code)]
    figure = {
        "due": total.due,
        "reported": total.reported,
        "share": percent(total.reported_share),
        "empty": total.empty,
        "items": len(facts.items),
        "touched": len(reported),
        "activities": len(facts.activities),
    }
    lines = (
        _("Updates due: %(due)d. Reported: %(reported)d (%(share)s). Not released or awaited: %(empty)d.") % figure,
        "; ".join(f"{Rating(rating).label}: {number}" for rating, number in total.ratings) + ".",
        _("Action items of the plan: %(items)d. With an update of at least one State: %(touched)d.") % figure,
        _("Activities of partners in the period: %(activities)d.") % figure,
    )
    return (Box(_("Summary"), (Paragraph(_what_it_is(facts)), Bullets(lines)), anchor="summary"),)


def introduction(facts: ReviewFacts) -> tuple[Block, ...]:
    return (
        Heading(1, _("Introduction"), "introduction", is_numbered=True),
        *_mandate(facts),
        *_period(facts),
        *_method(facts),
        *_who_reported(facts),
    )


def _what_it_is(facts: ReviewFacts) -> str:
    text = _(
        "This report sets out what the Member States of Central Asia have released on their implementation of the "
        "Joint Plan of Action in the review cycle “%(cycle)s”, item by item and with sources. It holds what "
        "may be read by: %(audience)s."
    )
    audience = str(Audience(facts.audience).label)
    return text % {"cycle": words(facts.cycle.title), "audience": audience[:1].lower() + audience[1:]}


def _mandate(facts: ReviewFacts) -> tuple[Block, ...]:
    text = _("The plan under review, “%(plan)s”, was adopted in %(place)s on %(day)s.") % {
        "plan": words(facts.plan.title),
        "place": facts.plan.adopted_in,
        "day": day(facts.plan.adopted_on),
    }
    heading = Heading(2, _("Mandate"), "mandate", is_numbered=True)
    if not facts.mandate:
        return heading, Paragraph(text, is_numbered=True)
    quoted = (quote for one in facts.mandate for quote in quotes(one.text, f"{one.code}, {cited(one.place)}"))
    follows = _("Its roadmap says of monitoring and reporting:")
    return heading, Paragraph(f"{text} {follows}", is_numbered=True), *quoted


def _period(facts: ReviewFacts) -> tuple[Block, ...]:
    cycle = facts.cycle
    text = _("The cycle opened on %(opens)s. Updates were due by %(due)s; the cycle ends on %(closes)s.") % {
        "opens": day(cycle.opens_on),
        "due": day(cycle.submissions_due_on),
        "closes": day(cycle.closes_on),
    }
    described = (wording for wording in (cycle.review, cycle.dates_note) if wording.text)
    return (
        Heading(2, _("Period"), "period", is_numbered=True),
        Paragraph(text, is_numbered=True),
        *(Paragraph(words(one), is_numbered=True, language=_language_of(one)) for one in described),
        Paragraph(_activities_period(facts), is_numbered=True),
    )


def _activities_period(facts: ReviewFacts) -> str:
    ends = day(facts.cycle.closes_on)
    if facts.cycle.begins_on is None:
        return _("Activities of partners are listed up to %(ends)s.") % {"ends": ends}
    begins = day(facts.cycle.begins_on)
    return _("Activities of partners are listed from %(begins)s to %(ends)s.") % {"begins": begins, "ends": ends}


def _language_of(wording: Wording) -> str:
    return language() if wording.translated(language()) else ADOPTED


def _method(facts: ReviewFacts) -> tuple[Block, ...]:
    remarks = (
        *_where_words_come_from(facts),
        _(
            "No score is made of the ratings and no order of the States: they stand in English alphabetical order. "
            "The annex on ratings says what each of them means."
        ),
        _(
            "An action item addressed to each State or to the States together is due from every State; an item "
            "addressed to the United Nations and organizations is due from none. Every figure names what is due, what "
            "is reported and what is not; the ratings add up to what is reported, and this with the rest to what is "
            "due. An empty cell says why it is empty."
        ),
        _(
            "The adopted text of an action item is quoted in English, letter for letter, with its lines in the text "
            "of the conference report. Short titles of the items, and all translations, are unofficial. States are "
            "quoted in the language in which they wrote, with a translation where there is one."
        ),
    )
    paragraphs = (Paragraph(text, is_numbered=True) for text in remarks)
    return Heading(2, _("Method"), "method", is_numbered=True), *paragraphs


def _where_words_come_from(facts: ReviewFacts) -> tuple[str, ...]:
    """Whose words and whose ratings these are."""
    if facts.cycle.slug in RECORDED_FROM:
        source = document(RECORDED_FROM[facts.cycle.slug]).title
        recorded = _(
            "The updates of this cycle were recorded from a public document: %(source)s. They give, in the words of "
            "this record, what speakers stated that their States had done, each with its lines; what the document "
            "does not say is not reported."
        )
        ratings = _(
            "The ratings are a cautious reading of those statements, “limited progress” unless the document says "
            "more. They are not the States' own judgement, and nobody has verified the statements."
        )
        return recorded % {"source": source}, ratings
    return (
        _(
            "What is reported is each State's own assertion: drafted by the agency in charge, cleared by the national "
            "coordinator, and released to the audience that the State decided. It has not been verified."
        ),
        _("The rating and the trend of an action item are the State's own judgement of how far the action has come."),
    )


def _who_reported(facts: ReviewFacts) -> tuple[Block, ...]:
    text = referring(_("Table %(table)s counts what each State has reported."), table="participation")
    return (
        Heading(2, _("Who reported"), "who-reported", is_numbered=True),
        Paragraph(text, is_numbered=True),
        _participation(facts),
    )


def _participation(facts: ReviewFacts) -> Table:
    rows = [(words(state.name), figures.of_state(facts, state.code)) for state in facts.states]
    return Table(
        caption=_("Updates due and reported, by Member State"),
        columns=(
            Column("state", _("Member State"), 3),
            Column("due", _("Due"), 1, Kind.NUMBER),
            Column("reported", _("Reported"), 1, Kind.NUMBER),
            Column("not_applicable", _("of these, not applicable"), 1, Kind.NUMBER),
            Column("no_information", _("of these, no information"), 1, Kind.NUMBER),
            Column("empty", empty_label(facts), 1, Kind.NUMBER),
        ),
        rows=tuple((Cell(name), *_participation_cells(one)) for name, one in rows),
        footer=(Cell(_("All States")), *_participation_cells(figures.of_all(facts))),
        notes=(_("Reported and the last column add up to what is due."), *beyond_note(facts)),
        sheet=_("Who reported"),
        anchor="participation",
    )


def _participation_cells(one: figures.Figures) -> tuple[Cell, ...]:
    not_applicable, no_information = one.rated(Rating.NOT_APPLICABLE), one.rated(Rating.NO_INFORMATION)
    return tuple(map(number_cell, (one.due, one.reported, not_applicable, no_information, one.empty)))
