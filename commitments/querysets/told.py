"""What people are told, and the work done for them in the background."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from commitments.querysets.asking import mandate_of, model_at, placing
from commitments.workflow import Audience


class BatchQuerySet(QuerySet):
    def lost(self) -> Self:
        """Started, not finished, and silent for a minute: whoever ran it is gone."""
        silent = self.filter(told_at__lt=timezone.now() - dt.timedelta(minutes=1))
        return silent.filter(started_at__isnull=False, finished_at=None)

    def visible_to(self, person: Any) -> Self:
        """The secretariat's own work."""
        return self.all() if mandate_of(person).is_secretariat else self.none()


class NoticeQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Everybody their own, and of these only what is about something that they may see now.

        The secretariat still reads that what it had was recalled: it could not see the update then, and must not be
        able to tell by this line what the State does with it next.
        """
        mandate = mandate_of(person)
        updates = model_at(self.model, "event", "update").objects.visible_to(mandate)
        rule = Q(event=None) | Q(Exists(updates.filter(pk=OuterRef("event__update"))))
        if mandate.is_secretariat:
            rule |= Q(event__move="recall") & ~Q(event__audience=Audience.STATE)
            rule |= Q(event__subject__startswith="batch:")
        return self.filter(rule, person=mandate.person_id) if mandate.holdings else self.none()

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def told(self) -> Self:
        """With all that a line about it names."""
        return self.select_related(*placing("event__update__"), "reminder__cycle")


class ReminderQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """The secretariat sees those of its own; a coordinator all of the State; everybody their own.

        Who is reminded by a coordinator or by the calendar is somebody for whom drafts wait: that is the State's.
        """
        mandate = mandate_of(person)
        rule = Q(person=mandate.person_id) | Q(member_state__in=mandate.coordinated_state_ids)
        if mandate.is_secretariat:
            rule |= Q(origin="secretariat")
        return self.filter(rule)
