"""Partners that support the plan, and what they do for it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.people import MemberState
from commitments.models.plan import ActionItem
from commitments.models.wording import Translated


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
    """A project, event or tool of partners, and the action items and States it supports."""

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

    class Meta:
        verbose_name = _("partner activity")
        verbose_name_plural = _("partner activities")

    def __str__(self) -> str:
        return self.title


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
