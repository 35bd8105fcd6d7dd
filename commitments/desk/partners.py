"""The partner's desk: its activities, what States ask for and nobody supports yet, and where partners meet."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.desk.asking import one_of, page, status_of_forms
from commitments.desk.filters import FilterForm, choice
from commitments.desk.paging import page_number, part_of, part_read
from commitments.errors import Forbidden
from commitments.models import Partner, PartnerActivity
from commitments.querysets import mandate_of
from commitments.screens.activities import ActivityForm, EndForm, NewActivityForm
from commitments.screens.forms import DeskForm, actor, attempt, is_stale, merged
from commitments.screens.support import Wanted, activities, asking, meetings, requests_of

PAGE = 20


class NarrowForm(FilterForm):
    """State, pillar, theme; what else can be chosen differs by page."""

    state = choice(gettext_lazy("Member State"))
    pillar = choice(gettext_lazy("Pillar"))
    theme = choice(gettext_lazy("Theme"))

    def __init__(self, sent: QueryDict, *, person: Any) -> None:
        super().__init__(sent)
        if "is_ours" in self.fields and not mandate_of(person).partner_ids:
            del self.fields["is_ours"]


class ActivitiesForm(NarrowForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[("", gettext_lazy("(all)")), *PartnerActivity.Kind.choices]
    )
    is_ours = forms.BooleanField(label=gettext_lazy("Only ours"), required=False)
    with_ended = forms.BooleanField(label=gettext_lazy("Also what has ended"), required=False)


class RequestsForm(NarrowForm):
    support = forms.ChoiceField(
        label=gettext_lazy("Support"),
        required=False,
        choices=[
            ("none", gettext_lazy("By nobody yet")),
            ("some", gettext_lazy("By somebody already")),
            ("", gettext_lazy("(all)")),
        ],
    )


class MeetingsForm(NarrowForm):
    is_ours = forms.BooleanField(label=gettext_lazy("Only where we are"), required=False)
    with_ended = forms.BooleanField(label=gettext_lazy("Also what has ended"), required=False)


@page("GET", "HEAD")
def overview(request: HttpRequest) -> HttpResponse:
    """Activities: at first one's own, for a partner."""
    mandate = mandate_of(request.user)
    sent = request.GET if request.GET else QueryDict("is_ours=on" if mandate.partner_ids else "")
    form = ActivitiesForm(sent, person=request.user)
    found = activities(request.user, Wanted(**form.cleaned_data)) if form.is_valid() else []
    part = part_of(request, found, PAGE, asked=sent)
    led = set(PartnerActivity.objects.led_by(mandate).values_list("pk", flat=True)) if mandate.partner_ids else set()
    context = {
        "form": form,
        "partners": Partner.objects.filter(pk__in=mandate.partner_ids).order_by("name"),
        "rows": [(one, one.pk in led) for one in part.rows],
        "part": part,
    }
    return render(request, "commitments/desk/partner.html", context)


@page("GET", "HEAD")
def requests(request: HttpRequest) -> HttpResponse:
    """What States ask for: at first, what nobody supports yet."""
    sent = request.GET.copy()
    sent.setdefault("support", "none")
    form = RequestsForm(sent, person=request.user)
    found = asking(request.user, Wanted(**form.cleaned_data)) if form.is_valid() else []
    part = part_of(request, found, PAGE, asked=sent)
    context = {
        "form": form,
        "rows": requests_of(part.rows),
        "part": part,
        "may_add": bool(mandate_of(request.user).partner_ids),
    }
    return render(request, "commitments/desk/partner_requests.html", context)


@page("GET", "HEAD")
def overlaps(request: HttpRequest) -> HttpResponse:
    """Items and States on which several partners are: in the order of the plan, without counting who does more."""
    form, start = MeetingsForm(request.GET, person=request.user), (page_number(request) - 1) * PAGE
    found = []
    if form.is_valid():
        found = meetings(request.user, Wanted(**form.cleaned_data), start=start, size=PAGE + 1)
    part = part_read(request, found, PAGE)
    context = {"form": form, "rows": part.rows, "part": part}
    return render(request, "commitments/desk/partner_overlaps.html", context)


@page("GET", "HEAD", "POST")
def add_activity(request: HttpRequest) -> HttpResponse:
    """A new one, led by one's own organization."""
    if not mandate_of(request.user).partner_ids:
        raise Forbidden()
    begun = {"action_items": request.GET.get("item", "")[:20], "member_states": [request.GET.get("state", "")[:3]]}
    form = NewActivityForm(request.POST if request.method == "POST" else None, person=actor(request), initial=begun)
    made: list[PartnerActivity] = []
    if request.method == "POST" and attempt(
        form, lambda **words: made.append(PartnerActivity.add(by=actor(request), **words))
    ):
        messages.success(request, _("The activity is added."))
        return redirect("desk-activity", made[0].slug)
    context = {"form": form, "faults": form.faults}
    return render(request, "commitments/desk/partner_add.html", context, status=status_of_forms([form]))


@page("GET", "HEAD", "POST")
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """One activity, for all to read; its leading partner changes it here."""
    found = _one(slug)
    if request.method != "POST":
        return _shown(request, found)
    form: Any = ActivityForm(request.POST, person=actor(request), subject=found)
    if attempt(form, partial(found.change, by=actor(request))):
        messages.success(request, _("The activity is saved."))
        return redirect("desk-activity", slug)
    found = _one(slug)  # as it stands, not as it was tried
    if is_stale(form):
        form = merged(form, ActivityForm(person=actor(request), subject=found))
    return _shown(request, found, form=form)


@page("POST")
def end_activity(request: HttpRequest, slug: str) -> HttpResponse:
    found = _one(slug)
    form = EndForm(request.POST, person=actor(request), subject=found, auto_id="id_end_%s")
    if attempt(form, partial(found.end, by=actor(request))):
        messages.success(request, _("The activity has ended. What it did stays on the record."))
        return redirect("desk-activity", slug)
    return _shown(request, _one(slug), end=form)


def _one(slug: str) -> PartnerActivity:
    rows = PartnerActivity.objects.prefetch_related("participations__partner", "member_states", "action_items")
    found: PartnerActivity = one_of(rows, slug=slug)
    return found


def _shown(request: HttpRequest, found: PartnerActivity, *, form: Any = None, end: Any = None) -> HttpResponse:
    mandate = mandate_of(request.user)
    is_led = bool(mandate.partner_ids) and PartnerActivity.objects.led_by(mandate).filter(pk=found.pk).exists()
    tried: list[DeskForm] = [one for one in (form, end) if one is not None]
    context: dict[str, Any] = {
        "activity": found,
        "is_led": is_led,
        "faults": [each for one in tried for each in one.faults],
    }
    if is_led:
        context["form"] = form or ActivityForm(person=actor(request), subject=found)
        context["is_form_open"] = form is not None
        context["end"] = (
            None if found.has_ended() else end or EndForm(person=actor(request), subject=found, auto_id="id_end_%s")
        )
        context["is_end_open"] = end is not None
    return render(request, "commitments/desk/partner_activity.html", context, status=status_of_forms(tried))
