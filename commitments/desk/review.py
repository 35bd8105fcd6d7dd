"""The secretariat reviews: the queue, one update with its moves and observations, and questions to the States."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.desk.asking import one_of, page, status_of_forms
from commitments.desk.batches import recent_batches
from commitments.desk.paging import counted_part_of
from commitments.desk.queue import Queue
from commitments.desk.reviewing import ObservationForm, Reading, form_of
from commitments.desk.secretariat import as_secretariat, title_of
from commitments.errors import check_version
from commitments.mandates import Mandate
from commitments.models import Assessment, Release, Update
from commitments.models.batches import BATCH_MOVES, batch_moves
from commitments.querysets import placing
from commitments.readings import told
from commitments.screens.forms import DeskForm, actor, attempt
from commitments.screens.sent import version_sent

ON_A_PAGE = 50
AGAINST = ("", "seen", "previous", "none")
QUESTIONS_SHOWN = 100


@page("GET", "HEAD")
def queue(request: HttpRequest) -> HttpResponse:
    """What was cleared and waits, oldest first, to be read one by one or moved together."""
    mandate = as_secretariat(request)
    chosen = Queue(mandate, request.GET)
    count = chosen.updates().count()
    part = counted_part_of(request, chosen.keys(), ON_A_PAGE, count=count)
    now = timezone.now()
    rows = [
        {
            "update": one,
            "title": title_of(one.commitment.action_item),
            "address": chosen.address(*one.key.split(":")),
            "days": (now - one.moved_at).days if one.moved_at else None,
        }
        for one in chosen.rows(part.rows)
    ]
    context = {
        "narrowing": chosen.narrowing,
        "rows": rows,
        "part": part,
        "count": count,
        "moves": batch_moves(request.user),
        "batches": recent_batches(mandate, request.user),
        "waiting_for_reply": _questions(mandate).filter(reply="").count(),
    }
    return render(request, "commitments/desk/review_queue.html", context)


@page("GET", "HEAD")
def update(request: HttpRequest, cycle: str, state: str, code: str) -> HttpResponse:
    """One update as the secretariat reads it; where nothing is cleared now, what is in force of it."""
    return _show(request, (cycle, state, code))


@page("POST")
def move(request: HttpRequest, cycle: str, state: str, code: str, name: str) -> HttpResponse:
    """Accept, return or publish; then on to the next of the queue."""
    mandate, key = as_secretariat(request), (cycle, state, code)
    found = _seen(mandate, key)
    rule = next((one for one in BATCH_MOVES if one.name == name), None)
    if rule is None:
        raise Http404
    chosen = Queue(mandate, request.GET)
    onward = chosen.around(found)["next"] or chosen.home  # as it stood before the move
    form = form_of(rule, found, request.POST)
    if not attempt(form, partial(found.make, name, by=actor(request), version=version_sent(request.POST))):
        return _show(request, key, bound={name: form})
    item = found.commitment.action_item
    done = {"state": found.commitment.member_state, "item": f"{item.code} {title_of(item)}"}
    outcome = _("returned to the State") if name == "return" else found.get_status_display()
    messages.success(request, f"{_('%(state)s, %(item)s') % done}: {outcome}")
    return redirect(onward)


@page("POST")
def observe(request: HttpRequest, cycle: str, state: str, code: str) -> HttpResponse:
    """Write an observation or a question beside the words that were read."""
    mandate, key = as_secretariat(request), (cycle, state, code)
    found = _seen(mandate, key)
    form = ObservationForm(request.POST, subject=found, auto_id="id_observe_%s")

    def make(revision: int, observations: str) -> None:
        check_version(revision, found.current_revision.number)  # type: ignore[union-attr]
        Assessment.make(found.current_revision, by=actor(request), observations=observations)  # type: ignore[arg-type]

    if not attempt(form, make):
        return _show(request, key, bound={"observe": form})
    messages.success(request, _("The State will see what you wrote, and may reply."))
    return redirect(f"{Queue(mandate, request.GET).address(*key)}#observations")


@page("GET", "HEAD")
def questions(request: HttpRequest) -> HttpResponse:
    """Observations that wait for a State's reply, and those that have one, the last reply first."""
    mandate = as_secretariat(request)
    rows = _questions(mandate).select_related(*placing("revision__"))
    seen = Update.objects.visible_to(mandate).filter(pk=OuterRef("revision__update"))
    rows = rows.annotate(is_there=Exists(seen))
    context = {
        "waiting": _entitled(rows.filter(reply="").order_by("made_at", "pk")[:QUESTIONS_SHOWN]),
        "replied": _entitled(rows.exclude(reply="").order_by("-replied_at", "-pk")[:QUESTIONS_SHOWN]),
        "limit": QUESTIONS_SHOWN,
    }
    return render(request, "commitments/desk/review_questions.html", context)


def _entitled(rows: QuerySet[Assessment]) -> list[tuple[Assessment, str]]:
    told(*rows)
    return [(row, title_of(row.revision.commitment.action_item)) for row in rows]


def _questions(mandate: Mandate) -> QuerySet[Assessment]:
    return Assessment.objects.visible_to(mandate)


def _show(request: HttpRequest, key: tuple[str, str, str], *, bound: dict[str, DeskForm] | None = None) -> HttpResponse:
    mandate = as_secretariat(request)
    found = _rows(mandate, key).first()
    released = _released(mandate, key)
    if found is None and released is None:
        raise Http404
    against = request.GET.get("against", "")
    if against not in AGAINST:
        raise Http404
    chosen = Queue(mandate, request.GET)
    context = Reading(mandate, update=found, release=released, bound=bound).context(against)
    context |= {"around": chosen.around(found), "home": chosen.home, "here": chosen.address(*key)}
    context["chosen"] = chosen.narrowing.address()
    status = status_of_forms((bound or {}).values())
    return render(request, "commitments/desk/review_update.html", context, status=status)


def _rows(mandate: Mandate, key: tuple[str, str, str]) -> QuerySet[Update]:
    rows = Update.objects.visible_to(mandate).select_related(
        "cycle", "commitment__member_state", "commitment__action_item__objective", "current_revision"
    )
    return rows.prefetch_related("commitment__contributing_agencies").at(*key)


def _seen(mandate: Mandate, key: tuple[str, str, str]) -> Update:
    return one_of(_rows(mandate, key))


def _released(mandate: Mandate, key: tuple[str, str, str]) -> Release | None:
    rows = Release.objects.visible_to(mandate).at(*key)
    names = ("commitment__member_state", "commitment__action_item__objective")
    return rows.select_related("revision", "cycle", *names).first()
