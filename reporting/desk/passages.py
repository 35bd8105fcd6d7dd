"""What an editor does to passages: each page one domain call, answered with a page or, to a script, a part of it."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commitments.desk.asking import is_partial, one_of, page, status_of_forms
from commitments.screens.differences import Piece, differences
from commitments.screens.forms import actor, attempt, is_stale, merged
from reporting.desk.asking import made_by_the_secretariat, show
from reporting.desk.beside import beside_of
from reporting.desk.sections import (
    card,
    check_section,
    has_figures,
    passage_form,
    preview_of,
    show_section,
)
from reporting.forms import PassageForm, ReadForm
from reporting.issuing import facts_of
from reporting.models import Passage, PassageVersion, Report

VERSIONS_SHOWN = 50
PAUSE = dt.timedelta(minutes=10)  # after which a sitting has ended


@page("POST")
def add(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """A new passage at the end of the section."""
    found = made_by_the_secretariat(request, slug)
    form = PassageForm(request.POST, person=request.user, auto_id="id_new_%s")
    added: list[Passage] = []

    def act(version: int, **words: Any) -> None:
        check_section(found, section)
        added.append(Passage.add(found, section, by=actor(request), **words))

    if attempt(form, act):
        messages.success(request, _("The passage is added."))
        return redirect(f"{_section_address(found, section)}#passage-{added[0].uid}")
    return show_section(request, found, section, bound={"": form})


@page("POST")
def save(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Save it. A script gets the sign that it is saved; both texts are shown where somebody else saved meanwhile."""
    found, passage = _passage(request, slug, uid)
    form = passage_form(passage, request.user, request.POST)
    if attempt(form, partial(passage.edit, by=actor(request))):
        return _saved(request, found, passage)
    if is_stale(form):
        return _both_texts(request, found, uid, form)
    if not is_partial(request):
        return show_section(request, found, passage.section, bound={str(uid): form})
    return render(request, "desk/not_saved.html", {"form": form}, status=status_of_forms([form]))


def _saved(request: HttpRequest, found: Report, passage: Passage) -> HttpResponse:
    """The facts are read only where there is a figure to fill in: this is asked every few seconds."""
    if not is_partial(request):
        messages.success(request, _("Saved as version %(number)d.") % {"number": passage.version})
        return redirect(f"{_section_address(found, passage.section)}#passage-{passage.uid}")
    facts = facts_of(found) if has_figures(passage) else None
    context = {"report": found, "passage": passage, "preview": preview_of(passage, facts)}
    return render(request, "reporting/desk/saved.html", context)


def _both_texts(request: HttpRequest, found: Report, uid: str, form: PassageForm) -> HttpResponse:
    """What was typed, and what somebody else saved meanwhile, side by side."""
    _report, fresh = _passage(request, found.slug, uid)
    beside = beside_of(found, facts_of(found), fresh.section, request.GET.get("look", ""))
    form = merged(form, passage_form(fresh, request.user, choices=beside.choices()))
    if not is_partial(request):
        return show_section(request, found, fresh.section, bound={str(uid): form})
    context = {"report": found, "card": card(fresh, request.user, beside, form=form), "may_write": True}
    answer = render(request, "reporting/desk/passage.html", context, status=status_of_forms([form]))
    answer["HX-Retarget"], answer["HX-Reswap"] = f"#passage-{uid}", "outerHTML"
    return answer


@page("POST")
def move(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """One place up or down in its section."""
    found, passage = _passage(request, slug, uid)
    order = list(found.passages.filter(section=passage.section, retired_at=None).order_by("position", "pk"))
    place = next((number for number, one in enumerate(order) if one.pk == passage.pk), 0)
    up = request.POST.get("direction") == "up"
    before = order[max(place - 1, 0)] if up else next(iter(order[place + 2 :]), None)
    if before is not None and before.pk == passage.pk:
        return redirect(f"{_section_address(found, passage.section)}#passage-{uid}")
    return _act(request, found, passage, partial(passage.move, before=before), _("Moved."))


@page("POST")
def retire(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    found, passage = _passage(request, slug, uid)
    return _act(request, found, passage, passage.retire, _("Taken out of the report. It can be put back below."))


@page("POST")
def restore(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    found, passage = _passage(request, slug, uid)
    return _act(request, found, passage, passage.restore, _("Put back into the report."))


@page("GET", "HEAD")
def versions(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """What was saved, the newest first, each version with what it changed. Words are saved as they are typed, so only
    the last version of each sitting is shown; with `?all`, every one."""
    found, passage = _passage(request, slug, uid)
    kept, is_whole = passage.versions.order_by("-number"), "all" in request.GET
    chosen = kept if is_whole else kept.filter(number__in=_ends_of_sittings(passage))
    rows = list(chosen[: VERSIONS_SHOWN + 1])
    told = [(row, _changed(row, before)) for row, before in zip(rows, [*rows[1:], None], strict=True)]
    number = kept.count()
    context = {"passage": passage, "versions": told[:VERSIONS_SHOWN], "is_whole": is_whole, "number": number}
    return show(request, "versions", found, context)


def _ends_of_sittings(passage: Passage) -> list[int]:
    """The number of the last version of each sitting: of one person, saved without a long pause."""
    saved = list(passage.versions.order_by("number").values_list("number", "made_by_id", "made_at", "is_retired"))
    ends = []
    for one, after in zip(saved, [*saved[1:], None], strict=True):
        is_last = after is None or after[1] != one[1] or after[2] - one[2] > PAUSE or after[3] != one[3]
        ends += [one[0]] if is_last else []
    return ends


def _changed(version: PassageVersion, before: PassageVersion | None) -> list[tuple[str, list[Piece]]]:
    """(language, pieces) of the text and of each translation, against the version before."""
    texts, earlier = _texts(version), _texts(before) if before else {}
    return [(language, differences(earlier.get(language, ""), text)) for language, text in texts.items() if text]


def _texts(version: PassageVersion) -> dict[str, str]:
    return {"": version.text} | {code: each.get("text", "") for code, each in version.translations.items()}


def _act(request: HttpRequest, found: Report, passage: Passage, act: Any, done: str) -> HttpResponse:
    """One verb without words: a refusal is told on the page of the section."""
    form = ReadForm(request.POST, person=request.user, subject=passage)
    if attempt(form, partial(act, by=actor(request))):
        messages.success(request, done)
    else:
        messages.error(request, " ".join(message for _anchor, _label, message in form.faults))
    return redirect(f"{_section_address(found, passage.section)}#passage-{passage.uid}")


def _passage(request: HttpRequest, slug: str, uid: str) -> tuple[Report, Passage]:
    found = made_by_the_secretariat(request, slug)
    passage = one_of(found.passages.select_related("last_edited_by"), uid=uid)
    passage.report = found
    return found, passage


def _section_address(found: Report, section: str) -> str:
    return redirect("desk-section", found.slug, section).url
