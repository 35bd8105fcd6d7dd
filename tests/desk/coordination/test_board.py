"""The board: what stands where, since when, and the list behind each count."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from commitments.models import Commitment, Cycle
from commitments.screens.board import Board, Filters, queue
from commitments.waiting import Waiting
from tests.desk.coordination.conftest import BOARD, reworded, text_of

DAY = dt.timedelta(days=1)


def board(world, later: int = 0) -> Board:
    """As the coordinator of Kazakhstan sees it so many days from now."""
    waiting = Waiting(world.who("coordinator.kaz"), timezone.now() + later * DAY)
    return Board(waiting, world.states["KAZ"], Cycle.objects.get())


def unled(world, item: str) -> None:
    row = Commitment.objects.get(member_state=world.states["KAZ"], action_item__code=item)
    row.change(by=world.who("coordinator.kaz"), version=row.version, lead_agency=None)


def standing(found: Board) -> dict[str, str]:
    return {line.item.code: line.status for line in found.lines}


def test_it_holds_what_is_owed_and_what_was_submitted_beyond_that(world):
    assert standing(board(world)) == {"I.1.1": "draft", "I.1.2": "draft", "II.1.1": "draft"}

    world.walk("submitted", item="II.1.2")

    assert standing(board(world))["II.1.2"] == "submitted"
    assert board(world).uncleared == 3  # what is not owed is not to be explained


@pytest.mark.parametrize("status", ["draft", "submitted", "cleared", "accepted", "published"])
def test_each_update_is_counted_once_in_its_pillar_agency_and_status(world, status):
    world.walk(status, item="I.1.2")

    groups = {group.label.split()[0]: group for group in board(world).groups()}

    stages = [name for name, _label in Board.stages]
    cells = dict(zip(stages, [cell.count for cell in groups["I"].rows[0].cells], strict=True))
    other = {"draft": 1} if status != "draft" else {"draft": 2}
    assert cells == dict.fromkeys(stages, 0) | {status: 1} | other
    assert [groups[pillar].total.total.count for pillar in ("I", "II", "All")] == [2, 1, 3]


def test_every_count_leads_to_a_list_of_that_length(world, browser):
    world.walk("submitted", item="I.1.2")
    world.walk("cleared", item="I.1.1")
    unled(world, "II.1.1")
    coordinator = browser("coordinator.kaz")

    for group in board(world).groups():
        for row in [group.total, *group.rows]:
            for cell in (cell for cell in [*row.cells, row.total] if cell.count):
                answer = coordinator.get(f"{BOARD}?{cell.query}")
                assert answer.context["part"].count == cell.count, cell


def test_age_counts_from_the_move_that_brought_it_there_and_not_from_a_save(world):
    update = world.walk("submitted")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="Say more.")
    returned_at = update.events.get(move="return").at
    update.edit(by=world.who("focal.kaz"), version=update.version, values={"results": "More."})

    line = next(line for line in board(world, later=5).lines if line.item.code == "I.1.2")

    assert (line.since, line.days) == (returned_at, 5)


def test_a_draft_that_nobody_moved_is_as_old_as_the_cycle_is_open(world):
    line = board(world, later=12).lines[0]

    assert (line.since, line.days) == (Cycle.objects.get().opened_at, 12)


def test_what_is_late_comes_first_and_then_what_has_stood_longest(world):
    world.walk("cleared", item="I.1.1")
    found = board(world, later=35)

    shown = Filters().narrow(found.lines)

    assert [(line.item.code, line.is_overdue) for line in shown] == [
        ("I.1.2", True), ("II.1.1", True), ("I.1.1", False),
    ]  # fmt: skip
    assert found.overdue == 2
    assert [line.item.code for line in Filters(order="plan").narrow(found.lines)] == ["I.1.1", "I.1.2", "II.1.1"]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["I.1.1", "I.1.2", "II.1.1"]),
        ({"pillar": "II"}, ["II.1.1"]),
        ({"agency": "none"}, ["II.1.1"]),
        ({"agency": "interior"}, ["I.1.1", "I.1.2"]),
        ({"stage": "submitted"}, ["I.1.2"]),
        ({"stage": "open"}, ["I.1.2", "II.1.1"]),
        ({"stage": "overdue"}, []),
        ({"stage": "cleared", "pillar": "II"}, []),
        ({"pillar": "IX"}, []),
        ({"agency": "never"}, []),
        ({"stage": "never"}, []),
    ],
)
def test_the_list_is_narrowed_to_what_was_asked_for(world, browser, asked, codes):
    world.walk("submitted", item="I.1.2")
    world.walk("cleared", item="I.1.1")
    unled(world, "II.1.1")

    answer = browser("coordinator.kaz").get(BOARD, asked | {"order": "plan"})

    assert [line.item.code for line in answer.context["lines"]] == codes
    assert ("No update is like that." in text_of(answer)) == (not codes)


def test_drafts_that_nobody_leads_are_told_apart(world, browser):
    unled(world, "II.1.1")

    page = text_of(browser("coordinator.kaz").get(BOARD))

    assert board(world).unled == 1
    assert "1 drafts without a lead agency" in page
    assert page.count("No lead agency") >= 3  # its pillar, all pillars, its line


def test_what_is_not_cleared_leads_to_the_national_contribution(world, browser):
    answer = browser("coordinator.kaz").get(BOARD)

    assert "3 updates are to be cleared, or explained in the national contribution." in text_of(answer)
    assert 'href="/desk/contributions/review-2028/KAZ/"' in answer.content.decode()


@pytest.mark.parametrize(("choice", "ticked"), [("", 0), ("all", 3), ("some", 0)])
def test_all_shown_are_chosen_by_a_link(world, browser, choice, ticked):
    page = browser("coordinator.kaz").get(BOARD, {"choose": choice}).content.decode()

    assert page.count(" checked>") == ticked


def test_the_queue_holds_all_that_was_submitted_the_oldest_first(world):
    first = world.walk("submitted", item="II.1.2")
    world.walk("submitted", item="I.1.1")
    reworded(world, first, results="More.")
    world.walk("submitted", "TJK")

    lines = queue(Waiting(world.who("coordinator.kaz")))

    assert [line.item.code for line in lines] == ["I.1.1", "II.1.2"]
    assert [line.is_owed for line in lines] == [True, False]


def test_before_any_cycle_is_opened_the_board_says_so(world, browser):
    Cycle.objects.update(opened_at=None)

    assert "No review cycle has been opened yet." in text_of(browser("coordinator.kaz").get(BOARD))
