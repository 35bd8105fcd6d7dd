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

from commitments.content import reader_language
from commitments.desk.asking import one_of, page, status_of_forms
from commitments.querysets import mandate_of
from commitments.screens.forms import actor, attempt
from reporting.desk.asking import seen_report, show
from reporting.desk.comments import by_paragraph, remarks_of, tally_of
from reporting.desk.waiting import waits_for
from reporting.document import Box, Document, Paragraph
from reporting.forms import AnswerForm, RemarkForm
from reporting.issuing import shown_snapshot, snapshot_of
from reporting.life import Stage
from reporting.manuscript import WHOLE_DRAFT as WHOLE
from reporting.models import Edition, Remark, Report
from reporting.readings import told_remarks
from reporting.renderers.html_blocks import BlockWriter
from reporting.review_report import LANGUAGES


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
    context = {"report": found, "form": form, "language": language_of(request)}
    return render(request, "reporting/desk/comment.html", context)


@page("POST")
def remark(request: HttpRequest, slug: str) -> HttpResponse:
    """A State's coordinator comments on one paragraph."""
    found = seen_report(request, slug)
    form = _remark_form(request.user, request.POST.get("paragraph", ""), request.POST)

    def act(paragraph: str, text: str, **words: Any) -> None:
        Remark.make(found, paragraph, text, by=actor(request), **words)

    if attempt(form, act):
        messages.success(request, _("Your comment is with the secretariat."))
        return redirect(f"{_address(request, found)}#paragraph-{form.cleaned_data['paragraph']}")
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
        return redirect(f"{_address(request, found)}#remark-{uid}")
    return _shown(request, found, {str(uid): form})


@page("GET", "HEAD")
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The report as it stands, for the secretariat."""
    found = seen_report(request, slug)
    if not mandate_of(request.user).is_secretariat:
        raise Http404
    language = language_of(request)
    told_remarks(remarks_of(found, request.user))
    document = snapshot_of(found).document(language)
    context = {"document": document, "language": language, "languages": LANGUAGES, "blocks": written(document)}
    return show(request, "preview", found, context)


def language_of(request: HttpRequest) -> str:
    """The language of a document asked for; else the reader's, where reports are made in it."""
    asked = request.GET.get("language", "") or reader_language()
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
    rows = remarks_of(found, person)
    remarks = by_paragraph(rows, person, bound, may_answer=may_answer)
    context = {
        "tally": tally_of(rows), "waits": waits_for(found, person), "edition": edition, "document": document,
        "language": language, "languages": LANGUAGES,
        "whole": _place(WHOLE, remarks, bound),
        "parts": list(_parts(document, remarks, bound)),
        "elsewhere": [one for each in remarks.values() for one in each],
        "may_comment": may_comment, "may_answer": may_answer,
        "faults": [fault for form in bound.values() for fault in form.faults],
    }  # fmt: skip
    return show(request, "draft", found, context, status=status_of_forms(bound.values()))


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
    """While the draft is with the States, and the last day has not ended in the capital."""
    own = mandate_of(person).coordinated_state_ids
    return bool(own) and found.is_open_to_comments(own)


def _remark_form(person: Any, number: str, sent: Any = None) -> RemarkForm:
    initial = {"paragraph": number, "language": (get_language() or "en")[:2]}
    form = RemarkForm(sent, person=person, initial=initial, auto_id=f"id_p{number}_%s")
    if sent is None:  # asked for at this place: a person who uses keys goes on in it
        form.fields["text"].widget.attrs["autofocus"] = True
    return form


def _address(request: HttpRequest, found: Report) -> str:
    """The draft, in the language in which it is being read."""
    asked = request.GET.get("language", "")
    return redirect("desk-draft", found.slug).url + (f"?language={asked}" if asked in LANGUAGES else "")
