"""A cell without a rating says why, and an outsider cannot tell silence from discretion."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from commitments.models import Cycle

AWAITING, NOT_RELEASED, NOT_DUE = "The cycle is not over", "The State has not reported, or keeps", "Addressed to the"


def cells(page: str) -> list[str]:
    return re.findall(r'<td><span class="tone tone-(\w+)"', page)


def test_until_the_cycle_ends_it_is_awaited(world, reader):
    page = reader().get("/plan/items/I.1.2/").content.decode()

    assert page.count(AWAITING) >= 3
    assert NOT_RELEASED not in page


@pytest.mark.parametrize("status", [None, "draft", "submitted", "cleared", "published"])
def test_once_it_has_ended_what_is_not_released_looks_the_same_whatever_there_is(world, reader, status):
    if status:
        world.walk(status, "KAZ", "I.1.2", audience="un")
    today = timezone.now().date()
    days = ("opens_on", "submissions_due_on", "clearances_due_on", "closes_on")
    Cycle.objects.update(**{name: today - dt.timedelta(days=20 - place) for place, name in enumerate(days)})

    page = reader().get("/plan/items/I.1.2/").content.decode()

    assert set(cells(page)) == {"not_released"}
    assert page.count(NOT_RELEASED) >= 3
    assert AWAITING not in page


def test_an_item_of_the_partners_is_not_due(world, reader):
    page = reader().get("/plan/items/II.1.2/").content.decode()

    assert set(cells(page)) == {"not_due"}
    assert NOT_DUE in page


def test_states_stand_in_english_alphabetical_order_in_every_language(world, reader):
    world.states["TJK"].translations = {"ru": {"name": "Аааа"}}
    world.states["TJK"].save()
    world.walk("published", "UZB", "I.1.2", rating="implemented")

    for place in ("/states/", "/matrix/", "/plan/items/I.1.2/", "/"):
        page = reader(language="ru").get(place).content.decode().partition("<main")[2]
        assert list(dict.fromkeys(re.findall(r'href="/states/([A-Z]{3})/"', page))) == ["KAZ", "TJK", "UZB"], place


def test_figures_stand_beside_what_they_are_counted_from_and_add_up(world, reader):
    world.walk("published", "KAZ", "I.1.2", rating="not_applicable", rating_reason="No such border.")
    world.walk("published", "TJK", "I.1.2")

    page = reader().get("/plan/pillars/I/").content.decode()

    assert "Released: 2 of 6 updates due." in page
    assert 'aria-label="Limited progress: 1; Not applicable: 1; Awaiting: 4"' in page
