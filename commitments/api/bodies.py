"""What may stand in a body: names for the reader and the OpenAPI document. What fits is the domain's to say."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as drf

from commitments.content import CHOICES, FIELDS, LANGUAGES, MAX_REASON, MAX_TEXT, SECTIONS
from commitments.models import Evidence
from commitments.workflow import Audience, Role


def _text(limit: int, help_text: str = "", *, required: bool = False) -> drf.CharField:
    return drf.CharField(max_length=limit, required=required, allow_blank=not required, help_text=help_text)


def _code(help_text: str, *, required: bool = False, null: bool = False) -> drf.CharField:
    return drf.CharField(required=required, allow_null=null, help_text=help_text)


def _sections(help_text: str) -> drf.ListField:
    return drf.ListField(child=drf.ChoiceField(choices=SECTIONS), required=False, help_text=help_text)


class Nothing(drf.Serializer):
    """An empty object."""


class Reason(drf.Serializer):
    reason = _text(MAX_REASON, required=True)


def _concerned() -> drf.ListField:
    help_text = "Names of the fields that the reason is about; their writers see it beside each."
    return drf.ListField(child=drf.ChoiceField(choices=FIELDS), required=False, help_text=help_text)


# Made by name: a serializer's class has another meaning for `fields`, its declared fields have not.
Return = type("Return", (Reason,), {"fields": _concerned()})


class Clear(drf.Serializer):
    audience = drf.ChoiceField(choices=Audience.choices, help_text="Who may read it once it is released.")
    withheld_sections = _sections("Sections kept from everyone beyond the UN.")


class Accept(drf.Serializer):
    observations = _text(MAX_TEXT, "Kept as an assessment, beside the State's words.")


class Publish(drf.Serializer):
    audience = drf.ChoiceField(
        choices=Audience.choices, required=False, help_text="Narrower than the State decided, if need be."
    )


def _edit_fields() -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: drf.ChoiceField(choices=choices.choices, required=False, allow_blank=True)
        for name, choices in CHOICES.items()
    }
    fields |= {name: _text(MAX_TEXT) for name in SECTIONS}
    fields["next_steps_on"] = drf.DateField(required=False, allow_null=True)
    fields["original_language"] = drf.ChoiceField(choices=LANGUAGES, required=False)
    fields["translations"] = drf.DictField(
        child=drf.DictField(child=drf.CharField(allow_blank=True)),
        required=False,
        help_text="{language: {section: text}}. A section that is not given stays as it is, an empty text removes it, "
        "and {language: {}} the whole language. To be of the present words again, it is given with every section that "
        "it has.",
    )
    fields["withheld_sections"] = _sections("Sections to be kept from everyone beyond the UN.")
    fields["to_be_reconfirmed"] = drf.BooleanField(
        required=False, help_text="false: what was carried over from the last cycle still holds."
    )
    return fields


Edit = type("EditSerializer", (drf.Serializer,), {"__doc__": "Only what is given is changed.", **_edit_fields()})


class ChangeCommitment(drf.Serializer):
    lead_agency = _code("`KAZ:interior`, or null for none yet.", null=True)
    contributing_agencies = drf.ListField(child=drf.CharField(), required=False, help_text="Keys of agencies.")
    planned_measures = _text(MAX_TEXT)
    target_on = drf.DateField(required=False, allow_null=True)
    place_in_strategy = _text(MAX_TEXT, "Where the national strategy has it.")
    reason = _text(MAX_REASON)


class AddEvidence(drf.Serializer):
    update = _code("Key of the update.", required=True)  # type: ignore[assignment]
    kind = drf.ChoiceField(choices=Evidence.Kind.choices)
    title = _text(300, required=True)
    url = drf.URLField(required=False, max_length=1000)
    audience = drf.ChoiceField(choices=Audience.choices, required=False, help_text="`un` where it is left out.")


class AddEvidenceFile(AddEvidence):
    file = drf.FileField(required=False)


class Observe(drf.Serializer):
    revision = _code("Key of the revision.", required=True)
    observations = _text(MAX_TEXT, required=True)


class Reply(drf.Serializer):
    reply = _text(MAX_TEXT, required=True)


class Appoint(drf.Serializer):
    email = drf.EmailField()
    full_name = _text(
        150, "Shown until the invitation is taken up; who is known already keeps their own.", required=True
    )
    role = drf.ChoiceField(choices=Role.choices)
    member_state = _code("`KAZ`", null=True)
    agency = _code("`KAZ:interior`", null=True)
    partner = _code("Slug of a partner.", null=True)
    is_deputy = drf.BooleanField(required=False)
    starts_on = drf.DateField(required=False)
    ends_on = drf.DateField(required=False, allow_null=True)


class RetireAppointment(drf.Serializer):
    reason = _text(MAX_REASON, required=True)
    on = drf.DateField(required=False, help_text="The first day no longer in force; today where it is left out.")


class MoveDates(drf.Serializer):
    opens_on = drf.DateField(required=False)
    submissions_due_on = drf.DateField(required=False, help_text="The last day, by the clock of each capital.")
    clearances_due_on = drf.DateField(required=False)
    closes_on = drf.DateField(required=False)
    adopted_on = drf.DateField(required=False, allow_null=True, help_text="When the review is adopted.")
    adoption_is_assumed = drf.BooleanField(required=False)
    reason = _text(MAX_REASON)


class Schedule(drf.Serializer):
    plan = _code("Slug of the plan.", required=True)
    slug = _text(50, "Part of every address, for ever: `tenth-review-2028`.", required=True)
    title = _text(200, required=True)
    review = _text(300, "The review of the Global Strategy that it serves.")
    opens_on = drf.DateField()
    submissions_due_on = drf.DateField(help_text="The last day, by the clock of each capital.")
    clearances_due_on = drf.DateField()
    closes_on = drf.DateField()
    adopted_on = drf.DateField(required=False, allow_null=True, help_text="When the review is adopted.")
    adoption_is_assumed = drf.BooleanField(required=False)


class Extend(drf.Serializer):
    member_state = _code("`KAZ`", required=True)
    action_item = _code("One item (a reopening), or all that the State owes where it is left out.", null=True)
    ends_on = drf.DateField(help_text="The last day, by the clock of the State's capital.")
    reason = _text(MAX_REASON, required=True)
