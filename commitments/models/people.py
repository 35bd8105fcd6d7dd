"""Member States, their agencies, and people."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_reason, clean_text
from commitments.errors import Forbidden, Invalid, Problem
from commitments.mandates import Mandate
from commitments.models.events import Event
from commitments.models.wording import Translated
from commitments.querysets import AgencyQuerySet, mandate_of
from commitments.workflow import Role

UTC = ZoneInfo("UTC")


def zone_named(name: str) -> ZoneInfo | None:
    """None for no name, and for one that the tables of time zones do not know (any more)."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


class MemberState(Translated):
    """One of the States that adopted the plan. Always listed in English alphabetical order."""

    iso_alpha2 = models.CharField(_("two-letter code"), max_length=2, unique=True)
    iso_alpha3 = models.CharField(_("three-letter code"), max_length=3, unique=True)
    m49 = models.CharField(_("M49 code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100)
    formal_name = models.CharField(_("formal name"), max_length=150)
    capital = models.CharField(_("capital"), max_length=100)
    time_zone = models.CharField(_("time zone"), max_length=50)
    official_languages = models.JSONField(_("official languages"), default=list)  # BCP 47

    class Meta:
        verbose_name = _("Member State")
        verbose_name_plural = _("Member States")

    def __str__(self) -> str:
        return str(self.in_language("name"))

    def names(self) -> list[str]:
        """Its name in every language that it is kept in."""
        return [self.name, *(texts["name"] for texts in self.translations.values() if texts.get("name"))]

    def end_of(self, day: dt.date) -> dt.datetime:
        """The instant at which `day` ends in the capital."""
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(self.time_zone))
        return midnight.astimezone(dt.UTC)

    def day_of(self, instant: dt.datetime) -> dt.date:
        """The day that it is in the capital at this instant."""
        return instant.astimezone(ZoneInfo(self.time_zone)).date()

    def last_day(self, ends_at: dt.datetime) -> dt.date:
        """The day in the capital that ends at this instant."""
        return self.day_of(ends_at - dt.timedelta(seconds=1))


class Agency(Translated):
    """A ministry, service or committee of a Member State. Retired by date, never deleted."""

    member_state = models.ForeignKey(MemberState, models.PROTECT, related_name="agencies")
    slug = models.SlugField(_("short name"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, default="other")
    lines = models.JSONField(default=list, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [models.UniqueConstraint(fields=["member_state", "slug"], name="agency_slug_once_a_state")]

    def __str__(self) -> str:
        is_known = "member_state" in self._state.fields_cache
        return f"{self.own_name()}, {self.member_state}" if is_known else self.own_name()

    def own_name(self) -> str:
        """The name alone, in the reader's language."""
        return str(self.in_language("name"))

    @classmethod
    @transaction.atomic
    def add(cls, member_state: MemberState, *, by: Person, name: str) -> Agency:
        """A coordinator adds an agency of the State. Its slug is made from the name, once, and never changes."""
        _check_coordinates(by, member_state.pk)
        name = clean_name("name", name, 200)
        stem = slugify(name)[:50] or "agency"
        taken = set(cls.objects.filter(member_state=member_state, slug__startswith=stem).values_list("slug", flat=True))
        slug = next(slug for slug in [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken)
        agency = cls.objects.create(member_state=member_state, slug=slug, name=name)
        agency._record("add", by, {"name": name})
        return agency

    @transaction.atomic
    def rename(self, *, by: Person, name: str) -> None:
        _check_coordinates(by, self.member_state_id)
        self.name, self.translations = clean_name("name", name, 200), {}  # translations were of the old name
        self.save(update_fields=["name", "translations"])
        self._record("rename", by, {"name": self.name})

    @transaction.atomic
    def retire(self, *, by: Person, reason: str) -> None:
        """End it today. Refused while it leads action items: these would have nobody to report on them."""
        _check_coordinates(by, self.member_state_id)
        reason = clean_reason(reason)
        if led := self.led_commitments.count():
            message = _("It leads %(count)d action items. Give these to another agency first.") % {"count": led}
            raise Invalid(problems=[Problem("reason", "leads", message)])
        self.retired_on = timezone.now().date()
        self.save(update_fields=["retired_on"])
        self._record("retire", by, {"retired_on": self.retired_on.isoformat()}, reason)

    def _record(self, move: str, by: Person, changes: dict[str, Any], reason: str = "") -> None:
        subject = f"agency:{self.member_state.iso_alpha3}:{self.slug}"
        Event.record(subject, move, by=by, member_state=self.member_state, reason=reason, changes=changes)


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Person:
        """By the address in small letters, as it is kept. Databases differ on which letters are alike (ı and I)."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. What they may do follows from their appointments alone."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True, default="")  # blank: their capital's
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("since"), default=timezone.now)

    objects = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_an_address")]

    def __str__(self) -> str:
        return self.full_name or self.email

    @transaction.atomic
    def change(self, *, by: Person, reason: str, **facts: Any) -> None:
        """An administrator corrects the name, the address or the language, or suspends or restores the person."""
        if not by.mandate.is_administrator:
            raise Forbidden()
        if self.pk == by.pk and facts.get("is_active") is False:
            raise Forbidden(_("Nobody suspends themselves."))
        reason = clean_reason(reason)
        if "full_name" in facts:
            facts["full_name"] = clean_name("full_name", facts["full_name"], 150)
        if "email" in facts:
            facts["email"] = clean_address(facts["email"])
            if Person.objects.filter(email=facts["email"]).exclude(pk=self.pk).exists():
                raise Invalid(problems=[Problem("email", "taken", _("Somebody else has this address."))])
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=sorted(facts))
        changes = {name: value for name, value in facts.items() if name != "email"}
        Event.record(f"person:{self.uid}", "change", by=by, reason=reason, changes=changes)

    def check_password(self, raw_password: str | None) -> bool:
        """Without a password, refused after just the work that is done for an address that nobody has."""
        if self.has_usable_password():
            return super().check_password(raw_password)
        type(self)().set_password(raw_password)
        return False

    @transaction.atomic
    def move_to(self, email: str, *, by: Person) -> None:
        """Their own new address, which its mailbox has confirmed. The record does not say what it is."""
        if by.pk != self.pk:
            raise Forbidden()
        self.email = clean_address(email)
        self.save(update_fields=["email"])
        Event.record(f"person:{self.uid}", "change_address", by=by)

    @transaction.atomic
    def prefer(self, *, by: Person, language: str, time_zone: str = "") -> None:
        """One's own language, and one's own clock: blank is that of the capital one serves, or UTC.

        A name is an administrator's to change. The record says what was changed, and not to what.
        """
        if by.pk != self.pk:
            raise Forbidden()
        if language not in dict(settings.LANGUAGES):
            raise Invalid(problems=[Problem("language", "choice", _("There is no such language here."))])
        if time_zone and time_zone not in available_timezones():
            raise Invalid(problems=[Problem("time_zone", "choice", _("There is no such time zone."))])
        given = {"language": language, "time_zone": time_zone}
        changed = sorted(name for name, value in given.items() if getattr(self, name) != value)
        if not changed:
            return
        self.language, self.time_zone = language, time_zone
        self.save(update_fields=changed)
        Event.record(f"person:{self.uid}", "prefer", by=by, changes={"changed": changed})

    def zone(self) -> ZoneInfo:
        """This person's clock: their own choice, else that of the capital of the State they serve, else UTC."""
        if own := zone_named(self.time_zone):
            return own
        served = MemberState.objects.filter(pk__in=self.mandate.state_ids).order_by("name")
        capital = served.values_list("time_zone", flat=True).first() if self.mandate.state_ids else ""
        return zone_named(capital or "") or UTC

    @cached_property
    def mandate(self) -> Mandate:
        """Read once for each time the person is fetched, that is once a request."""
        return Mandate.of(self)

    @property
    def is_staff(self) -> bool:
        """Whoever holds an appointment has a desk in the admin."""
        return self.is_superuser or bool(self.mandate.roles - {Role.OBSERVER})


class TokenName(models.Model):
    """What a person calls a token of the API that they made at the desk. It goes with the token."""

    token = models.OneToOneField("knox.AuthToken", models.CASCADE, primary_key=True, related_name="called")
    name = models.CharField(_("name"), max_length=60)

    def __str__(self) -> str:
        return self.name


def _check_coordinates(by: Person, member_state_id: int) -> None:
    if member_state_id not in mandate_of(by).coordinated_state_ids:
        raise Forbidden()


def clean_name(field: str, value: Any, limit: int) -> str:
    name = " ".join(clean_text(field, value, limit=limit).split())
    if not name:
        raise Invalid(problems=[Problem(field, "required", _("Give a name."))])
    return name


def clean_address(value: Any) -> str:
    address = clean_text("email", value, limit=254).lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid(problems=[Problem("email", "email", _("An e-mail address."))]) from None
    return address
