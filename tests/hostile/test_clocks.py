"""When a deadline is over: to the second, in every zone, on every calendar, whatever the machine's clock does.

The rule is decision 33: what a State owes ends with the day in its capital; every other day is one of UTC.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from commitments.errors import Invalid
from commitments.models import Appointment, Cycle, Event, Invitation, MemberState, Revision
from commitments.telling.clocks import day_of, is_morning
from commitments.verification import broken_links
from commitments.waiting import Waiting, days_left
from commitments.workflow import Role
from reporting.issuing import begin, take_step
from tests.depth import FULL, drawn
from tests.hostile.zones import CAPITALS, DAYS, FARTHEST, everywhere, looked_up_end

pytestmark = pytest.mark.battery("C11")
once = pytest.mark.same_on_every_engine
SECOND = dt.timedelta(seconds=1)
NEXT = dt.timedelta(days=1)
ZONES = (*CAPITALS, *FARTHEST)
AROUND = (-SECOND, 0 * SECOND, SECOND)


def window(day: dt.date, opens_on: dt.date) -> Cycle:
    """A cycle in memory, opened, whose window ends with this day."""
    cycle = Cycle(pk=1, opens_on=opens_on, submissions_due_on=day, clearances_due_on=day, closes_on=day)
    cycle.opened_at = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    cycle._prefetched_objects_cache = {"extensions": []}
    return cycle


@pytest.mark.parametrize("zone", [*ZONES, *(zone for zone in drawn(everywhere()) if zone not in ZONES)])
def test_a_window_opens_and_ends_with_the_day_there_to_the_second(zone, tally):
    state = MemberState(pk=1, time_zone=zone)
    for day in DAYS if FULL or zone in CAPITALS else drawn(DAYS):
        end, beginning = looked_up_end(day, zone), looked_up_end(day - NEXT, zone)
        cycle = window(day, day)

        assert state.end_of(day) == end
        assert state.end_of(day).tzinfo is dt.UTC
        assert [cycle.accepts(state, at=end + shift) for shift in AROUND] == [beginning < end, False, False]
        assert [cycle.accepts(state, at=beginning + shift) for shift in AROUND] == [False, *[beginning < end] * 2]
        assert [days_left(end, end + shift) for shift in AROUND] == [0, -1, -1]
        assert [days_left(end, end - NEXT + shift) for shift in AROUND] == [1, 0, 0]
        assert state.last_day(end) in (day, day - NEXT)  # a day that a State left out has no last second
        tally(instants=13)


@pytest.mark.parametrize("zone", ZONES)
def test_letters_come_in_the_morning_of_whoever_reads_them(zone, tally):
    clock = ZoneInfo(zone)
    for day in DAYS if FULL else drawn(DAYS):
        for hour, (before, after) in {7: (False, True), 10: (True, False)}.items():
            at = dt.datetime.combine(day, dt.time(hour), clock).astimezone(dt.UTC)
            if at.astimezone(clock).date() == day:  # and not left out there
                assert (is_morning(clock, at - SECOND), is_morning(clock, at)) == (before, after)
                assert day_of(clock, at) == day
                tally(instants=2)


@once
@pytest.mark.parametrize("shift", AROUND)
@pytest.mark.parametrize("iso", ["KAZ", "TJK", "UZB"])
def test_extensions_reopenings_and_comments_end_with_the_day_in_the_capital(world, iso, shift, tally):
    state, item = world.states[iso], world.items["I.1.2"]
    first, second = (world.cycle.submissions_due_on + dt.timedelta(days=days) for days in (9, 19))
    words = {"by": world.who("editor"), "reason": "Elections."}
    world.cycle.extend(state, ends_on=first, **words)
    world.cycle.extend(state, ends_on=second, action_item=item, **words)

    accepts = world.cycle.accepts
    assert accepts(state, at=looked_up_end(first, state.time_zone) + shift) is (shift < 0 * SECOND)
    assert accepts(state, item.pk, at=looked_up_end(first, state.time_zone) + shift)
    assert accepts(state, item.pk, at=looked_up_end(second, state.time_zone) + shift) is (shift < 0 * SECOND)
    tally(instants=3)


@once
@pytest.mark.parametrize("shift", AROUND)
def test_time_to_comment_ends_state_by_state_and_a_day_that_is_over_anywhere_cannot_be_given(world, shift, tally):
    editor, reviewer = world.who("editor"), world.who("reviewer")
    report, now = begin("regional", world.cycle, by=editor), timezone.now()
    for name in ("draft", "submit"):
        take_step(report, name, by=editor, version=report.version)
    farthest = max(
        world.states.values(), key=lambda state: ZoneInfo(state.time_zone).utcoffset(now.replace(tzinfo=None))
    )
    day = now.date() + 5 * NEXT
    with time_machine.travel(looked_up_end(day, farthest.time_zone) + shift, tick=False):
        is_late = _refused(lambda: take_step(
            report, "circulate", by=reviewer, version=report.version, comments_due_on=day))  # fmt: skip
    assert is_late is (shift >= 0 * SECOND)
    tally(instants=1)
    if is_late:
        return
    for state in world.states.values():
        with time_machine.travel(looked_up_end(day, state.time_zone) + shift, tick=False):
            assert report.is_open_to_comments([state.pk]) is (shift < 0 * SECOND)
            tally(instants=1)


def _refused(step: Callable[[], object]) -> bool:
    try:
        step()
    except Invalid:
        return True
    return False


@pytest.mark.parametrize("days", [0, 28, 273])  # an ordinary day, and ones near leap days and the turn of the year
@pytest.mark.parametrize("shift", AROUND)
def test_a_term_of_office_begins_and_ends_with_the_day_of_utc(world, shift, days, tally):
    starts_on = timezone.now().date() + dt.timedelta(days=days + 1)
    ends_on = starts_on + dt.timedelta(days=2)
    nobody = world.who("nobody")
    scope = {"agency": world.agencies["interior.kaz"], "starts_on": starts_on, "ends_on": ends_on}
    Appointment.appoint(nobody, Role.FOCAL_POINT, by=None, **scope)

    for day, inside in ((starts_on, shift >= 0 * SECOND), (ends_on, shift < 0 * SECOND)):
        midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
        with time_machine.travel(midnight + shift, tick=False):
            assert bool(world.who("nobody").mandate.state_ids) is inside
            tally(instants=1)


@once
@pytest.mark.parametrize("shift", AROUND)
def test_an_invitation_a_token_and_a_link_to_a_new_password_last_so_long_and_no_second_longer(world, shift, tally):
    now, coordinator, focal = timezone.now(), world.who("coordinator.kaz"), world.who("focal.kaz")
    agency = world.agencies["interior.kaz"]
    invitation = Invitation.send("later@example.org", "Later", Role.FOCAL_POINT, by=coordinator, agency=agency)
    _token, text = AuthToken.objects.create(user=focal)
    link = default_token_generator.make_token(focal)
    lasting = {
        dt.timedelta(days=14): lambda: invitation.state == "open",
        settings.REST_KNOX["TOKEN_TTL"]: lambda: _opens(text),
        dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) + SECOND: lambda: default_token_generator.check_token(
            focal, link),
    }  # fmt: skip

    for length, is_good in lasting.items():
        with time_machine.travel(now + length + shift, tick=False):
            assert is_good() is (shift < 0 * SECOND), length
            tally(instants=1)


def _opens(token: str) -> bool:
    return Client().get("/api/v1/me/", headers={"Authorization": f"Token {token}"}).status_code == 200


@once
@pytest.mark.parametrize("shift", AROUND)
def test_tries_of_a_password_are_forgotten_after_a_quarter_of_an_hour_and_no_second_sooner(world, shift, tally):
    now, email = timezone.now(), world.emails["focal.kaz"]

    def sign_in(password: str) -> bool:
        visitor = Client()
        visitor.post("/accounts/login/", {"login": email, "password": password})
        return "_auth_user_id" in visitor.session

    for _number in range(10):
        sign_in("wrong words")
    assert not sign_in("correct horse battery")
    with time_machine.travel(now + dt.timedelta(minutes=15) + shift, tick=False):
        assert sign_in("correct horse battery") is (shift >= 0 * SECOND)
    tally(instants=2)


@pytest.mark.parametrize("back", [dt.timedelta(hours=1), dt.timedelta(days=4), SECOND])
def test_a_clock_that_is_set_back_changes_no_order(world, back, tally):
    focal, coordinator, now = world.who("focal.kaz"), world.who("coordinator.kaz"), timezone.now()
    update = world.walk("submitted", results="First words.")
    with time_machine.travel(now - back, tick=False):
        update.return_(by=coordinator, version=update.version, reason="More is needed.")
    with time_machine.travel(now - 2 * back, tick=False):
        update.edit(by=focal, version=update.version, values={"results": "Second words."})
        waiting = Waiting(focal)
        assert waiting.updates().filter(waiting.question("returned")).filter(pk=update.pk).exists()

    events = list(Event.objects.filter(update=update).order_by("sequence"))
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert [event.move for event in events if event.move != "edit"] == ["submit", "return"]
    assert events[-1].at < events[0].at
    assert Revision.objects.get(update=update).number == 1
    assert list(broken_links()) == []
    shown = Client()
    shown.force_login(focal, backend="django.contrib.auth.backends.ModelBackend")
    page = shown.get("/desk/updates/review-2028/KAZ/I.1.2/").content.decode()
    assert "More is needed." in page
    tally(instants=len(events))


def test_every_instant_is_kept_as_one_of_utc(world):
    with time_machine.travel(dt.datetime(2028, 3, 1, 0, 30, tzinfo=ZoneInfo("Asia/Almaty")), tick=False):
        event = Event.record("cycle:review-2028", "look", by=None)

    event.refresh_from_db()
    assert event.at.isoformat() == "2028-02-29T19:30:00+00:00"
    assert event.facts()["at"] == "2028-02-29T19:30:00+00:00"


ASKED = """
import datetime as dt, json, time
import django; django.setup()
from django.utils import timezone
from commitments.models import MemberState
state = MemberState(time_zone="Asia/Almaty")
ends = [state.end_of(dt.date.fromisoformat(day)).isoformat() for day in ("2024-02-28", "2024-02-29", "2024-03-01")]
print(json.dumps([*ends, time.localtime(0).tm_hour, timezone.now().tzname()]))
"""


@pytest.mark.parametrize("machine", ["Asia/Almaty", "Pacific/Kiritimati"])
def test_almaty_is_five_hours_ahead_since_march_2024_whatever_the_machine_believes(machine, tmp_path):
    old = resources.files("tzdata.zoneinfo").joinpath("Asia", "Dhaka").read_bytes()  # at +06:00 to this day
    (tmp_path / "Asia").mkdir()
    (tmp_path / "Asia" / "Almaty").write_bytes(old)
    environment = os.environ | {"PYTHONTZPATH": str(tmp_path), "TZ": machine, "DJANGO_SETTINGS_MODULE": "jpoa.settings"}
    root = Path(__file__).parents[2]

    told = subprocess.run([sys.executable, "-c", ASKED], env=environment, cwd=root, capture_output=True, check=True)

    assert json.loads(told.stdout) == [
        "2024-02-28T18:00:00+00:00",  # at +06:00
        "2024-02-29T19:00:00+00:00",  # the night in which the clocks went back an hour
        "2024-03-01T19:00:00+00:00",  # at +05:00
        0,
        "UTC",
    ]
