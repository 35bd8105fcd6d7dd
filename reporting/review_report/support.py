"""Tables of what partners support: by pillar, action item, State and organization; and what nobody supports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Participation
from reporting.document import Block, Cell, Column, Kind, Paragraph, Table
from reporting.facts import ActivityFacts, PillarFacts, ReviewFacts
from reporting.review_report.wording import number_cell, words


def support_tables(facts: ReviewFacts) -> tuple[Table, ...]:
    return _by_pillar(facts), _by_item(facts), _by_state(facts), _by_organization(facts)


def supported(facts: ReviewFacts) -> frozenset[str]:
    """Codes of the items that an activity supports."""
    return frozenset(code for activity in facts.activities for code in activity.items)


def gaps(facts: ReviewFacts) -> Iterator[Block]:
    """By pillar, the codes of items that no activity supports."""
    covered = supported(facts)
    for pillar in facts.pillars:
        without = [item.code for item in pillar.items if item.code not in covered]
        text = ngettext(
            "%(without)d of %(items)d item: %(codes)s.", "%(without)d of %(items)d items: %(codes)s.", len(pillar.items)
        )
        if not without:
            text = _("none.")
        said = text % {"without": len(without), "items": len(pillar.items), "codes": ", ".join(without)}
        yield Paragraph(said, lead=_("Pillar %(code)s:") % {"code": pillar.code}, is_numbered=True)


def _by_pillar(facts: ReviewFacts) -> Table:
    return Table(
        caption=_("Support of partners, by pillar"),
        columns=(
            Column("code", _("Pillar"), 1, Kind.CODE),
            Column("title", _("Title"), 6),
            Column("activities", _("Activities"), 1, Kind.NUMBER),
            Column("supported", _("Items supported"), 1, Kind.NUMBER),
            Column("gaps", _("Items without"), 1, Kind.NUMBER),
            Column("items", _("Items"), 1, Kind.NUMBER),
        ),
        rows=tuple(_pillar_row(facts, pillar) for pillar in facts.pillars),
        notes=(_("An activity that supports items of several pillars counts for each of them."),),
        sheet=_("Support by pillar"),
        anchor="support-pillars",
    )


def _pillar_row(facts: ReviewFacts, pillar: PillarFacts) -> tuple[Cell, ...]:
    codes = {item.code for item in pillar.items}
    with_support = len(codes & supported(facts))
    activities = sum(not codes.isdisjoint(activity.items) for activity in facts.activities)
    numbers = (activities, with_support, len(codes) - with_support, len(codes))
    return Cell(pillar.code), Cell(words(pillar.title)), *map(number_cell, numbers)


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
        caption=_("Support of partners, by action item"),
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


def _by_organization(facts: ReviewFacts) -> Table:
    """Organizations in the order of their names, with the part that they take."""
    parts: dict[str, dict[str, list[ActivityFacts]]] = defaultdict(lambda: defaultdict(list))
    for activity in facts.activities:
        for one in activity.participants:
            parts[words(one.name)][one.role].append(activity)
    return Table(
        caption=_("Support of partners, by organization"),
        columns=(
            Column("organization", _("Organization"), 5),
            *(Column(role.value, str(role.label), 1, Kind.NUMBER) for role in Participation.Role),
            Column("activities", _("Activities"), 1, Kind.NUMBER),
            Column("pillars", _("Pillars"), 2),
        ),
        rows=tuple(_organization_row(facts, name, parts[name]) for name in sorted(parts)),
        notes=(_("An organization may take several parts in one activity; the last number counts it once."),),
        sheet=_("Support by organization"),
        anchor="support-organizations",
    )


def _organization_row(facts: ReviewFacts, name: str, by_role: dict[str, list[ActivityFacts]]) -> tuple[Cell, ...]:
    whole = {activity.slug: activity for activities in by_role.values() for activity in activities}
    codes = {code for activity in whole.values() for code in activity.items}
    pillars = [one.code for one in facts.pillars if not codes.isdisjoint(item.code for item in one.items)]
    numbers = (*(len(by_role.get(role.value, ())) for role in Participation.Role), len(whole))
    return Cell(name), *map(number_cell, numbers), Cell(", ".join(pillars) or "–")
