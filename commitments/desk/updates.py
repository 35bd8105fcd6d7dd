"""The page of one update: read, written as it is typed, submitted, and moved on. Each press is one domain call."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commitments.content import SECTIONS
from commitments.desk.asking import is_partial, one_of, page, status_of_forms
from commitments.desk.presence import others_at
from commitments.desk.work import first_in_hand
from commitments.guidance import GUIDANCE
from commitments.models import Event, Revision, Update
from commitments.querysets import mandate_of
from commitments.screens.content import EvidenceForm, WordsForm
from commitments.screens.forms import DeskForm, actor, attempt, attempt_upon
from commitments.screens.hands import history, returned, writers
from commitments.screens.moves import MoveForm, form_from
from commitments.screens.planned import planned_of
from commitments.screens.receipts import own_moves, receipt_of, receipts_of
from commitments.screens.sent import version_sent, whole_number
from commitments.screens.update import UpdatePage


class DeskPage(UpdatePage):
    """With whose hand is in it, and evidence in a form of its own."""

    draft_form = WordsForm

    def context(self) -> dict[str, Any]:
        found, item = super().context(), self.update.commitment.action_item
        hands = writers(self.update, self.person) if self.form else {}  # told beside the fields alone
        note = returned(self.update, self.person)
        for _legend, parts in found["groups"]:
            for part in parts:
                part["writer"] = hands.get(part["name"])
                part["is_text"] = part["name"] in SECTIONS
                part["is_returned"] = note is not None and part["name"] in note.fields
        return found | {
            "returned": note,
            "planned": planned_of(self.update.commitment, self.person),
            "saves_after": settings.DESK_SAVES_AFTER,
            "is_scanned": bool(settings.SCANNER),
            "history": history(self.update, self.person),
            "evidence_form": self.bound.get("evidence") or self._evidence_form(),
            "present": others_at(self.update, self.person),
            "short_title": item.in_language("short_title"),
            "translation": item.translation("text"),
            "contributing": [agency.own_name() for agency in self.update.commitment.contributing_agencies.all()],
            "returned_labels": [(f"id_{name}", GUIDANCE[name].label) for name in note.fields] if note else [],
            "may_reply": self.update.commitment.member_state_id in self.mandate.coordinated_state_ids,
        }

    def _evidence_form(self) -> EvidenceForm | None:
        is_open = "edit" in self.allowed
        return EvidenceForm(person=self.person, subject=self.update, auto_id="id_%s") if is_open else None

    def events(self) -> list[Any]:
        return []  # told by sittings


@page("GET", "HEAD")
def update(request: HttpRequest, cycle: str, state: str, code: str) -> HttpResponse:
    try:
        return show(request, seen(request, cycle, state, code))
    except Http404:  # the same for every address, with what this device keeps of it, for whoever could write here once
        context = {"key": f"{cycle}:{state}:{code}"}
        return render(request, "commitments/desk/update_gone.html", context, status=404)


@page("POST")
def save(request: HttpRequest, cycle: str, state: str, code: str) -> HttpResponse:
    """Save what was touched. A script gets the sign that it is saved; both texts where two wrote in one field.

    A page keeps the version of the words that it shows: where these were saved upon somebody else's, it is told no
    newer one, and submits nothing before its reader has read them.
    """
    found = seen(request, cycle, state, code)
    form, is_saved = attempt_upon(
        WordsForm(request.POST, person=request.user, subject=found),
        partial(found.make, "edit", by=actor(request)),
        lambda: WordsForm(person=request.user, subject=seen(request, cycle, state, code)),
    )
    if not is_saved:
        return _not_saved(request, seen(request, cycle, state, code), form)
    read, is_wanted = version_sent(request.POST), request.POST.get("press") == "submit"
    if is_partial(request):
        context = DeskPage(found, request.user).context() | {"is_shown": form.cleaned_data["version"] == read}
        return render(request, "commitments/desk/update_saved.html", context)
    other = _other_since(request, found, read) if is_wanted else None
    if is_wanted and other is None:
        return _submit(request, found)
    messages.success(request, _("Saved."))
    if other:
        told = _("%(name)s has written here since you opened it. Read it, then submit.")
        messages.warning(request, told % {"name": other.by_name})
    return redirect(address_of(found))


def _other_since(request: HttpRequest, found: Update, read: int | None) -> Event | None:
    """The last that somebody else saved after this version."""
    saves = Event.objects.visible_to(request.user).filter(update=found, move="edit", sequence__gt=read or 0)
    return saves.exclude(by=actor(request)).order_by("sequence").last()


def _not_saved(request: HttpRequest, found: Update, form: WordsForm) -> HttpResponse:
    if not is_partial(request):
        return show(request, found, {"edit": form})
    if not form.theirs:
        return render(request, "desk/not_saved.html", {"form": form}, status=status_of_forms([form]))
    context = DeskPage(found, request.user, bound={"edit": form}).context()
    answer = render(request, "commitments/desk/update_form.html", context, status=status_of_forms([form]))
    answer["HX-Retarget"], answer["HX-Reswap"] = "#draft", "outerHTML"
    return answer


def _submit(request: HttpRequest, found: Update) -> HttpResponse:
    form = MoveForm({}, person=request.user, subject=found)
    if not attempt(form, partial(found.make, "submit", by=actor(request), version=found.version)):
        return show(request, seen(request, *found.key.split(":")), {"submit": form})
    revision = found.current_revision
    return redirect("desk-receipt", *found.key.split(":"), revision.number if revision else 1)


@page("POST")
def move(request: HttpRequest, cycle: str, state: str, code: str, name: str) -> HttpResponse:
    """One move, on the version that was shown."""
    found = seen(request, cycle, state, code)
    if name == "edit":
        raise Http404  # by the form of the draft alone
    form = form_from(name, found.status)(request.POST, person=request.user, subject=found, auto_id=f"id_{name}_%s")
    if not attempt(form, partial(found.make, name, by=actor(request), version=version_sent(request.POST))):
        return show(request, seen(request, cycle, state, code), {name: form})
    messages.success(request, _("Done: %(status)s.") % {"status": found.get_status_display().lower()})
    is_seen = Update.objects.visible_to(request.user).filter(pk=found.pk).exists()
    return redirect(address_of(found)) if is_seen else redirect("desk")


@page("GET", "HEAD")
def present(request: HttpRequest, cycle: str, state: str, code: str) -> HttpResponse:
    """Who else has it open, and whether it was saved by somebody since: asked by the page now and then."""
    found = seen(request, cycle, state, code)
    if found.commitment.member_state_id not in mandate_of(request.user).state_ids:
        raise Http404  # who saves in a State, and when, stays inside it
    since = _other_since(request, found, whole_number(request.GET.get("read")))
    context = {"present": others_at(found, request.user), "update": found, "since": since}
    return render(request, "commitments/desk/update_present.html", context)


@page("GET", "HEAD")
def receipt(request: HttpRequest, cycle: str, state: str, code: str, number: int) -> HttpResponse:
    """What was submitted, when and by whom, with the hash that the record keeps of it."""
    found = seen(request, cycle, state, code)
    revision = one_of(Revision.objects.visible_to(request.user), update=found, number=number)
    short_title = found.commitment.action_item.in_language("short_title")
    context = {"update": found, "revision": revision, "short_title": short_title, "next": first_in_hand(request.user)}
    context["receipts"] = receipts_of(revision, found, mandate_of(request.user))
    return render(request, "commitments/desk/receipt.html", context)


@page("GET", "HEAD")
def receipt_file(request: HttpRequest, cycle: str, state: str, code: str, number: int) -> HttpResponse:
    """One move of the State's own, as a file that it can check without us; or 404."""
    found = seen(request, cycle, state, code)
    move = one_of(own_moves(found, mandate_of(request.user)), sequence=number)
    response = JsonResponse(receipt_of(move), json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"receipt-{found.key.replace(':', '-')}-{number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def seen(request: HttpRequest, cycle: str, state: str, code: str) -> Update:
    """The update, or 404."""
    rows = Update.objects.visible_to(request.user).select_related(
        "cycle",
        "current_revision",
        "commitment__lead_agency",
        "commitment__member_state",
        "commitment__action_item__plan",
    )
    rows = rows.prefetch_related("cycle__extensions", "commitment__contributing_agencies")
    return one_of(rows.at(cycle, state, code))


def address_of(found: Update) -> str:
    return redirect("desk-update", *found.key.split(":")).url


def show(request: HttpRequest, found: Update, bound: dict[str, DeskForm] | None = None) -> HttpResponse:
    context = DeskPage(found, request.user, bound=bound).context()
    status = status_of_forms((bound or {}).values())
    return render(request, "commitments/desk/update.html", context, status=status)
