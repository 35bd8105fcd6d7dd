"""The forms around an activity of a partner: one for its words, one for its end."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.models import ActionItem, MemberState, Partner, PartnerActivity, Plan
from commitments.models.partners import BESIDE
from commitments.screens.forms import DateField, DeskForm, LongText, VersionedForm

TEXTS = ("title", "summary", "place")


class PartnersField(forms.ModelMultipleChoiceField):
    """Other partners, by their names in the reader's language."""

    def __init__(self, label: Any, **options: Any) -> None:
        rows = Partner.objects.order_by("name")
        boxes = forms.CheckboxSelectMultiple
        super().__init__(rows, label=label, to_field_name="slug", required=False, widget=boxes, **options)

    def label_from_instance(self, partner: Any) -> str:
        name = str(partner.in_language("name"))
        return f"{name} ({partner.acronym})" if partner.acronym else name


class ActivityForm(VersionedForm):
    """What the partner that leads an activity says of it, in its own words."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *PartnerActivity.Kind.choices])
    title = forms.CharField(label=_("Title"), max_length=250)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=250, required=False)
    summary = LongText(
        label=_("Summary"), help_text=_("What is done, for whom and with what result, in your own words.")
    )
    summary_ru = LongText(label=_("Summary in Russian"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    place_ru = forms.CharField(label=_("Place in Russian"), max_length=200, required=False)
    starts_on = DateField(label=_("Starts on"), required=False)
    ends_on = DateField(
        label=_("Ends on"), required=False, help_text=_("The last day, as planned. Empty: without an end.")
    )
    member_states = forms.ModelMultipleChoiceField(
        MemberState.objects.order_by("name"),
        label=_("Member States that it supports"),
        to_field_name="iso_alpha3",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    action_items = forms.CharField(
        label=_("Action items that it supports"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Codes as in the plan, for example II.3.2, IV.SPRR.4."),
    )
    implementing = PartnersField(
        _("Partners that implement it with you"), help_text=_("Everybody reads whom you name. Each is named once.")
    )
    funding = PartnersField(_("Partners that fund it"))
    supporting = PartnersField(_("Partners that support it otherwise"))

    def shape(self) -> None:
        if self.subject is None:
            self.initial = {"version": 0, **self.initial}
            return
        russian = self.subject.translations.get("ru", {})
        own = {name: getattr(self.subject, name) for name in ("kind", *TEXTS, "starts_on", "ends_on", "version")}
        items = self.subject.action_items.order_by("position").values_list("code", flat=True)
        states = self.subject.member_states.order_by("name").values_list("iso_alpha3", flat=True)
        beside = {f"{name}_ru": russian.get(name, "") for name in TEXTS}
        self.initial = own | beside | {"action_items": ", ".join(items), "member_states": list(states)}
        parts = list(self.subject.participations.order_by("partner__name").values_list("role", "partner__slug"))
        self.initial |= {role: [slug for part, slug in parts if part == role] for role in BESIDE}

    def clean_action_items(self) -> list[ActionItem]:
        codes = dict.fromkeys(code.upper() for code in re.split(r"[\s,;]+", self.cleaned_data["action_items"]) if code)
        plan = Plan.objects.order_by("-adopted_on").first()
        found = {item.code: item for item in ActionItem.objects.filter(plan=plan, code__in=list(codes)[:200])}
        if unknown := [code for code in codes if code not in found]:
            raise forms.ValidationError(_("The plan has no action item %(code)s."), params={"code": unknown[0][:20]})
        return list(found.values())


class NewActivityForm(ActivityForm):
    """Of a new one, also which of one's organizations leads it, where there is a choice."""

    partner = forms.ModelChoiceField(
        Partner.objects.none(), label=_("Partner that leads it"), to_field_name="slug", empty_label=None
    )
    field_order = ("partner",)

    def shape(self) -> None:
        super().shape()
        self.offer("partner", Partner.objects.filter(pk__in=self.person.mandate.partner_ids).order_by("name"))

    @property
    def words(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class EndForm(DeskForm):
    """It is over."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    on = DateField(label=_("Last day"), required=False, help_text=_("Empty: today."))
    reason = LongText(label=_("Reason"), rows=2, help_text=_("Why it ended, or what came of it. Kept on the record."))

    def shape(self) -> None:
        self.initial = {"version": self.subject.version}
