"""One move on many updates, as it is chosen and confirmed: what is taken, what is left out, and who may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from commitments.errors import Forbidden, Invalid, WrongStatus
from commitments.models import Batch, Update
from tests.desk.secretariat.conftest import outcomes, prepare, prepared, read, row, start, walk_all

REASON = "Please say which law."
# (move, who, status it is in, words) -> what becomes of the row, and the status of the update afterwards
VERDICTS = [
    ("accept", "reviewer", "cleared", {}, "done", "accepted"),
    ("accept", "editor", "cleared", {}, "done", "accepted"),
    ("accept", "reviewer", "accepted", {}, "left_out", "accepted"),
    ("accept", "reviewer", "published", {}, "left_out", "published"),
    ("return", "reviewer", "cleared", {"reason": REASON}, "done", "draft"),
    ("return", "reviewer", "accepted", {"reason": REASON}, "left_out", "accepted"),
    ("publish", "editor", "accepted", {}, "done", "published"),
    ("publish", "editor", "cleared", {}, "left_out", "cleared"),
    ("publish", "editor", "accepted", {"audience": "participants"}, "done", "published"),
]


@pytest.mark.parametrize("case", VERDICTS)
def test_a_row_is_made_by_the_rule_of_its_move(world, browser, case):
    move, who, status, words, outcome, after = case
    update, visitor = world.walk(status), browser(who)

    batch = prepared(visitor, move, row(update))
    start(visitor, batch, **words)

    assert outcomes(batch) == {"KAZ I.1.2": outcome}
    assert world.update().status == after


def test_nothing_moves_before_it_is_confirmed_and_what_will_happen_is_told(world, browser):
    for state in ("KAZ", "TJK"):
        world.walk("cleared", state)
    world.walk("accepted", "KAZ", "I.1.1")
    visitor = browser("reviewer")

    batch = prepared(visitor, "accept", scope="all", chosen="status=all")
    page = visitor.get(f"/desk/batches/{batch.uid}/")

    assert page.context["states"] == [("Kazakhstan", 1, 1), ("Tajikistan", 1, 0)]
    assert page.context["why"] == [("Not possible at this stage: Accepted.", 1)]
    assert batch.chosen_by == {"status": "all"}
    assert sorted(Update.objects.exclude(status="draft").values_list("status", flat=True)) == [
        "accepted", "cleared", "cleared"]  # fmt: skip


def test_all_that_match_are_those_that_the_filter_shows_and_no_others(world, browser):
    walk_all(world, "cleared")
    world.walk("cleared", "KAZ", "II.1.2", audience="state")
    visitor = browser("reviewer")

    batch = prepared(visitor, "accept", scope="all", chosen="state=KAZ&pillar=I")
    start(visitor, batch)

    assert outcomes(batch) == {"KAZ I.1.1": "done", "KAZ I.1.2": "done"}


def test_a_row_that_is_not_there_to_be_seen_is_only_counted(world, browser):
    draft, kept = world.update("UZB"), world.walk("cleared", "TJK", audience="state")
    invented = "review-2028:KAZ:IX.1.1@1"

    batch = prepared(browser("reviewer"), "accept", row(draft), row(kept), invented, "nonsense")

    assert (batch.gone, outcomes(batch)) == (3, {})
    assert browser("reviewer").get(f"/desk/batches/{batch.uid}/").context["states"] == []


def test_what_was_changed_since_it_was_shown_is_left_out(world, browser):
    update = world.walk("cleared")
    shown = row(update)
    update.recall(by=world.who("coordinator.kaz"), version=update.version, reason="A figure is wrong.")
    world.walk("cleared")

    batch = prepared(browser("reviewer"), "accept", shown)

    assert batch.rows.get().code == "stale-version"


def test_an_audience_wider_than_a_state_decided_is_refused_to_that_state_s_row_alone(world, browser):
    rows = [row(world.walk("accepted", "KAZ", audience="public")), row(world.walk("accepted", "TJK", audience="un"))]
    visitor = browser("editor")

    batch = prepared(visitor, "publish", *rows)
    start(visitor, batch, audience="participants")

    assert outcomes(batch) == {"KAZ I.1.2": "done", "TJK I.1.2": "refused"}
    assert "Never wider than the State decided" in batch.rows.get(outcome="refused").verdict


@pytest.mark.parametrize(
    ("who", "move", "status"),
    [("reviewer", "publish", 403), ("editor", "clear", 404), ("reviewer", "edit", 404),
     ("coordinator.kaz", "return", 404), ("partner", "accept", 404), ("administrator", "accept", 404)],
)  # fmt: skip
def test_only_moves_of_one_s_own_role_can_be_prepared(world, browser, who, move, status):
    update = world.walk("accepted")

    assert prepare(browser(who), move, row(update)).status_code == status
    assert not Batch.objects.exists()


def test_whoever_chose_the_rows_decides_on_them(world, browser):
    batch = prepared(browser("reviewer"), "accept", row(world.walk("cleared")))

    answers = [browser("editor").post(f"/desk/batches/{batch.uid}/{verb}/").status_code for verb in ("start", "drop")]

    assert (answers, world.update().status) == ([403, 403], "cleared")


def test_a_return_without_a_reason_is_refused_before_any_row_is_tried(world, browser):
    update, visitor = world.walk("cleared"), browser("reviewer")
    batch = prepared(visitor, "return", row(update))

    answer = start(visitor, batch, reason=" ")

    assert (answer.status_code, read(batch).started_at) == (400, None)
    assert "Give a reason." in answer.content.decode()
    with pytest.raises(Invalid):
        batch.start(by=world.who("reviewer"))


def test_what_was_prepared_can_be_given_up_and_is_forgotten_within_a_day(world, browser):
    update, visitor = world.walk("cleared"), browser("reviewer")
    given_up, left = (prepared(visitor, "accept", row(update)) for _each in range(2))

    visitor.post(f"/desk/batches/{given_up.uid}/drop/")
    Batch.objects.filter(pk=left.pk).update(made_at=timezone.now() - dt.timedelta(days=2))
    call_command("work", once=True)

    assert not Batch.objects.exists()
    assert world.update().status == "cleared"


def test_it_is_started_once(world, browser):
    batch = prepared(browser("reviewer"), "accept", row(world.walk("cleared")))
    batch.start(by=world.who("reviewer"))

    with pytest.raises(WrongStatus):
        batch.start(by=world.who("reviewer"))
    with pytest.raises(WrongStatus):
        batch.drop(by=world.who("reviewer"))
    with pytest.raises(Forbidden):
        batch.start(by=world.who("editor"))


def test_to_choose_nothing_is_told(world, browser):
    answer = prepare(browser("reviewer"), "accept")

    assert (answer.status_code, answer["Location"], Batch.objects.count()) == (302, "/desk/review/?status=cleared", 0)
