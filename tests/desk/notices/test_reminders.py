"""Reminding from the desk: the preview is what is sent, and it tells the secretariat nothing of a State's drafts."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Person, Reminder
from commitments.workflow import Role
from tests.builders import person

CANARY = "Seven border posts were searched."
PAGE, SEND, LOG, SIGN_INS = (f"/desk/reminders/{name}" for name in ("", "send/", "log/", "sign-ins/"))
ASK = {"preview": "1", "topic": "due", "role": "focal_point", "states": ["KAZ"], "cycle": "review-2028"}
REMINDS = {"coordinator.kaz", "coordinator.tjk", "reviewer", "editor"}
CAST = ("focal.kaz", "contributor.kaz", "coordinator.kaz", "focal.tjk", "coordinator.tjk", "reviewer", "editor",
        "partner", "observer", "nobody", "administrator")  # fmt: skip


def text(response) -> str:
    return response.content.decode()


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("name", CAST)
def test_who_opens_the_pages(world, browser, name):
    client = browser(name)

    found = {client.get(place).status_code for place in (PAGE, LOG, SIGN_INS)}

    assert found == ({200} if name in REMINDS else {403})


@pytest.mark.parametrize("name", CAST)
def test_the_menu_leads_those_there_who_may(world, browser, name):
    assert (f'href="{PAGE}"' in text(browser(name).get("/desk/reports/"))) == (name in REMINDS)


@pytest.mark.parametrize(
    ("name", "sent", "status"),
    [
        ("editor", {}, 302),
        ("coordinator.kaz", {}, 302),
        ("coordinator.kaz", {"states": ["TJK"]}, 400),
        ("coordinator.kaz", {"role": "coordinator"}, 400),
        ("editor", {"topic": "to_clear"}, 400),
        ("editor", {"topic": "never"}, 400),
        ("editor", {"states": []}, 400),
        ("editor", {"cycle": "never"}, 400),
        ("focal.kaz", {}, 403),
        ("administrator", {}, 403),
    ],
)
def test_what_is_sent_and_what_is_refused(world, browser, name, sent, status):
    answer = browser(name).post(SEND, ASK | sent)

    assert answer.status_code == status
    assert Reminder.objects.exists() == (status == 302)


def test_the_preview_sends_nothing_and_names_exactly_those_who_are_written_to(
    world, browser, django_capture_on_commit_callbacks
):
    client = browser("editor")
    with django_capture_on_commit_callbacks(execute=True):
        page = text(client.get(PAGE, ASK))
    before = len(mail.outbox)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(SEND, ASK)

    assert before == 0
    assert re.findall(r'<th scope="row">(\S+?)<br>', page) == ["contributor.kaz", "focal.kaz"]
    assert sorted(message.to[0] for message in mail.outbox) == ["contributor.kaz@example.org", "focal.kaz@example.org"]
    assert all(message.subject in page for message in mail.outbox)


def test_the_preview_shows_each_language_that_somebody_reads(world, browser):
    Person.objects.filter(email="focal.kaz@example.org").update(language="ru")

    page = text(browser("editor").get(PAGE, ASK))

    assert ('<div lang="en">' in page, '<div lang="ru">' in page) == (True, True)
    assert re.search("осталось (29|30) дней", page.lower())  # the day begins earlier in the capital


@pytest.mark.parametrize("topic", ["due", "returned"])
def test_the_secretariat_s_preview_is_the_same_whatever_stands_in_drafts(world, browser, topic):
    client = browser("editor")
    before = without_token(text(client.get(PAGE, ASK | {"topic": topic})))

    world.walk("submitted", item="I.1.1", measures_taken=CANARY)
    update = world.walk("submitted", measures_taken=CANARY)
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason=CANARY)

    assert without_token(text(client.get(PAGE, ASK | {"topic": topic}))) == before


def test_a_coordinator_sees_how_much_waits_for_whom(world, browser):
    world.walk("submitted")

    page = text(browser("coordinator.kaz").get(PAGE, ASK))

    assert "Waits for them" in page
    assert re.findall(r"<td>(\d)</td>", page) == ["1", "2"]
    assert "1 update waits for you." in page


def test_again_on_the_same_day_has_to_be_confirmed(world, browser):
    client = browser("editor")
    client.post(SEND, ASK)
    page = text(client.get(PAGE, ASK))

    client.post(SEND, ASK)
    unconfirmed = Reminder.objects.count()
    client.post(SEND, ASK | {"again": "on"})

    assert "yes, about this" in page
    assert "2 people have been reminded of this today already." in page
    assert "Send to 0" not in page
    assert (unconfirmed, Reminder.objects.count()) == (2, 4)


@pytest.mark.parametrize(
    ("name", "lines"), [("editor", ["the secretariat"] * 2), ("coordinator.tjk", []),
                        ("coordinator.kaz", ["the national coordinator"] * 2 + ["the secretariat"] * 2)],
)  # fmt: skip
def test_the_log_says_who_was_reminded_by_whom_to_those_who_may_know(world, browser, name, lines):
    browser("editor").post(SEND, ASK)
    browser("coordinator.kaz").post(SEND, ASK | {"again": "on"})

    page = text(browser(name).get(LOG))

    assert re.findall(r'<span class="quiet">(the [a-z ]+)</span>', page) == lines


def test_who_never_signed_in_is_listed_by_state(world, browser):
    lists = {name: re.findall(r'<th scope="row">(\S+?)<br>', text(browser(name).get(SIGN_INS)))
             for name in ("coordinator.kaz", "editor")}  # fmt: skip

    assert lists["coordinator.kaz"] == ["contributor.kaz", "focal.kaz"]
    assert {"focal.tjk", "coordinator.uzb", "partner"} <= set(lists["editor"])
    assert "editor" not in lists["editor"]  # who is looking has signed in


@pytest.mark.parametrize("place", [PAGE, LOG, SIGN_INS])
def test_as_many_questions_are_asked_for_one_person_as_for_many(world, browser, place):
    client = browser("coordinator.kaz")
    client.post(SEND, ASK)
    client.get(place, ASK)
    with CaptureQueriesContext(connection) as few:
        client.get(place, ASK)
    for number in range(5):
        person(world, f"deputy{number}", Role.FOCAL_POINT, agency=world.agencies["interior.kaz"])
    client.post(SEND, ASK)
    client.get(place, ASK)  # shows the message of what was sent

    with CaptureQueriesContext(connection) as many:
        page = text(client.get(place, ASK))

    assert "deputy4" in page
    assert len(many) == len(few)
