"""Reminders: choose whom and about what, see exactly who would read which words, send; the log; who never came."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext_lazy as _

from commitments.desk.asking import page, status_of_forms
from commitments.desk.notices import PAGE
from commitments.desk.paging import part_of
from commitments.errors import Forbidden
from commitments.models import Reminder
from commitments.models.reminders import Topic
from commitments.notifications import language_of
from commitments.querysets import mandate_of
from commitments.screens.forms import DeskForm, actor, attempt
from commitments.telling.deadlines import words_of
from commitments.telling.reminding import (
    Call,
    Recipient,
    left_out,
    not_signed_in,
    recipients,
    roles_of,
    send,
    states_of,
)
from commitments.waiting import current_cycles
from commitments.workflow import Role


class RemindForm(DeskForm):
    """Whom to remind of what. What can be chosen is what this person may."""

    topic = forms.ChoiceField(label=_("What about"), choices=Topic.choices)
    role = forms.ChoiceField(label=_("Whom"))
    states = forms.MultipleChoiceField(label=_("Member States"), widget=forms.CheckboxSelectMultiple)
    cycle = forms.ChoiceField(label=_("Review cycle"), required=False)

    def shape(self) -> None:
        self.known = {state.iso_alpha3: state for state in states_of(self.person)}
        self.cycles = {cycle.slug: cycle for cycle in current_cycles()}
        roles = [(role.value, role.label) for role in roles_of(self.person)]
        chosen: dict[str, list[tuple[str, Any]]] = {
            "role": roles,
            "states": [(code, str(state)) for code, state in self.known.items()],
            "cycle": [(slug, str(cycle)) for slug, cycle in self.cycles.items()] or [("", _("No cycle is open."))],
        }
        for name, options in chosen.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = options

    @property
    def words(self) -> dict[str, Any]:
        words = self.cleaned_data
        states = tuple(self.known[code] for code in self.known if code in words["states"])
        return {"call": Call(Topic(words["topic"]), Role(words["role"]), states, self.cycles.get(words["cycle"]))}


@page("GET", "HEAD")
def reminders(request: HttpRequest) -> HttpResponse:
    """The form; once it is filled, who would be reminded and in which words. Nothing is sent by looking."""
    return _form_page(request, _form(request, request.GET if "preview" in request.GET else None))


@page("POST")
def send_reminders(request: HttpRequest) -> HttpResponse:
    """Send what was previewed."""
    form, again, counted = _form(request, request.POST), request.POST.get("again") == "on", []
    if attempt(form, lambda call: counted.append(send(call, by=actor(request), again=again))):
        count = counted[0]
        told = ngettext("%(count)d person was reminded.", "%(count)d people were reminded.", count) % {"count": count}
        messages.success(request, told)
        return redirect("desk-reminder-log")
    return _form_page(request, form)


@page("GET", "HEAD")
def log(request: HttpRequest) -> HttpResponse:
    """Who was reminded of what, when and by whom, as far as it is this reader's to know."""
    _check_may(request)
    rows = Reminder.objects.visible_to(request.user).select_related("person", "member_state", "cycle")
    part = part_of(request, rows.order_by("-at", "-pk"), PAGE)
    context = {
        "rows": [(row, date_format(timezone.localtime(row.at), "DATETIME_FORMAT")) for row in part.rows],
        "part": part,
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "commitments/desk/reminder_log.html", context)


@page("GET", "HEAD")
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Who holds a role and has never signed in."""
    part = part_of(request, not_signed_in(actor(request)), PAGE)
    return render(request, "commitments/desk/sign_ins.html", {"rows": part.rows, "part": part})


def _check_may(request: HttpRequest) -> None:
    if not mandate_of(request.user).reminds:
        raise Forbidden()


def _form(request: HttpRequest, sent: Any) -> RemindForm:
    _check_may(request)
    initial: dict[str, Any] = {"states": [state.iso_alpha3 for state in states_of(actor(request))]}
    initial |= {name: request.GET[name] for name in ("topic", "role") if name in request.GET}
    return RemindForm(sent, person=actor(request), initial=initial)


def _form_page(request: HttpRequest, form: RemindForm) -> HttpResponse:
    now, found = timezone.now(), list[Recipient]()
    context: dict[str, Any] = {"form": form}
    if form.is_bound and not form.errors:
        attempt(form, lambda call: found.extend(recipients(call, by=actor(request), now=now)))
    if form.is_bound and not form.errors:
        call = form.words["call"]
        context |= {
            "call": call,
            "recipients": [(one, _left(one, now)) for one in found],
            "fresh": sum(not one.times_today for one in found),
            "repeats": sum(bool(one.times_today) for one in found),
            "letters": _letters(found, now),
            "left_out": left_out(call, now),
            "has_counts": any(one.told.count is not None for one in found),
        }
    return render(request, "commitments/desk/reminders.html", context, status=status_of_forms([form]))


def _left(one: Recipient, now: dt.datetime) -> str:
    return words_of(one.told.ends_at, one.told.state, now, one.told.zone) if one.told.ends_at else ""


def _letters(found: list[Recipient], now: dt.datetime) -> list[dict[str, Any]]:
    """The words as the first reader of each language and State would read them."""
    first: dict[tuple[str, int], Recipient] = {}
    for one in found:
        first.setdefault((language_of(one.person), one.told.state.pk), one)
    shown = []
    for (language, _state), one in first.items():
        with translation.override(language):
            letter = one.letter(now)
        name = get_language_info(language)["name_translated"]
        shown.append({"language": language, "name": name, "state": one.told.state, "letter": letter})
    return shown
