"""Recommendations of a report, and what became of those of the last one."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commitments.desk.asking import one_of, page, status_of_forms
from commitments.screens.forms import DeskForm, actor, attempt, is_stale, merged
from reporting.desk.asking import made_by_the_secretariat, show
from reporting.forms import FollowUpForm, ReadForm, RecommendationForm
from reporting.life import Stage
from reporting.models import Recommendation, Report

Bound = dict[str, DeskForm]  # forms that were refused, by the uid of their recommendation; of a new one, by nothing


@page("GET", "HEAD", "POST")
def recommendations(request: HttpRequest, slug: str) -> HttpResponse:
    """The list; a POST adds one."""
    found = made_by_the_secretariat(request, slug)
    if request.method != "POST":
        return _shown(request, found)
    form = RecommendationForm(request.POST, person=request.user, auto_id="id_new_%s")

    def act(version: int, **words: Any) -> None:
        Recommendation.add(found, by=actor(request), **words)

    if attempt(form, act):
        return _done(request, found, _("The recommendation is added."))
    return _shown(request, found, {"": form})


@page("POST")
def save(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    found = made_by_the_secretariat(request, slug)
    one = _one(found, uid)
    form: Any = _form(one, request.user, request.POST)
    if attempt(form, partial(one.edit, by=actor(request))):
        return _done(request, found, _("The recommendation is saved."))
    if is_stale(form):
        form = merged(form, _form(_one(found, uid), request.user))
    return _shown(request, found, {str(uid): form})


@page("POST")
def retire(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    found = made_by_the_secretariat(request, slug)
    one = _one(found, uid)
    form = ReadForm(request.POST, person=request.user, subject=one)
    if attempt(form, partial(one.retire, by=actor(request))):
        return _done(request, found, _("The recommendation is taken out. Its number is not given again."))
    return _shown(request, found, {str(uid): form})


@page("POST")
def follow_up(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """What became of a recommendation of the last report; `uid` is of that one."""
    found = made_by_the_secretariat(request, slug)
    earlier = one_of(_last(found), uid=uid)
    form: Any = _follow_up_form(found, earlier, request.user, request.POST)
    if attempt(form, partial(Recommendation.follow_up, found, earlier, by=actor(request))):
        return _done(request, found, _("What became of it is saved."))
    if is_stale(form):
        form = merged(form, _follow_up_form(found, earlier, request.user))
    return _shown(request, found, {str(uid): form})


def _shown(request: HttpRequest, found: Report, bound: Bound | None = None) -> HttpResponse:
    bound = bound or {}

    def shown(row: Recommendation, form: DeskForm) -> DeskForm:
        return bound.get(str(row.uid), form)

    rows = found.recommendations.filter(follows=None).order_by("position", "pk")
    context = {
        "is_writable": found.is_writable(request.user),
        "made": [(row, shown(row, _form(row, request.user))) for row in rows.filter(retired_at=None)],
        "retired": list(rows.exclude(retired_at=None)),
        "new": bound.get("") or RecommendationForm(person=request.user, auto_id="id_new_%s"),
        "is_new_open": "" in bound,
        "earlier": [(row, shown(row, _follow_up_form(found, row, request.user))) for row in _last(found)],
        "faults": [fault for form in bound.values() for fault in form.faults],
    }
    return show(request, "recommendations", found, context, status=status_of_forms(bound.values()))


def _done(request: HttpRequest, found: Report, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("desk-recommendations", found.slug)


def _one(found: Report, uid: str) -> Recommendation:
    one: Recommendation = one_of(found.recommendations.filter(follows=None), uid=uid)
    return one


def _form(one: Recommendation, person: Any, sent: Any = None) -> RecommendationForm:
    return RecommendationForm(sent, person=person, subject=one, auto_id=f"id_{one.uid}_%s")


def _last(found: Report) -> Any:
    """The recommendations of the report before this one: the latest issued of the same kind, scope and audience."""
    same = {"kind": found.kind, "member_state": found.member_state, "scope": found.scope, "audience": found.audience}
    before = Report.objects.filter(stage=Stage.ISSUED, cycle__opens_on__lt=found.cycle.opens_on, **same)
    last = before.order_by("cycle__opens_on").last()
    return Recommendation.objects.filter(report=last, follows=None, retired_at=None).order_by("position", "pk")


def _follow_up_form(found: Report, earlier: Recommendation, person: Any, sent: Any = None) -> FollowUpForm:
    one = found.recommendations.filter(follows=earlier).first()
    return FollowUpForm(sent, person=person, subject=one, auto_id=f"id_{earlier.uid}_%s")
