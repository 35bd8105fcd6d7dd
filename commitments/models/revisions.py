"""Revisions, which never change, and releases, which say which of them are in force and for whom."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping
from copy import copy, deepcopy
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments import content
from commitments.models.events import digest
from commitments.models.evidence import Evidence
from commitments.models.people import Person
from commitments.models.placed import OfUpdate
from commitments.querysets import ReleaseQuerySet, RevisionQuerySet, mandate_of
from commitments.search import search_text
from commitments.workflow import Audience


def _section() -> Any:
    return models.TextField(blank=True, default="")


def _choice(name: Any, choices: type[models.TextChoices]) -> Any:
    return models.CharField(name, max_length=20, choices=choices.choices, blank=True, default="")


def text_hash(words: Mapping[str, str]) -> str:
    """SHA-256 of the words that a translation translates: every section by name."""
    return digest(dict(words))


def stale_languages(translations: Mapping[str, Mapping[str, str]], words: Mapping[str, str]) -> list[str]:
    """Languages whose translation is of an earlier text than these words."""
    now = text_hash(words)
    return sorted(language for language, texts in translations.items() if texts.get("of") != now)


class Content(models.Model):
    """What a State reports on one action item: the same columns in the draft and in its revisions."""

    rating = _choice(_("rating"), content.Rating)
    rating_reason = _section()
    trend = _choice(_("trend"), content.Trend)
    adopted = _choice(_("adopted"), content.Answer)
    applied = _choice(_("applied"), content.Answer)
    measures_taken = _section()
    results = _section()
    challenges = _section()
    lessons_learned = _section()
    next_steps = _section()
    next_steps_on = models.DateField(null=True, blank=True)
    assistance_needed = _section()
    resources_in_cash = _section()
    resources_in_kind = _section()
    gender_and_age = _section()
    human_rights = _section()
    original_language = models.CharField(max_length=10, default="en")
    translations = models.JSONField(default=dict, blank=True)  # {language: {"of": hash, section: text}}

    class Meta:
        abstract = True

    @property
    def content(self) -> dict[str, Any]:
        """Every content field by name."""
        return {field: getattr(self, field) for field in content.FIELDS}

    def words(self, without: Collection[str] = ()) -> Iterator[str]:
        """Every section in its own language and in translations, but those withheld: what can be searched."""
        told = [name for name in content.SECTIONS if name not in without]
        yield from (getattr(self, name) for name in told)
        for texts in self.translations.values():
            yield from (texts[name] for name in told if name in texts)

    def text_hash(self) -> str:
        return text_hash({section: getattr(self, section) for section in content.SECTIONS})

    def stale_translations(self) -> list[str]:
        """Languages whose translation is of an earlier text."""
        return stale_languages(self.translations, {section: getattr(self, section) for section in content.SECTIONS})


class Revision(OfUpdate, Content):
    """An immutable copy of an update's content, taken at each submission. Chained by hash."""

    update = models.ForeignKey("commitments.Update", models.PROTECT, related_name="revisions", verbose_name=_("update"))
    number = models.PositiveIntegerField(_("number"))
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="revisions")
    evidence_hashes = models.JSONField(default=list)  # [{"uid", "sha256", "url"}]
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_by_name = models.CharField(_("submitted by"), max_length=200)
    made_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    previous_hash = models.CharField(max_length=64, blank=True)
    # The hash is told to others. The salt, which the State alone has in its receipts, keeps it from confirming guesses.
    salt = models.CharField(max_length=32, blank=True, default="", db_default="")
    hash = models.CharField(max_length=64)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(fields=["update", "number"], name="revisions_numbered_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="revisions_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.update_key} r{self.number}"

    def facts(self) -> dict[str, Any]:
        """All that the hash covers. Without a salt as it was taken before there was one."""
        return {
            **({"salt": self.salt} if self.salt else {}),
            "update": self.update_key,
            "number": self.number,
            "content": self.content,
            "evidence": self.evidence_hashes,
            "made_by": self.made_by_name,
            "made_at": self.made_at.isoformat(),
            "previous": self.previous_hash,
        }

    @classmethod
    def of(cls, update: Any, *, by: Person) -> Revision:
        """Take a copy of the update as it stands now."""
        last = update.revisions.order_by("number").last()
        evidence = list(update.evidence.live().order_by("added_at", "uid"))
        revision = cls(
            **cls.of_update(update),
            number=last.number + 1 if last else 1,
            made_by=by,
            made_by_name=str(by),
            previous_hash=last.hash if last else "",
            salt=secrets.token_hex(16),
            evidence_hashes=[{"uid": str(one.uid), "sha256": one.sha256, "url": one.url} for one in evidence],
            **update.content,
        )
        revision.hash = digest(revision.facts())
        revision.save(force_insert=True)
        revision.evidence.set(evidence)
        return revision


class Release(OfUpdate):
    """The revision in force of one update, and the audience that may read it.

    Kept in the publishing transaction and derivable from the events; `rating` is copied from the revision so that
    the matrix is one narrow read.
    """

    update = models.OneToOneField("commitments.Update", models.PROTECT, related_name="release")
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="release")
    rating = models.CharField(max_length=20, choices=content.Rating.choices)
    audience = models.CharField(max_length=20, choices=Audience.choices)
    withheld_sections = models.JSONField(default=list, blank=True)
    released_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(default=timezone.now)
    # Stems of all words, and of those that are not withheld: a search answers nobody about what they may not read.
    search_text = models.TextField(blank=True, default="")
    open_search_text = models.TextField(blank=True, default="")

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "commitment"], name="one_release_in_force"),
            models.CheckConstraint(name="release_rating_known", condition=models.Q(rating__in=content.Rating.values)),
            models.CheckConstraint(
                name="released_beyond_the_state",
                condition=models.Q(audience__in=[Audience.UN, Audience.PARTICIPANTS, Audience.PUBLIC]),
            ),
        ]
        indexes = [
            models.Index(fields=["cycle", "audience", "commitment", "rating"], name="release_matrix"),
            models.Index(fields=["released_at", "cycle", "commitment"], name="release_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.revision} for {self.audience}"

    @property
    def key(self) -> str:
        return self.update_key

    def withheld_from(self, person: Any) -> list[str]:
        """The sections that this person does not read, though they read the rest."""
        return [] if mandate_of(person).reads_withheld(self.commitment.member_state_id) else self.withheld_sections

    def read_by(self, person: Any) -> Revision:
        """The words in force as this person reads them: a copy, not to be kept, empty where they are withheld."""
        words, row = copy(self.revision), deepcopy(self.revision.content)
        content.blank(row, self.withheld_from(person))
        for name, value in row.items():
            setattr(words, name, value)
        return words

    @classmethod
    def put_in_force(cls, update: Any, *, by: Person, audience: str) -> Release:
        """From now on this audience reads the update's current revision, and nobody an earlier one."""
        cls.objects.filter(update=update).delete()
        revision, withheld = update.current_revision, update.withheld_sections
        names = update.commitment.place_names()
        return cls.objects.create(
            **cls.of_update(update),
            revision=revision,
            rating=revision.rating,
            audience=audience,
            withheld_sections=withheld,
            released_by=by,
            search_text=search_text([*names, *revision.words()]),
            open_search_text=search_text([*names, *revision.words(without=withheld)]),
        )
