"""The calendar of deadlines: a page that says how to subscribe, and the feeds that calendar programs read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.desk.asking import page
from commitments.models import CalendarAddress, MemberState
from commitments.querysets import mandate_of
from commitments.screens.forms import actor
from commitments.telling.deadlines import cycles_in_calendars, deadlines_of_states, public_deadlines
from commitments.telling.feed import feed_of, public_feed

TYPE = "text/calendar; charset=utf-8"


@page("GET", "HEAD")
def calendar(request: HttpRequest) -> HttpResponse:
    return render(request, "commitments/desk/calendar.html", _context(request))


@page("POST")
def renew(request: HttpRequest) -> HttpResponse:
    """A new secret address, shown in this answer and never again."""
    if not mandate_of(request.user).holdings:
        raise Http404
    secret = CalendarAddress.renew(by=actor(request))
    return render(request, "commitments/desk/calendar.html", _context(request) | {"shown": _address(secret)})


@page("POST")
def revoke(request: HttpRequest) -> HttpResponse:
    CalendarAddress.revoke(by=actor(request))
    messages.success(request, _("The address opens nothing any more."))
    return redirect("desk-calendar")


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The feed of whoever this address was made for: read without signing in, so it is asked anew each time."""
    person = CalendarAddress.person_of(secret)
    if person is None:
        raise Http404
    return HttpResponse(feed_of(person), content_type=TYPE, headers={"Cache-Control": "private, no-cache"})


@require_safe
def open_feed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(public_feed(), content_type=TYPE, headers={"Cache-Control": "public, max-age=3600"})


def _context(request: HttpRequest) -> dict[str, Any]:
    person, now = actor(request), timezone.now()
    mandate = mandate_of(person)
    states = MemberState.objects.order_by("name")
    own = list(states if mandate.is_secretariat else states.filter(pk__in=mandate.state_ids))
    today, found = timezone.localdate(now), []
    for cycle in cycles_in_calendars(now):
        deadlines = deadlines_of_states(cycle, own) if own else public_deadlines(cycle)
        found += [one for one in deadlines if one.day >= today]
    made = CalendarAddress.objects.filter(person=person).first()
    return {
        "coming": sorted(found, key=lambda one: (one.day, one.title)),
        "made": date_format(timezone.localtime(made.made_at), "DATE_FORMAT") if made else "",
        "may_have": bool(mandate.holdings),
        "open_address": f"{settings.PUBLIC_URL}{reverse('calendar-public')}",
    }


def _address(secret: str) -> dict[str, str]:
    address = f"{settings.PUBLIC_URL}{reverse('calendar', args=(secret,))}"
    return {"https": address, "webcal": "webcal://" + address.partition("://")[2]}
