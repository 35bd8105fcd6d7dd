"""The national contribution: a State's statement on a cycle, what is not cleared, its signature, and its files."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.desk.asking import one_of, page, status_of_forms
from commitments.models import Cycle, MemberState, Update
from commitments.querysets import mandate_of
from commitments.screens.forms import DeskForm, actor, attempt, is_stale, merged
from commitments.workflow import CLEARED_STATUSES, Status
from reporting.desk.statement import SignForm, StatementForm
from reporting.models import Contribution, Signature
from reporting.models.explaining import named
from reporting.readings import told_contribution
from reporting.rendered import rendered
from reporting.renderers import RENDERERS
from reporting.review_report import LANGUAGES
from reporting.signing import manifest, national_document, uncleared

WRITTEN = ("text", "explanation", "original_language", "audience")
Bound = dict[str, DeskForm]


@page("GET", "HEAD", "POST")
def contribution(request: HttpRequest, cycle: str, state: str) -> HttpResponse:
    """The page; a POST saves the statement."""
    found = _found(request, cycle, state)
    if request.method != "POST":
        return _shown(request, found)
    form: Any = _form(found, request.user, request.POST)
    if attempt(form, partial(Contribution.write, found.cycle, found.member_state, by=actor(request))):
        messages.success(request, _("The statement is saved."))
        return redirect("desk-contribution", cycle, state)
    found = _found(request, cycle, state)
    if is_stale(form):
        form = merged(form, _form(found, request.user))
    return _shown(request, found, {"statement": form})


@page("POST")
def sign(request: HttpRequest, cycle: str, state: str) -> HttpResponse:
    """Sign for the State, on the version that was read."""
    found = _found(request, cycle, state)
    form = SignForm(request.POST, person=request.user, subject=found)
    if attempt(form, partial(_kept(found).sign, by=actor(request), manifest=manifest)):
        messages.success(request, _("Signed. The receipt stands below."))
        return redirect("desk-contribution", cycle, state)
    return _shown(request, _found(request, cycle, state), {"sign": form})


@page("GET", "HEAD")
def national_file(request: HttpRequest, cycle: str, state: str, language: str, file_format: str) -> HttpResponse:
    """The contribution as a file: as signed last, else as it is being written."""
    found = _found(request, cycle, state)
    renderer = RENDERERS.get(file_format)
    if renderer is None or language not in LANGUAGES:
        raise Http404
    content = rendered(national_document(found, language, person=request.user), renderer)
    answer = HttpResponse(content, content_type=renderer.media_type)
    name = f"national-contribution-{cycle}-{state}-{language}.{renderer.extension}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _found(request: HttpRequest, cycle: str, state: str) -> Contribution:
    """The contribution, or the empty one of a State that has not begun it. Another State's does not exist."""
    mandate = mandate_of(request.user)
    place = {
        "cycle": one_of(Cycle.objects.select_related("plan").exclude(opened_at=None), slug=cycle),
        "member_state": one_of(MemberState.objects.filter(pk__in=mandate.state_ids), iso_alpha3=state),
    }
    rows = Contribution.objects.visible_to(mandate).select_related("cycle__plan", "member_state")
    return rows.filter(**place).first() or Contribution(**place)


def _kept(found: Contribution) -> Contribution:
    """Only what was written once can be signed."""
    if found.pk is None:
        raise Http404
    return found


def _shown(request: HttpRequest, found: Contribution, bound: Bound | None = None) -> HttpResponse:
    bound, person = bound or {}, request.user
    told_contribution(found)
    is_coordinator = found.member_state_id in mandate_of(person).coordinated_state_ids
    signatures = Signature.objects.visible_to(person).filter(contribution=found.pk)
    open_updates = _open_updates(found, person)
    context = {
        "contribution": found,
        "form": bound.get("statement") or (_form(found, person) if is_coordinator else None),
        "is_coordinator": is_coordinator,
        "uncleared": _uncleared(found) if is_coordinator else None,
        "open_updates": open_updates,
        "unexplained": sum(not is_explained for _update, _address, is_explained in open_updates),
        "ticked": _ticked(request, bound.get("statement")),
        "signatures": list(signatures.order_by("-number")),
        "formats": list(RENDERERS),
        "languages": LANGUAGES,
        "faults": [fault for form in bound.values() for fault in form.faults],
    }
    return render(request, "reporting/desk/contribution.html", context, status=status_of_forms(bound.values()))


def _form(found: Contribution, person: Any, sent: Any = None) -> StatementForm:
    initial = {name: getattr(found, name) for name in WRITTEN} | {"version": found.version}
    return StatementForm(sent, person=person, subject=found, initial=initial)


def _uncleared(found: Contribution) -> int:
    """Of the whole State: for the coordinator, who sees every draft."""
    place = (found.cycle_id, found.member_state_id)
    return uncleared([place]).get(place, 0)


def _open_updates(found: Contribution, person: Any) -> list[tuple[Update, str, bool]]:
    """What is due and not cleared, as far as this person sees it (a focal point: the own agency's), in the order of the
    plan: with its address, and whether the explanation names it."""
    rows = Update.objects.visible_to(person).due().filter(cycle=found.cycle).exclude(status__in=CLEARED_STATUSES)
    own = rows.filter(commitment__member_state=found.member_state, release=None)
    joined = own.select_related(
        "cycle", *(f"commitment__{name}" for name in ("member_state", "action_item", "lead_agency"))
    )
    explained = named(found.explanation)
    coordinated = mandate_of(person).coordinated_state_ids
    return [
        (update, _address(update, coordinated), update.commitment.action_item.code in explained)
        for update in joined.order_by("commitment__action_item__position")
    ]


def _address(update: Update, coordinated: Collection[int]) -> str:
    """Where it is worked on: what was submitted is cleared by whoever coordinates."""
    waits = update.status == Status.SUBMITTED and update.commitment.member_state_id in coordinated
    return reverse("desk-submitted" if waits else "desk-update", args=update.key.split(":"))


def _ticked(request: HttpRequest, sent: DeskForm | None) -> str | list[str]:
    """The items whose boxes are ticked: those sent and refused, or, as a link asks, "rest": all not yet explained."""
    return request.POST.getlist("items") if sent else request.GET.get("choose", "")
