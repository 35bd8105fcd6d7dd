"""Who the caller is, and what they may act as."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from commitments.api import types
from commitments.api.answers import answer
from commitments.api.asking import read_parameters
from commitments.api.shapes import Shape
from commitments.api.states import Appointments
from commitments.api.views import Noun
from commitments.models import Agency, Appointment, MemberState


class MeSerializer(serializers.Serializer):
    uid = types.uid()
    email = types.text()
    full_name = types.text()
    language = types.text()
    is_administrator = types.yes_no("Runs the system; holds no rights to content.")
    roles = serializers.ListField(child=types.role())
    member_states = types.codes("Those you serve.")
    agencies = types.codes("Those you are focal point of.")
    audiences = serializers.ListField(
        child=types.audience(), help_text="Released words that you may read, of any State."
    )
    appointments = types.things("In force today.")


class Me(Noun):
    """The caller and their mandate: all roles in force today."""

    tag = "People"
    shape = Shape("Me", ())
    documented = MeSerializer

    def show(self, request: Request) -> HttpResponse:
        """Who am I, and what may I act as."""
        read_parameters(request, ("format",))
        person, mandate = self.person, self.mandate
        appointments, _keys = Appointments.shape.read(
            Appointment.objects.filter(person=person).live().order_by("starts_on", "uid"),
            ("uid", "role", "member_state", "agency", "partner", "is_deputy", "starts_on", "ends_on"),
            mandate,
        )
        states = MemberState.objects.filter(pk__in=mandate.state_ids).order_by("iso_alpha3")
        agencies = Agency.objects.filter(pk__in=mandate.agency_ids).order_by("member_state__iso_alpha3", "slug")
        keys = agencies.values_list("member_state__iso_alpha3", "slug")
        return answer(
            {
                "uid": person.uid,
                "email": person.email,
                "full_name": person.full_name,
                "language": person.language,
                "is_administrator": mandate.is_administrator,
                "roles": sorted(mandate.roles),
                "member_states": list(states.values_list("iso_alpha3", flat=True)),
                "agencies": [f"{state}:{slug}" for state, slug in keys],
                "audiences": sorted(mandate.audiences),
                "appointments": appointments,
            }
        )
