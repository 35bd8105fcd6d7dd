"""The list of what waits: what stands on it, in which order, and what is confirmed from it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Agency, Commitment, Update
from tests.desk.work.conftest import WORK, now

KAZ = {"state": "KAZ"}
CODE = re.compile(r'href="/desk/updates/([\w-]+)/(\w+)/([\w.]+)/"')


def listed(browser, who, query=""):
    page = browser(who).get(f"{WORK}{query}").content.decode()
    return [f"{state}:{code}" for _cycle, state, code in CODE.findall(page)]


@pytest.mark.parametrize(
    ("who", "query", "codes"),
    [
        ("focal.kaz", "", ["KAZ:I.1.1", "KAZ:I.1.2", "KAZ:II.1.1"]),
        ("focal.kaz", "?waiting=returned", []),
        ("contributor.kaz", "", ["KAZ:I.1.1"]),
        ("coordinator.kaz", "", ["KAZ:I.1.2"]),
        ("coordinator.kaz", "?waiting=to_clear", ["KAZ:I.1.2"]),
        ("coordinator.tjk", "", []),
        ("reviewer", "", ["UZB:I.1.2"]),
        ("editor", "", ["TJK:I.1.2", "UZB:I.1.2"]),
        ("partner", "", []),
        ("observer", "", []),
        ("administrator", "", []),
        ("focal.kaz", "?waiting=nonsense&page=99", ["KAZ:I.1.1", "KAZ:I.1.2", "KAZ:II.1.1"]),
    ],
)
def test_everybody_finds_what_waits_for_them_and_nothing_else(world, browser, who, query, codes):
    if who == "coordinator.kaz":
        world.walk("submitted", "KAZ", "I.1.2")
    world.walk("accepted", "TJK", "I.1.2")
    world.walk("cleared", "UZB", "I.1.2")

    assert sorted(listed(browser, who, query)) == codes


def test_each_reason_is_counted_also_beside_one_for_which_nothing_waits(world, browser):
    update = world.walk("submitted", "KAZ", "I.1.2")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="Name the law.")

    page = browser("focal.kaz").get(WORK).content.decode()

    counts = dict(re.findall(r"waiting=(\w+)\".*?>(\d+)<", page))
    assert counts == {"due": "3", "returned": "1", "reconfirm": "0", "overdue": "0"}


def test_what_came_back_stands_first_then_what_was_begun_then_what_is_quick(world, browser, later):
    returned = Update.objects.get(cycle=later.cycle, commitment=world.update("KAZ", "II.1.1").commitment)
    begun = Update.objects.get(cycle=later.cycle, commitment=world.update("KAZ", "I.1.1").commitment)
    focal, coordinator = world.who("focal.kaz"), world.who("coordinator.kaz")
    words = {"rating": "limited", "trend": "forward", "adopted": "yes", "applied": "no", "measures_taken": "A law."}
    returned.edit(by=focal, version=0, values=words)
    returned.submit(by=focal, version=1)
    returned.return_(by=coordinator, version=2, reason="Name the law.")
    begun.edit(by=focal, version=0, values={"rating": "limited"})

    page = browser("focal.kaz").get(WORK).content.decode()
    own = [code for cycle, _state, code in CODE.findall(page) if cycle == "review-2030"]

    assert own == ["II.1.1", "I.1.1", "I.1.2"]
    assert "Name the law." in page


def test_what_still_holds_is_confirmed_and_submitted_in_two_actions(world, browser, later):
    answer = browser("focal.kaz").post(
        f"{WORK}reconfirm/", {"row": f"{later.key}@{later.version}", "press": "submit"}, follow=True
    )

    assert now(later).status == "submitted"
    assert "1 was confirmed and submitted." in answer.content.decode()


@pytest.mark.parametrize("who", ["contributor.kaz", "focal.tjk", "coordinator.tjk", "reviewer", "administrator"])
def test_nobody_confirms_what_they_do_not_see(later, browser, who):
    answer = browser(who).post(f"{WORK}reconfirm/", {"row": f"{later.key}@0", "press": "submit"})

    assert (answer.status_code, now(later).to_be_reconfirmed) == (404, True)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ("{key}@7", "I.1.2: "),
        ("nonsense", "Tick what still holds"),
        ("{key}@99999999999999999999", "Tick what still holds"),
        ("", "Tick what still holds"),
    ],
)
def test_what_was_changed_since_or_is_no_key_is_told_and_nothing_is_confirmed(later, browser, chosen, told):
    sent = {"row": chosen.format(key=later.key), "press": "submit"}

    answer = browser("focal.kaz").post(f"{WORK}reconfirm/", sent, follow=True)

    assert (now(later).status, now(later).to_be_reconfirmed) == ("draft", True)
    assert told in answer.content.decode()


def test_what_cannot_be_submitted_is_not_confirmed_either_and_is_told(world, browser, later):
    later.edit(by=world.who("focal.kaz"), version=0, values={"trend": ""})

    answer = browser("focal.kaz").post(
        f"{WORK}reconfirm/", {"row": f"{later.key}@{now(later).version}", "press": "submit"}, follow=True
    )

    assert now(later).to_be_reconfirmed
    assert "I.1.2: Say which way things have moved." in answer.content.decode()


def test_the_list_takes_the_same_number_of_questions_whatever_its_length(world, browser):
    counts = []
    for leads in (1, 3):
        own = Commitment.objects.filter(member_state=world.states["KAZ"]).order_by("pk")
        own.update(lead_agency=Agency.objects.get(slug="justice", member_state=world.states["KAZ"]))
        interior = world.agencies["interior.kaz"]
        Commitment.objects.filter(pk__in=[one.pk for one in own[:leads]]).update(lead_agency=interior)
        client = browser("focal.kaz")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(WORK).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_lines_of_more_than_one_cycle_name_theirs(world, browser, later):
    both, one = (browser("focal.kaz").get(WORK, {"waiting": wait}).content.decode() for wait in ("due", "reconfirm"))

    assert {"Review 2028", "Review 2030"} <= set(re.findall(r"^ +(Review \d+)$", both, re.M))
    assert re.findall(r"^ +(Review \d+)$", one, re.M) == []
