"""The coordinator's board: pillar x agency x status with the age of every stage, and the list behind each count."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.desk.asking import page
from commitments.desk.coordinating import coordinated_states, state_asked, without
from commitments.desk.paging import counted_part_of
from commitments.models import Cycle
from commitments.screens.board import STAGES, Board, Filters
from commitments.waiting import Waiting

ON_A_PAGE = 50
CHOOSE = "choose"  # "all": every row shown is ticked, also without a script


@page("GET", "HEAD")
def board(request: HttpRequest) -> HttpResponse:
    states = coordinated_states(request)
    state = state_asked(states, request.GET.get("state"))
    cycles = list(Cycle.objects.exclude(opened_at=None).order_by("-opens_on"))
    if not cycles:
        return render(request, "commitments/desk/board_empty.html", {"state": state})
    cycle = _cycle_asked(request, cycles)
    shown, filters = Board(Waiting(request.user), state, cycle), Filters.of(request.GET.dict())
    lines = filters.narrow(shown.lines)
    part = counted_part_of(request, lines, ON_A_PAGE, count=len(lines))
    context = {
        "board": shown,
        "state": state,
        "states": states,
        "cycle": cycle,
        "cycles": cycles,
        "filters": filters,
        "stages": STAGES,
        "lines": part.rows,
        "part": part,
        "is_all_chosen": request.GET.get(CHOOSE) == "all",
        "without_choice": without(request.GET, CHOOSE),
    }
    return render(request, "commitments/desk/board.html", context)


def _cycle_asked(request: HttpRequest, cycles: list[Cycle]) -> Cycle:
    """The one named, or the newest."""
    if not (slug := request.GET.get("cycle")):
        return cycles[0]
    found = next((cycle for cycle in cycles if cycle.slug == slug), None)
    if found is None:
        raise Http404
    return found
