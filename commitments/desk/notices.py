"""Notices: what a person has been told, newest first, by day; and how they want to hear of it by mail."""

from __future__ import annotations

import datetime as dt
import uuid
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commitments.desk.asking import one_of, page, status_of_forms
from commitments.desk.paging import part_of
from commitments.models import Choice, Notice, Update
from commitments.models.notices import How, Kind
from commitments.screens.forms import DeskForm, actor, attempt
from commitments.second_lock import unlocked

PAGE = 50
NAMED_STILL = "what the secretariat had is still named by its item once the State has recalled it"
DECIDED_AT = {"submit": "desk-submitted", "clear": "desk-review-update"}  # by the move that it is told of


class ChoicesForm(DeskForm):
    """For each kind of thing, how to hear of it."""

    def shape(self) -> None:
        for kind in Kind:
            self.fields[kind.value] = forms.ChoiceField(label=kind.label, choices=How.choices, widget=forms.RadioSelect)


@page("GET", "HEAD")
def notices(request: HttpRequest) -> HttpResponse:
    """All of one's own that are still about something that one may see; `?unread=1` for those not yet read."""
    only_unread = request.GET.get("unread") == "1"
    rows = Notice.objects.visible_to(request.user).told().order_by("-at", "-pk")
    rows = rows.unread() if only_unread else rows
    with unlocked(NAMED_STILL):
        part = part_of(request, rows, PAGE)
    context = {
        "days": _by_day(part.rows, request.user),
        "only_unread": only_unread,
        "until": part.rows[0].at.isoformat() if part.rows and part.number == 1 else "",
        "part": part,
    }
    return render(request, "commitments/desk/notices.html", context)


@page("GET", "HEAD")
def notice(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """On to what it is about. Who has followed it has read it."""
    with unlocked(NAMED_STILL):
        row = one_of(Notice.objects.visible_to(request.user).told(), uid=uid)
    if request.method == "GET":
        Notice.read(by=actor(request), uid=row.uid)
    return redirect(_place_of(row, _still_seen([row], request.user)) or "desk-notices")


@page("POST")
def read(request: HttpRequest) -> HttpResponse:
    """Mark one as read, or all that were shown."""
    until, uid = _instant(request.POST.get("until", "")), request.POST.get("uid", "")
    if uid:
        Notice.read(by=actor(request), uid=one_of(Notice.objects.visible_to(request.user), uid=_uuid(uid)).uid)
    elif until:
        count = Notice.read(by=actor(request), until=until)
        messages.success(request, ngettext("%(n)d marked as read.", "%(n)d marked as read.", count) % {"n": count})
    return redirect("desk-notices")


@page("GET", "HEAD", "POST")
def choices(request: HttpRequest) -> HttpResponse:
    """How to hear of each kind of thing, by mail."""
    person = actor(request)
    form = ChoicesForm(request.POST if request.method == "POST" else None, initial=Choice.of(person))
    if request.method == "POST" and attempt(form, lambda **hows: Choice.choose(by=person, hows=hows)):
        messages.success(request, _("Saved."))
        return redirect("desk-notice-choices")
    return render(request, "commitments/desk/notice_choices.html", {"form": form}, status=status_of_forms([form]))


def _by_day(rows: list[Notice], person: Any) -> list[tuple[str, list[dict[str, Any]]]]:
    """The days are those of the reader's clock, which every page of the desk is told by."""
    seen = _still_seen(rows, person)
    groups = groupby(rows, key=lambda row: timezone.localtime(row.at).date())
    return [(date_format(day, "DATE_FORMAT"), [_shown(row, seen) for row in told]) for day, told in groups]


def _shown(row: Notice, seen: set[int]) -> dict[str, Any]:
    return {
        "notice": row,
        "instant": row.at,
        "time": date_format(timezone.localtime(row.at), "TIME_FORMAT"),
        "state": row.update.commitment.member_state if row.update else None,
        "leads_on": bool(_place_of(row, seen)),
        "kind": _NAMES[row.kind],
    }


_NAMES: dict[str, Any] = {
    Kind.WAITING: gettext_lazy("Awaits you"),
    Kind.RETURNED: gettext_lazy("Returned"),
    Kind.DECIDED: gettext_lazy("Decided"),
    Kind.TAKEN_BACK: gettext_lazy("Taken back"),
    Kind.REMINDER: gettext_lazy("Reminder"),
}


def _still_seen(rows: list[Notice], person: Any) -> set[int]:
    """The updates among these that this person may see now: asked when they are read, not when they were told."""
    keys = {row.update.pk for row in rows if row.update}
    return set(Update.objects.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _place_of(row: Notice, seen: set[int]) -> str:
    """Where it leads: to where the update is read or decided on, of a reminder to one's work; nowhere once the update
    is not theirs to see."""
    if row.batch:
        return reverse("desk-batch", args=(row.batch,))
    if row.update is None:
        return reverse("desk")
    if row.update.pk not in seen:
        return ""
    cycle, state, code = row.key.split(":", 2)
    return reverse(DECIDED_AT.get(row.event.move if row.event else "", "desk-update"), args=(cycle, state, code))


def _instant(text: str) -> dt.datetime | None:
    try:
        found = parse_datetime(text[:40])
        return found.astimezone(dt.UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):  # there is no such day, or none by our clock
        return None


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
