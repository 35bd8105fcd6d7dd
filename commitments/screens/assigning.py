"""Who leads and who contributes: the forms around `Commitment.change`, and what it means for who sees what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commitments.models import Agency, Appointment, Commitment, MemberState, Person
from commitments.querysets import mandate_of
from commitments.screens.forms import DeskForm, LongText, VersionedForm
from commitments.screens.together import Outcome, each
from commitments.workflow import Role

LEAVE, NOBODY = "", "-"


def _own(state: MemberState) -> Any:
    return Agency.objects.filter(member_state=state, retired_on=None).order_by("name")


def _check_slug(field: forms.ModelChoiceField, value: Any) -> None:
    """What no short name can be is no choice, rather than an error of the database."""
    if value and not re.fullmatch(r"[-\w]{1,60}", str(value)):
        raise forms.ValidationError(
            field.error_messages["invalid_choice"], code="invalid_choice", params={"value": ascii(value)[:60]}
        )


class NamedAgency(forms.ModelChoiceField):
    """An agency of the State, by its short name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Agency.objects.none(), to_field_name="slug", **options)

    def to_python(self, value: Any) -> Any:
        _check_slug(self, value)
        return super().to_python(value)

    def label_from_instance(self, agency: Agency) -> str:
        return agency.own_name()


