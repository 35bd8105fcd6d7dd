"""The fact check: the circulated draft, paragraph by paragraph, with the comments of States and how each was met."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.admin.base import actor
from commitments.admin.forms import attempt
from commitments.querysets import mandate_of
from reporting.desk.asking import one_of, page, seen_report, status_of_forms
from reporting.document import Box, Document, Paragraph
from reporting.forms import AnswerForm, RemarkForm
from reporting.issuing import shown_snapshot, snapshot_of
from reporting.life import Stage
from reporting.models import Edition, Remark, Report
from reporting.renderers.html_blocks import BlockWriter
from reporting.review_report import LANGUAGES

WHOLE = "0"  # the paragraph of a comment on the whole draft


@page("GET", "HEAD")
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    return _shown(request, seen_report(request, slug))


@page("GET", "HEAD")
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for a comment on `?paragraph=`, for a script to put below it."""
    found = seen_report(request, slug)
    if not _may_comment(found, request.user):
        raise Http404
    form = _remark_form(request.user, request.GET.get("paragraph", WHOLE))
    return render(request, "reporting/desk/comment.html", {"report": found, "form": form})


@page("POST")
def remark(request: HttpRequest, slug: str) -> HttpResponse:
    """A State's coordinator comments on one paragraph."""
    found = seen_report(request, slug)
    form = _remark_form(request.user, request.POST.get("paragraph", ""), request.POST)

    def act(paragraph: str, text: str, **words: Any) -> None:
        Remark.make(found, paragraph, text, by=actor(request), **words)

    if attempt(form, act):
        messages.success(request, _("Your comment is with the secretariat."))
        return redirect(f"{_address(found)}#paragraph-{form.cleaned_data['paragraph']}")
    return _shown(request, found, {f"p{request.POST.get('paragraph', '')}": form})


@page("POST")
def answer(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """The secretariat says whether a comment is met, and why."""
    found = seen_report(request, slug)
    one = one_of(Remark.objects.visible_to(request.user).filter(report=found).select_related("member_state"), uid=uid)
    one.report = found
    form = AnswerForm(request.POST, person=request.user, subject=one, auto_id=f"id_{uid}_%s")
    if attempt(form, partial(one.answer, by=actor(request))):
        messages.success(request, _("The answer is saved."))
        return redirect(f"{_address(found)}#remark-{uid}")
    return _shown(request, found, {str(uid): form})


@page("GET", "HEAD")
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The report as it stands, for the secretariat."""
    found = seen_report(request, slug)
    if not mandate_of(request.user).is_secretariat:
        raise Http404
    language = language_of(request)
    document = snapshot_of(found).document(language)
    context = {"report": found, "document": document, "language": language, "languages": LANGUAGES}
    return render(request, "reporting/desk/preview.html", context | {"blocks": written(document)})


def language_of(request: HttpRequest) -> str:
    """The language of a document asked for; else the reader's, where reports are made in it."""
    asked = request.GET.get("language", "") or (get_language() or "")[:2]
    return asked if asked in LANGUAGES else LANGUAGES[0]


def written(document: Document) -> list[str]:
    """Every block as HTML, in the document's own language."""
    with translation.override(document.language):
        writer = BlockWriter(document)
        return [writer.write(block) for block in document.pages]


def _shown(request: HttpRequest, found: Report, bound: dict[str, Any] | None = None) -> HttpResponse:
    bound, person = bound or {}, request.user
    edition = _draft_of(found, person)
    language = language_of(request)
    document = shown_snapshot(edition).document(language)
    may_comment = _may_comment(found, person)
    if may_comment and (asked := request.GET.get("paragraph")):
        bound = {f"p{asked}": _remark_form(person, asked)} | bound
    may_answer = found.stage == Stage.CIRCULATED and mandate_of(person).is_editor
    remarks = _remarks(found, person, bound, may_answer)
    context = {
        "report": found, "edition": edition, "document": document, "language": language, "languages": LANGUAGES,
        "whole": _place(WHOLE, remarks, bound),
        "parts": list(_parts(document, remarks, bound)),
        "elsewhere": [one for each in remarks.values() for one in each],
        "may_comment": may_comment, "may_answer": may_answer,
        "faults": [fault for form in bound.values() for fault in form.faults],
    }  # fmt: skip
    return render(request, "reporting/desk/draft.html", context, status=status_of_forms(bound.values()))


def _draft_of(found: Report, person: Any) -> Edition:
    """The draft circulated last, as far as this person may see it."""
    drafts = Edition.objects.visible_to(person).filter(report=found, form=Edition.Form.DRAFT)
    edition = drafts.order_by("-number").first()
    if edition is None:
        raise Http404
    return edition


def _parts(document: Document, remarks: dict[str, list[Any]], bound: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each block with, below a numbered paragraph, its comments. Takes these comments away."""
    for block, text in zip(document.pages, written(document), strict=True):
        yield {"html": text, "numbered": [_place(number, remarks, bound) for number in _numbers(block)]}


def _place(number: str, remarks: dict[str, list[Any]], bound: dict[str, Any]) -> dict[str, Any]:
    """One paragraph's comments, and the form for another where it is asked for."""
    return {"number": number, "remarks": remarks.pop(number, []), "form": bound.get(f"p{number}")}


def _numbers(block: Any) -> Iterator[str]:
    """The numbers of the paragraphs in a block."""
    inner = block.blocks if isinstance(block, Box) else (block,)
    yield from (one.number for one in inner if isinstance(one, Paragraph) and one.number)


def _may_comment(found: Report, person: Any) -> bool:
    return found.stage == Stage.CIRCULATED and bool(mandate_of(person).coordinated_state_ids)


def _remark_form(person: Any, number: str, sent: Any = None) -> RemarkForm:
    initial = {"paragraph": number, "language": (get_language() or "en")[:2]}
    return RemarkForm(sent, person=person, initial=initial, auto_id=f"id_p{number}_%s")


def _remarks(found: Report, person: Any, bound: dict[str, Any], may_answer: bool) -> dict[str, list[Any]]:
    """Comments that this person sees, by paragraph: the secretariat all of them, a State its own."""
    rows = Remark.objects.visible_to(person).filter(report=found).select_related("member_state", "answered_by")
    by_paragraph: dict[str, list[Any]] = {}
    for row in rows.order_by("made_at", "pk"):
        form = bound.get(str(row.uid))
        if form is None and may_answer:
            form = AnswerForm(person=person, subject=row, auto_id=f"id_{row.uid}_%s")
        by_paragraph.setdefault(row.paragraph, []).append((row, form))
    return by_paragraph


def _address(found: Report) -> str:
    return redirect("desk-draft", found.slug).url
