"""What the pages of a national coordinator keep to: they exist for coordinators alone, and each for their own State."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.request import QueryDict

from commitments.models import MemberState, Update
from commitments.querysets import UpdateQuerySet, mandate_of


def coordinated_states(request: HttpRequest) -> list[MemberState]:
    """The States that whoever asks coordinates, in English alphabetical order. To all others the page is absent."""
    pks = mandate_of(request.user).coordinated_state_ids
    if not pks:
        raise Http404
    return list(MemberState.objects.filter(pk__in=pks).order_by("name"))


def state_asked(states: list[MemberState], code: str | None) -> MemberState:
    """The one named, or the first. Another's does not exist."""
    if not code:
        return states[0]
    found = next((state for state in states if state.iso_alpha3 == code), None)
    if found is None:
        raise Http404
    return found


def coordinated_updates(request: HttpRequest) -> UpdateQuerySet:
    """All updates of the States coordinated."""
    mandate = mandate_of(request.user)
    if not mandate.coordinated_state_ids:
        raise Http404
    return Update.objects.visible_to(mandate).coordinated_by(mandate).as_listed()


def without(asked: QueryDict, name: str) -> str:
    """The query string that was asked, but for one name."""
    rest = asked.copy()
    rest.pop(name, None)
    return rest.urlencode()
