"""The page of one report: where it stands, the steps open to a person, its masthead, sections, editions and files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commitments.desk.asking import page, status_of_forms
from commitments.querysets import mandate_of
from commitments.screens.forms import DeskForm, actor, attempt, is_stale, merged
from reporting.desk.asking import seen_report, show
from reporting.desk.contents import contents_of
from reporting.desk.files import choices, files_of, sources_of
from reporting.desk.steps import misplaced, not_offered, steps_of
from reporting.desk.waiting import comes_next, waits_for
from reporting.forms import MastheadForm, step_form
from reporting.issuing import Drift, drift_of, take_step
from reporting.life import STEPS, Stage
from reporting.models import Edition, Report
from reporting.models.reports import MASTHEAD
from reporting.review_report import LANGUAGES


@page("GET", "HEAD")
def report(request: HttpRequest, slug: str) -> HttpResponse:
    return _shown(request, seen_report(request, slug))


@page("POST")
def step(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Take a step. Refused, the page comes back with the form open and what was typed in it."""
    found = seen_report(request, slug)
    row = next((step for step in STEPS if step.name == name), None)
    if row is None:
        raise Http404
    form = step_form(row)(request.POST, person=request.user, subject=found, auto_id=f"id_{name}_%s")
    if attempt(form, partial(take_step, found, name, by=actor(request))):
        messages.success(request, _("Done: %(step)s.") % {"step": row.label})
        return redirect("desk-report", slug)
    return _shown(request, seen_report(request, slug), bound={name: form})


@page("POST")
def masthead(request: HttpRequest, slug: str) -> HttpResponse:
    found = seen_report(request, slug)
    form = _masthead_form(found, request.user, request.POST)
    if attempt(form, partial(found.set_masthead, by=actor(request))):
        messages.success(request, _("The masthead is saved."))
        return redirect("desk-report", slug)
    found = seen_report(request, slug)
    if is_stale(form):
        form = merged(form, _masthead_form(found, request.user))
    return _shown(request, found, bound={"masthead": form})


def _shown(request: HttpRequest, found: Report, *, bound: dict[str, DeskForm] | None = None) -> HttpResponse:
    person, bound = request.user, bound or {}
    mandate = mandate_of(person)
    editions, placed = list(_editions(found, person)), misplaced(found, bound.values())
    context = {
        "stages": _stages(found),
        "waits": waits_for(found, person),
        "next": comes_next(found, person),
        "steps": list(steps_of(found, person, bound)),
        "refused_step": not_offered(found, person, bound),
        "misplaced": placed,
        "masthead": _masthead(found, person, bound),
        "contents": contents_of(found) if mandate.is_secretariat else None,
        "is_secretariat": mandate.is_secretariat,
        "is_writable": found.is_writable(person),
        "editions": editions,
        "has_draft": any(edition.form == Edition.Form.DRAFT for edition, _drift in editions),
        "choices": choices(),
        "languages": LANGUAGES,
        "sources": sources_of(found, person),
        "files": files_of(found, person),
        "faults": [] if placed else [fault for form in bound.values() for fault in form.faults],
    }
    return show(request, "report", found, context, status=status_of_forms(bound.values()))


def _stages(found: Report) -> list[dict[str, Any]]:
    """The line of stages; a kind that States need not check passes none over."""
    order = [stage for stage in Stage if stage != Stage.CIRCULATED or found.is_circulated]
    now = order.index(Stage(found.stage))
    return [{"label": stage.label, "is_now": place == now, "is_past": place < now} for place, stage in enumerate(order)]


def _masthead(found: Report, person: Any, bound: dict[str, DeskForm]) -> DeskForm | None:
    """The form; also after a refusal, so that what was typed is not lost."""
    if "masthead" in bound:
        return bound["masthead"]
    return _masthead_form(found, person) if found.is_writable(person) else None


def _masthead_form(found: Report, person: Any, sent: Any = None) -> MastheadForm:
    initial = {name: getattr(found, name) for name in MASTHEAD} | {"version": found.version}
    return MastheadForm(sent, person=person, subject=found, initial=initial, auto_id="id_masthead_%s")


def _editions(found: Report, person: Any) -> Iterator[tuple[Edition, Drift | None]]:
    """The newest first; of the one that is read now, how far the updates have moved on since it was issued."""
    rows = Edition.objects.visible_to(person).filter(report=found).select_related("report").defer("snapshot")
    is_told = False
    for edition in rows.order_by("-number"):
        is_read_now = edition.form != Edition.Form.DRAFT and not is_told
        is_told = is_told or is_read_now
        yield edition, drift_of(edition) if is_read_now else None
