"""What waits for whoever is signed in, in the order in which it needs doing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.content import CHOICES, SECTIONS
from commitments.desk.asking import page
from commitments.desk.paging import counted_part_of
from commitments.models import Event, Update
from commitments.screens.forms import actor
from commitments.screens.sent import rows_sent
from commitments.screens.together import chosen_rows, each
from commitments.waiting import Wait, Waiting, days_left, waits_of
from commitments.workflow import Status

ROWS = 50
# What is done first, of all that waits: what somebody else waits for, then what was begun, then what is quick.
ORDER = (Wait.RETURNED, Wait.SENT_BACK, Wait.TO_CLEAR, Wait.TO_REVIEW, Wait.TO_PUBLISH)
BEGUN = ~Q(rating="") | ~Q(measures_taken="")


@dataclass(frozen=True)
class Line:
    """One update of the list, with what is said of it."""

    update: Update
    title: str
    days: int
    last_day: dt.date
    is_open: bool
    missing: int
    reason: str
    may_reconfirm: bool

    @property
    def is_blank(self) -> bool:
        return self.update.status == Status.DRAFT and not any(
            getattr(self.update, name) for name in (*CHOICES, *SECTIONS)
        )


@page("GET", "HEAD")
def work(request: HttpRequest) -> HttpResponse:
    """Everything in hand, or one reason to wait; each with its count."""
    waiting = Waiting(request.user)
    if waiting.mandate.partner_ids and not waiting.mandate.is_officer:
        return redirect("desk-partner")  # a partner's work is its activities
    waits = waits_of(waiting.mandate)
    counts = waiting.counts(waits)
    chosen = next((wait for wait in waits if wait.value == request.GET.get("waiting")), None)
    question = waiting.question(chosen) if chosen else waiting.in_hand()
    part = counted_part_of(request, in_order(waiting, question), ROWS, count=counts[chosen or ""])
    lines = list(_lines(rows_of(waiting, part.rows), waiting))
    context = {
        "counts": [(wait.value, wait.label, counts[wait], wait == chosen) for wait in waits],
        "chosen": chosen,
        "part": part,
        "lines": lines,
        "may_reconfirm": any(line.may_reconfirm for line in lines),
        "deadlines": list(_deadlines(waiting)),
        "names_cycle": len({line.update.cycle_id for line in lines}) > 1,
        "is_officer": waiting.mandate.is_officer,
    }
    return render(request, "commitments/desk/work.html", context)


def in_order(waiting: Waiting, question: Q) -> QuerySet:
    """The keys of the updates of a question, in the order in which they need doing. A row of a page is read by its
    key: no database sorts the words of all that waits."""
    held = [wait for wait in ORDER if wait in waits_of(waiting.mandate)]
    whens = [When(waiting.question(wait), then=Value(place)) for place, wait in enumerate(held)]
    late = [When(waiting.overdue(), then=Value(len(ORDER) + 3))]
    begun = When(BEGUN & Q(to_be_reconfirmed=False), then=Value(len(ORDER)))
    carried = When(to_be_reconfirmed=True, then=Value(len(ORDER) + 1))
    urgency = Case(*whens, *late, begun, carried, default=Value(len(ORDER) + 2), output_field=IntegerField())
    item = "commitment__action_item__position"
    order = ("cycle__submissions_due_on", urgency, "commitment__member_state__name", item, "pk")
    return waiting.updates().filter(question).order_by(*order).values_list("pk", flat=True)


def rows_of(waiting: Waiting, keys: list[int]) -> list[Update]:
    """The updates of these keys, with all that a line says of them, in this order."""
    related = ("cycle", "last_edited_by", "current_revision", "commitment__lead_agency", "commitment__member_state")
    rows = waiting.updates().filter(pk__in=keys).select_related(*related, "commitment__action_item")
    found = {row.pk: row for row in rows.prefetch_related("cycle__extensions", "commitment__contributing_agencies")}
    return [found[key] for key in keys if key in found]


def first_in_hand(person: Any) -> Update | None:
    """What this person does next."""
    waiting = Waiting(person)
    return next(iter(rows_of(waiting, list(in_order(waiting, waiting.in_hand())[:1]))), None)


def _lines(rows: list[Update], waiting: Waiting) -> Iterator[Line]:
    reasons = _reasons(rows, waiting)
    for update in rows:
        item, state = update.commitment.action_item, update.commitment.member_state
        due_at = update.cycle.due_at(state, item.pk)
        is_open = update.cycle.accepts(state, item.pk)
        allowed = update.allowed_moves(waiting.mandate)
        yield Line(
            update=update,
            title=item.in_language("short_title"),
            days=days_left(due_at, waiting.now),
            last_day=state.last_day(due_at),
            is_open=is_open,
            missing=len(update.missing()) if update.status == Status.DRAFT else 0,
            reason=reasons.get(update.pk, ""),
            may_reconfirm=update.to_be_reconfirmed and "edit" in allowed,
        )


def _reasons(rows: list[Update], waiting: Waiting) -> dict[int | None, str]:
    """Why each was returned; the last reason of those that were."""
    returned = [update.pk for update in rows if getattr(update, "last_move", "") == "return"]
    events = Event.objects.visible_to(waiting.mandate).filter(update__in=returned, move="return")
    return dict(events.order_by("sequence").values_list("update_id", "reason"))


def _deadlines(waiting: Waiting) -> Iterator[dict[str, Any]]:
    """For each current cycle and State served: the last day there, and how many are left."""
    for cycle in waiting.cycles:
        for state in waiting.states.values():
            if state.pk in waiting.mandate.state_ids:
                due_at = cycle.due_at(state)
                yield {
                    "cycle": cycle,
                    "state": state,
                    "capital": state.in_language("capital"),
                    "last_day": state.last_day(due_at),
                    "days": days_left(due_at, waiting.now),
                }


@page("POST")
def reconfirm(request: HttpRequest) -> HttpResponse:
    """Confirm that what was carried over still holds, for each that was chosen; and submit it, if asked to."""
    and_submit = request.POST.get("press") == "submit"
    versions = rows_sent(request.POST.getlist("row"))
    outcomes = each(
        chosen_rows(versions, Update.objects.visible_to(request.user)),
        lambda row: row.reconfirm(by=actor(request), version=versions[row.key], and_submit=and_submit),
    )
    refused = [f"{one.row.commitment.action_item.code}: {one.message}" for one in outcomes if not one.is_done]
    _tell(request, len(outcomes) - len(refused), refused, and_submit=and_submit)
    return redirect(f"{redirect('desk').url}?waiting={Wait.RECONFIRM.value}" if refused or not and_submit else "desk")


def _tell(request: HttpRequest, done: int, refused: list[str], *, and_submit: bool) -> None:
    if done and and_submit:
        told = ngettext("%(count)d was confirmed and submitted.", "%(count)d were confirmed and submitted.", done)
        messages.success(request, told % {"count": done})
    elif done:
        messages.success(
            request, ngettext("%(count)d was confirmed.", "%(count)d were confirmed.", done) % {"count": done}
        )
    for why in refused:
        messages.error(request, why)
    if not done and not refused:
        messages.info(request, _("Tick what still holds, then press the button."))
