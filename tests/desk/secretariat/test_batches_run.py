"""A batch runs: each row by itself, once, as whoever asked may move it when its turn comes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from commitments import batching
from commitments.models import Appointment, Batch, Event, Notice, Update
from tests.desk.secretariat.conftest import outcomes, prepared, read, row, start, walk_all


def test_what_is_changed_after_it_was_confirmed_is_refused_and_the_others_go_on(world, browser, left_to_a_worker):
    updates = walk_all(world, "cleared")
    visitor = browser("reviewer")
    batch = prepared(visitor, "accept", *(row(one) for one in updates))
    start(visitor, batch)
    accepted, recalled = world.update("KAZ"), world.update("TJK")
    accepted.accept(by=world.who("editor"), version=accepted.version)
    recalled.recall(by=world.who("coordinator.tjk"), version=recalled.version, reason="A figure is wrong.")
    anew = world.update("UZB")
    anew.recall(by=world.who("coordinator.uzb"), version=anew.version, reason="A figure is wrong.")
    world.walk("cleared", "UZB", results="Words that nobody has read.")

    call_command("work", once=True)

    refused = {str(one.update.commitment): one.code for one in batch.rows.filter(outcome="refused")}
    assert refused == {"KAZ I.1.2": "wrong-status", "TJK I.1.2": "not-found", "UZB I.1.2": "stale-version"}
    assert batch.rows.filter(outcome="done").count() == len(updates) - 3
    assert (world.update("TJK").status, world.update("UZB").status) == ("draft", "cleared")


def test_somebody_who_has_lost_the_role_meanwhile_moves_nothing(world, browser, left_to_a_worker):
    updates = walk_all(world, "cleared")
    visitor = browser("reviewer")
    batch = prepared(visitor, "accept", *(row(one) for one in updates))
    start(visitor, batch)
    Appointment.objects.get(person=world.who("reviewer")).retire(by=None, reason="Moved to another post.")

    call_command("work", once=True)

    assert set(outcomes(batch).values()) == {"refused"}
    assert set(batch.rows.values_list("code", flat=True)) == {"forbidden"}
    assert {one.status for one in Update.objects.filter(pk__in=[one.pk for one in updates])} == {"cleared"}
    assert read(batch).finished_at is not None


def test_a_person_suspended_meanwhile_moves_nothing(world, browser, left_to_a_worker):
    update, visitor = world.walk("cleared"), browser("reviewer")
    batch = prepared(visitor, "accept", row(update))
    start(visitor, batch)
    world.who("reviewer").change(by=world.who("administrator"), reason="Left.", is_active=False)

    call_command("work", once=True)

    assert (outcomes(batch), world.update().status) == ({"KAZ I.1.2": "refused"}, "cleared")


def test_after_a_worker_has_died_the_next_one_goes_on_and_moves_nothing_twice(
    world, browser, left_to_a_worker, monkeypatch
):
    updates = walk_all(world, "cleared")
    visitor = browser("reviewer")
    batch = prepared(visitor, "accept", *(row(one) for one in updates))
    start(visitor, batch)
    made = []
    plain = Batch._make

    def dies_at_the_fourth(self, pk):
        if len(made) == 3:
            raise SystemExit
        made.append(pk)
        plain(self, pk)

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(Batch, "_make", dies_at_the_fourth)
        batching.run_batch.func(str(batch.uid))
    assert sorted(outcomes(batch).values()) == ["done"] * 3 + ["waiting"] * 6

    for _again in range(2):
        batching.run_batch.func(str(batch.uid))

    assert set(outcomes(batch).values()) == {"done"}
    assert Event.objects.filter(move="accept").count() == len(updates)
    assert Event.objects.filter(subject=f"batch:{batch.uid}").count() == 2


def test_a_batch_that_was_lost_is_queued_again(world, browser, left_to_a_worker):
    update, visitor = world.walk("cleared"), browser("reviewer")
    batch = prepared(visitor, "accept", row(update))
    batch.start(by=world.who("reviewer"))
    silent = timezone.now() - dt.timedelta(minutes=2)
    Batch.objects.filter(pk=batch.pk).update(told_at=silent)

    call_command("work", once=True)

    assert (outcomes(batch), world.update().status) == ({"KAZ I.1.2": "done"}, "accepted")


def test_a_row_that_breaks_is_told_and_stops_no_other(world, browser, monkeypatch, caplog):
    for state in ("KAZ", "TJK"):
        world.walk("cleared", state)
    visitor = browser("reviewer")
    plain = Update.make

    def breaks_once(self, name, **words):
        if self.commitment.member_state.iso_alpha3 == "KAZ":
            raise ZeroDivisionError
        return plain(self, name, **words)

    monkeypatch.setattr(Update, "make", breaks_once)
    batch = prepared(visitor, "accept", row(world.update("KAZ")), row(world.update("TJK")))
    start(visitor, batch)

    assert outcomes(batch) == {"KAZ I.1.2": "refused", "TJK I.1.2": "done"}
    assert "could not be moved" in caplog.text


@pytest.mark.parametrize(("limit", "is_over"), [(9, True), (8, False)])
def test_few_are_made_at_once_and_more_in_the_background(world, browser, monkeypatch, limit, is_over):
    rows = walk_all(world, "cleared")
    assert len(rows) == 9
    monkeypatch.setattr(batching, "AT_ONCE", limit)
    visitor = browser("reviewer")

    batch = prepared(visitor, "accept", scope="all", chosen="")
    start(visitor, batch)
    before = read(batch).finished_at is not None
    call_command("work", once=True)

    assert (before, read(batch).finished_at is not None) == (is_over, True)


def test_whoever_asked_is_told_in_the_desk_and_by_mail_when_it_is_over(
    world, browser, left_to_a_worker, django_capture_on_commit_callbacks
):
    update, visitor = world.walk("cleared"), browser("reviewer")
    batch = prepared(visitor, "accept", row(update))
    start(visitor, batch)
    mail.outbox.clear()
    under_way = visitor.get("/desk/review/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        call_command("work", once=True)

    assert "Under way" in under_way
    told = visitor.get("/desk/review/").content.decode()
    assert ("Under way" in told, "done 1, refused 0, left out 0" in told) == (False, True)
    letters = [one for one in mail.outbox if one.to == [world.who("reviewer").email]]
    assert [one.subject for one in letters] == ["Accept: 1 update done."]
    assert str(batch.uid) in letters[0].body


def test_a_notice_of_what_is_over_leads_whoever_asked_to_it_and_nobody_else_has_one(world, browser, left_to_a_worker):
    update, visitor = world.walk("cleared"), browser("reviewer")
    batch = prepared(visitor, "accept", row(update))
    start(visitor, batch)
    call_command("work", once=True)
    (left,) = Notice.objects.filter(event__subject=f"batch:{batch.uid}")

    pages = {name: browser(name).get("/desk/notices/").content.decode() for name in ("reviewer", "editor", "focal.kaz")}

    assert (left.person, left.mail) == (world.who("reviewer"), "none")
    assert {name for name, page in pages.items() if "Accept: 1 update done." in page} == {"reviewer"}
    assert visitor.get(f"/desk/notices/{left.uid}/")["Location"] == f"/desk/batches/{batch.uid}/"


def test_what_is_over_while_one_watches_leaves_no_notice(world, browser):
    update, visitor = world.walk("cleared"), browser("reviewer")

    start(visitor, prepared(visitor, "accept", row(update)))

    assert not Notice.objects.filter(event__subject__startswith="batch:").exists()


def test_progress_is_asked_for_until_it_is_over(world, browser, left_to_a_worker):
    update, visitor = world.walk("cleared"), browser("reviewer")
    batch = prepared(visitor, "accept", row(update))
    start(visitor, batch)
    place = f"/desk/batches/{batch.uid}/progress/"

    def asks_again() -> bool:
        return "hx-trigger" in visitor.get(place, headers={"HX-Request": "true"}).content.decode()

    before = asks_again()
    call_command("work", once=True)

    assert (before, asks_again()) == (True, False)
    assert visitor.get(place).status_code == 302
