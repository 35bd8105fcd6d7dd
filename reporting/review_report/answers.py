"""What in a report answers each provision of the roadmap, with figures counted from the same facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from commitments.models import Participation
from commitments.workflow import Audience
from reporting import figures
from reporting.document import Cell, Column, Kind, Reference, Table, Text
from reporting.facts import ItemFacts, ReviewFacts
from reporting.manuscript import Manuscript
from reporting.review_report.across import strategy_items
from reporting.review_report.introduction import is_recorded
from reporting.review_report.narrative import good_practices
from reporting.review_report.support import supported
from reporting.review_report.updates import ASSISTANCE, with_words
from reporting.review_report.wording import day, joined, number_cell, referring, words

_MEETINGS = frozenset({"meeting", "conference"})  # kinds of activities

Answer = Callable[[ReviewFacts, Manuscript], Iterator[Text]]


def answer(facts: ReviewFacts, manuscript: Manuscript, code: str) -> Text:
    """A paragraph on one provision; one that nothing answers says so."""
    if code not in _ANSWERS:
        return _("Nothing in this report answers this provision.")
    return joined(_ANSWERS[code](facts, manuscript))


def resources_table(facts: ReviewFacts) -> Table:
    """How many updates name resources, by pillar; amounts are words of the States and are not added up."""
    rows = [(pillar.code, words(pillar.title), pillar.items) for pillar in facts.pillars]
    return Table(
        caption=_("Updates that name resources, by pillar"),
        columns=(
            Column("code", _("Pillar"), 1, Kind.CODE),
            Column("title", _("Title"), 6),
            Column("cash", _("Resources in cash"), 2, Kind.NUMBER),
            Column("kind", _("Resources in kind"), 2, Kind.NUMBER),
            Column("updates", _("Updates in this report"), 2, Kind.NUMBER),
        ),
        rows=tuple((Cell(code), Cell(title), *_resources(facts, items)) for code, title, items in rows),
        footer=(Cell(""), Cell(_("Whole plan")), *_resources(facts, facts.items)),
        notes=(
            _(
                "An update may name both. Sums of money are quoted where they stand and not added up: they differ in "
                "currency and period."
            ),
        ),
        sheet=_("Resources"),
        anchor="resources-table",
    )


def _resources(facts: ReviewFacts, items: tuple[ItemFacts, ...]) -> tuple[Cell, ...]:
    updates = [update for item in items for update in facts.updates_on(item.code)]
    named = [{section.name for section in update.sections} for update in updates]
    cash, kind = (sum(name in names for names in named) for name in ("resources_in_cash", "resources_in_kind"))
    return *map(number_cell, (cash, kind)), number_cell(len(updates))


def _strategies(facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    one = figures.of_items(facts, strategy_items(facts))
    text = _("On action items that speak of a strategy, updates due: %(due)d; reported: %(reported)d.")
    yield text % {"due": one.due, "reported": one.reported}
    yield referring(_("National strategies are the subject of section %(section)s."), section="strategies")


def _means(facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    cash, kind = len(with_words(facts, "resources_in_cash")), len(with_words(facts, "resources_in_kind"))
    yield _("Updates that name resources in cash: %(cash)d; in kind: %(kind)d.") % {"cash": cash, "kind": kind}
    yield referring(_("Table %(table)s counts them by pillar."), table="resources-table")


def _allocations(facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    funded = sum(any(one.role == Participation.Role.FUNDING for one in each.participants) for each in facts.activities)
    text = _("Activities in the period for which a partner that funds them is recorded: %(funded)d of %(whole)d.")
    yield text % {"funded": funded, "whole": len(facts.activities)}
    yield referring(_("What the States name themselves is counted in table %(table)s."), table="resources-table")


def _contacts(_facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    yield _(
        "Focal points, and agencies that have none, stand in the directory that States and secretariat keep. A report "
        "names no persons."
    )


def _contact_lists(_facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    yield _(
        "The regional list of contacts is the directory that States and secretariat keep; it is open to those who hold "
        "an appointment in it."
    )


def _requests(facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    yield _("Requests for assistance in this report: %(number)d.") % {"number": len(with_words(facts, ASSISTANCE))}
    yield referring(_("Section %(section)s lists them by Member State."), section="assistance")


def _alignment(facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    counted = [sum(code in activity.items for activity in facts.activities) for code in supported(facts)]
    text = _(
        "Activities of partners in the period: %(activities)d. Action items that one of them supports: "
        "%(supported)d; that several support: %(several)d; that none supports: %(gaps)d."
    )
    yield text % {
        "activities": len(facts.activities),
        "supported": sum(number == 1 for number in counted),
        "several": sum(number > 1 for number in counted),
        "gaps": len(facts.items) - len(counted),
    }
    yield referring(_("Section %(section)s names them."), section="partners")


def _timeframe(facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    cycle = facts.cycle
    text = _(
        "Progress is assessed in review cycles. “%(cycle)s” runs from %(opens)s to %(closes)s; earlier cycles that "
        "this report compares it with: %(earlier)d."
    )
    values = {"cycle": words(cycle.title), "opens": day(cycle.opens_on), "closes": day(cycle.closes_on)}
    yield text % {**values, "earlier": len(facts.earlier)}


def _contribution(facts: ReviewFacts, manuscript: Manuscript) -> Iterator[Text]:
    text = _(
        "Updates in this report: %(updates)d, of %(reporting)d of %(states)d Member States. Signed statements of "
        "Member States: %(statements)d."
    )
    yield text % {
        "updates": len(facts.updates),
        "reporting": len({one.state for one in facts.updates}),
        "states": len(facts.states),
        "statements": len(manuscript.statements),
    }


def _meetings(facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    number = sum(activity.kind in _MEETINGS for activity in facts.activities)
    yield _("This report draws on no register of meetings of focal points.")
    yield _("Meetings and conferences among the activities of partners: %(number)d.") % {"number": number}


def _consultations(facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    yield _("This report draws on no register of consultations among government agencies.")
    if not is_recorded(facts):
        yield _("Every update was drafted by the agency in charge of its item and cleared for the State as a whole.")


def _review(facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    text = _("The edition under review is “%(plan)s” of %(day)s.")
    yield text % {"plan": words(facts.plan.title), "day": day(facts.plan.adopted_on)}
    listed = _("All its action items are listed in the %(annex)s.")
    yield referring(listed, annex=Reference("annex-items", _("annex of action items")))


def _public(facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    number = sum(one.audience == Audience.PUBLIC for one in facts.updates)
    text = _(
        "Updates in this report: %(whole)d. Of these released to the public, and shown on the public pages beside the "
        "plan and the reports issued: %(number)d."
    )
    yield text % {"number": number, "whole": len(facts.updates)}


def _sharing(facts: ReviewFacts, _manuscript: Manuscript) -> Iterator[Text]:
    together = sum(len(activity.states) > 1 for activity in facts.activities)
    yield _("Updates with lessons learned: %(number)d.") % {"number": len(with_words(facts, "lessons_learned"))}
    yield _("Activities of partners that bring several Member States together: %(number)d.") % {"number": together}


def _inventory(facts: ReviewFacts, manuscript: Manuscript) -> Iterator[Text]:
    yield _("Good practices set out in boxes: %(number)d.") % {"number": len(good_practices(facts, manuscript))}
    yield _("Updates that name challenges: %(number)d.") % {"number": len(with_words(facts, "challenges"))}
    if facts.updates:
        yield referring(_("Table %(table)s counts them by Member State."), table="sections-table")


_ANSWERS: dict[str, Answer] = {
    "A.I.1": _strategies,
    "A.I.2": _means,
    "A.I.3": _allocations,
    "A.I.4": _contacts,
    "A.I.5": _requests,
    "A.I.6": _alignment,
    "A.M.1": _timeframe,
    "A.M.2": _contribution,
    "A.M.3": _meetings,
    "A.M.4": _consultations,
    "A.M.5": _review,
    "A.C.1": _public,
    "A.C.2": _sharing,
    "A.C.3": _contact_lists,
    "A.C.4": _inventory,
}
