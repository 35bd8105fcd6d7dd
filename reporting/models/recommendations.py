"""Recommendations of a report, and what became of those of the last one."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_text
from commitments.errors import Invalid, Problem, check_version
from commitments.models import Event, Person
from commitments.models.wording import Translated
from reporting.models.querysets import WorkingQuerySet
from reporting.models.reports import Report
from reporting.models.writing import Cleaner, clean_items, clean_translations, clean_words, one_of


class Addressee(models.TextChoices):
    STATES = "states", _("The Member States")
    SECRETARIAT = "secretariat", _("The United Nations")
    PARTNERS = "partners", _("International and regional organizations and donors")


class Outcome(models.TextChoices):
    OPEN = "open", _("Not yet taken up")
    IN_HAND = "in_hand", _("In hand")
    DONE = "done", _("Done")
    OVERTAKEN = "overtaken", _("Overtaken by events")


class Recommendation(Translated):
    """`follows` makes it the record, in this report, of what became of an earlier one; `outcome` says what did."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="recommendations")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    position = models.PositiveIntegerField()
    text = models.TextField(_("recommendation"), blank=True)  # of a follow-up: remarks on what became of it
    addressee = models.CharField(_("addressee"), max_length=12, choices=Addressee.choices, default=Addressee.STATES)
    items = models.JSONField(_("action items"), default=list, blank=True)
    outcome = models.CharField(_("what became of it"), max_length=10, choices=Outcome.choices, blank=True)
    version = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = WorkingQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints = [
            models.UniqueConstraint(fields=["report", "follows"], name="one_follow_up_each"),
            models.CheckConstraint(
                name="follow_up_has_an_outcome",
                condition=models.Q(follows=None, outcome="")
                | models.Q(follows__isnull=False, outcome__in=Outcome.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.position}"

    @classmethod
    @transaction.atomic
    def add(cls, report: Report, *, by: Person, **words: Any) -> Recommendation:
        """A new one, last. Raises Invalid naming the field, Forbidden or WrongStatus."""
        report.write(by)
        last = report.recommendations.filter(follows=None).order_by("position").last()
        one = cls(report=report, position=last.position + 1 if last else 1)
        one._keep(by, words)
        return one

    @classmethod
    @transaction.atomic
    def follow_up(
        cls, report: Report, earlier: Recommendation, *, by: Person, version: int | None, **words: Any
    ) -> Recommendation:
        """What became, by this report, of a recommendation of an earlier one. Written again, it is changed.

        `version` is the one that was read, 0 where there was none. Raises StaleVersion as `edit` does.
        """
        report.write(by)
        if earlier.report_id == report.pk or earlier.follows_id:
            raise Invalid(problems=[Problem("follows", "unknown", _("Name a recommendation of an earlier report."))])
        new = Recommendation(report=report, follows=earlier, position=earlier.position, outcome=Outcome.OPEN)
        one = Recommendation.objects.select_for_update().filter(report=report, follows=earlier).first() or new
        check_version(version, one.version)
        one.retired_at = None
        one._keep(by, words)
        return one

    @transaction.atomic
    def edit(self, *, by: Person, version: int | None, **words: Any) -> Recommendation:
        self._open(by, version)
        self._keep(by, words)
        return self

    @transaction.atomic
    def retire(self, *, by: Person, version: int | None) -> None:
        self._open(by, version)
        self.retired_at = timezone.now()
        self._keep(by, {})

    def _open(self, by: Person, version: int | None) -> None:
        self.report.write(by)
        self.refresh_from_db(from_queryset=Recommendation.objects.select_for_update())
        check_version(version, self.version)

    def _keep(self, by: Person, words: dict[str, Any]) -> None:
        for name, value in self._clean(words).items():
            setattr(self, name, value)
        if not self.follows_id and not self.text:
            raise Invalid(problems=[Problem("text", "required", _("Say what is recommended."))])
        self.version += 1
        self.save()
        changes = {"number": self.position, **{name: getattr(self, name) for name in words}}
        Event.record(f"report:{self.report.slug}", "recommend", by=by, changes=changes)

    def _clean(self, words: dict[str, Any]) -> dict[str, Any]:
        cleaners: dict[str, Cleaner] = {
            "text": partial(clean_text, "text"),
            "translations": lambda value: clean_translations(value, ("text",)),
        }
        if self.follows_id:
            cleaners["outcome"] = one_of("outcome", Outcome)
        else:
            cleaners |= {
                "addressee": one_of("addressee", Addressee),
                "items": lambda value: clean_items(value, self.report),
            }
        return clean_words(words, cleaners)
