"""Who has read what a State has not released to everybody. Rows are added and read; the database refuses all else."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.models.people import Agency, MemberState, Person
from commitments.querysets import mandate_of
from commitments.workflow import Role


class ReadingQuerySet(QuerySet):
    def visible_to(self, person: Any) -> Self:
        """The coordinators of the State whose words were read; nobody else, whatever they run or review."""
        return self.filter(member_state__in=mandate_of(person).coordinated_state_ids)

    def outlived(self, now: dt.datetime) -> Self:
        """Older than they are kept, for the privacy of the readers."""
        return self.filter(at__lt=now - dt.timedelta(days=settings.READINGS_KEPT_DAYS))


class Reading(models.Model):
    """One person was shown words of one State. Readings that say the same of the same day are one row (`once`)."""

    class Kind(models.TextChoices):
        UPDATE = "update", _("Working copy")
        REVISION = "revision", _("Submitted revision")
        EVIDENCE = "evidence", _("Evidence")
        PLANNED = "planned", _("Planned measures")
        OBSERVATIONS = "observations", _("Observations and reply")
        HISTORY = "history", _("Reasons and changes in the history")
        CONTRIBUTION = "contribution", _("National contribution")
        COMMENT = "comment", _("Comment on a report")
        REPORT = "report", _("Report with words not released to everybody")

    class Channel(models.TextChoices):
        DESK = "desk", _("Desk")
        ADMIN = "admin", _("Administration")
        API = "api", _("API")
        EXPORT = "export", _("Table")
        FILE = "file", _("File")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    once = models.CharField(max_length=64, unique=True, editable=False)
    member_state = models.ForeignKey(MemberState, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person_name = models.CharField(_("who"), max_length=200)  # as it was
    role = models.CharField(_("acting as"), max_length=20, choices=Role.choices, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    state_served = models.ForeignKey(MemberState, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=120)  # natural: `cycle:KAZ:I.1.1`, `KAZ:I.1.1`, `cycle:KAZ`
    item = models.CharField(_("action item"), max_length=20, blank=True)  # code
    number = models.PositiveIntegerField(null=True, blank=True)  # of the revision, or the version of the working copy
    part = models.CharField(max_length=40, blank=True)  # which of several of one kind: the uid of a piece of evidence
    channel = models.CharField(_("by way of"), max_length=10, choices=Channel.choices)
    request_id = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.CheckConstraint(name="reading_channel_known", condition=models.Q(
                channel__in=["desk", "admin", "api", "export", "file"])),
        ]  # fmt: skip
        indexes = [models.Index(fields=["member_state", "at", "uid"], name="readings_by_time")]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.kind} {self.key}"

    @property
    def place(self) -> list[str]:
        """Of an update or its revision: the parts of its key, by which pages are addressed; else none."""
        parts = self.key.split(":")
        return parts if len(parts) == 3 else []

    @property
    def acting_for(self) -> str:
        """The agency, or else the State, for which the reader acts; none for whoever serves no State."""
        return str(self.agency.own_name() if self.agency else self.state_served or "")


def day_begins(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def day_ends(day: dt.date) -> dt.datetime:
    """The last instant of it: the last day that there is has no next one."""
    return dt.datetime.combine(day, dt.time.max, dt.UTC)
