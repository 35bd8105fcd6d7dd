"""Where the updates of every State stand, what is overdue, and what nobody but the State can know."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reporting.document import Block, Bullets, Cell, Column, Heading, Kind, Paragraph, Table
from reporting.facts import ObjectiveFacts, ReviewFacts, Standing, StateFacts
from reporting.manuscript import Manuscript
from reporting.progress_brief.stage import nothing_due
from reporting.review_report.wording import number_cell, referring, words
from reporting.short_report import unlinked


def standing(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    heading = Heading(1, _("Who has reported what"), "standing", is_numbered=True)
    written = unlinked(facts, manuscript, "standing")
    if not facts.standing:
        return heading, *written, Paragraph(nothing_due(), is_numbered=True)
    text = referring(
        _("Table %(table)s shows, for every State and pillar, how far the updates that are due have come."),
        table="standing-table",
    )
    return (
        heading,
        *written,
        Paragraph(text, is_numbered=True),
        _standing_table(facts),
        Paragraph(_("Released to the readers of this brief, by State:"), is_numbered=True),
        Bullets(tuple(_released(facts, state) for state in facts.states)),
    )


def overdue(facts: ReviewFacts, manuscript: Manuscript) -> tuple[Block, ...]:
    late = [one for one in _in_order(facts) if one.overdue]
    heading = Heading(1, _("What is overdue"), "overdue", is_numbered=True)
    written = unlinked(facts, manuscript, "overdue")
    if not late:
        return heading, *written, Paragraph(_("No update is overdue."), is_numbered=True)
    text = _("An update is overdue when it is not cleared and the State's window, extensions included, has ended.")
    table = Table(
        caption=_("Overdue updates, by Member State and pillar"),
        columns=(
            Column("state", _("Member State"), 4),
            Column("pillar", _("Pillar"), 2, Kind.CODE),
            Column("overdue", _("Overdue"), 2, Kind.NUMBER),
            Column("open", _("of those not yet cleared"), 3, Kind.NUMBER),
            Column("due", _("of those due"), 3, Kind.NUMBER),
        ),
        rows=tuple((*_place(facts, one), *map(number_cell, (one.overdue, one.open, one.due))) for one in late),
        notes=(_("Only rows with an overdue update are shown."),),
        sheet=_("Overdue"),
        anchor="overdue-table",
    )
    return heading, *written, Paragraph(text, is_numbered=True), table


def unknown() -> tuple[Block, ...]:
    remarks = (
        _(
            "Drafts and submitted updates belong to the State until its national coordinator clears them. Whether work "
            "on an update that is not yet cleared has begun, and how far it has come, the secretariat cannot know."
        ),
        _("Updates that a State keeps to itself count as not yet cleared: the secretariat cannot tell them apart."),
    )
    return (
        Heading(1, _("What this brief cannot tell"), "unknown", is_numbered=True),
        *(Paragraph(text, is_numbered=True) for text in remarks),
    )


def _standing_table(facts: ReviewFacts) -> Table:
    return Table(
        caption=_("Updates due, by Member State and pillar, and how far they have come"),
        columns=(
            Column("state", _("Member State"), 4),
            Column("pillar", _("Pillar"), 2, Kind.CODE),
            Column("due", _("Due"), 2, Kind.NUMBER),
            Column("open", _("Not yet cleared"), 2, Kind.NUMBER),
            Column("overdue", _("of these, overdue"), 2, Kind.NUMBER),
            Column("cleared", _("Cleared"), 2, Kind.NUMBER),
            Column("accepted", _("Accepted"), 2, Kind.NUMBER),
            Column("published", _("Published"), 2, Kind.NUMBER),
        ),
        rows=tuple(_standing_row(facts, one) for one in _in_order(facts)),
        notes=(
            _("“Not yet cleared”, “Cleared”, “Accepted” and “Published” add up to “Due”."),
            _("States stand in English alphabetical order. No total and no share is drawn: this is no comparison."),
        ),
        sheet=_("Standing"),
        anchor="standing-table",
    )


def _standing_row(facts: ReviewFacts, one: Standing) -> tuple[Cell, ...]:
    numbers = (one.due, one.open, one.overdue, one.cleared, one.accepted, one.published)
    return *_place(facts, one), *map(number_cell, numbers)


def _place(facts: ReviewFacts, one: Standing) -> tuple[Cell, Cell]:
    return Cell(words(facts.state(one.state).name)), Cell(one.pillar)


def _in_order(facts: ReviewFacts) -> Iterator[Standing]:
    """By State and then by pillar, each in the order of the facts."""
    found = {(one.state, one.pillar): one for one in facts.standing}
    for state in facts.states:
        yield from (found[state.code, one.code] for one in facts.pillars if (state.code, one.code) in found)


def _released(facts: ReviewFacts, state: StateFacts) -> str:
    objectives = (one for pillar in facts.pillars for one in pillar.objectives)
    told = ", ".join(part for one in objectives for part in _released_on(facts, state, one)) or _("nothing yet")
    return _("%(state)s: %(items)s.") % {"state": words(state.name), "items": told}


def _released_on(facts: ReviewFacts, state: StateFacts, objective: ObjectiveFacts) -> list[str]:
    """The codes of its items with an update; the objective alone where every item that is due has one."""
    codes = [item.code for item in objective.items if facts.update(state.code, item.code)]
    due = [item.code for item in objective.items if item.is_owed]
    if len(due) < 2 or not set(due) <= set(codes):
        return codes
    text = _("%(objective)s (all %(number)d)")
    beyond = [code for code in codes if code not in due]
    return [text % {"objective": objective.code, "number": len(due)}, *beyond]
