"""The page of one report: where it stands, the steps open to a person, its masthead, sections, editions and files."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commitments.admin.base import actor, merged
from commitments.admin.forms import DeskForm, attempt, is_stale
from commitments.querysets import mandate_of
from reporting.desk.asking import page, seen_report, status_of_forms
from reporting.desk.files import choices, files_of, sources_of
from reporting.desk.sections import sections_of
from reporting.desk.waiting import waits_for
from reporting.forms import MastheadForm, step_form
from reporting.issuing import drift_of, take_step
from reporting.life import STEPS, Need, Stage, steps_from
from reporting.models import Edition, Report
from reporting.models.reports import MASTHEAD


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
    editions = list(_editions(found, person))
    context = {
        "report": found,
        "stages": _stages(found),
        "waits": waits_for(found, person),
        "steps": list(_steps(found, person, bound)),
        "refused_step": _not_offered(found, person, bound),
        "masthead": _masthead(found, person, bound),
        "sections": sections_of(found) if mandate.is_secretariat else [],
        "is_secretariat": mandate.is_secretariat,
        "is_writable": found.is_writable(person),
        "editions": editions,
        "has_draft": any(edition.form == Edition.Form.DRAFT for edition, _drift in editions),
        "choices": choices(),
        "sources": sources_of(found, person),
        "files": files_of(found, person),
        "faults": [fault for form in bound.values() for fault in form.faults],
    }
    return render(request, "reporting/desk/report.html", context, status=status_of_forms(bound.values()))


def _stages(found: Report) -> list[dict[str, Any]]:
    """The line of stages; a kind that States need not check passes none over."""
    order = [stage for stage in Stage if stage != Stage.CIRCULATED or found.is_circulated]
    now = order.index(Stage(found.stage))
    return [{"label": stage.label, "is_now": place == now, "is_past": place < now} for place, stage in enumerate(order)]


def _steps(found: Report, person: Any, bound: dict[str, DeskForm]) -> Any:
    """Each allowed step with its form; the table's order."""
    allowed = found.allowed_steps(person)
    for row in steps_from(found.stage):
        if row.name in allowed:
            form = bound.get(row.name) or step_form(row)(person=person, subject=found, auto_id=f"id_{row.name}_%s")
            is_backward = Need.REASON in row.needs and not row.freezes
            yield {"step": row, "form": form, "is_open": row.name in bound, "is_backward": is_backward}


def _not_offered(found: Report, person: Any, bound: dict[str, DeskForm]) -> DeskForm | None:
    """A step that was refused and is not open any more: what was typed in it is still shown."""
    allowed = (*found.allowed_steps(person), "masthead")
    return next((form for name, form in bound.items() if name not in allowed), None)


def _masthead(found: Report, person: Any, bound: dict[str, DeskForm]) -> DeskForm | None:
    """The form; also after a refusal, so that what was typed is not lost."""
    if "masthead" in bound:
        return bound["masthead"]
    return _masthead_form(found, person) if found.is_writable(person) else None


def _masthead_form(found: Report, person: Any, sent: Any = None) -> MastheadForm:
    initial = {name: getattr(found, name) for name in MASTHEAD} | {"version": found.version}
    return MastheadForm(sent, person=person, subject=found, initial=initial, auto_id="id_masthead_%s")


def _editions(found: Report, person: Any) -> Any:
    """The newest first; how far the updates have moved on since, for what is issued."""
    rows = Edition.objects.visible_to(person).filter(report=found).order_by("-number")
    for edition in rows:
        yield edition, drift_of(edition) if edition.form != Edition.Form.DRAFT else None
