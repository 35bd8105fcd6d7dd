"""What a person may act as: all their live appointments, read once, as the code asks about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from commitments.workflow import Audience, Capacity, Role

SECRETARIAT = frozenset({Role.REVIEWER, Role.EDITOR})
HELD = ("role", "member_state_id", "agency_id", "partner_id")  # of an appointment, as a Holding takes them


@dataclass(frozen=True)
class Holding:
    """One live appointment."""

    role: str
    member_state_id: int | None = None
    agency_id: int | None = None
    partner_id: int | None = None


@dataclass(frozen=True)
class Mandate:
    """All live appointments of one person. An anonymous reader holds none.

    An administrator (superuser) runs the system and holds no content rights: nothing here asks about it
    but the few questions on running the system.
    """

    person_id: int | None = None
    holdings: tuple[Holding, ...] = ()
    is_administrator: bool = False

    @classmethod
    def of(cls, person: Any) -> Mandate:
        """Read afresh: one query for a person, none for an anonymous reader. A suspended person holds nothing."""
        if person is None or not person.is_authenticated or not person.is_active:
            return NOBODY
        return cls.holding(person, person.appointments.live().values_list(*HELD))

    @classmethod
    def holding(cls, person: Any, rows: Iterable[tuple]) -> Mandate:
        """Of a person who is not suspended, from their live appointments, read already: the values of `HELD`."""
        return cls(person.pk, tuple(Holding(*row) for row in rows), bool(person.is_superuser))

    def acting_as(self, roles: frozenset[Role]) -> Mandate:
        """The same person in these roles only."""
        return Mandate(self.person_id, tuple(held for held in self.holdings if held.role in roles))

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(holding.role for holding in self.holdings)

    @cached_property
    def coordinated_state_ids(self) -> frozenset[int]:
        return self._ids("member_state_id", Role.COORDINATOR)

    @cached_property
    def agency_ids(self) -> frozenset[int]:
        """Agencies this person is focal point of."""
        return self._ids("agency_id", Role.FOCAL_POINT)

    @cached_property
    def state_ids(self) -> frozenset[int]:
        """Member States this person serves, as focal point or coordinator."""
        return self.coordinated_state_ids | self._ids("member_state_id", Role.FOCAL_POINT)

    @cached_property
    def partner_ids(self) -> frozenset[int]:
        """Partner organizations this person acts for."""
        return self._ids("partner_id", Role.PARTNER)

    @property
    def is_editor(self) -> bool:
        return Role.EDITOR in self.roles

    @property
    def is_secretariat(self) -> bool:
        return bool(self.roles & SECRETARIAT)

    @property
    def is_officer(self) -> bool:
        """Serves a Member State or the secretariat."""
        return self.is_secretariat or bool(self.state_ids)

    @property
    def reminds(self) -> bool:
        """Writes to others about deadlines: the secretariat, and coordinators to those of their State."""
        return self.is_secretariat or bool(self.coordinated_state_ids)

    @cached_property
    def audiences(self) -> frozenset[str]:
        """Audiences of released words that include this reader, whichever State they come from."""
        if self.is_secretariat:
            return frozenset({Audience.UN, Audience.PARTICIPANTS, Audience.PUBLIC})
        if self.state_ids:
            return frozenset({Audience.PARTICIPANTS, Audience.PUBLIC})
        return frozenset({Audience.PUBLIC})

    def reads_released(self, audience: str, member_state_id: int) -> bool:
        """Of one release, what `ReleaseQuerySet.visible_to` asks of them all."""
        return audience in self.audiences or member_state_id in self.state_ids

    def reads_withheld(self, member_state_id: int) -> bool:
        """Sections withheld from those beyond the UN are open to the State itself and to the secretariat."""
        return self.is_secretariat or member_state_id in self.state_ids

    def capacities(self, commitment: Any) -> frozenset[Capacity]:
        """In what capacities this person stands before an update of `commitment`.

        Reads `commitment.contributing_agencies`: prefetch it for lists.
        """
        found = set()
        if commitment.member_state_id in self.coordinated_state_ids:
            found.add(Capacity.COORDINATOR)
        if commitment.lead_agency_id in self.agency_ids:
            found.add(Capacity.LEAD)
        if self.agency_ids and any(agency.pk in self.agency_ids for agency in commitment.contributing_agencies.all()):
            found.add(Capacity.CONTRIBUTING)
        found |= {Capacity(role) for role in self.roles & SECRETARIAT}
        return frozenset(found)

    def _ids(self, name: str, role: str) -> frozenset[int]:
        return frozenset(getattr(held, name) for held in self.holdings if held.role == role)


NOBODY = Mandate()
