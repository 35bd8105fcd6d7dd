"""Reminders sent, each to one person: the log is these rows. And the secret addresses of people's calendars."""

from __future__ import annotations

import hashlib
import secrets
import uuid

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.models.cycles import Cycle
from commitments.models.people import MemberState, Person
from commitments.querysets import ReminderQuerySet
from commitments.workflow import Role


class Topic(models.TextChoices):
    """What somebody is reminded of."""

    DUE = "due", gettext_lazy("What is due")
    OVERDUE = "overdue", gettext_lazy("What is overdue")
    TO_CLEAR = "to_clear", gettext_lazy("What is to be cleared")
    RETURNED = "returned", gettext_lazy("What has been returned")
    NOT_SIGNED_IN = "not_signed_in", gettext_lazy("Not signed in yet")


# Whom one can remind of it.
CONCERNS: dict[str, tuple[Role, ...]] = {
    Topic.DUE: (Role.FOCAL_POINT, Role.COORDINATOR),
    Topic.OVERDUE: (Role.FOCAL_POINT, Role.COORDINATOR),
    Topic.TO_CLEAR: (Role.COORDINATOR,),
    Topic.RETURNED: (Role.FOCAL_POINT, Role.COORDINATOR),
    Topic.NOT_SIGNED_IN: (Role.FOCAL_POINT, Role.COORDINATOR),
}


class Origin(models.TextChoices):
    """Who reminds."""

    SECRETARIAT = "secretariat", gettext_lazy("the secretariat")
    COORDINATOR = "coordinator", gettext_lazy("the national coordinator")
    AUTOMATIC = "automatic", gettext_lazy("the calendar")


class Reminder(models.Model):
    """One person reminded of one thing. Rows are the log: who, when, to whom, about what. They are never changed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic = models.CharField(max_length=15, choices=Topic.choices)
    role = models.CharField(max_length=20, choices=Role.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="reminders")
    member_state = models.ForeignKey(MemberState, models.PROTECT, related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, related_name="+")
    origin = models.CharField(max_length=12, choices=Origin.choices)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sent_by_name = models.CharField(max_length=200)  # as it was; names in the history stay
    at = models.DateTimeField(default=timezone.now)
    day = models.DateField()  # by the recipient's own clock
    turn = models.PositiveSmallIntegerField(default=1)  # which one of that day
    occasion = models.CharField(max_length=40, blank=True)  # of an automatic one: the deadline, and how far off

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic", "member_state", "origin", "day", "turn"], name="reminders_counted_by_day"
            ),
            models.UniqueConstraint(
                fields=["person", "topic", "member_state", "cycle", "occasion"],
                condition=~models.Q(occasion=""),
                name="one_reminder_an_occasion",
            ),
        ]
        indexes = [models.Index(fields=["at"], name="reminders_by_time")]

    def __str__(self) -> str:
        """In the reader's language, without a number: what waits is said where it may be seen."""
        return subject_of(self.topic, str(self.cycle) if self.cycle else "")


def subject_of(topic: str, cycle: str) -> str:
    """One line that says what a reminder is about."""
    lines = {
        Topic.DUE: _("Reminder: progress updates are due, %(cycle)s"),
        Topic.OVERDUE: _("Reminder: progress updates are overdue, %(cycle)s"),
        Topic.TO_CLEAR: _("Reminder: updates to clear, %(cycle)s"),
        Topic.RETURNED: _("Reminder: updates that were returned, %(cycle)s"),
        Topic.NOT_SIGNED_IN: _("Reminder: you have not signed in yet"),
    }
    return lines[Topic(topic)] % {"cycle": cycle}


class CalendarAddress(models.Model):
    """The secret part of one person's calendar address. Only its hash is kept: it is shown once, or made anew."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_address")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    @classmethod
    @transaction.atomic
    def renew(cls, *, by: Person) -> str:
        """A new secret; the address that was given before opens nothing from now on."""
        secret = secrets.token_urlsafe(32)
        facts = {"secret_hash": _hashed(secret), "made_at": timezone.now()}
        cls.objects.update_or_create(person=by, defaults=facts)
        return secret

    @classmethod
    def revoke(cls, *, by: Person) -> None:
        cls.objects.filter(person=by).delete()

    @classmethod
    def person_of(cls, secret: str) -> Person | None:
        """Whose address this is. Nobody's, once they are suspended or their last appointment has ended."""
        row = cls.objects.select_related("person").filter(secret_hash=_hashed(secret)).first()
        return row.person if row and row.person.mandate.holdings else None


def _hashed(secret: str) -> str:
    """Plain SHA-256: a secret of 256 random bits cannot be guessed, slowly or fast."""
    return hashlib.sha256(secret.encode()).hexdigest()
