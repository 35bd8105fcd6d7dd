"""Partners that support the plan, and what they do for it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_choice, clean_date, clean_reason, clean_section, clean_text
from commitments.errors import Forbidden, Invalid, Problem, WrongStatus, check_version
from commitments.mandates import Mandate
from commitments.models.events import Event
from commitments.models.people import MemberState, Person
from commitments.models.plan import ActionItem
from commitments.models.wording import Translated
from commitments.querysets import PartnerActivityQuerySet
from commitments.search import search_text

# What a partner writes of its activity, with the longest text taken; the same in translations.
WORDS = {"title": 250, "summary": 5_000, "place": 200}
NEEDED = ("kind", "title", "summary")
SUPPORTS = ("member_states", "action_items")
BESIDE = ("implementing", "funding", "supporting")  # the parts that other partners have in it
RUSSIAN = "_ru"  # ends the name of a field in which the Russian of another is given


class Partner(Translated):
    """An international or regional organization, donor or civil-society body."""

    class Kind(models.TextChoices):
        UN_ENTITY = "un_entity", _("United Nations entity")
        INTERNATIONAL = "international_organization", _("International organization")
        REGIONAL = "regional_organization", _("Regional organization")
        DONOR = "donor", _("Donor")
        CIVIL_SOCIETY = "civil_society", _("Civil society")
        OTHER = "other", _("Other")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    acronym = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=30, choices=Kind.choices)

    def __str__(self) -> str:
        return self.acronym or self.name


class PartnerActivity(Translated):
    """A project, event or tool of partners, and the action items and States it supports.

    What was loaded keeps its source and lines, whoever changes its words; `version` counts what partners wrote.
    """

    class Kind(models.TextChoices):
        """Those that partners choose from."""

        CONFERENCE = "conference", _("Conference")
        NETWORK = "network", _("Network")
        PROGRAMME = "programme", _("Programme")
        PROJECT = "project", _("Project")
        TOOL = "tool", _("Tool")
        WORKSHOP = "workshop", _("Workshop")

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=30)
    title = models.CharField(_("title"), max_length=250)
    summary = models.TextField(_("summary"))
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    dates_as_stated = models.CharField(_("dates as stated"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    partners = models.ManyToManyField(Partner, through="Participation", related_name="activities")
    member_states = models.ManyToManyField(MemberState, blank=True, related_name="partner_activities")
    action_items = models.ManyToManyField(ActionItem, blank=True, related_name="partner_activities")
    source = models.CharField(max_length=100)
    lines = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
    search_text = models.TextField(blank=True, default="")  # stems of all words, see commitments/search.py

    objects = PartnerActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner activity")
        verbose_name_plural = _("partner activities")

    def __str__(self) -> str:
        return self.title

    # --- Verbs ----------------------------------------------------------------------------------

    @classmethod
    @transaction.atomic
    def add(cls, partner: Partner, *, by: Person, **words: Any) -> PartnerActivity:
        """A partner tells of an activity that it leads."""
        if partner.pk not in Mandate.of(by).partner_ids:
            raise Forbidden()
        activity = cls(lines=[])
        supported = activity._set(words)
        activity.slug = cls._free_slug(activity.title)
        activity.save(force_insert=True)
        Participation.objects.create(activity=activity, partner=partner, role=Participation.Role.LEAD)
        changes = activity._support(supported) | activity._name(supported)
        activity._record("add", by, {"partner": partner.slug, "title": activity.title, **changes})
        return activity

    @transaction.atomic
    def change(self, *, by: Person, version: int | None, **words: Any) -> None:
        """The partner that leads it corrects it: the given words, dates, States, items and other partners."""
        self._lock(by, version)
        before = self._told()
        supported = self._set(words)
        changes = {name: value for name, value in self._told().items() if before[name] != value}
        changes |= self._support(supported) | self._name(supported)
        if not changes:
            return
        self.version += 1
        self.save()
        self._record("change", by, changes)

    @transaction.atomic
    def end(self, *, by: Person, version: int | None, reason: str, on: Any = None) -> None:
        """It ended today, or on `on`. What it did stays on the record of the action items it supported."""
        self._lock(by, version)
        reason, day = clean_reason(reason), clean_date("on", on) or timezone.now().date()
        if self.has_ended():
            raise WrongStatus(_("It has ended already."), status="ended", allowed_moves=["change"])
        if self.starts_on and day < self.starts_on:
            raise Invalid(problems=[Problem("on", "order", _("It cannot end before it starts."))])
        if day > timezone.now().date():
            raise Invalid(problems=[Problem("on", "future", _("A day to come is written as the planned end."))])
        self.ends_on, self.version = day, self.version + 1
        self.save()
        self._record("end", by, {"ends_on": day.isoformat()}, reason)

    # --- Questions ------------------------------------------------------------------------------

    def has_ended(self) -> bool:
        return self.ends_on is not None and self.ends_on < timezone.now().date()

    def texts(self) -> list[str]:
        """What can be searched: its words in every language."""
        beside = [texts.get(name) or "" for texts in self.translations.values() for name in WORDS]
        return [*(getattr(self, name) for name in WORDS), *beside]

    # --- Private --------------------------------------------------------------------------------

    def _lock(self, by: Person, version: int | None) -> None:
        self.refresh_from_db(from_queryset=PartnerActivity.objects.select_for_update())
        if not PartnerActivity.objects.led_by(Mandate.of(by)).filter(pk=self.pk).exists():
            raise Forbidden(_("Only the partner that leads an activity writes about it."))
        check_version(version, self.version)

    def _set(self, words: dict[str, Any]) -> dict[str, list[Any]]:
        """Set what is given and fit to keep; answer what it is to support, and with whom.

        Raises one Invalid of all that is wrong.
        """
        supported = {name: list(words.pop(name)) for name in (*SUPPORTS, *BESIDE) if name in words}
        problems: list[Problem] = []
        for name, value in words.items():
            try:
                self._set_one(name, value)
            except Invalid as refusal:
                problems += refusal.problems
        wrong = {problem.field for problem in problems}
        needed = [name for name in NEEDED if name not in wrong and not getattr(self, name)]
        problems += [Problem(name, "required", _("This is needed.")) for name in needed]
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            problems.append(Problem("ends_on", "order", _("It cannot end before it starts.")))
        if (self.pk is None or "action_items" in supported) and not supported.get("action_items"):
            problems.append(Problem("action_items", "required", _("Name at least one action item.")))
        if problems:
            raise Invalid(problems=problems)
        self.search_text = search_text(self.texts())
        return supported

    def _set_one(self, name: str, value: Any) -> None:
        own = name.removesuffix(RUSSIAN)
        if name == "kind":
            self.kind = clean_choice(name, value, PartnerActivity.Kind)
        elif name in ("starts_on", "ends_on"):
            self._set_day(name, clean_date(name, value))
        elif own in WORDS:
            text = clean_text(name, clean_section(name, value), limit=WORDS[own])
            self._write(own, text if own == "summary" else " ".join(text.split()), in_russian=own != name)
        else:
            raise Invalid(problems=[Problem(name, "unknown", _("There is no such field."))])

    def _set_day(self, name: str, day: dt.date | None) -> None:
        """Dates as a source stated them give way to those that the partner writes."""
        if getattr(self, name) != day:
            setattr(self, name, day)
            self.dates_as_stated = ""
            self._write("dates_as_stated", "", in_russian=True)

    def _write(self, name: str, text: str, *, in_russian: bool) -> None:
        if not in_russian:
            setattr(self, name, text)
            return
        others = {key: value for key, value in self.translations.get("ru", {}).items() if key != name}
        self.translations = self.translations | {"ru": others | ({name: text} if text else {})}

    def _told(self) -> dict[str, Any]:
        """Its words and dates, as plain JSON."""
        days = {name: day.isoformat() if (day := getattr(self, name)) else None for name in ("starts_on", "ends_on")}
        own = {name: getattr(self, name) for name in ("kind", *WORDS)}
        russian = self.translations.get("ru", {})
        return own | {f"{name}{RUSSIAN}": russian.get(name, "") for name in WORDS} | days

    def _support(self, supported: dict[str, list[Any]]) -> dict[str, list[str]]:
        """Which States and action items it is for; answer what has changed, by their codes."""
        changes = {}
        for name, code in (("member_states", "iso_alpha3"), ("action_items", "code")):
            if name in supported:
                relation = getattr(self, name)
                before = set(relation.values_list(code, flat=True))
                relation.set(supported[name])
                if (after := {getattr(row, code) for row in supported[name]}) != before:
                    changes[name] = sorted(after)
        return changes

    def _name(self, given: dict[str, list[Any]]) -> dict[str, list[str]]:
        """Which other partners have which part in it, one part each; answer the parts that have changed, by slugs."""
        named = {role: given[role] for role in BESIDE if role in given}
        before = dict(self.participations.values_list("partner", "role"))
        wanted = {partner: role for partner, role in before.items() if role not in named}
        for role, partners in named.items():
            for partner in partners:
                if wanted.setdefault(partner.pk, role) != role:
                    told = _("%(partner)s has a part in it already: each partner is named once.")
                    raise Invalid(problems=[Problem(role, "twice", told % {"partner": partner})])
        self.participations.exclude(partner__in=wanted).delete()
        for partner, role in wanted.items():
            self.participations.update_or_create(partner_id=partner, defaults={"role": role})
        changed = {role for pair in before.items() ^ wanted.items() for role in pair[1:]}
        return {role: sorted(one.slug for one in named[role]) for role in named if role in changed}

    @classmethod
    def _free_slug(cls, title: str) -> str:
        """Made from the title, once; it never changes."""
        stem = slugify(title)[:60].strip("-") or "activity"
        taken = set(cls.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
        return next(slug for slug in [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken)

    def _record(self, move: str, by: Person, changes: dict[str, Any], reason: str = "") -> None:
        Event.record(f"activity:{self.slug}", move, by=by, reason=reason, changes=changes)


class Participation(models.Model):
    """What a partner is to an activity."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        IMPLEMENTING = "implementing", _("Implementing")
        FUNDING = "funding", _("Funding")
        SUPPORTING = "supporting", _("Supporting")

    activity = models.ForeignKey(PartnerActivity, models.CASCADE, related_name="participations")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="participations")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "partner"], name="partner_once_an_activity")]

    def __str__(self) -> str:
        return f"{self.partner} ({self.get_role_display()})"


def kind_in_words(kind: str) -> Any:
    """What an activity of this kind is called; as its source calls it where that is none of the known kinds."""
    return dict(PartnerActivity.Kind.choices).get(kind, kind)
