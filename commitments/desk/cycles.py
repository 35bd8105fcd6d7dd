"""Review cycles: their phases and dates, who was given more time and why; editors of the secretariat run them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.desk.asking import one_of, page, status_of_forms
from commitments.desk.secretariat import title_of
from commitments.mandates import Mandate
from commitments.models import Cycle
from commitments.querysets import mandate_of
from commitments.screens.cycles import (
    DatesForm,
    ExtensionForm,
    OpeningForm,
    ReopeningForm,
    SchedulingForm,
    drafts_to_make,
    place_of,
    spans_of,
)
from commitments.screens.forms import DeskForm, actor, attempt


@dataclass(frozen=True)
class Deed:
    """What an editor may do to a cycle: the form, the verb, and what is said when it is done."""

    name: str
    label: Any
    form: type[DeskForm]
    verb: Callable[..., Any]
    done: Any
    told: Any = ""
    fits: Callable[[Cycle], bool] = bool  # which cycles it is offered for


def _is_opened(cycle: Cycle) -> bool:
    return cycle.opened_at is not None


DEEDS: tuple[Deed, ...] = (
    Deed("open", _("Open the cycle"), OpeningForm, Cycle.open, _("The cycle is open."),
         fits=lambda cycle: cycle.awaits_opening),
    Deed(
        "extend", _("Give a State more time"), ExtensionForm, Cycle.extend, _("Time was given."),
        _("For all that the State owes. All participants see it, with the reason."), fits=_is_opened,
    ),
    Deed(
        "reopen", _("Reopen one item"), ReopeningForm, Cycle.extend, _("The item was reopened."),
        _("For one action item of one State; a published update can then be revised."), fits=_is_opened,
    ),
    Deed("move-dates", _("Move dates"), DatesForm, Cycle.move_dates, _("The dates were moved.")),
)  # fmt: skip


@page("GET", "HEAD")
def cycles(request: HttpRequest) -> HttpResponse:
    """All cycles, the latest first, each with its timeline."""
    mandate = _officer(request)
    rows = Cycle.objects.select_related("plan").order_by("-opens_on", "-pk")
    context = {"cycles": [_drawn(cycle) for cycle in rows], "is_editor": mandate.is_editor}
    return render(request, "commitments/desk/cycles.html", context)


@page("GET", "HEAD")
def cycle(request: HttpRequest, slug: str) -> HttpResponse:
    """One cycle: what each date means, the extensions, and for editors what they may do."""
    _officer(request)
    return _show(request, _cycle(slug), {})


@page("GET", "HEAD", "POST")
def schedule(request: HttpRequest) -> HttpResponse:
    """Put the next cycle in the calendar."""
    if not _officer(request).is_editor:
        raise Http404
    form = SchedulingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(form, lambda **words: Cycle.schedule(by=actor(request), **words)):
        messages.success(request, _("It is in the calendar."))
        return redirect("desk-cycle", form.cleaned_data["slug"].strip())
    context = {"form": form, "faults": form.faults if form.is_bound else []}
    return render(request, "commitments/desk/cycle_schedule.html", context, status=status_of_forms([form]))


@page("POST")
def act(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Open, extend, reopen or move dates. The domain says who may, and when."""
    _officer(request)
    found = _cycle(slug)
    deed = next((one for one in DEEDS if one.name == name), None)
    if deed is None:
        raise Http404
    form = _form(deed, found, request.POST)
    if attempt(form, lambda **words: deed.verb(found, by=actor(request), **words)):
        messages.success(request, deed.done)
        return redirect("desk-cycle", found.slug)
    return _show(request, _cycle(slug), {name: form})


def _officer(request: HttpRequest) -> Mandate:
    """Cycles and extensions are for the officers of States and the secretariat; there is no such page for others."""
    mandate = mandate_of(request.user)
    if not mandate.is_officer:
        raise Http404
    return mandate


def _cycle(slug: str) -> Cycle:
    return one_of(Cycle.objects.select_related("plan"), slug=slug)


def _form(deed: Deed, found: Cycle, sent: Any = None) -> DeskForm:
    return deed.form(sent, subject=found, auto_id=f"id_{deed.name}_%s")


def _drawn(found: Cycle) -> dict[str, Any]:
    today = timezone.now().date()
    is_under_way = found.opens_on <= today <= found.closes_on
    return {
        "row": found,
        "phase": found.phase(),
        "spans": spans_of(found),
        "today": place_of(found, today) if is_under_way else None,
        "title": title_of(found, "title"),
        "review": title_of(found, "review"),
    }


def _show(request: HttpRequest, found: Cycle, bound: dict[str, DeskForm]) -> HttpResponse:
    is_editor = mandate_of(request.user).is_editor
    extensions = found.extensions.select_related("member_state", "action_item", "granted_by")
    offered = [deed for deed in DEEDS if deed.fits(found) or deed.name in bound]
    deeds = [
        {"deed": deed, "form": bound.get(deed.name) or _form(deed, found), "is_bound": deed.name in bound}
        for deed in (offered if is_editor or bound else [])
        if is_editor or deed.name in bound
    ]
    drawn = _drawn(found)
    context = drawn | {
        "drawn": drawn,
        "deeds": deeds,
        "drafts": drafts_to_make(found) if is_editor and found.awaits_opening else None,
        "extensions": list(extensions.order_by("-granted_at", "-pk")),
        "note": title_of(found, "dates_note"),
        "faults": [fault for form in bound.values() for fault in form.faults],
    }
    return render(request, "commitments/desk/cycle.html", context, status=status_of_forms(bound.values()))
