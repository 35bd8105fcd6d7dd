"""Who sees which report, draft, comment and signature: the one rule of each."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from commitments.querysets import as_wide_as, mandate_of, model_at, released
from commitments.workflow import Audience
from reporting.life import Stage

ISSUED = ("issue", "corrigendum")  # forms of an edition


class ReportQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """The secretariat sees all; officers of a State also what is circulated to them; everybody what is issued."""
        mandate = mandate_of(person)
        if mandate.is_secretariat:
            return self.all()
        rule = Q(stage=Stage.ISSUED, audience__in=mandate.audiences)
        if mandate.state_ids:
            rule |= self._checked_by(mandate)
            rule |= Q(stage=Stage.ISSUED, member_state__in=mandate.state_ids)
        return self.filter(rule)

    def checked_by(self, person: Any) -> Self:
        """Circulated now, and this person's State is asked to check it."""
        return self.filter(self._checked_by(mandate_of(person)))

    def _checked_by(self, mandate: Any) -> Q:
        """A draft for every State goes to all; of a report on one State, to that State alone."""
        own = Q(member_state=None) | Q(member_state__in=mandate.state_ids)
        return Q(stage=Stage.CIRCULATED, audience__in=[Audience.PARTICIPANTS, Audience.PUBLIC]) & own & (
            Q() if mandate.state_ids else Q(pk__in=[])
        )  # fmt: skip


class EditionQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Drafts go to the secretariat and, while circulated, to the States; what is issued to its audience."""
        mandate = mandate_of(person)
        reports = model_at(self.model, "report").objects
        if mandate.is_secretariat:
            return self.all()
        rule = Q(form__in=ISSUED, report__audience__in=mandate.audiences)
        if mandate.state_ids:
            rule |= Q(form="draft", report__in=reports.checked_by(mandate))
            rule |= Q(form__in=ISSUED, report__member_state__in=mandate.state_ids)
        return self.filter(rule)

    def issued(self) -> Self:
        return self.filter(form__in=ISSUED)


class RemarkQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """A State's comments: its own officers and the secretariat; everybody else reads them in the issued report."""
        mandate = mandate_of(person)
        if mandate.is_secretariat:
            return self.all()
        return self.filter(member_state__in=mandate.state_ids)


class WorkingQuerySet(QuerySet):
    """What stands in a report in the making: passages, seats, recommendations."""

    def visible_to(self, person: Any) -> Self:
        """The secretariat alone; everybody else reads what came of it, in editions."""
        return self.all() if mandate_of(person).is_secretariat else self.none()


class ContributionQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """In the making, the State's own officers alone: what is signed is read as a signature."""
        return self.filter(member_state__in=mandate_of(person).state_ids)


class SignatureQuerySet(QuerySet):
    """Statements, each to the audience that the State decided on signing."""

    def in_force(self) -> Self:
        """As each State signed last: one signed anew for fewer readers takes the former back. Narrow it afterwards."""
        same = self.model._default_manager.filter(contribution=OuterRef("contribution")).order_by("-number")
        return self.filter(pk=Subquery(same.values("pk")[:1]))

    def visible_to(self, person: Any) -> Self:
        return self.filter(released(mandate_of(person), "member_state"))

    def released_to(self, audience: str) -> Self:
        return self.filter(as_wide_as(audience))


class ReportFileQuerySet(QuerySet):
    def lost(self) -> Self:
        """Begun, and silent for a minute: whoever made it is gone."""
        return self.filter(status="begun", told_at__lt=timezone.now() - dt.timedelta(minutes=1))

    def visible_to(self, person: Any) -> Self:
        """Whoever asked for it, while they still see what it is of."""
        mandate = mandate_of(person)
        if mandate.person_id is None:
            return self.none()
        reports = model_at(self.model, "report").objects.visible_to(mandate)
        editions = model_at(self.model, "edition").objects.visible_to(mandate)
        seen = Q(edition=None, report__in=reports) if mandate.is_secretariat else Q(pk__in=[])
        return self.filter(seen | Q(edition__in=editions), asked_by=mandate.person_id)
