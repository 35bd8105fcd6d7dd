"""The named filters of lists. Each offers only what the person may see, in a fixed number of queries."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commitments.content import Rating
from commitments.models import Agency, Cycle, MemberState, Pillar
from commitments.models.plan import Addressee
from commitments.querysets import mandate_of
from commitments.waiting import Waiting, waits_of
from commitments.workflow import Status

Choices = list[tuple[str, Any]]


class ChoiceFilter(SimpleListFilter, ABC):
    """One of a few words on one path."""

    path: str

    @abstractmethod
    def options(self, request: HttpRequest) -> Choices:
        """What this person can choose from."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return self.options(request)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        if self.value() not in {str(value) for value, label in self.lookup_choices}:
            return queryset.none()
        return queryset.filter(**{self.path: self.value()})


class CycleFilter(ChoiceFilter):
    title, parameter_name, path = _("cycle"), "cycle", "cycle__slug"

    def options(self, request: HttpRequest) -> Choices:
        return list(Cycle.objects.order_by("-opens_on").values_list("slug", "title"))


class PillarFilter(ChoiceFilter):
    title, parameter_name, path = _("pillar"), "pillar", "commitment__action_item__objective__pillar__code"

    def options(self, request: HttpRequest) -> Choices:
        rows = Pillar.objects.order_by("position").values_list("code", "title")
        return [(code, f"{code} {title}") for code, title in dict(rows).items()]


class CommitmentPillarFilter(PillarFilter):
    path = "action_item__objective__pillar__code"


class ItemPillarFilter(PillarFilter):
    path = "objective__pillar__code"


class StateFilter(ChoiceFilter):
    title, parameter_name, path = _("Member State"), "state", "commitment__member_state__iso_alpha3"

    def options(self, request: HttpRequest) -> Choices:
        mandate, states = mandate_of(request.user), MemberState.objects.order_by("name")
        if not (mandate.is_secretariat or mandate.is_administrator):
            states = states.filter(pk__in=mandate.state_ids)
        return list(states.values_list("iso_alpha3", "name"))


class OwnStateFilter(StateFilter):
    path = "member_state__iso_alpha3"


class AgencyFilter(SimpleListFilter):
    """Lead or contributing."""

    title, parameter_name, path = _("agency"), "agency", "commitment__"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        rows = Agency.objects.visible_to(request.user).order_by("member_state__name", "name")
        named = rows.values_list("member_state__iso_alpha3", "slug", "name")
        return [(f"{state}:{slug}", f"{name} ({state})") for state, slug, name in named]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        if self.value() not in {value for value, label in self.lookup_choices}:
            return queryset.none()
        state, _colon, slug = str(self.value()).partition(":")
        agencies = Agency.objects.visible_to(request.user).filter(member_state__iso_alpha3=state, slug=slug)
        lead = Q(**{f"{self.path}lead_agency__in": agencies})
        # A subquery, so that an item with two agencies is not listed twice.
        contributing = agencies.values("contributed_commitments")
        return queryset.filter(lead | Q(**{self.path[:-2] + "__in" if self.path else "pk__in": contributing}))


class CommitmentAgencyFilter(AgencyFilter):
    path = ""


class StatusFilter(ChoiceFilter):
    title, parameter_name, path = _("status"), "status", "status"

    def options(self, request: HttpRequest) -> Choices:
        return list(Status.choices)


class RatingFilter(ChoiceFilter):
    title, parameter_name, path = _("rating"), "rating", "rating"

    def options(self, request: HttpRequest) -> Choices:
        return list(Rating.choices)


class AddresseeFilter(ChoiceFilter):
    title, parameter_name, path = _("addressee"), "addressee", "addressee"

    def options(self, request: HttpRequest) -> Choices:
        return list(Addressee.choices)


class WaitingFilter(SimpleListFilter):
    """What waits for this person, as a whole or for one reason."""

    title, parameter_name = _("waiting"), "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("me", _("for me")), *((wait.value, wait.label) for wait in waits_of(request.user))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        if self.value() not in {value for value, label in self.lookup_choices}:
            return queryset.none()
        waiting = Waiting(request.user)
        asked = waiting.in_hand() if self.value() == "me" else waiting.question(str(self.value()))
        return queryset.filter(pk__in=waiting.updates().filter(asked).values("pk"))


class LeadFilter(SimpleListFilter):
    """Commitments that nobody leads."""

    title, parameter_name = _("lead agency"), "lead"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("none", _("not assigned")), ("assigned", _("assigned"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        return queryset.filter(lead_agency__isnull=self.value() == "none")
