"""What waits for whoever is signed in, in the order in which it needs doing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.content import CHOICES, SECTIONS
from commitments.desk.asking import page
from commitments.desk.updates import seen
from commitments.errors import Refused
from commitments.models import Event, Update
from commitments.querysets import UpdateQuerySet
from commitments.screens.forms import actor
from commitments.waiting import IN_HAND, Wait, Waiting, days_left
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
    counts = [(wait, waiting.updates().filter(waiting.question(wait)).count()) for wait in _waits(waiting)]
    asked = request.GET.get("waiting", "")
    chosen = next((wait for wait, _count in counts if wait.value == asked), None)
    question = waiting.question(chosen) if chosen else waiting.in_hand()
    shown = Paginator(in_order(waiting, question), ROWS).get_page(request.GET.get("page"))
    lines = list(_lines(list(shown.object_list), waiting))
    context = {
        "counts": [(wait.value, wait.label, count, wait == chosen) for wait, count in counts],
        "chosen": chosen,
        "page": shown,
        "lines": lines,
        "may_reconfirm": any(line.may_reconfirm for line in lines),
        "deadlines": list(_deadlines(waiting)),
        "is_officer": waiting.mandate.is_officer,
    }
    return render(request, "commitments/desk/work.html", context)


def _waits(waiting: Waiting) -> list[Wait]:
    """The reasons that concern this person's roles, in the order of the table."""
    held = waiting.mandate.roles
    found = [wait for role, waits in IN_HAND.items() if role in held for wait in waits]
    late = [Wait.RECONFIRM, Wait.OVERDUE] if waiting.mandate.state_ids else []
    return list(dict.fromkeys([*found, *late]))


def in_order(waiting: Waiting, question: Q) -> UpdateQuerySet:
    """The updates of a question, in the order in which they need doing."""
    held = [wait for wait in ORDER if wait in _waits(waiting)]
    whens = [When(waiting.question(wait), then=Value(place)) for place, wait in enumerate(held)]
    late = [When(waiting.overdue(), then=Value(len(ORDER) + 3))]
    begun = When(BEGUN & Q(to_be_reconfirmed=False), then=Value(len(ORDER)))
    carried = When(to_be_reconfirmed=True, then=Value(len(ORDER) + 1))
    urgency = Case(*whens, *late, begun, carried, default=Value(len(ORDER) + 2), output_field=IntegerField())
    rows = waiting.updates().filter(question).annotate(urgency=urgency)
    related = ("cycle", "last_edited_by", "current_revision", "commitment__lead_agency", "commitment__member_state")
    return (
        rows.select_related(*related, "commitment__action_item")
        .prefetch_related("cycle__extensions", "commitment__contributing_agencies")
        .order_by(
            "cycle__submissions_due_on",
            "urgency",
            "commitment__member_state__name",
            F("commitment__action_item__position"),
            "pk",
        )
    )


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
            last_day=state.day_of(due_at - dt.timedelta(seconds=1)),
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
                last_day = state.day_of(due_at - dt.timedelta(seconds=1))
                yield {
                    "cycle": cycle,
                    "state": state,
                    "capital": state.in_language("capital"),
                    "last_day": last_day,
                    "days": days_left(due_at, waiting.now),
                }


@page("POST")
def reconfirm(request: HttpRequest) -> HttpResponse:
    """Confirm that what was carried over still holds, for each that was chosen; and submit it, if asked to."""
    and_submit = request.POST.get("press") == "submit"
    done, refused = 0, []
    for update, version in [(seen(request, *key), version) for key, version in _chosen(request)]:
        try:
            update.reconfirm(by=actor(request), version=version, and_submit=and_submit)
        except Refused as refusal:
            why = " ".join(str(problem.message) for problem in refusal.problems) or str(refusal.detail)
            refused.append(f"{update.commitment.action_item.code}: {why}")
        else:
            done += 1
    _tell(request, done, refused, and_submit=and_submit)
    return redirect(f"{redirect('desk').url}?waiting={Wait.RECONFIRM.value}" if refused or not and_submit else "desk")


def _chosen(request: HttpRequest) -> Iterator[tuple[tuple[str, str, str], int]]:
    """What was ticked: cycle, State, code and the version that was shown. What is no such key is left out."""
    for text in request.POST.getlist("chosen")[:ROWS]:
        parts = text.split(":")
        if len(parts) == len(("cycle", "state", "code", "version")) and parts[3].isdecimal() and len(parts[3]) < 10:
            yield (parts[0], parts[1], parts[2]), int(parts[3])


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
