"""The record of every move: who, when, from where to where, why. Chained by hash; the database refuses changes."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.querysets import EventQuerySet
from commitments.second_lock import unlocked

if TYPE_CHECKING:  # people record events about themselves
    from commitments.models.people import Person


def digest(facts: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of these facts, in hexadecimal."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


class Event(models.Model):
    """One move on one subject. Events of a subject are numbered from 1 without a gap, each naming the one before."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(
        _("subject"), max_length=120
    )  # "update:tenth-review-2028:KAZ:I.1.1", "cycle:tenth-review-2028"
    sequence = models.PositiveIntegerField(_("number"))
    update = models.ForeignKey("commitments.Update", models.PROTECT, null=True, blank=True, related_name="events")
    revision = models.ForeignKey("commitments.Revision", models.PROTECT, null=True, blank=True, related_name="events")
    member_state = models.ForeignKey("commitments.MemberState", models.PROTECT, null=True, blank=True, related_name="+")
    move = models.CharField(_("move"), max_length=30)
    from_status = models.CharField(_("from"), max_length=10, blank=True)
    to_status = models.CharField(_("to"), max_length=10, blank=True)
    audience = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey("commitments.Person", models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("by"), max_length=200)  # as it was; names in the history stay
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)
    changes = models.JSONField(_("what was written"), default=dict)  # what was written: {field: new value}
    previous_hash = models.CharField(_("hash of the one before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(fields=["subject", "sequence"], name="events_numbered_once"),
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="events_numbered_from_one"),
        ]
        indexes = [models.Index(fields=["at", "uid"], name="events_by_time")]

    def __str__(self) -> str:
        return f"{self.subject} {self.sequence} {self.move}"

    @classmethod
    def record(cls, subject: str, move: str, *, by: Person | None, **facts: Any) -> Event:
        """Append to the subject's chain. Call it inside the transaction of the write it records."""
        with unlocked("the record goes on, whoever of those in it may read it"):
            last = cls.objects.filter(subject=subject).order_by("sequence").last()
            event = cls(
                subject=subject,
                sequence=last.sequence + 1 if last else 1,
                move=move,
                by=by,
                by_name=str(by) if by else "system",
                at=timezone.now(),
                previous_hash=last.hash if last else "",
                **facts,
            )
            event.hash = digest(event.facts())
            event.save(force_insert=True)
        return event

    def facts(self) -> dict[str, Any]:
        """All that the hash covers."""
        return {
            "subject": self.subject,
            "sequence": self.sequence,
            "revision": self.revision.hash if self.revision else None,
            "move": self.move,
            "from": self.from_status,
            "to": self.to_status,
            "audience": self.audience,
            "by": self.by_name,
            "at": self.at.isoformat(),
            "reason": self.reason,
            "changes": self.changes,
            "previous": self.previous_hash,
        }
