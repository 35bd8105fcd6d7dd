"""Notices on the page: whose they are, what they lead to, how they are counted, and in whose time."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.models import Choice, Notice, Person
from commitments.models.notices import Kind

CANARY = "Seven border posts were searched."
PAGE = "/desk/notices/"
EVENING = dt.datetime(2026, 11, 2, 20, 30, tzinfo=dt.UTC)  # 1.30 on the 3rd in Almaty
LINE = "Do I.1.2 awaits your clearance"


def text(response) -> str:
    return response.content.decode()


def unread(page: str) -> str:
    found = re.search(r'<span class="desk-unread">(\S+)', page)
    return found[1] if found else ""


def tell_again(times: int) -> None:
    """The notice that there is, so many times more."""
    first, now = Notice.objects.get(), timezone.now()
    facts = {"person": first.person, "kind": first.kind, "event": first.event, "mail": "none", "at": now}
    Notice.objects.bulk_create(Notice(**facts) for _ in range(times))


SEES = {
    ("submitted", "public"): {"coordinator.kaz": LINE},
    ("cleared", "un"): {"reviewer": "awaits your review", "editor": "awaits your review"},
    ("cleared", "state"): {"reviewer": "", "editor": ""},
}
CAST = ("focal.kaz", "contributor.kaz", "coordinator.kaz", "focal.tjk", "coordinator.tjk", "reviewer", "editor",
        "partner", "observer", "nobody", "administrator")  # fmt: skip


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize(("status", "audience"), SEES)
def test_who_reads_of_what(world, browser, status, audience, name):
    world.walk(status, audience=audience, measures_taken=CANARY)
    expected = SEES[status, audience].get(name, "")
    if status == "cleared" and name == "coordinator.kaz":
        expected = LINE  # of the submission before

    page = text(browser(name).get(PAGE))

    assert CANARY not in page
    assert ("I.1.2" in page) == bool(expected)
    assert expected in page


def test_nobody_reads_notices_without_signing_in(world, browser):
    assert browser(None).get(PAGE).status_code == 302


def test_a_notice_leads_to_its_update_and_is_read_then(world, browser):
    world.walk("submitted")
    client = browser("coordinator.kaz")
    notice = Notice.objects.get()

    before, answer, after = unread(text(client.get(PAGE))), client.get(f"{PAGE}{notice.uid}/"), text(client.get(PAGE))

    assert (before, unread(after)) == ("1", "")
    assert answer["Location"] == "/desk/clearing/review-2028/KAZ/I.1.2/"


def test_looking_ahead_reads_nothing(world, browser):
    world.walk("submitted")
    notice = Notice.objects.get()

    browser("coordinator.kaz").head(f"{PAGE}{notice.uid}/")

    assert Notice.objects.unread().count() == 1


@pytest.mark.parametrize("name", ["focal.kaz", "coordinator.tjk", "editor", "administrator"])
def test_another_s_notice_does_not_exist(world, browser, name):
    world.walk("submitted")
    notice = Notice.objects.get()
    client = browser(name)

    found = [client.get(f"{PAGE}{notice.uid}/"), client.post(f"{PAGE}read/", {"uid": str(notice.uid)})]

    assert [response.status_code for response in found] == [404, 404]
    assert Notice.objects.unread().count() == 1


def test_all_that_was_shown_is_marked_as_read(world, browser):
    world.walk("submitted", item="I.1.2")
    client = browser("coordinator.kaz")
    until = re.search(r'name="until" value="([^"]+)"', text(client.get(PAGE)))[1]
    world.walk("submitted", item="II.1.1")

    page = text(client.post(f"{PAGE}read/", {"until": until}, follow=True))

    assert unread(page) == "1"
    assert "1 marked as read" in page


@pytest.mark.parametrize("sent", [{}, {"until": "never"}, {"until": "2026-11-01T10:00:00"}, {"until": "9" * 99}])
def test_an_odd_instant_marks_nothing(world, browser, sent):
    world.walk("submitted")

    browser("coordinator.kaz").post(f"{PAGE}read/", sent)

    assert Notice.objects.unread().count() == 1


@pytest.mark.parametrize("uid", ["never", "00000000-0000-4000-8000-000000000007"])
def test_a_notice_that_is_not_there_is_not_found(world, browser, uid):
    assert browser("coordinator.kaz").post(f"{PAGE}read/", {"uid": uid}).status_code == 404


def test_only_unread_ones_can_be_looked_at(world, browser):
    world.walk("submitted", item="I.1.2")
    Notice.read(by=world.who("coordinator.kaz"))
    world.walk("submitted", item="II.1.1")
    client = browser("coordinator.kaz")

    everything, only = text(client.get(PAGE)), text(client.get(f"{PAGE}?unread=1"))

    assert ("I.1.2" in everything, "II.1.1" in everything) == (True, True)
    assert ("Do I.1.2" in only, "II.1.1" in only) == (False, True)


@pytest.mark.parametrize(
    ("zone", "day", "clock"),
    [
        ("", "3 November 2026", "01:30"),
        ("America/New_York", "2 November 2026", "15:30"),
        ("UTC", "2 November 2026", "20:30"),
    ],
)
def test_days_are_those_of_the_reader(world, browser, zone, day, clock):
    world.walk("submitted")
    Notice.objects.update(at=EVENING)
    Person.objects.filter(email="coordinator.kaz@example.org").update(time_zone=zone)

    page = text(browser("coordinator.kaz").get(PAGE))

    assert day in page
    assert f">{clock}</time>" in page


def test_an_appointment_that_ended_takes_lines_and_count_away_at_the_next_request(world, browser):
    world.walk("submitted")
    client = browser("coordinator.kaz")
    before = text(client.get(PAGE))
    world.who("coordinator.kaz").appointments.get().retire(by=None, reason="Moved to another ministry.")

    after = text(client.get(PAGE))

    assert (unread(before), unread(after)) == ("1", "")
    assert (LINE in before, "I.1.2" in after) == (True, False)


def test_what_the_secretariat_had_and_was_recalled_is_named_and_leads_nowhere(world, browser):
    update = world.walk("cleared")
    update.recall(by=world.who("coordinator.kaz"), version=update.version, reason=CANARY)
    client = browser("reviewer")
    notice = Notice.objects.visible_to(world.who("reviewer")).get()

    page, followed = text(client.get(PAGE)), client.get(f"{PAGE}{notice.uid}/")

    assert "Do I.1.2 has been recalled" in page
    assert "/desk/updates/" not in page
    assert CANARY not in page
    assert followed["Location"] == PAGE


def test_a_page_holds_fifty(world, browser):
    world.walk("submitted")
    tell_again(60)
    client = browser("coordinator.kaz")

    pages = [text(client.get(f"{PAGE}?page={number}")).count("<time ") for number in ("1", "2", "3", "x", "-1")]

    assert pages == [50, 11, 0, 50, 50]


def test_the_count_ends_at_ninety_nine(world, browser):
    world.walk("submitted")
    tell_again(120)

    assert unread(text(browser("coordinator.kaz").get("/desk/reports/"))) == "99+"


def test_the_page_asks_as_many_questions_for_one_notice_as_for_many(world, browser):
    world.walk("submitted", item="I.1.2")
    client = browser("coordinator.kaz")
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(PAGE)
    for item in ("I.1.1", "II.1.1"):
        world.walk("submitted", item=item)

    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)

    assert len(many) == len(one) <= 12


def test_how_one_is_told_is_chosen_and_shown(world, browser):
    client = browser("focal.kaz")
    sent = dict.fromkeys(Kind.values, "digest") | {"waiting": "none", "decided": "at_once"}

    answer = client.post(f"{PAGE}choices/", sent)

    assert answer.status_code == 302
    assert Choice.of(world.who("focal.kaz")) == sent
    assert re.search(r'name="waiting" value="none"[^>]*checked', text(client.get(f"{PAGE}choices/")))
    assert Choice.of(world.who("coordinator.kaz"))["waiting"] == "digest"


def test_a_choice_that_is_none_is_said_beside_it(world, browser):
    answer = browser("focal.kaz").post(f"{PAGE}choices/", {"waiting": "never"})

    assert answer.status_code == 400
    assert "There is a problem" in text(answer)
    assert not Choice.objects.exists()


@pytest.mark.parametrize(
    "until", ["2027-13-45T10:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "x"]
)
def test_an_instant_that_there_is_not_marks_nothing(world, browser, until):
    assert browser("focal.kaz").post("/desk/notices/read/", {"until": until}).status_code == 302
