"""What States report: working copies, what is released of them, and what belongs to either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from commitments.mandates import Mandate
from commitments.querysets.asking import KeyedQuerySet, PlacedQuerySet, as_wide_as, mandate_of, model_at, released
from commitments.workflow import CLEARED_STATUSES, Audience


class UpdateQuerySet(KeyedQuerySet):
    """Working copies. What is released is read through `ReleaseQuerySet`, never from here."""

    def visible_to(self, person: Any) -> Self:
        """A coordinator sees the State's; a focal point the agency's, and the State's once cleared;
        the secretariat what is cleared beyond the State; nobody else any."""
        mandate = mandate_of(person)
        rule = Q(pk__in=[])
        if mandate.coordinated_state_ids:
            rule |= Q(commitment__member_state__in=mandate.coordinated_state_ids)
        if mandate.agency_ids:
            rule |= Q(commitment__member_state__in=mandate.state_ids, status__in=CLEARED_STATUSES)
            rule |= self._own_agency(mandate)
        if mandate.is_secretariat:
            rule |= Q(status__in=CLEARED_STATUSES) & ~Q(audience=Audience.STATE)
        return self.filter(rule)

    def _own_agency(self, mandate: Mandate) -> Q:
        through = model_at(self.model, "commitment").contributing_agencies.through
        contributing = through.objects.filter(commitment=OuterRef("commitment"), agency__in=mandate.agency_ids)
        own = Q(commitment__lead_agency__in=mandate.agency_ids) | Q(Exists(contributing))
        return own & Q(commitment__member_state__in=mandate.state_ids)

    def coordinated_by(self, person: Any) -> Self:
        """Of the States that this person coordinates."""
        return self.filter(commitment__member_state__in=mandate_of(person).coordinated_state_ids)

    def as_listed(self) -> Self:
        """With what lists tell of an update: its names, the moves that are open, the days that are left."""
        names = ("lead_agency", "member_state", "action_item__objective__pillar")
        rows = self.select_related("cycle", "current_revision", *(f"commitment__{name}" for name in names))
        return rows.prefetch_related("cycle__extensions", "commitment__contributing_agencies")

    def due(self) -> Self:
        """What a State owes: national and joint items, not the partners' own."""
        return self.exclude(commitment__action_item__addressee="partner")


class ReleaseQuerySet(KeyedQuerySet):
    """Revisions in force: all that reports, public pages and other States read."""

    def visible_to(self, person: Any) -> Self:
        return self.filter(released(mandate_of(person), "commitment__member_state"))

    def released_to(self, audience: str) -> Self:
        return self.filter(as_wide_as(audience))


class RevisionQuerySet(PlacedQuerySet):
    def visible_to(self, person: Any) -> Self:
        """Its State sees every revision with the update, the secretariat the one cleared, and both what is in force.

        Nobody else: they read the words through `ReleaseQuerySet`, where no number tells how often these were sent back
        inside the State.
        """
        mandate = mandate_of(person)
        updates = model_at(self.model, "update").objects
        releases = model_at(self.model, "release").objects
        whose = Q() if mandate.is_secretariat else Q(commitment__member_state__in=mandate.state_ids)
        rule = whose & Q(release__in=releases.visible_to(mandate))
        if mandate.state_ids:
            rule |= Q(update__in=updates.visible_to(mandate), commitment__member_state__in=mandate.state_ids)
        if mandate.is_secretariat:
            rule |= Q(update__in=updates.visible_to(mandate), pk=F("update__current_revision"))
        return self.filter(rule)

    def returned_by_secretariat(self, person: Any) -> Self:
        """Earlier revisions that the secretariat itself sent back, of updates that it sees now, for itself alone.

        What a State kept inside, or took back by its own recall or withdrawal, is not among them.
        """
        mandate = mandate_of(person)
        if not mandate.is_secretariat:
            return self.none()
        seen = self.filter(update__in=model_at(self.model, "update").objects.visible_to(mandate))
        returns = model_at(self.model, "events").objects.filter(move="return", from_status=CLEARED_STATUSES[0])
        return seen.filter(Exists(returns.exclude(audience=Audience.STATE).filter(revision=OuterRef("pk"))))


class EventQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """A State's officers see the history of what they see; the secretariat only moves between it and the State.

        Saves, submissions and returns inside a State stay inside it.
        """
        mandate = mandate_of(person)
        updates = model_at(self.model, "update").objects.visible_to(mandate)
        seen = Q(Exists(updates.filter(pk=OuterRef("update"))))  # asked of each event, and of no other update
        rule = Q(update=None, member_state__in=mandate.state_ids)
        if mandate.state_ids:
            rule |= seen & Q(member_state__in=mandate.state_ids)
        if mandate.is_secretariat:
            between = Q(from_status__in=CLEARED_STATUSES) | Q(to_status__in=CLEARED_STATUSES)
            rule |= seen & between & ~Q(audience=Audience.STATE)
            rule |= Q(update=None) & ~Q(subject__startswith="commitment:")
        return self.filter(rule)


class EvidenceQuerySet(PlacedQuerySet):
    def live(self) -> Self:
        return self.filter(retired_at=None)

    def visible_to(self, person: Any) -> Self:
        """One by one, by its own audience and by that of the update or the release it belongs to."""
        mandate = mandate_of(person)
        updates = model_at(self.model, "update").objects.visible_to(mandate)
        releases = model_at(self.model, "revisions", "release").objects
        released = Exists(releases.visible_to(mandate).filter(revision__evidence=OuterRef("pk")))
        rule = Q(released, audience__in=mandate.audiences)
        if mandate.state_ids:
            rule |= Q(update__in=updates, commitment__member_state__in=mandate.state_ids)
            rule |= Q(released, commitment__member_state__in=mandate.state_ids)
        if mandate.is_secretariat:
            current = Q(update__in=updates, revisions=F("update__current_revision"))
            rule |= Q(pk__in=model_at(self.model).objects.filter(current).exclude(audience=Audience.STATE).values("pk"))
        return self.filter(rule)

    def shown_with_releases(self, person: Any, releases: Mapping[int, int]) -> Self:
        """What `visible_to` comes to for the evidence of releases that this person is being shown anyway.

        `releases`: revision -> Member State, of these alone; the rows can be read by `revisions`.
        """
        mandate = mandate_of(person)
        own = [revision for revision, state in releases.items() if state in mandate.state_ids]
        rule = Q(revisions__in=releases.keys() - own, audience__in=mandate.audiences)
        return self.filter(rule | Q(revisions__in=own) if own else rule)

    def shown_with_updates(self, person: Any) -> Self:
        """The same for the evidence of updates that this person is being shown: all of it to the State's officers."""
        mandate = mandate_of(person)
        if mandate.is_secretariat:
            return self.visible_to(mandate)
        return self.filter(commitment__member_state__in=mandate.state_ids)


class AssessmentQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """The secretariat, and the officers of the State concerned who see the update."""
        mandate = mandate_of(person)
        if mandate.is_secretariat:
            return self.all()
        updates = model_at(self.model, "revision", "update").objects.visible_to(mandate)
        return self.filter(
            revision__update__in=updates,
            revision__commitment__member_state__in=mandate.state_ids,
        )
