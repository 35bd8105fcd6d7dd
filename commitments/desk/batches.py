"""One move on many updates: chosen in the queue, confirmed with the count of each State, watched while it runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commitments import batching
from commitments.desk.asking import is_partial, one_of, page, status_of_forms
from commitments.desk.paging import counted_part_of, part_of
from commitments.desk.queue import Queue
from commitments.desk.secretariat import as_secretariat, title_of
from commitments.mandates import Mandate
from commitments.models import Batch, BatchRow, MemberState, Update
from commitments.models.batches import BATCH_MOVES
from commitments.screens.forms import DeskForm, actor, attempt
from commitments.screens.moves import move_form
from commitments.screens.sent import rows_sent
from commitments.workflow import Audience

RECENT = 5
ON_A_PAGE = 100
EVERYTHING = "all"  # scope: all that match, not only the rows that were ticked
Outcome = BatchRow.Outcome
# What went otherwise than wished stands first.
FIRST = (Outcome.REFUSED, Outcome.LEFT_OUT, Outcome.WAITING, Outcome.DONE)


@page("POST")
def prepare(request: HttpRequest) -> HttpResponse:
    """Hold what was chosen in the queue, with the versions shown; on to the page that asks for confirmation."""
    mandate = as_secretariat(request)
    name = request.POST.get("move", "")
    if name not in {move.name for move in BATCH_MOVES}:
        raise Http404
    filters = QueryDict(request.POST.get("chosen", ""))
    queue = Queue(mandate, filters)
    if request.POST.get("scope") == EVERYTHING:
        chosen, gone = [(one, one.version) for one in queue.updates().only("version", "status")], 0
    else:
        chosen, gone = _ticked(mandate, request.POST.getlist("row"))
    if not chosen and not gone:
        messages.error(request, _("Choose at least one update."))
        return redirect(queue.home)
    batch = Batch.prepare(name, chosen, by=actor(request), chosen_by=queue.narrowing.chosen, gone=gone)
    return redirect("desk-batch", batch.uid)


@page("GET", "HEAD")
def batch(request: HttpRequest, uid: str) -> HttpResponse:
    """Before it is started, what it will do; afterwards, how far it is and what became of each row."""
    found = _batch(request, uid)
    return _show(request, found, None)


@page("GET", "HEAD")
def progress(request: HttpRequest, uid: str) -> HttpResponse:
    """How far a batch is: the part of its page that asks again until it is over."""
    found = _batch(request, uid)
    if not is_partial(request):
        return redirect("desk-batch", found.uid)
    return render(request, "commitments/desk/batch_progress.html", described(found) | {"is_partial": True})


@page("POST")
def start(request: HttpRequest, uid: str) -> HttpResponse:
    """Let it run."""
    found = _batch(request, uid)
    form = _form(found, request.POST)
    if attempt(form, lambda **words: batching.begin(found, by=actor(request), **words)):
        found.refresh_from_db()
        if found.finished_at:
            messages.success(request, batching.told(found))
        return redirect("desk-batch", found.uid)
    found.refresh_from_db()
    return _show(request, found, form)


@page("POST")
def drop(request: HttpRequest, uid: str) -> HttpResponse:
    """Give it up before it is started: nothing has moved."""
    _batch(request, uid).drop(by=actor(request))
    messages.success(request, _("Nothing was moved."))
    return redirect("desk-review")


@page("GET", "HEAD")
def batches(request: HttpRequest) -> HttpResponse:
    """What was done together, the newest first."""
    mandate = as_secretariat(request)
    rows = Batch.objects.visible_to(mandate).filter(started_at__isnull=False).select_related("made_by")
    part = part_of(request, rows.order_by("-started_at", "-pk"), RECENT * 5)
    return render(request, "commitments/desk/batches.html", {"batches": _described_all(part.rows), "part": part})


def recent_batches(mandate: Mandate, person: Any) -> list[dict[str, Any]]:
    """This person's own last ones: what is running, and what is over. Two queries."""
    rows = Batch.objects.visible_to(mandate).filter(made_by=person, started_at__isnull=False)
    return _described_all(rows.select_related("made_by").order_by("-started_at", "-pk")[:RECENT])


