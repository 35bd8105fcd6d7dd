"""Who sees which page of the secretariat, and which of a State's words never reach it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Appointment
from tests.builders import person
from tests.desk.secretariat.conftest import prepared, reviewed, row, walk_all

CANARY = "Canary words of a ministry."
CAST = ("editor", "reviewer", "coordinator.kaz", "focal.kaz", "coordinator.tjk", "partner", "observer", "nobody",
        "administrator")  # fmt: skip
UN = {"editor", "reviewer"}
OFFICERS = UN | {"coordinator.kaz", "focal.kaz", "coordinator.tjk"}
PAGES = [
    ("/desk/matrix/", UN),
    ("/desk/matrix/?level=items", UN),
    ("/desk/review/", UN),
    ("/desk/review/questions/", UN),
    (reviewed(), UN),
    ("/desk/batches/", UN),
    ("/desk/cycles/", OFFICERS),
    ("/desk/cycles/review-2028/", OFFICERS),
    ("/desk/plan-cycle/", {"editor"}),
]
# Where the update is, for whom it is, whether the secretariat may read it.
STAGES = [
    ("draft", "public", False),
    ("submitted", "public", False),
    ("cleared", "state", False),
    ("cleared", "un", True),
    ("accepted", "public", True),
    ("published", "un", True),
]
LISTS = ("/desk/matrix/", "/desk/matrix/?level=items", "/desk/matrix/?level=items&status=not_yet",
         "/desk/review/?status=all", "/desk/review/questions/")  # fmt: skip
NEVER_THERE = [
    "/desk/matrix/?cycle=nothing", "/desk/matrix/?pillar=IX", "/desk/matrix/?status=draft", "/desk/matrix/?level=x",
    "/desk/matrix/?state=USA", "/desk/matrix/?theme=x", "/desk/review/?status=submitted", "/desk/review/?state=x",
    "/desk/review/review-2028/KAZ/I.9.9/", "/desk/review/review-2028/USA/I.1.2/", "/desk/review/x/KAZ/I.1.2/",
    f"{reviewed()}?against=draft", "/desk/cycles/nothing/", "/desk/batches/00000000-0000-4000-8000-000000000000/",
]  # fmt: skip


@pytest.mark.parametrize(("place", "readers"), PAGES)
def test_a_page_is_there_for_its_readers_alone(world, browser, place, readers):
    world.walk("cleared")

    found = {who: browser(who).get(place).status_code for who in CAST}

    assert found == {who: 200 if who in readers else 404 for who in CAST}


@pytest.mark.parametrize(("place", "readers"), PAGES)
def test_nobody_is_asked_to_sign_in_for_nothing(world, browser, place, readers):
    answer = browser(None).get(place)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=%2Fdesk%2F")


@pytest.mark.parametrize("place", NEVER_THERE)
def test_what_does_not_exist_is_not_found(world, browser, place):
    world.walk("cleared")

    assert browser("editor").get(place).status_code == 404


@pytest.mark.parametrize(("status", "audience", "is_read"), STAGES)
def test_words_reach_the_secretariat_once_the_state_has_cleared_them_for_it(world, browser, status, audience, is_read):
    update = world.walk(status, audience=audience, measures_taken=CANARY)
    visitor = browser("reviewer")

    page = visitor.get(reviewed())

    assert page.status_code == (200 if is_read else 404)
    assert (CANARY in page.content.decode()) is is_read
    for place in LISTS:
        answer = visitor.get(place)
        assert CANARY not in answer.content.decode(), place
    assert (update.key in visitor.get("/desk/review/?status=all").content.decode()) is is_read


def test_a_cell_does_not_tell_a_draft_from_what_is_submitted_or_kept_by_the_state(world, browser):
    visitor = browser("editor")
    seen = [visitor.get("/desk/matrix/?level=items").context["pillars"]]

    for status, audience in (("draft", "un"), ("submitted", "un"), ("cleared", "state")):
        world.walk(status, {"draft": "KAZ", "submitted": "TJK", "cleared": "UZB"}[status], audience=audience)
        seen.append(visitor.get("/desk/matrix/?level=items").context["pillars"])

    assert seen == seen[:1] * 4


def test_every_cell_leads_to_the_words_or_says_why_it_is_empty(world, browser):
    world.walk("cleared", "KAZ")
    world.walk("accepted", "TJK")
    world.walk("published", "UZB")

    page = browser("editor").get("/desk/matrix/?level=items")

    rows = {code: cells for pillar in page.context["pillars"] for one in pillar["objectives"]
            for code, _title, cells in one["rows"]}  # fmt: skip
    assert [(cell.kind.name, cell.rating, cell.address) for cell in rows["I.1.2"]] == [
        ("cleared", "Limited progress", "KAZ/I.1.2/"),
        ("accepted", "Limited progress", "TJK/I.1.2/"),
        ("published", "Limited progress", "UZB/I.1.2/"),
    ]
    assert [cell.kind.name for cell in rows["I.1.1"]] == ["not_yet"] * 3
    assert [cell.kind.name for cell in rows["II.1.2"]] == ["not_due"] * 3
    assert browser("editor").get(reviewed("UZB", "I.1.2", "?cycle=review-2028&status=all")).status_code == 200


def test_what_is_in_force_is_still_read_while_the_state_revises_it(world, browser):
    update = world.walk("published", measures_taken="Words in force.")
    update.revise(by=world.who("coordinator.kaz"), version=update.version)
    update.edit(by=world.who("focal.kaz"), version=update.version, values={"measures_taken": CANARY})

    page = browser("editor").get(reviewed())

    told = page.content.decode()
    assert ("Words in force." in told, CANARY in told, page.context["moves"]) == (True, False, [])
    assert page.context["observation"] is None
    assert "In force, nothing newer cleared" in browser("editor").get("/desk/matrix/?pillar=I").content.decode()


def test_somebody_who_serves_a_state_too_does_not_meet_its_drafts_here(world, browser):
    both = person(world, "both", "reviewer")
    Appointment.appoint(both, "coordinator", by=None, member_state=world.states["KAZ"])
    world.walk("submitted", measures_taken=CANARY)

    visitor = browser("both")

    assert visitor.get(reviewed()).status_code == 404
    assert visitor.get("/desk/review/?status=all").context["count"] == 0


@pytest.mark.parametrize(
    ("moved_back", "by", "is_compared"),
    [("return_", "reviewer", True), ("recall", "coordinator.kaz", False)],
)
def test_words_are_compared_with_what_the_secretariat_sent_back_and_not_with_what_the_state_took_back(
    world, browser, moved_back, by, is_compared
):
    update = world.walk("cleared", measures_taken="Quondam words.")
    getattr(update, moved_back)(by=world.who(by), version=update.version, reason="Say more.")
    focal, coordinator = world.who("focal.kaz"), world.who("coordinator.kaz")
    for words in (CANARY, "Present words."):
        update.edit(by=focal, version=update.version, values={"measures_taken": words})
        update.submit(by=focal, version=update.version)
        if words == CANARY:
            update.return_(by=coordinator, version=update.version, reason="Not like this.")
    update.clear(by=coordinator, version=update.version, audience="public")

    page = browser("reviewer").get(reviewed())

    told = page.content.decode()
    assert ("Quondam" in told, "Present" in told, CANARY in told, "Not like this." in told) == (
        is_compared, True, False, False)  # fmt: skip
    assert [base.name for base in page.context["bases"]] == (["seen"] if is_compared else [])


RELEASE = "/desk/released/review-2028/TJK/I.1.2/"


@pytest.mark.parametrize("place", [*LISTS, "/desk/batches/", "/desk/cycles/", reviewed(), RELEASE])
def test_the_number_of_queries_does_not_grow_with_the_rows(world, browser, place):
    world.walk("accepted", "KAZ", "I.1.2")
    world.walk("published", "TJK", "I.1.2")
    visitor = browser("editor")
    visitor.get(place)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(place).status_code == 200
        return len(queries)

    few = asked()
    for state in ("KAZ", "TJK", "UZB"):
        for item in ("I.1.1", "II.1.1"):
            world.walk("published", state, item)

    assert asked() == few


def test_a_batch_is_the_secretariat_s_to_see(world, browser):
    walk_all(world, "cleared")
    batch = prepared(browser("editor"), "accept", row(world.update()))

    found = {who: browser(who).get(f"/desk/batches/{batch.uid}/").status_code for who in CAST}

    assert found == {who: 200 if who in UN else 404 for who in CAST}
