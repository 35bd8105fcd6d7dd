"""The introduction: mandate, period, method, and what the figures are and are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from commitments.models import RoadmapProvision
from reporting.document import Block, Bullets, Heading, Paragraph, Reference, Text
from reporting.facts import ReviewFacts, Wording
from reporting.manuscript import Manuscript
from reporting.review_report.narrative import narrative
from reporting.review_report.wording import ADOPTED, cited, day, joined, language, quotes, referring, words
from reporting.sources import RECORDED_FROM, document


def introduction(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    return (
        Heading(1, _("Introduction"), "introduction", is_numbered=True),
        *narrative(facts, manuscript, "introduction"),
        Heading(2, _("Mandate"), "mandate", is_numbered=True),
        *_mandate(facts),
        Heading(2, _("Period"), "period", is_numbered=True),
        *_period(facts),
        Heading(2, _("Method"), "method", is_numbered=True),
        *_numbered(_method()),
        Heading(2, _("Who reported"), "who-reported", is_numbered=True),
        Paragraph(_who_reported(facts), is_numbered=True),
        Heading(2, _("What the figures are and are not"), "figures-meaning", is_numbered=True),
        *_numbered((*where_words_come_from(facts), *_figures())),
        Paragraph(_explained(), is_numbered=True),
    )


def is_recorded(facts: ReviewFacts) -> bool:
    """Whether the updates of this cycle were recorded from a document instead of being reported by the States."""
    return facts.cycle.slug in RECORDED_FROM


def where_words_come_from(facts: ReviewFacts) -> tuple[str, ...]:
    """Whose words and whose ratings these are."""
    if is_recorded(facts):
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


def _who_reported(facts: ReviewFacts) -> Text:
    reporting = [words(one.name) for one in facts.states if facts.updates_of(one.code)]
    if not reporting:
        return _("No update of a Member State is released to the readers of this report.")
    text = _("Member States with updates in this report, %(reporting)d of %(states)d: %(names)s.")
    names = ", ".join(reporting)
    said = text % {"reporting": len(reporting), "states": len(facts.states), "names": names}
    return joined((said, referring(_("Section %(section)s counts them."), section="participation")))


def _explained() -> Text:
    text = _("Every rating and every reason for an empty cell is explained in the %(glossary)s.")
    return referring(text, glossary=Reference("annex-glossary", _("glossary")))


def _numbered(texts: Iterable[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text, is_numbered=True) for text in texts)


def _mandate(facts: ReviewFacts) -> tuple[Block, ...]:
    """The plan, and what its roadmap says of monitoring; quoted here only where no section answers it."""
    text = _("The plan under review, “%(plan)s”, was adopted in %(place)s on %(day)s.") % {
        "plan": words(facts.plan.title),
        "place": words(facts.plan.adopted_at),
        "day": day(facts.plan.adopted_on),
    }
    adopted = Paragraph(text, is_numbered=True)
    if monitoring := [one for one in facts.roadmap if one.part == RoadmapProvision.Part.MONITORING]:
        follows = _(
            "The provisions of its roadmap on monitoring and reporting are listed below in short; section %(section)s "
            "quotes each of them and sets out what answers it."
        )
        listed = ((Reference(f"provision-{one.code}", one.code), f" {words(one.short_title)}") for one in monitoring)
        return adopted, Paragraph(referring(follows, section="annex-a"), is_numbered=True), Bullets(tuple(listed))
    if not facts.mandate:
        return (adopted,)
    quoted = (quote for one in facts.mandate for quote in quotes(one.text, f"{one.code}, {cited(one.place)}"))
    follows = _("Its roadmap says of monitoring and reporting:")
    return replace(adopted, text=f"{text} {follows}"), *quoted


def _period(facts: ReviewFacts) -> tuple[Block, ...]:
    cycle, text = facts.cycle, cycle_days(facts)
    described = (wording for wording in (cycle.review, cycle.dates_note) if wording.text)
    return (
        Paragraph(text, is_numbered=True),
        *(Paragraph(words(one), is_numbered=True, language=_language_of(one)) for one in described),
        Paragraph(_activities_period(facts), is_numbered=True),
    )


def cycle_days(facts: ReviewFacts) -> str:
    """In words that hold before, during and after the cycle; of a recorded one nothing was due."""
    cycle = facts.cycle
    days = {"opens": day(cycle.opens_on), "due": day(cycle.submissions_due_on), "closes": day(cycle.closes_on)}
    if is_recorded(facts):
        return _("The cycle runs from %(opens)s to %(closes)s.") % days
    text = _("The cycle runs from %(opens)s to %(closes)s; the last day for the submission of updates is %(due)s.")
    return text % days


def _activities_period(facts: ReviewFacts) -> str:
    ends = day(facts.cycle.closes_on)
    if facts.cycle.begins_on is None:
        return _("Activities of partners are listed up to %(ends)s.") % {"ends": ends}
    begins = day(facts.cycle.begins_on)
    return _("Activities of partners are listed from %(begins)s to %(ends)s.") % {"begins": begins, "ends": ends}


def _language_of(wording: Wording) -> str:
    return language() if wording.translated(language()) else ADOPTED


def _method() -> tuple[str, ...]:
    return (
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
        _(
            "What a State reports stands in full under its action item. What it says of gender and age, of human "
            "rights and of the assistance that it needs stands in the sections on these subjects, and a line under the "
            "action item leads there."
        ),
    )


def _figures() -> tuple[str, ...]:
    return (
        _(
            "No score is made of the ratings and no order of the States: they stand in English alphabetical order. "
            "The ratings of one State are not made to be compared with those of another."
        ),
        _(
            "Every figure counts what is released to the readers of this report and nothing else. Taking one figure "
            "from another therefore tells no more than the updates in this report do."
        ),
    )
