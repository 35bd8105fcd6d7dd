"""The editor's place: one section of a report, its passages as cards, and beside them the facts they rest on."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from commitments.desk.asking import is_partial, page, status_of_forms
from commitments.errors import Forbidden, Invalid
from commitments.screens.forms import actor
from reporting.desk.asking import made_by_the_secretariat, show
from reporting.desk.beside import Beside, beside_of
from reporting.facts import ReviewFacts
from reporting.forms import Choices, PassageForm
from reporting.issuing import facts_of, label_of
from reporting.issuing import sections_of as known_sections
from reporting.models import Passage, Report, Seat, SeatTaken
from reporting.placeholders import fill, unknown, words_in


@page("GET", "HEAD")
def section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    found = made_by_the_secretariat(request, slug)
    return show_section(request, found, section)


@page("GET", "HEAD", "POST")
def sit(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Sit down, or show a sign of life. Only whoever may write here sits; to read who does, GET takes nothing."""
    found = made_by_the_secretariat(request, slug)
    check_section(found, section)
    if request.method == "POST":
        if not found.is_writable(request.user):
            raise Forbidden()
        with suppress(SeatTaken):  # the part of the page says who sits there
            Seat.take(found, section, by=actor(request))
    if not is_partial(request):
        return redirect("desk-section", slug, section)
    was_closed = request.method != "POST"  # asked by a page without forms: a section that is free now has to be opened
    context = {"report": found, "section": section, "was_closed": was_closed, **seat_of(found, section, request.user)}
    return render(request, "reporting/desk/seat.html", context)


@page("POST")
def leave(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Free the section for others."""
    found = made_by_the_secretariat(request, slug)
    Seat.leave(found, section, by=actor(request))
    return HttpResponse(status=204) if "beacon" in request.POST else redirect("desk-report", slug)


def seat_of(found: Report, section: str, person: Any) -> dict[str, Any]:
    """Who sits in the section, and whether this person may write in it now."""
    seat = found.seats.filter(section=section).select_related("person").first()
    seat = seat if seat and seat.is_live else None
    is_own = seat is not None and seat.person_id == person.pk
    return {"seat": seat, "is_own_seat": is_own, "may_write": found.is_writable(person) and (seat is None or is_own)}


def show_section(
    request: HttpRequest, found: Report, section: str, *, bound: dict[str, PassageForm] | None = None
) -> HttpResponse:
    """The page. `bound` holds forms that were refused, by the uid of their passage; of a new one, by nothing."""
    bound, facts = bound or {}, facts_of(found)
    label, beside = check_section(found, section, facts), beside_of(found, facts, section, request.GET.get("look", ""))
    rows = list(found.passages.filter(section=section).select_related("last_edited_by").order_by("position", "pk"))
    live, retired = [row for row in rows if not row.retired_at], [row for row in rows if row.retired_at]
    cards = [card(row, request.user, beside, form=bound.get(str(row.uid))) for row in live]
    for place, one in enumerate(cards):
        one |= {"number": place + 1, "is_first": place == 0, "is_last": place == len(cards) - 1}
    context = {
        "section": section, "label": label, "beside": beside, "cards": cards, "retired": retired,
        "words": sum(words_in(row.text) for row in live), **_neighbours(found, section, facts),
        "new": bound.get("") or _new_form(request.user, beside), "is_new_open": "" in bound,
        "report_is_writable": found.is_writable(request.user), **seat_of(found, section, request.user),
        "faults": [fault for form in bound.values() for fault in form.faults],
    }  # fmt: skip
    return show(request, "section", found, context, status=status_of_forms(bound.values()))


def _neighbours(found: Report, section: str, facts: ReviewFacts) -> dict[str, Any]:
    """The sections before and after this one, as (slug, label)."""
    order = list(known_sections(found, facts).items())
    place = [slug for slug, _label in order].index(section)
    return {"before": order[place - 1] if place else None, "after": next(iter(order[place + 1 :]), None)}


def _new_form(person: Any, beside: Beside) -> PassageForm:
    return PassageForm(person=person, choices=beside.choices(), auto_id="id_new_%s")


def card(passage: Passage, person: Any, beside: Beside, *, form: PassageForm | None = None) -> dict[str, Any]:
    """One passage as the page shows it: its form, and its words with the figures filled in."""
    return {
        "passage": passage,
        "form": form or passage_form(passage, person, choices=beside.choices()),
        "preview": preview_of(passage, beside.facts),
        "cited": beside.cited(passage.cites),
    }


def passage_form(passage: Passage, person: Any, sent: Any = None, *, choices: Choices = ()) -> PassageForm:
    ids = f"id_{passage.uid}_%s"
    return PassageForm(sent, person=person, subject=passage, choices=choices, auto_id=ids)


def has_figures(passage: Passage) -> bool:
    return "{{" in passage.in_language("text")


def preview_of(passage: Passage, facts: ReviewFacts | None) -> dict[str, Any]:
    """The words with figures in place of their names, and the names not in the list; nothing without a figure."""
    if facts is None or not has_figures(passage):
        return {"text": "", "unknown": []}
    words = passage.in_language("text")
    return {"text": fill(words, facts), "unknown": unknown(words, facts)}


def check_section(found: Report, section: str, facts: ReviewFacts | None = None) -> str:
    """What the section is called, or 404."""
    try:
        return label_of(found, section, facts)
    except Invalid as refusal:
        raise Http404 from refusal
