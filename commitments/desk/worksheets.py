"""Worksheets: an agency's drafts taken away as a spreadsheet, brought back, looked at, and applied as a whole."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commitments.desk.asking import page, status_of, status_of_forms
from commitments.desk.brought import Preview, outcome
from commitments.errors import Invalid
from commitments.querysets import mandate_of
from commitments.screens.forms import DeskForm, actor
from commitments.screens.sent import version_sent
from commitments.uploads import MAX_BYTES
from commitments.worksheets import applying, keeping, reading, taking, writing
from commitments.worksheets.package import refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TakeForm(DeskForm):
    """What to take away. `subject`: the cycles to choose from."""

    cycle = forms.ChoiceField(label=gettext_lazy("Review cycle"))
    of = forms.ChoiceField(label=gettext_lazy("Action items"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the headings and lists"), choices=settings.LANGUAGES)

    def shape(self) -> None:
        choices: dict[str, Any] = {
            "cycle": [(cycle.slug, str(cycle)) for cycle in self.subject],
            "of": [(taking.ALL, _("All that I may edit")), *taking.scopes(self.person)],
        }
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered
        language = (translation.get_language() or "en").split("-")[0]
        self.initial = {"language": language, "cycle": taking.first_open(self.person, self.subject)}


class BringForm(DeskForm):
    """The file that comes back."""

    file = forms.FileField(
        label=gettext_lazy("The worksheet that you filled in"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx) taken here, at most 10 MB. You will see every change before anything is saved."
        ),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
            "missing": gettext_lazy("Choose a file."),
        },
        widget=forms.FileInput(attrs={"accept": f".xlsx,{XLSX}"}),
    )

    def words_read(self) -> reading.Grid:
        """The worksheet in the file. Raises Invalid, saying why there is none."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise refusal("size", _("At most %(limit)d MB.") % {"limit": MAX_BYTES // 1_000_000})
        return reading.read(file.read())


@page("GET", "HEAD")
def worksheet(request: HttpRequest) -> HttpResponse:
    """Where a worksheet is taken and brought back."""
    return _start(request)


@page("GET", "HEAD")
def worksheet_file(request: HttpRequest) -> HttpResponse:
    """The file: the drafts that this person may edit now."""
    cycles = _cycles(request)
    form = TakeForm(request.GET, person=request.user, subject=cycles)
    if not form.is_valid():
        return _start(request, take=form)
    chosen = form.cleaned_data
    cycle = next(cycle for cycle in cycles if cycle.slug == chosen["cycle"])
    updates = taking.drafts_to_take(request.user, cycle, chosen["of"])
    if not updates:
        form.add_error(
            None,
            _("There is no draft here that you may edit now: all are submitted, or the reporting window is closed."),
        )
        return _start(request, take=form)
    with translation.override(chosen["language"]):
        content = writing.write(taking.sheet_of(request.user, cycle, updates))
    return _download(content, _file_name(cycle.slug, chosen["of"], chosen["language"]))


@page("POST")
def worksheet_upload(request: HttpRequest) -> HttpResponse:
    """Read the file and keep its cells for the preview. Nothing of it is written."""
    _cycles(request)
    form = BringForm(request.POST, request.FILES, person=request.user)
    if not form.is_valid():
        return _start(request, bring=form)
    try:
        grid = form.words_read()
    except Invalid as refused:
        form.take(refused)
        return _start(request, bring=form)
    token = keeping.keep(request.user, keeping.Kept(form.cleaned_data["file"].name[:120], grid))
    return redirect("desk-worksheet-preview", token)


@page("GET", "HEAD", "POST")
def worksheet_preview(request: HttpRequest, token: str) -> HttpResponse:
    """What the file would change; a POST applies it. Once applied: what was saved."""
    kept = keeping.kept(request.user, token)
    if kept is None:
        messages.error(
            request,
            _("A worksheet is kept for an hour, and this one is gone. Nothing of it was saved: bring the file again."),
        )
        return redirect("desk-worksheet")
    if kept.grid is None:
        return render(request, "commitments/desk/worksheet_saved.html", outcome(request.user, kept))
    if request.method != "POST":
        return _previewed(request, token, Preview(request.user, kept))
    return _applied(request, token, kept)


def _applied(request: HttpRequest, token: str, kept: keeping.Kept) -> HttpResponse:
    """All of it, or nothing: then the preview again, as things stand now, with what was refused."""
    preview, sent = Preview(request.user, kept), request.POST
    numbers = [judged.row.number for judged in preview.judged]
    try:
        planned = applying.steps(
            preview.judged,
            choices={number: sent.get(f"choice-{number}", "") for number in numbers},
            seen={number: version_sent(sent, f"seen-{number}") for number in numbers},
            leave_out=sent.get("leave_out") == "on",
        )
        saved = applying.apply(planned, by=actor(request))
    except applying.NotApplied as refused:
        return _previewed(request, token, Preview(request.user, kept, refused.refusals, sent))
    keeping.keep(request.user, keeping.Kept(kept.name, None, saved), token)
    told = ngettext("%(count)d update is saved.", "%(count)d updates are saved.", len(saved)) % {"count": len(saved)}
    messages.success(request, told if saved else _("Nothing was to be saved."))
    return redirect("desk-worksheet-preview", token)


@page("POST")
def worksheet_forget(request: HttpRequest, token: str) -> HttpResponse:
    """The person gives it up: nothing of the file is kept."""
    keeping.forget(request.user, token)
    messages.info(request, _("Nothing was saved, and nothing of the file is kept."))
    return redirect("desk-worksheet")


def _previewed(request: HttpRequest, token: str, preview: Preview) -> HttpResponse:
    context = {"token": token, "preview": preview}
    return render(
        request, "commitments/desk/worksheet_preview.html", context, status=status_of(preview.refusals.values())
    )


def _start(request: HttpRequest, take: TakeForm | None = None, bring: BringForm | None = None) -> HttpResponse:
    cycles = _cycles(request)
    bound: list[DeskForm] = [form for form in (take, bring) if form is not None]
    context = {
        "cycles": cycles,
        "take": take or TakeForm(person=request.user, subject=cycles),
        "bring": bring or BringForm(person=request.user),
        "faults": [fault for form in bound for fault in form.faults],
    }
    return render(request, "commitments/desk/worksheet.html", context, status=status_of_forms(bound))


def _cycles(request: HttpRequest) -> list[Any]:
    """The cycles to report in. These pages are for whoever serves a State: for others there is nothing here."""
    if not mandate_of(request.user).state_ids:
        raise Http404
    return taking.cycles_to_take(request.user)


def _file_name(cycle: str, of: str, language: str) -> str:
    parts = ["updates", cycle, of.replace(":", "-"), dt.datetime.now(dt.UTC).date().isoformat(), language]
    return f"{'-'.join(part for part in parts if part)}.xlsx"


def _download(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
