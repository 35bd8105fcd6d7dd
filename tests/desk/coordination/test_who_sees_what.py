"""Who opens the coordinator's pages, and that no other State's words are on any of them: one table."""

from __future__ import annotations

import pytest

from commitments.models import Appointment, Invitation
from tests.builders import person
from tests.desk.coordination.conftest import ASSIGNMENTS, BOARD, PEOPLE, QUEUE

CAST = ("focal.kaz", "contributor.kaz", "coordinator.kaz", "coordinator.tjk", "focal.tjk", "reviewer", "editor",
        "partner", "observer", "nobody", "administrator")  # fmt: skip
KAZ, BOTH, NONE = {"coordinator.kaz"}, {"coordinator.kaz", "coordinator.tjk"}, set()
ITEM = "review-2028/KAZ/I.1.2/"
PAGES = [
    (BOARD, BOTH),
    (f"{BOARD}?state=KAZ", KAZ),
    (f"{BOARD}?cycle=never", NONE),
    (QUEUE, BOTH),
    (f"{QUEUE}{ITEM}", KAZ),
    (f"{QUEUE}review-2028/KAZ/II.1.1/", NONE),
    (ASSIGNMENTS, BOTH),
    (f"{ASSIGNMENTS}?state=KAZ", KAZ),
    (f"{ASSIGNMENTS}KAZ/I.1.2/", KAZ),
    (PEOPLE, BOTH),
    (f"{PEOPLE}?state=KAZ", KAZ),
    (f"{PEOPLE}KAZ/invite/", KAZ),
    (f"{PEOPLE}KAZ/agencies/add/", KAZ),
    (f"{PEOPLE}KAZ/agencies/justice/rename/", KAZ),
    (f"{PEOPLE}KAZ/agencies/justice/retire/", KAZ),
]
CANARY = "Only Tajikistan knows of the nightingale"


@pytest.mark.parametrize("who", CAST)
def test_each_page_opens_to_its_coordinator_and_is_absent_for_everybody_else(world, browser, who):
    world.walk("submitted")
    visitor = browser(who)

    found = {place: visitor.get(place).status_code for place, _who in PAGES}

    assert found == {place: 200 if who in readers else 404 for place, readers in PAGES}


def posts(world) -> dict[str, dict]:
    """What can be sent, each with words that would be taken from the right person."""
    uid = Appointment.objects.get(person=world.who("contributor.kaz")).uid
    coordinator, justice = world.who("coordinator.kaz"), world.agencies["justice.kaz"]
    invited = Invitation.send("b@example.org", "b", "focal_point", by=coordinator, agency=justice).uid
    return {
        f"{QUEUE}{ITEM}clear/": {"version": 2, "audience": "un"},
        f"{QUEUE}{ITEM}return/": {"version": 2, "reason": "x"},
        f"{QUEUE}together/clear/": {"row": "review-2028:KAZ:I.1.2"},
        f"{ASSIGNMENTS}assign/": {"row": "KAZ:I.1.2"},
        f"{ASSIGNMENTS}KAZ/I.1.2/": {"version": 0},
        f"{PEOPLE}KAZ/invite/": {"email": "a@example.org", "full_name": "a", "language": "en", "agency": "justice"},
        f"{PEOPLE}KAZ/agencies/add/": {"name": "x"},
        f"{PEOPLE}KAZ/agencies/justice/rename/": {"name": "x"},
        f"{PEOPLE}KAZ/agencies/justice/retire/": {"reason": "x"},
        f"{PEOPLE}appointments/{uid}/retire/": {"reason": "x"},
        f"{PEOPLE}invitations/{invited}/again/": {},
        f"{PEOPLE}invitations/{invited}/withdraw/": {},
    }


@pytest.mark.parametrize("who", [name for name in CAST if name != "coordinator.kaz"])
def test_what_is_sent_by_anybody_else_finds_nothing(world, browser, who):
    world.walk("submitted")
    visitor = browser(who)

    assert {visitor.post(place, sent).status_code for place, sent in posts(world).items()} == {404}


def test_what_is_sent_by_the_coordinator_is_taken(world, browser):
    world.walk("submitted")
    sent = posts(world)
    del sent[f"{QUEUE}{ITEM}return/"]  # cleared just before

    found = {place: browser("coordinator.kaz").post(place, words).status_code for place, words in sent.items()}

    assert set(found.values()) <= {200, 302}, found


@pytest.mark.parametrize("status", ["draft", "submitted", "cleared"])
def test_another_state_s_words_names_and_counts_are_on_no_page(world, browser, status):
    world.walk(status, "TJK", measures_taken=CANARY)
    world.walk("submitted")
    person(world, "nightingale", "focal_point", agency=world.agencies["justice.tjk"])
    visitor = browser("coordinator.kaz")

    shown = "".join(visitor.get(place).content.decode() for place, _who in PAGES)

    assert not [word for word in ("nightingale", "Tajikistan", "TJK") if word in shown]


def test_another_state_s_row_among_one_s_own_is_as_absent_as_one_that_never_was(world, browser):
    world.walk("submitted")
    world.walk("submitted", "TJK")
    rows = [
        ["review-2028:KAZ:I.1.2", other]
        for other in ("review-2028:TJK:I.1.2", "review-2028:KAZ:IX.1.1", "x", "\x00:KAZ:I.1.2")
    ]

    found = [browser("coordinator.kaz").post(f"{QUEUE}together/clear/", {"row": row}) for row in rows]

    assert {answer.status_code for answer in found} == {404}


@pytest.mark.parametrize("place", ["clearing/%00/KAZ/I.1.2/", "clearing/review-2028/K%00/I.1.2/", "people/%00/invite/",
                                   "clearing/review-2028/KAZ/%00/", "assignments/KAZ/%00/", "board/?state=%00",
                                   "board/?cycle=%00", "people/KAZ/agencies/add%00/"])  # fmt: skip
def test_no_database_is_asked_about_what_no_key_can_be(browser, place):
    assert browser("coordinator.kaz").get(f"/desk/{place}").status_code == 404


@pytest.mark.parametrize("who", ["coordinator.kaz", "focal.kaz", "reviewer"])
def test_the_menu_offers_the_pages_to_coordinators_alone(browser, who):
    page = browser(who).get("/desk/").content.decode()

    offered = [place for place in (BOARD, QUEUE, ASSIGNMENTS, PEOPLE) if f'href="{place}"' in page]
    assert offered == ([BOARD, QUEUE, ASSIGNMENTS, PEOPLE] if who == "coordinator.kaz" else [])


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(browser):
    answers = [browser(None).get(place) for place in (BOARD, QUEUE, ASSIGNMENTS, PEOPLE)]

    assert all(answer.url.startswith("/accounts/login/?next=") for answer in answers)