def described(found: Batch, tally: dict[str, int] | None = None) -> dict[str, Any]:
    """A batch with its counts."""
    counts = found.tally() if tally is None else tally
    total = sum(counts.get(name, 0) for name in (Outcome.WAITING, Outcome.DONE, Outcome.REFUSED))
    return {
        "batch": found,
        "total": total,
        "made": total - counts.get(Outcome.WAITING, 0),
        "done": counts.get(Outcome.DONE, 0),
        "refused": counts.get(Outcome.REFUSED, 0),
        "left_out": counts.get(Outcome.LEFT_OUT, 0) + found.gone,
    }


def _described_all(rows: Iterable[Batch]) -> list[dict[str, Any]]:
    shown = list(rows)
    counts: dict[int, dict[str, int]] = {one.pk: {} for one in shown}
    tallies = BatchRow.objects.filter(batch__in=shown).values_list("batch", "outcome").annotate(number=Count("pk"))
    for pk, outcome, number in tallies.order_by("batch", "outcome"):
        counts[pk][outcome] = number
    return [described(one, counts[one.pk]) for one in shown]


def _show(request: HttpRequest, found: Batch, form: DeskForm | None) -> HttpResponse:
    mandate = as_secretariat(request)
    seen = Update.objects.visible_to(mandate).filter(pk=OuterRef("update"))
    rows = found.rows.select_related(
        "update__cycle", "update__commitment__member_state", "update__commitment__action_item"
    )
    cases = [When(outcome=name, then=Value(place)) for place, name in enumerate(FIRST)]
    order = Case(*cases, output_field=IntegerField())
    rows = rows.annotate(is_there=Exists(seen), place=order).order_by("place", "pk")
    part = counted_part_of(request, rows, ON_A_PAGE, count=rows.count())
    context = described(found) | {
        "part": part,
        "rows": [(row, title_of(row.update.commitment.action_item)) for row in part.rows],
        "states": _states(found.rows.all()),
        "why": _why(found),
        "form": form or (_form(found) if not found.started_at else None),
        "is_maker": found.made_by_id == request.user.pk,
        "filters": found.chosen_by,
    }
    name = "batch" if found.started_at else "batch_confirm"
    status = status_of_forms([form] if form else [])
    return render(request, f"commitments/desk/{name}.html", context, status=status)


def _states(rows: QuerySet[BatchRow]) -> list[tuple[str, int, int]]:
    """For each State in alphabetical order how many rows are taken and how many are left out."""
    path = "update__commitment__member_state"
    taken: dict[int, list[int]] = {}
    for state, outcome, number in rows.values_list(path, "outcome").annotate(number=Count("pk")).order_by(path):
        taken.setdefault(state, [0, 0])[outcome == Outcome.LEFT_OUT] += number
    states = MemberState.objects.filter(pk__in=taken).order_by("name")
    return [(str(state), taken[state.pk][0], taken[state.pk][1]) for state in states]


def _why(found: Batch) -> list[tuple[str, int]]:
    """Why rows are left out, and how many for each reason."""
    left_out = found.rows.filter(outcome=Outcome.LEFT_OUT).values_list("verdict").annotate(number=Count("pk"))
    told = [(verdict, number) for verdict, number in left_out.order_by("verdict")]
    if found.gone:
        told.append((_("No longer with the secretariat, or never."), found.gone))
    return told


def _ticked(mandate: Mandate, sent: list[str]) -> tuple[list[tuple[Update, int]], int]:
    """The rows that were ticked, as `cycle:STATE:code@version`, and how many of them are not there to be seen."""
    versions = rows_sent(sent)
    found = Update.objects.visible_to(mandate).order_by("pk").by_keys(versions)
    return [(one, versions[key]) for key, one in found.items()], len(versions) - len(found)


def _batch(request: HttpRequest, uid: str) -> Batch:
    mandate = as_secretariat(request)
    return one_of(Batch.objects.visible_to(mandate).select_related("made_by"), uid=uid)


def _form(found: Batch, sent: QueryDict | None = None) -> DeskForm:
    """The words that the move takes, alike for every row. What a State decided is never widened, row by row."""
    form = move_form(found.rule, on_many=True)(sent, auto_id="id_%s")
    if "audience" in form.fields:
        field = cast(forms.ChoiceField, form.fields["audience"])
        wider = [(one.value, one.label) for one in Audience if one.width >= Audience.UN.width]
        field.choices = [("", _("As each State decided")), *wider]
        field.help_text = _("A row is refused where its State decided for fewer readers than this.")
    return form
