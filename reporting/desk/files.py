"""Files of a report: asked for, watched while they are made in the background, and fetched by whoever asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commitments.desk.asking import is_partial, one_of, page
from commitments.errors import Invalid, WrongStatus
from commitments.querysets import mandate_of
from commitments.screens.forms import actor
from reporting.background import ask_for_file, content_of, name_of_file
from reporting.desk.asking import seen_report
from reporting.models import Edition, Report, ReportFile
from reporting.renderers import RENDERERS
from reporting.review_report import LANGUAGES

AS_IT_STANDS = ""  # instead of the number of an edition
SHOWN = 30


@page("POST")
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a file. `choice` is a format and a language, as in `pdf:ru`."""
    found = seen_report(request, slug)
    edition = _edition(request, found)
    file_format, _colon, language = request.POST.get("choice", "").partition(":")
    try:
        asked = ask_for_file(found, file_format, language, by=actor(request), edition=edition)
    except Invalid as refusal:
        messages.error(request, " ".join(str(problem.message) for problem in refusal.problems))
    else:
        messages.success(request, _("The file %(file)s is being made.") % {"file": name_of_file(asked)})
    return redirect(f"{_address(found)}#files")


@page("GET", "HEAD")
def progress(request: HttpRequest, uid: str) -> HttpResponse:
    """How far one file is: the part of the page that asks again until it is ready."""
    return render(
        request,
        "reporting/desk/file.html",
        {"file": _described(_file(request, uid)), "is_partial": is_partial(request)},
    )


@page("GET", "HEAD")
def download(request: HttpRequest, uid: str) -> HttpResponseBase:
    """The bytes, to whoever asked. What rests on words withdrawn since is made anew instead."""
    file = _file(request, uid)
    if file.status != ReportFile.Status.READY:
        raise WrongStatus(_("This file is not ready."), status=file.status, allowed_moves=[])
    content, media_type = content_of(file), RENDERERS[file.file_format].media_type
    if content is None:
        message = _("What States have released has changed since this file was made. It is being made anew.")
        messages.info(request, message)
        return redirect(f"{_address(file.report)}#files")
    answer = FileResponse(content, as_attachment=True, filename=name_of_file(file), content_type=media_type)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def sources_of(found: Report, person: Any) -> list[tuple[str, Any]]:
    """What files can be made of: the editions that a person sees; for the secretariat also the report as it stands."""
    editions = Edition.objects.visible_to(person).filter(report=found).defer("snapshot").order_by("-number")
    sources = [(str(one.number), _edition_name(one)) for one in editions]
    if mandate_of(person).is_secretariat:
        sources.append((AS_IT_STANDS, _("The report as it stands")))
    return sources


def files_of(found: Report, person: Any) -> list[dict[str, Any]]:
    """This person's own files of it, the newest first."""
    rows = (
        ReportFile.objects.visible_to(person)
        .filter(report=found)
        .select_related("edition", "report")
        .defer("edition__snapshot")
    )
    return [_described(row) for row in rows.order_by("-asked_at")[:SHOWN]]


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each format with its languages, as buttons: (label, value) each."""
    return [(name, [(language, f"{name}:{language}") for language in LANGUAGES]) for name in RENDERERS]


def _address(found: Report) -> str:
    return redirect("desk-report", found.slug).url


def _edition(request: HttpRequest, found: Report) -> Edition | None:
    """The edition asked for, or None for the report as it stands, which is the secretariat's alone."""
    number = request.POST.get("edition", AS_IT_STANDS)
    if number == AS_IT_STANDS and mandate_of(request.user).is_secretariat:
        return None
    known = number if number.isdecimal() and len(number) < 9 else None
    return one_of(Edition.objects.visible_to(request.user).filter(report=found), number=known)


def _file(request: HttpRequest, uid: str) -> ReportFile:
    rows = ReportFile.objects.visible_to(request.user).select_related("edition", "report")
    return one_of(rows.defer("edition__snapshot"), uid=uid)


def _edition_name(edition: Edition) -> str:
    return _("Edition %(number)d: %(form)s") % {"number": edition.number, "form": edition.get_form_display()}


def _described(file: ReportFile) -> dict[str, Any]:
    return {
        "row": file,
        "name": name_of_file(file),
        "source": _edition_name(file.edition) if file.edition else _("The report as it stands"),
        "is_made": file.status in (ReportFile.Status.READY, ReportFile.Status.FAILED),
        "is_ready": file.status == ReportFile.Status.READY,
    }
