"""Member States, their agencies, and people."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone

from commitments.mandates import Mandate
from commitments.querysets import AgencyQuerySet
from commitments.workflow import Role


class MemberState(models.Model):
    """One of the States that adopted the plan. Always listed in English alphabetical order."""

    iso_alpha2 = models.CharField(max_length=2, unique=True)
    iso_alpha3 = models.CharField(max_length=3, unique=True)
    m49 = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=100)
    formal_name = models.CharField(max_length=150)
    capital = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=50)
    official_languages = models.JSONField(default=list)  # BCP 47
    translations = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.name

    def end_of(self, day: dt.date) -> dt.datetime:
        """The instant at which `day` ends in the capital."""
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(self.time_zone))
        return midnight.astimezone(dt.UTC)

    def in_language(self, field: str, language: str) -> str:
        return self.translations.get(language.split("-")[0], {}).get(field) or getattr(self, field)


class Agency(models.Model):
    """A ministry, service or committee of a Member State. Retired by date, never deleted."""

    member_state = models.ForeignKey(MemberState, models.PROTECT, related_name="agencies")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, default="other")
    translations = models.JSONField(default=dict, blank=True)
    lines = models.JSONField(default=list, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member_state", "slug"], name="agency_slug_once_a_state")]

    def __str__(self) -> str:
        return f"{self.name}, {self.member_state.name}" if "member_state" in self._state.fields_cache else self.name


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. What they may do follows from their appointments alone."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=150)
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return self.full_name or self.email

    @cached_property
    def mandate(self) -> Mandate:
        """Read once for each time the person is fetched, that is once a request."""
        return Mandate.of(self)

    @property
    def is_staff(self) -> bool:
        """Whoever holds an appointment has a desk in the admin."""
        return self.is_superuser or bool(self.mandate.roles - {Role.OBSERVER})
