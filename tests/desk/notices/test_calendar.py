"""The calendar of deadlines: a secret address that opens while its owner serves, and dates that are right."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from commitments.models import CalendarAddress, Cycle, Person

CANARY = "Floods in the south of the province."
PAGE = "/desk/calendar/"


def text(response) -> str:
    return response.content.decode()


def address_of(client) -> str:
    """The path that the page shows once."""
    page = text(client.post(f"{PAGE}renew/"))
    return re.search(r'value="http://127.0.0.1:8000(/calendar/[^"]+)"', page)[1]


def entries(answer) -> dict[str, dt.date]:
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(one["UID"]).removesuffix("@jpoa-tracker"): one["DTSTART"].dt for one in found}


@pytest.fixture
def extended(world):
    """Kazakhstan has more time for all, Tajikistan for one item."""
    cycle, editor = world.cycle, world.who("editor")
    later = cycle.submissions_due_on + dt.timedelta(days=5)
    cycle.extend(world.states["KAZ"], by=editor, ends_on=later, reason=CANARY)
    cycle.extend(world.states["TJK"], by=editor, ends_on=later, reason=CANARY, action_item=world.items["I.1.2"])
    return world


OF_STATES = {
    "focal.kaz": {"KAZ"},
    "coordinator.tjk": {"TJK"},
    "editor": {"KAZ", "TJK", "UZB"},
    "partner": set(),
    "observer": set(),
}


@pytest.mark.parametrize("name", OF_STATES)
def test_whose_deadlines_stand_in_whose_calendar(extended, browser, name):
    address = address_of(browser(name))

    answer = browser(None).get(address)

    found = entries(answer)
    dues = {key.rpartition(".")[2] for key in found if ".submissions_due_on." in key}
    assert dues == OF_STATES[name]
    assert sum(".extension." in key for key in found) == len(OF_STATES[name] & {"KAZ", "TJK"})
    assert ("review-2028.submissions_due_on" in found) == (not OF_STATES[name])
    assert CANARY not in text(answer)


def test_days_are_those_of_the_cycle_with_the_extension_of_the_state(extended, browser):
    found, cycle = entries(browser(None).get(address_of(browser("editor")))), extended.cycle

    assert found["review-2028.submissions_due_on.KAZ"] == cycle.submissions_due_on + dt.timedelta(days=5)
    assert found["review-2028.submissions_due_on.TJK"] == cycle.submissions_due_on
    assert found["review-2028.clearances_due_on"] == cycle.clearances_due_on
    assert found["review-2028.closes_on"] == cycle.closes_on


def test_what_is_moved_keeps_its_name_and_is_newer(world, browser):
    address = address_of(browser("focal.kaz"))

    def closing() -> tuple:
        found = Calendar.from_ical(browser(None).get(address).content).walk("VEVENT")
        one = next(one for one in found if one["UID"] == "review-2028.closes_on@jpoa-tracker")
        return one["DTSTART"].dt, one["SEQUENCE"]

    before = closing()
    world.cycle.move_dates(by=world.who("editor"), closes_on=world.cycle.closes_on + dt.timedelta(days=3))
    after = closing()

    assert after == (before[0] + dt.timedelta(days=3), before[1] + 1)


def test_it_is_valid_for_programs_that_read_it(world, browser):
    answer = browser(None).get(address_of(browser("focal.kaz")))

    calendar = Calendar.from_ical(answer.content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (str(calendar["VERSION"]), "PRODID" in calendar) == ("2.0", True)
    for one in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE"} <= set(one)
        assert one["DTEND"].dt - one["DTSTART"].dt == dt.timedelta(days=1)
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_no_cache_keeps_it_beyond_a_revocation(world, browser):
    answer = browser(None).get(address_of(browser("focal.kaz")))

    assert answer["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(("language", "title"), [("ru", "Обзор 2028"), ("en", "Review 2028"), ("xx", "Review 2028")])
def test_it_is_written_in_its_owner_s_language(world, browser, language, title):
    Cycle.objects.update(translations={"ru": {"title": "Обзор 2028"}})
    Person.objects.filter(email="focal.kaz@example.org").update(language=language)

    answer = browser(None).get(address_of(browser("focal.kaz")), headers={"Accept-Language": "en"})

    titles = {str(one["SUMMARY"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert len(titles) == 4
    assert [one for one in titles if title not in one] == []


def test_the_address_is_shown_once_and_kept_as_a_hash(world, browser):
    client = browser("focal.kaz")
    secret = address_of(client).removeprefix("/calendar/").removesuffix(".ics")

    again = text(client.get(PAGE))

    assert len(secret) >= 43
    assert secret not in again
    assert secret not in str(CalendarAddress.objects.values().get())


def ended(world) -> None:
    world.who("focal.kaz").appointments.get().retire(by=None, reason="Moved to another ministry.")


def suspended(world) -> None:
    world.who("focal.kaz").change(by=world.who("administrator"), reason="Left.", is_active=False)


def renewed(world) -> None:
    CalendarAddress.renew(by=world.who("focal.kaz"))


def revoked(world) -> None:
    CalendarAddress.revoke(by=world.who("focal.kaz"))


@pytest.mark.parametrize("happen", [ended, suspended, renewed, revoked])
def test_an_address_opens_nothing_any_more_once_it_is(world, browser, happen):
    address = address_of(browser("focal.kaz"))
    before = browser(None).get(address).status_code

    happen(world)

    assert (before, browser(None).get(address).status_code) == (200, 404)


def test_a_new_address_opens_in_place_of_the_old_one(world, browser):
    client = browser("focal.kaz")
    first, second = address_of(client), address_of(client)

    assert [browser(None).get(address).status_code for address in (first, second)] == [404, 200]


def test_the_owner_ends_it_on_the_page(world, browser):
    client = browser("focal.kaz")
    address = address_of(client)

    client.post(f"{PAGE}revoke/")

    assert browser(None).get(address).status_code == 404


@pytest.mark.parametrize("secret", ["x", "%00", "a" * 300, "ы"])
def test_a_guessed_address_is_not_found(world, browser, secret):
    assert browser(None).get(f"/calendar/{secret}.ics").status_code == 404


@pytest.mark.parametrize("name", ["nobody", "administrator"])
def test_who_holds_no_role_has_no_address(world, browser, name):
    assert browser(name).post(f"{PAGE}renew/").status_code == 404
    assert not CalendarAddress.objects.exists()


def test_everybody_may_read_the_dates_of_the_cycles_and_no_state_s(extended, browser):
    answer = browser(None).get("/calendar/public.ics")

    found = entries(answer)
    assert found["review-2028.submissions_due_on"] == extended.cycle.submissions_due_on
    assert [key for key in found if "extension" in key or key.endswith(("KAZ", "TJK", "UZB"))] == []
    assert "Kazakhstan" not in text(answer)
    assert CANARY not in text(answer)
    assert answer["Cache-Control"] == "public, max-age=3600"


def test_the_page_lists_what_is_coming_for_its_reader(extended, browser):
    pages = {name: text(browser(name).get(PAGE)) for name in ("focal.kaz", "focal.tjk", "partner")}

    assert ["Extension ends, Kazakhstan" in page for page in pages.values()] == [True, False, False]
    assert ["Reopening of I.1.2 ends, Tajikistan" in page for page in pages.values()] == [False, True, False]
    assert all("The cycle closes, Review 2028" in page for page in pages.values())
    assert CANARY not in "".join(pages.values())


def test_the_page_asks_as_often_whatever_is_coming(extended, browser):
    client, cycle = browser("editor"), extended.cycle
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    later = cycle.submissions_due_on + dt.timedelta(days=6)
    for state in ("TJK", "UZB"):
        for code in ("I.1.1", "II.1.1"):
            given = {"ends_on": later, "reason": CANARY, "action_item": extended.items[code]}
            cycle.extend(extended.states[state], by=extended.who("editor"), **given)

    with CaptureQueriesContext(connection) as many:
        page = text(client.get(PAGE))

    assert "Reopening of II.1.1 ends, Uzbekistan" in page
    assert len(many) == len(few)