class NamedAgencies(forms.ModelMultipleChoiceField):
    def __init__(self, **options: Any) -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(Agency.objects.none(), to_field_name="slug", required=False, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        for one in value or ():
            _check_slug(self, one)
        return super().clean(value)

    def label_from_instance(self, agency: Agency) -> str:
        return agency.own_name()


def _reason() -> forms.Field:
    return LongText(label=_("Reason"), required=False, rows=2, help_text=_("Kept on the record, if given."))


class OneForm(VersionedForm):
    """One item: its lead and all who contribute."""

    lead_agency = NamedAgency(
        label=_("Lead agency"), required=False, empty_label=_("Nobody yet"),
        help_text=_("Its focal point drafts and submits. Open drafts move along with it."),
    )  # fmt: skip
    contributing_agencies = NamedAgencies(
        label=_("Contributing agencies"), help_text=_("Their focal points may write in the draft.")
    )
    reason = _reason()
    untracked = ("version", "reason")

    def shape(self) -> None:
        super().shape()
        commitment: Commitment = self.subject
        for name in ("lead_agency", "contributing_agencies"):
            self.offer(name, _own(commitment.member_state))
        self.initial = {
            **self.initial,
            "version": commitment.version,
            "lead_agency": commitment.lead_agency.slug if commitment.lead_agency else "",
            "contributing_agencies": [agency.slug for agency in commitment.contributing_agencies.all()],
        }

    @property
    def words(self) -> dict[str, Any]:
        words = super().words
        if "contributing_agencies" in words:
            words["contributing_agencies"] = list(words["contributing_agencies"])
        return words | {"reason": self.cleaned_data["reason"]}

    @property
    def wanted(self) -> Assigned:
        return Assigned(self.cleaned_data["lead_agency"], list(self.cleaned_data["contributing_agencies"]))


class ManyForm(DeskForm):
    """Several items of one State: what is left alone stays as each has it."""

    lead_agency = forms.ChoiceField(label=_("Lead agency"), required=False)
    keep_former = forms.BooleanField(
        label=_("The agency that has led so far goes on as a contributing one"), required=False
    )
    add = NamedAgencies(label=_("Contribute from now on"))
    remove = NamedAgencies(label=_("Contribute no longer"))
    reason = _reason()

    def shape(self) -> None:
        own = list(_own(self.subject))
        self.by_slug = {agency.slug: agency for agency in own}
        named = [(agency.slug, agency.own_name()) for agency in own]
        self.fields["lead_agency"].choices = [  # type: ignore[attr-defined]
            (LEAVE, _("As each has it now")), *named, (NOBODY, _("Nobody yet")),
        ]  # fmt: skip
        for name in ("add", "remove"):
            self.offer(name, _own(self.subject))

    def wanted(self, row: Commitment) -> Assigned:
        """What this row would come to."""
        given, chosen = self.cleaned_data, self.cleaned_data["lead_agency"]
        lead = row.lead_agency if chosen == LEAVE else self.by_slug.get(chosen)
        added = [*given["add"], *([row.lead_agency] if given["keep_former"] and row.lead_agency else [])]
        kept = {agency.pk: agency for agency in [*row.contributing_agencies.all(), *added]}
        leaves = {agency.pk for agency in given["remove"]} | ({lead.pk} if lead else set())
        return Assigned(lead, [agency for pk, agency in kept.items() if pk not in leaves])


@dataclass(frozen=True)
class Assigned:
    """Who leads an item and who contributes to it."""

    lead: Agency | None
    contributing: list[Agency] = field(default_factory=list)

    @classmethod
    def of(cls, row: Commitment) -> Assigned:
        return cls(row.lead_agency, list(row.contributing_agencies.all()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Assigned) and self._keys == other._keys

    __hash__ = None  # type: ignore[assignment]

    @property
    def _keys(self) -> tuple[int | None, set[int]]:
        return (self.lead.pk if self.lead else None, {agency.pk for agency in self.contributing})

    @property
    def words(self) -> dict[str, Any]:
        return {"lead_agency": self.lead, "contributing_agencies": self.contributing}

    @property
    def agencies(self) -> list[Agency]:
        return [*([self.lead] if self.lead else []), *self.contributing]


def assign_each(form: ManyForm, rows: Iterable[Commitment], *, by: Person, read: Any) -> list[Outcome]:
    """Each item on its own, upon the version that was shown; what is refused leaves the others alone."""

    def assign(row: Commitment) -> str:
        wanted = form.wanted(row)
        if wanted == Assigned.of(row):
            return gettext("It is so already.")
        row.change(by=by, version=read(row), reason=form.cleaned_data["reason"], **wanted.words)
        return gettext("Assigned.")

    return each(rows, assign)


class Staff:
    """The focal points in office, by agency: one query."""

    def __init__(self, state: MemberState) -> None:
        rows = Appointment.objects.live().filter(role=Role.FOCAL_POINT, member_state=state, person__is_active=True)
        self.names: dict[int, list[str]] = defaultdict(list)
        for agency_id, name, email in rows.order_by("is_deputy", "starts_on", "pk").values_list(
            "agency_id", "person__full_name", "person__email"
        ):
            self.names[agency_id].append(name or email)

    def of(self, agency: Agency) -> list[str]:
        return self.names.get(agency.pk, [])

    def told(self, agency: Agency) -> str:
        """The agency with its people, or that it has none."""
        people = ", ".join(self.of(agency)) or gettext("no focal point yet")
        return f"{agency.own_name()} ({people})"


def afterwards(before: Assigned, after: Assigned, staff: Staff) -> list[str]:
    """Who sees and does what once it is so, in plain words."""
    told = []
    if after.lead is None:
        told.append(gettext("Nobody can submit it until an agency leads it."))
    else:
        told.append(gettext("Drafts and submits: %(agency)s.") % {"agency": staff.told(after.lead)})
        if not staff.of(after.lead):
            told.append(gettext("Nobody can submit it until that agency has a focal point."))
    if after.contributing:
        names = "; ".join(staff.told(agency) for agency in after.contributing)
        told.append(gettext("Sees the draft and may write in it: %(agencies)s.") % {"agencies": names})
    staying = {agency.pk for agency in after.agencies}
    if gone := [agency.own_name() for agency in before.agencies if agency.pk not in staying]:
        former = {"agencies": "; ".join(gone)}
        told.append(gettext("No longer sees the draft, only what you have cleared: %(agencies)s.") % former)
    return told


def coordinated_commitments(person: Any) -> Any:
    """All commitments of the States coordinated, in the order of the plan, with who leads and contributes."""
    mandate = mandate_of(person)
    rows = Commitment.objects.visible_to(mandate).filter(member_state__in=mandate.coordinated_state_ids)
    joined = rows.select_related("member_state", "action_item__objective__pillar", "lead_agency")
    return joined.prefetch_related("contributing_agencies").order_by("action_item__position", "pk")
