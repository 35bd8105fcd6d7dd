"""How often the database is asked: the same whatever the number of updates, agencies and people."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import ActionItem, Agency, Commitment, Update
from tests.builders import person
from tests.desk.coordination.conftest import ASSIGNMENTS, BOARD, PEOPLE, QUEUE

PAGES = [
    BOARD,
    f"{BOARD}?stage=submitted&choose=all",
    QUEUE,
    f"{QUEUE}review-2028/KAZ/I.1.2/",
    ASSIGNMENTS,
    f"{ASSIGNMENTS}KAZ/I.1.2/",
    f"{ASSIGNMENTS}KAZ/I.1.2/planned/",
    PEOPLE,
    f"{PEOPLE}KAZ/invite/",
]
MOST = 40


def asked(client, place: str, sent: dict | None = None) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(place, sent) if sent else client.get(place)
    assert answer.status_code == 200, answer.content
    return len(queries)


def grow(world, items: int = 12, agencies: int = 4) -> None:
    """More items, agencies and people; every third item submitted by whoever leads it."""
    pattern, kaz = world.items["II.1.1"], world.states["KAZ"]
    own = []
    for number in range(agencies):
        agency = Agency.objects.create(member_state=kaz, slug=f"a{number}", name=f"Agency {number}")
        person(world, f"focal.a{number}", "focal_point", agency=agency)
        own.append(agency)
    for number in range(items):
        item = ActionItem.objects.create(
            plan=world.plan, objective=pattern.objective, code=f"II.1.{10 + number}", position=10 + number,
            text="To do.", short_title="Do it", addressee="national",
        )  # fmt: skip
        row = Commitment.objects.create(member_state=kaz, action_item=item, lead_agency=world.agencies["interior.kaz"])
        row.contributing_agencies.set(own[: number % agencies])
        Update.objects.create(cycle=world.cycle, commitment=row)
        if number % 3 == 0:
            world.walk("submitted", item=item.code)


@pytest.mark.parametrize("place", PAGES)
def test_the_number_of_queries_does_not_grow(world, browser, place):
    world.walk("submitted", item="I.1.1")
    world.walk("submitted", item="I.1.2")
    coordinator = browser("coordinator.kaz")
    few = asked(coordinator, place)

    grow(world)

    assert asked(coordinator, place) == few <= MOST


def test_choosing_many_asks_no_more_than_choosing_one(world, browser):
    world.walk("submitted", item="I.1.2")
    grow(world)
    keys = [update.key for update in Update.objects.filter(status="submitted").select_related(
        "cycle", "commitment__member_state", "commitment__action_item")]  # fmt: skip
    coordinator = browser("coordinator.kaz")

    for place in (f"{QUEUE}together/clear/", f"{QUEUE}together/return/", f"{ASSIGNMENTS}assign/"):
        assert len(keys) > 3
        assert asked(coordinator, place, {"row": keys}) == asked(coordinator, place, {"row": keys[:1]}) <= MOST
