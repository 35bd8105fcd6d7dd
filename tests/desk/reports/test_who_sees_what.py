"""Who opens which page of the desk for reports, at each stage that makes a difference: one table."""

from __future__ import annotations

import pytest

from reporting import issuing
from reporting.models import Edition
from tests.desk.reports.conftest import DESK, SECTION, address, step, write
from tests.reporting.reports import EARLY

CAST = ("editor", "reviewer", "coordinator.kaz", "focal.kaz", "coordinator.tjk", "partner", "observer", "nobody",
        "administrator")  # fmt: skip
UN = {"editor", "reviewer"}
STATES = {"coordinator.kaz", "focal.kaz", "coordinator.tjk"}
ALL = set(CAST)
# (place, who while it is drafted, while it is circulated, once it is issued)
PAGES = [
    ("", UN, UN | STATES, ALL),
    ("draft/", set(), UN | STATES, UN),
    ("preview/", UN, UN, UN),
    ("recommendations/", UN, UN, UN),
    ("figures/", UN, UN, UN),
    (f"sections/{SECTION}/", UN, UN, UN),
    ("sections/never/", set(), set(), set()),
]


def _opened(browser, report) -> dict[str, set[str]]:
    seen = {who: browser(who) for who in CAST}
    return {place: {who for who in CAST if seen[who].get(address(report, place)).status_code == 200}
            for place, *_rest in PAGES}  # fmt: skip


def test_while_it_is_drafted_only_the_secretariat_sees_a_report(browser, report):
    assert _opened(browser, report) == {place: who for place, who, _circulated, _issued in PAGES}


def test_while_it_is_circulated_the_states_see_the_draft_and_nothing_of_its_making(browser, circulated):
    assert _opened(browser, circulated) == {place: who for place, _drafted, who, _issued in PAGES}


def test_once_it_is_issued_everybody_sees_the_report_and_nobody_new_its_making(world, browser, circulated):
    step(world, circulated, "close", reason=EARLY)
    step(world, circulated, "issue")

    assert _opened(browser, circulated) == {place: who for place, _drafted, _circulated, who in PAGES}


def test_a_report_that_is_not_to_be_seen_answers_as_one_that_does_not_exist(browser, report):
    visitor = browser("coordinator.kaz")

    hidden, absent = visitor.get(address(report)), visitor.get(f"{DESK}never-was/")

    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)


def test_a_note_on_one_state_goes_to_that_state_alone(world, browser):
    begun = issuing.begin("state-note", world.cycle, by=world.who("editor"), member_state=world.states["KAZ"])
    step(world, begun, "draft")
    write(world, begun, section="measures")
    step(world, begun, "submit")
    step(world, begun, "circulate", "reviewer", comments_due_on=world.cycle.closes_on)

    found = {who: browser(who).get(address(begun, "draft/")).status_code for who in sorted(STATES)}

    assert found == {"coordinator.kaz": 200, "focal.kaz": 200, "coordinator.tjk": 404}


@pytest.mark.parametrize("place", ["", "begin/"])
def test_somebody_who_is_not_signed_in_is_sent_to_sign_in_and_back(browser, world, place):
    answer = browser(None).get(f"{DESK}{place}")

    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next=%2Fdesk%2Freports%2F{place.replace('/', '%2F')}"


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator.kaz", 200), ("focal.kaz", 200), ("contributor.kaz", 200), ("coordinator.tjk", 404), ("editor", 404),
     ("partner", 404), ("administrator", 404), (None, 302)],
)  # fmt: skip
def test_a_national_contribution_is_open_to_its_own_state_alone(browser, world, who, status):
    visitor = browser(who)

    found = [visitor.get(f"/desk/contributions/review-2028/KAZ/{place}").status_code for place in ("", "files/en.json")]

    assert found == [status, status]


def test_a_focal_point_is_told_of_the_own_agency_s_open_updates_and_of_no_others(browser, world):
    page = browser("contributor.kaz").get("/desk/contributions/review-2028/KAZ/")

    shown = [update.commitment.action_item.code for update, _address, _named in page.context["open_updates"]]
    assert shown == ["I.1.1"]
    assert page.context["uncleared"] is None


def test_the_list_shows_each_person_the_reports_they_may_see(browser, circulated):
    found = {who: b"review-2028-regional-public" in browser(who).get(DESK).content for who in CAST}

    assert {who for who, is_listed in found.items() if is_listed} == UN | STATES
    assert Edition.objects.get().form == Edition.Form.DRAFT


def test_only_an_editor_is_offered_to_begin_one(browser, report):
    found = {who: browser(who).get(f"{DESK}begin/").status_code for who in CAST}

    assert {who for who, status in found.items() if status == 200} == {"editor"}


def test_who_of_the_secretariat_made_an_edition_is_for_the_secretariat_to_know(world, browser, circulated):
    reviewer = str(world.who("reviewer")).encode()
    seen = {who: browser(who).get(address(circulated)).content for who in ("editor", "coordinator.kaz")}

    assert reviewer in seen["editor"]
    assert b"SHA-256" in seen["coordinator.kaz"]
    assert reviewer not in seen["coordinator.kaz"]


@pytest.mark.parametrize(
    ("kind", "state", "told"),
    [("progress", None, "Audience: The United Nations"), ("state-note", "KAZ", "Audience: The State and the UN")],
)
def test_a_report_for_the_un_names_a_state_as_reader_only_where_it_is_on_one(world, browser, kind, state, told):
    of = world.states[state] if state else None
    begun = issuing.begin(kind, world.cycle, by=world.who("editor"), audience="un", member_state=of)

    for place in (DESK, address(begun)):
        assert told in browser("editor").get(place).content.decode()


@pytest.mark.parametrize(
    ("who", "is_told"), [("editor", True), ("reviewer", True), ("coordinator.kaz", False), ("partner", False)]
)
def test_who_made_an_edition_is_told_to_the_secretariat_alone(world, browser, circulated, who, is_told):
    step(world, circulated, "close", reason=EARLY)
    step(world, circulated, "issue")
    visitor = browser(who)

    desk = visitor.get(address(circulated))
    admin = [visitor.get(f"/admin/reporting/edition/{place}").content.decode()
             for place in ("", f"{circulated.slug}/2/change/")]  # fmt: skip

    assert (", editor</span>" in desk.content.decode()) is is_told
    assert ("field-made_by_name" in admin[0]) is is_told
    assert ("field-made_by_name" in admin[1]) is is_told
