"""Files of reports, made in the background: what was asked for, how far it is, and the bytes."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from commitments.models import Person
from reporting.frozen import digest
from reporting.models.editions import Edition
from reporting.models.querysets import ReportFileQuerySet
from reporting.models.reports import Report


class ReportFile(models.Model):
    """One file of one edition, or of a report as it stands. Whoever asked fetches it, while they may read it.

    `progress` is per cent, told as each part is done. `status` moves forward only.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a file", "Waiting")
        BEGUN = "begun", pgettext_lazy("a file", "Being made")
        READY = "ready", pgettext_lazy("a file", "Ready")
        FAILED = "failed", pgettext_lazy("a file", "Failed")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="files")
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, blank=True, related_name="files")
    file_format = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    asked_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    content = models.FileField(upload_to="reports/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    # SHA-256 of the edition's snapshot; for a report as it stands, of its facts.
    made_of = models.CharField(max_length=64, blank=True)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["asked_by", "asked_at"], name="report_file_by_asker")]
        constraints = [
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="report_file_progress_per_cent")
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.file_format} {self.language}"

    def tell(self, progress: int) -> None:
        """How far it is. Seen by whoever waits, at once."""
        self.status, self.progress, self.told_at = self.Status.BEGUN, progress, timezone.now()
        self.save(update_fields=["status", "progress", "told_at"])

    def finish(self, content: bytes, *, fingerprint: str, extension: str, made_of: str) -> None:
        self.content.save(f"{self.uid}.{extension}", ContentFile(content), save=False)
        self.status, self.progress, self.finished_at = self.Status.READY, 100, timezone.now()
        self.sha256, self.fingerprint, self.made_of = digest(content), fingerprint, made_of
        self.save()

    def fail(self, message: Any) -> None:
        self.status, self.message, self.finished_at = self.Status.FAILED, str(message)[:300], timezone.now()
        self.save(update_fields=["status", "message", "finished_at"])
