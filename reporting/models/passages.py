"""What editors write: passages of narrative, every version of them kept, and who sits at which section."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_text
from commitments.errors import Forbidden, NotVisible, check_version
from commitments.models import Person
from commitments.models.wording import Translated
from reporting.models.querysets import WorkingQuerySet
from reporting.models.reports import Report
from reporting.models.writing import clean_cites, clean_translations, clean_words, one_line, one_of

SEAT_LASTS = dt.timedelta(minutes=3)  # without a sign of life


class Form(models.TextChoices):
    PARAGRAPH = "paragraph", _("Paragraph")
    GOOD_PRACTICE = "good_practice", _("Good practice, in a box")


class Seat(models.Model):
    """One editor at a time in one section: taken by writing, free three minutes after the last sign of life."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="seats")
    section = models.SlugField(max_length=60)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = WorkingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "section"], name="one_editor_a_section")]

    def __str__(self) -> str:
        return f"{self.person}: {self.section}"

    @property
    def is_live(self) -> bool:
        return timezone.now() - self.seen_at < SEAT_LASTS

    @classmethod
    @transaction.atomic
    def take(cls, report: Report, section: str, *, by: Person) -> Seat:
        """Sit down, or show a sign of life. Raises SeatTaken where somebody else sits."""
        report.write(by)
        seat, _made = cls.objects.get_or_create(report=report, section=section, defaults={"person": by})
        if seat.person_id != by.pk:
            if seat.is_live:
                raise SeatTaken(seat)
            seat.person, seat.taken_at = by, timezone.now()
        seat.seen_at = timezone.now()
        seat.save()
        return seat

    @classmethod
    def leave(cls, report: Report, section: str, *, by: Person) -> None:
        cls.objects.filter(report=report, section=section, person=by).delete()


class SeatTaken(Forbidden):
    """Somebody else writes in this section now; facts carry who and since when."""

    code = "seat-taken"
    title = _("Somebody else is writing in this section.")

    def __init__(self, seat: Seat) -> None:
        detail = _("%(name)s is writing in this section.") % {"name": seat.person}
        super().__init__(detail, section=seat.section, person=str(seat.person), since=seat.taken_at.isoformat())


class Passage(Translated):
    """One paragraph of narrative. Its words live here; every version of them in `PassageVersion`.

    `translations` is {language: {"title", "text"}}; `cites` lists `KAZ:I.1.1` of the report's cycle.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="passages")
    section = models.SlugField(max_length=60)
    position = models.PositiveIntegerField()
    form = models.CharField(max_length=20, choices=Form.choices, default=Form.PARAGRAPH)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    cites = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    last_edited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    last_edited_at = models.DateTimeField(default=timezone.now)

    objects = WorkingQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        indexes = [models.Index(fields=["report", "section", "position"], name="passage_by_place")]
        constraints = [models.CheckConstraint(condition=models.Q(form__in=Form.values), name="passage_form_known")]

    def __str__(self) -> str:
        return f"{self.report} {self.section} {self.position}"

    @classmethod
    @transaction.atomic
    def add(cls, report: Report, section: str, *, by: Person, **words: Any) -> Passage:
        """A new passage at the end of a section. Raises Invalid, Forbidden, SeatTaken or WrongStatus."""
        report.write(by, section)
        Seat.take(report, section, by=by)
        last = report.passages.filter(section=section).order_by("position").last()
        passage = cls(report=report, section=section, position=last.position + 1 if last else 1)
        passage._keep(by, words)
        return passage

    @transaction.atomic
    def edit(self, *, by: Person, version: int | None, **words: Any) -> Passage:
        """Change what is given. Raises StaleVersion with the version in force, and what `add` raises."""
        self._open(by, version)
        if self._clean(words) != {name: getattr(self, name) for name in words}:
            self._keep(by, words)
        return self

    @transaction.atomic
    def move(self, *, by: Person, version: int | None, before: Passage | None) -> Passage:
        """Stand before another passage of the same section, or last."""
        self._open(by, version)
        others = [one for one in self.report.passages.filter(section=self.section).order_by("position", "pk")
                  if one.pk != self.pk]  # fmt: skip
        if before is not None and before.pk not in {one.pk for one in others}:
            raise NotVisible()
        place = next((number for number, one in enumerate(others) if before and one.pk == before.pk), len(others))
        for number, one in enumerate([*others[:place], self, *others[place:]], 1):
            Passage.objects.filter(pk=one.pk).update(position=number)
        self.refresh_from_db(fields=["position"])
        return self

    @transaction.atomic
    def retire(self, *, by: Person, version: int | None) -> None:
        """Take it out of the report. Its versions stay."""
        self._open(by, version)
        self.retired_at = timezone.now()
        self._keep(by, {})

    @transaction.atomic
    def restore(self, *, by: Person, version: int | None) -> None:
        self._open(by, version)
        self.retired_at = None
        self._keep(by, {})

    def _open(self, by: Person, version: int | None) -> None:
        self.report.write(by, self.section)
        Seat.take(self.report, self.section, by=by)
        self.refresh_from_db(from_queryset=Passage.objects.select_for_update(of=("self",)).select_related("report"))
        check_version(version, self.version)

    def _keep(self, by: Person, words: dict[str, Any]) -> None:
        for name, value in self._clean(words).items():
            setattr(self, name, value)
        self.version += 1
        self.last_edited_by, self.last_edited_at = by, timezone.now()
        self.save()
        PassageVersion.objects.create(
            passage=self, number=self.version, title=self.title, text=self.text, form=self.form,
            translations=self.translations, cites=self.cites, is_retired=self.retired_at is not None,
            made_by=by, made_by_name=str(by),
        )  # fmt: skip

    def _clean(self, words: dict[str, Any]) -> dict[str, Any]:
        return clean_words(
            words,
            {
                "title": one_line("title", 200),
                "text": partial(clean_text, "text"),
                "form": one_of("form", Form),
                "cites": lambda value: clean_cites(value, self.report),
                "translations": lambda value: clean_translations(value, ("title", "text")),
            },
        )


class PassageVersion(models.Model):
    """A passage as it once was. The database refuses to change it."""

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    form = models.CharField(max_length=20)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    translations = models.JSONField(default=dict)
    cites = models.JSONField(default=list)
    is_retired = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)

    objects = WorkingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "number"], name="passage_versions_numbered_once")]

    def __str__(self) -> str:
        return f"{self.passage} v{self.number}"
