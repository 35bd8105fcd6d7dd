"""A State's commitments as a list by pillar, narrowed to what is looked for, with what each agency carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from commitments.models import Agency, Commitment
from commitments.models.plan import OWED_BY_STATES
from commitments.screens.assigning import Staff
from commitments.screens.board import NOBODY_LEADS


@dataclass(frozen=True)
class Carried:
    """What one agency carries, and by whom."""

    agency: Agency
    leads: int
    contributes: int
    people: list[str]

    @property
    def is_vacant(self) -> bool:
        """Somebody has to report for it, and nobody can."""
        return self.leads > 0 and not self.people


@dataclass(frozen=True)
class Item:
    commitment: Commitment

    @property
    def title(self) -> str:
        return str(self.commitment.action_item.in_language("short_title"))

    @property
    def is_owed(self) -> bool:
        return self.commitment.action_item.addressee in OWED_BY_STATES


class AssignmentList:
    def __init__(self, rows: list[Commitment], staff: Staff, asked: Mapping[str, str]) -> None:
        self.all, self.staff = rows, staff
        self.pillar, self.agency = asked.get("pillar", ""), asked.get("agency", "")

    @cached_property
    def rows(self) -> list[Commitment]:
        """Led or contributed to by the agency asked for, in the pillar asked for."""
        return [row for row in self.all if self._is_in_pillar(row) and self._is_of_agency(row)]

    def _is_in_pillar(self, row: Commitment) -> bool:
        return self.pillar in ("", row.action_item.objective.pillar.code)

    def _is_of_agency(self, row: Commitment) -> bool:
        if self.agency == NOBODY_LEADS:
            return row.lead_agency is None
        slugs = {agency.slug for agency in row.contributing_agencies.all()}
        return not self.agency or self.agency in slugs | ({row.lead_agency.slug} if row.lead_agency else set())

    @cached_property
    def groups(self) -> list[tuple[str, list[Item]]]:
        """Pillars with their items, in the order of the plan."""
        found: dict[str, list[Item]] = {}
        for row in self.rows:
            found.setdefault(row.action_item.objective.pillar.titled, []).append(Item(row))
        return list(found.items())

    @property
    def pillars(self) -> list[tuple[str, str]]:
        pillars = (row.action_item.objective.pillar for row in self.all)
        return list(dict.fromkeys((pillar.code, pillar.titled) for pillar in pillars))

    @property
    def unled(self) -> int:
        """Owed, and led by nobody."""
        return sum(row.lead_agency is None and Item(row).is_owed for row in self.all)

    @cached_property
    def carried(self) -> list[Carried]:
        """The agencies that lead or contribute, by name."""
        found: dict[int, Agency] = {}
        leads: dict[int, int] = {}
        helps: dict[int, int] = {}
        for row in self.all:
            if row.lead_agency:
                _count(found, leads, row.lead_agency)
            for agency in row.contributing_agencies.all():
                _count(found, helps, agency)
        ordered: list[Any] = sorted(found.values(), key=lambda agency: agency.own_name())
        return [Carried(one, leads.get(one.pk, 0), helps.get(one.pk, 0), self.staff.of(one)) for one in ordered]


def _count(found: dict[int, Agency], counts: dict[int, int], agency: Agency) -> None:
    found.setdefault(agency.pk, agency)
    counts[agency.pk] = counts.get(agency.pk, 0) + 1
