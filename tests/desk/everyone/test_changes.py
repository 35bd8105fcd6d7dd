"""What has changed lately: who is told of what, in what words, by whose clock, page by page."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.models import Event
from tests.builders import REPORTED
from tests.desk.everyone.conftest import shown

CHANGES = "/desk/changes/"
TOLD = [
    # the move was made by, the words of it, who is told
    ("KAZ I.1.2 saved", "Saved", "Kazakhstan: I.1.2", {"focal.kaz", "coordinator.kaz"}),
    ("KAZ II.1.1 submitted", "Submitted for clearance", "Kazakhstan: II.1.1", {"focal.kaz", "coordinator.kaz"}),
    (
        "TJK I.1.2 cleared",
        "Cleared for the State",
        "Tajikistan: I.1.2",
        {"focal.tjk", "coordinator.tjk", "editor", "reviewer"},
    ),
    ("TJK II.1.1 kept", "Cleared for the State", "Tajikistan: II.1.1", {"focal.tjk", "coordinator.tjk"}),
    ("UZB I.1.1 to the UN", "Published", "Uzbekistan: I.1.1", {"editor", "reviewer"}),
    ("UZB II.1.1 to participants", "Published", "Uzbekistan: II.1.1", {"editor", "reviewer"}),
    (
        "UZB I.1.2 to all",
        "Published",
        "Uzbekistan: I.1.2",
        {"editor", "reviewer", "partner", "observer", "nobody", "administrator"},
    ),
]
CAST = ("focal.kaz", "coordinator.kaz", "focal.tjk", "coordinator.tjk", "editor", "reviewer", "partner", "observer",
        "nobody", "administrator")  # fmt: skip


def lines(browser, who: str, **asked: str) -> list:
    answer = browser(who).get(CHANGES, asked)
    assert answer.status_code == 200
    return [change for _day, changes in answer.context["days"] for change in changes]


@pytest.mark.parametrize(("told", "thing", "readers"), [row[1:] for row in TOLD], ids=[row[0] for row in TOLD])
def test_a_change_is_told_to_those_who_may_know_of_it(hidden, browser, told, thing, readers):
    found = {who for who in CAST
             if any(line.told == told and line.thing.startswith(thing) for line in lines(browser, who))}  # fmt: skip

    assert found == readers


@pytest.mark.parametrize("who", CAST)
def test_no_word_of_an_update_stands_in_the_list(hidden, browser, who):
    page = shown(browser(who).get(CHANGES))

    assert not any(word in page for word in ("zebrafinch", "wallaby", "numbat", "bilby", "potoroo", "kowari", "quokka"))


def test_to_another_state_what_happens_in_one_changes_nothing(hidden, browser):
    before = shown(browser("coordinator.kaz").get(CHANGES))

    update = hidden.update("UZB", "I.1.2")
    update.withdraw(by=hidden.who("coordinator.uzb"), version=update.version, reason="An error.")

    assert shown(browser("coordinator.kaz").get(CHANGES)) == before


def test_who_released_it_is_not_told_beyond_the_un(hidden, browser):
    assert {line.by for line in lines(browser, "partner")} == {""}
    assert "editor" in {line.by for line in lines(browser, "reviewer")}


def test_what_one_person_saves_in_a_row_is_one_line(world, browser):
    for number in range(3):
        update = world.update()
        update.edit(
            by=world.who("focal.kaz"), version=update.version, values=REPORTED | {"results": f"Result {number}."}
        )

    saved = [line for line in lines(browser, "focal.kaz") if line.told == "Saved"]

    assert [line.times for line in saved] == [3]
    assert "(3 times)" in browser("focal.kaz").get(CHANGES).content.decode()


@pytest.mark.parametrize(
    ("who", "asked", "things"),
    [
        ("focal.kaz", {"kind": "written"}, {"Kazakhstan: I.1.2 Do I.1.2", "Kazakhstan: II.1.1 Do II.1.1"}),
        ("focal.kaz", {"kind": "submitted"}, {"Kazakhstan: II.1.1 Do II.1.1"}),
        ("focal.kaz", {"kind": "written", "pillar": "II"}, {"Kazakhstan: II.1.1 Do II.1.1"}),
        ("editor", {"kind": "released", "state": "UZB", "pillar": "I"},
         {"Uzbekistan: I.1.1 Do I.1.1", "Uzbekistan: I.1.2 Do I.1.2"}),
        ("editor", {"kind": "cycles", "cycle": "review-2028"}, {"Review 2028"}),
        ("partner", {"state": "UZB"}, {"Uzbekistan: I.1.2 Do I.1.2"}),
        ("partner", {"state": "KAZ"}, set()),
    ],
)  # fmt: skip
def test_filters_narrow(hidden, browser, who, asked, things):
    assert {line.thing for line in lines(browser, who, **asked)} == things


@pytest.mark.parametrize(
    "asked",
    [{"state": "ZZZ"}, {"state": "TJK"}, {"cycle": "never"}, {"pillar": "\0"}, {"kind": "all"}],
)
def test_a_filter_that_is_not_offered_is_told_so(hidden, browser, asked):
    answer = browser("focal.kaz").get(CHANGES, asked)

    assert answer.status_code == 200
    assert "There is no such filter" in answer.content.decode()


@pytest.mark.parametrize(
    "after", ["", "x", "~", "2026", "2026-01-01T00:00:00", "2026-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00~x",
              "2026-01-01T00:00:00+00:00~a:b\0:c", "0001-01-01T00:00:00+00:00~x", "\0", "x" * 5000],
)  # fmt: skip
@pytest.mark.parametrize("who", ["editor", "partner"])
def test_a_key_that_cannot_be_read_is_the_beginning(hidden, browser, who, after):
    assert browser(who).get(CHANGES, {"after": after}).status_code == 200


@pytest.mark.parametrize("who", ["editor", "coordinator.uzb", "partner"])
def test_pages_follow_one_another_without_a_gap(world, browser, monkeypatch, who):
    for state in ("KAZ", "TJK", "UZB"):
        for item in ("I.1.2", "II.1.1"):
            world.walk("published", state, item)
    whole = [(line.at, line.thing, line.told) for line in lines(browser, who)]
    monkeypatch.setattr("commitments.screens.changes.AT_ONCE", 4)
    visitor, found, place = browser(who), [], CHANGES

    while place:
        answer = visitor.get(place)
        found += [(line.at, line.thing, line.told) for _day, day in answer.context["days"] for line in day]
        place = f"{CHANGES}{answer.context['next']}" if answer.context["next"] else ""

    assert found == whole
    assert len(found) >= 6


@pytest.mark.parametrize(
    ("who", "zone", "when"),
    [
        ("focal.kaz", "", (dt.date(2026, 3, 2), "01:30")),  # the capital's
        ("editor", "", (dt.date(2026, 3, 1), "20:30")),  # UTC
        ("focal.kaz", "America/New_York", (dt.date(2026, 3, 1), "15:30")),
        ("focal.kaz", "No/Longer", (dt.date(2026, 3, 2), "01:30")),  # a name that has gone: the capital's again
        ("editor", "No/Longer", (dt.date(2026, 3, 1), "20:30")),
    ],
)
def test_days_and_hours_are_the_reader_s(world, browser, who, zone, when):
    someone = world.who(who)
    type(someone).objects.filter(pk=someone.pk).update(time_zone=zone)
    with time_machine.travel(dt.datetime(2026, 3, 1, 20, 30, tzinfo=dt.UTC), tick=False):
        Event.record(
            "agency:KAZ:new", "add", by=None, member_state=world.states["KAZ"], changes={"name": "The new one"}
        )

    answer = browser(who).get(CHANGES, {"kind": "assigned"})

    [(shown_day, [line])] = answer.context["days"]
    assert (shown_day, line.thing) == (when[0], "The new one, Kazakhstan")
    assert f">{when[1]}</time>" in answer.content.decode()
    assert timezone.get_current_timezone_name() == "UTC"  # the next request begins anew


@pytest.mark.parametrize("who", ["editor", "focal.kaz", "coordinator.kaz", "partner"])
def test_the_number_of_queries_does_not_grow(world, browser, who):
    visitor, asked = browser(who), []
    for items in (("I.1.2",), ("I.1.1", "II.1.1")):
        for item in items:
            for state in ("KAZ", "UZB"):
                world.walk("published", state, item)
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(CHANGES).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 16
