"""Who is appointed, for which agency, and what agencies and partners have taken on."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from commitments.querysets.asking import in_force, mandate_of, model_at


class AppointmentQuerySet(QuerySet):
    def live(self) -> Self:
        """In force today."""
        return self.filter(in_force(timezone.now().date()))

    def visible_to(self, person: Any) -> Self:
        """Officers of a State see that State's; the secretariat and administrators all; everybody their own."""
        mandate = mandate_of(person)
        if mandate.is_secretariat or mandate.is_administrator:
            return self.all()
        return self.filter(Q(member_state__in=mandate.state_ids) | Q(person=mandate.person_id))


class AgencyQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Officers of a State see that State's; the secretariat, and administrators who appoint, see all."""
        mandate = mandate_of(person)
        if mandate.is_secretariat or mandate.is_administrator:
            return self.all()
        return self.filter(member_state__in=mandate.state_ids)


class CommitmentQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """A State's own officers: planned measures are the State's own words."""
        return self.filter(member_state__in=mandate_of(person).state_ids)

    def of_agencies(self, agency_ids: Any) -> Self:
        """Led or contributed to by one of these agencies."""
        contributing = model_at(self.model).contributing_agencies.through.objects.filter(
            commitment=OuterRef("pk"), agency__in=agency_ids
        )
        return self.filter(Q(lead_agency__in=agency_ids) | Exists(contributing))


class PartnerActivityQuerySet(QuerySet):
    """What partners do for the plan is public."""

    def led_by(self, person: Any) -> Self:
        """Led by an organization that this person acts for: theirs to write."""
        participations = model_at(self.model, "participations").objects
        leads = participations.filter(activity=OuterRef("pk"), role="lead", partner__in=mandate_of(person).partner_ids)
        return self.filter(Exists(leads))

    def under_way(self, today: dt.date) -> Self:
        """Not ended: going on, planned, or without an end."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))
