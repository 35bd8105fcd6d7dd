"""What stands beside the words of an update: evidence, translations, and the State's replies to observations."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.content import LANGUAGES
from commitments.desk.asking import one_of, page, status_of_forms
from commitments.desk.updates import address_of, seen, show
from commitments.guidance import LANGUAGE_NAMES
from commitments.models import Assessment, Evidence
from commitments.readings import told
from commitments.screens.content import EvidenceForm, translation_form
from commitments.screens.evidence import evidence_file
from commitments.screens.forms import DeskForm, LongText, actor, attempt, attempt_upon
from commitments.screens.sent import version_sent


class ReplyForm(DeskForm):
    """The State's reply to an observation of the secretariat."""

    reply = LongText(label=gettext_lazy("Reply of the State"), rows=4, required=False)


@page("POST")
def attach(request: HttpRequest, cycle: str, state: str, code: str) -> HttpResponse:
    """Add a piece of evidence; what else was saved meanwhile does not matter to it."""
    found = seen(request, cycle, state, code)
    form, is_added = attempt_upon(
        EvidenceForm(request.POST, request.FILES, person=request.user, subject=found),
        partial(found.make, "edit", by=actor(request)),
        lambda: EvidenceForm(person=request.user, subject=seen(request, cycle, state, code)),
    )
    if not is_added:
        return show(request, seen(request, cycle, state, code), {"evidence": form})
    messages.success(request, _("The evidence is added."))
    return redirect(f"{address_of(found)}#evidence")


@page("POST")
def retire_evidence(request: HttpRequest, cycle: str, state: str, code: str, uid: Any) -> HttpResponse:
    found = seen(request, cycle, state, code)
    piece = one_of(Evidence.objects.visible_to(request.user).live(), update=found, uid=uid)
    found.make("edit", by=actor(request), version=version_sent(request.POST), retire=piece)
    messages.success(request, _("The evidence is taken out."))
    return redirect(f"{address_of(found)}#evidence")


@page("GET", "HEAD")
def evidence(request: HttpRequest, uid: Any) -> HttpResponseBase:
    return evidence_file(request.user, uid)


@page("GET", "HEAD", "POST")
def translation(request: HttpRequest, cycle: str, state: str, code: str, language: str) -> HttpResponse:
    """The State's own translation of its words, section by section beside the original."""
    found = seen(request, cycle, state, code)
    if language not in LANGUAGES or language == found.original_language:
        raise Http404
    if "edit" not in found.allowed_moves(request.user):
        raise PermissionDenied
    shape = translation_form(language)
    form = shape(request.POST if request.method == "POST" else None, person=request.user, subject=found)
    if request.method == "POST":
        form, is_saved = attempt_upon(
            form,
            partial(found.make, "edit", by=actor(request)),
            lambda: shape(person=request.user, subject=seen(request, cycle, state, code)),
        )
        if is_saved:
            messages.success(request, _("Saved."))
            return redirect(f"{address_of(found)}#translations")
    told(found)
    rows = [(row, getattr(found, row.bound.name)) for row in form.rows()]
    context = {"update": found, "form": form, "rows": rows, "language": language, "name": LANGUAGE_NAMES[language]}
    status = status_of_forms([form])
    return render(request, "commitments/desk/translation.html", context | {"faults": form.faults}, status=status)


@page("POST")
def reply(request: HttpRequest, cycle: str, state: str, code: str, uid: Any) -> HttpResponse:
    """The coordinator answers an observation, once."""
    found = seen(request, cycle, state, code)
    observation = one_of(Assessment.objects.visible_to(request.user), revision__update=found, uid=uid)
    form = ReplyForm(request.POST, person=request.user, subject=found)
    if not attempt(form, partial(observation.answer, by=actor(request))):
        return show(request, found, {f"reply-{uid}": form})
    messages.success(request, _("The reply is kept, and the secretariat can read it."))
    return redirect(f"{address_of(found)}#observations")
