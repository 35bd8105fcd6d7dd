"""Editions: a report frozen at one moment, for ever. The database refuses to change them."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.models import Person
from reporting.frozen import digest
from reporting.models.querysets import EditionQuerySet
from reporting.models.reports import Report


class Edition(models.Model):
    """`snapshot` is canonical JSON (`reporting.frozen`) of the facts and the manuscript; `sha256` is of its bytes."""

    class Form(models.TextChoices):
        DRAFT = "draft", _("Draft circulated to the States")
        ISSUE = "issue", _("Issued")
        CORRIGENDUM = "corrigendum", _("Corrigendum")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    form = models.CharField(_("form"), max_length=12, choices=Form.choices)
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)
    dated_on = models.DateField(_("date"))
    what_changed = models.TextField(_("what changed"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="editions_numbered_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The natural key: the report and the number, `tenth-review-2028-regional-public:2`."""
        return f"{self.report.slug}:{self.number}"

    @classmethod
    def keep(cls, report: Report, form: str, snapshot: bytes, *, by: Person, what_changed: str = "") -> Edition:
        """Freeze a report. Call it under the report's lock."""
        last = report.editions.order_by("number").last()
        return cls.objects.create(
            report=report,
            number=last.number + 1 if last else 1,
            form=form,
            snapshot=snapshot.decode(),
            sha256=digest(snapshot),
            dated_on=timezone.now().astimezone(dt.UTC).date(),
            what_changed=what_changed,
            made_by=by,
            made_by_name=str(by),
        )

    @property
    def content(self) -> bytes:
        """The snapshot's bytes. Raises ValueError where they are not those that were frozen."""
        content = self.snapshot.encode()
        if digest(content) != self.sha256:
            raise ValueError(f"The snapshot of {self.key} is not what was frozen.")
        return content
