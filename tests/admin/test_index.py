"""The first page of the records: the lists that a person may open, and the way to their desk."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

INDEX = "/admin/"


def shelves(browser, name: str) -> dict[str, list[str]]:
    context = browser(name).get(INDEX).context
    return {str(shelf["name"]): [str(noun["name"]) for noun in shelf["models"]] for shelf in context["app_list"]}


def test_everybody_finds_the_lists_that_they_may_open(world, browser):
    assert shelves(browser, "administrator")["Reporting"] == ["Review cycles"]
    assert "Progress updates" in shelves(browser, "focal.kaz")["Reporting"]


def test_what_waits_is_said_at_the_desk_alone(world, browser):
    world.walk("submitted", "KAZ", "I.1.2")

    page = browser("coordinator.kaz").get(INDEX)

    assert 'href="/desk/"' in page.content.decode()
    assert page.context["figures"] == []
    assert "waiting" not in page.content.decode()


def test_administrator_finds_people_and_no_content(world, browser):
    world.walk("submitted", "KAZ", "I.1.2")

    figures = {label: count for label, _address, count in browser("administrator").get(INDEX).context["figures"]}

    assert figures["Without an appointment"] == 1  # the cast's nobody
    assert figures["Suspended"] == 0


@pytest.mark.parametrize("name", ["observer", "nobody"])
def test_who_holds_no_office_has_no_records(world, browser, name):
    answer = browser(name).get(INDEX, follow=True)

    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["coordinator.kaz", "administrator"])
def test_the_page_takes_as_many_queries_with_much_work_as_with_little(world, browser, name):
    client, counts = browser(name), []
    for item in ("I.1.1", "I.1.2", "II.1.1"):
        with CaptureQueriesContext(connection) as asked:
            client.get(INDEX)
        counts.append(len(asked))
        world.walk("submitted", "KAZ", item)

    assert len(set(counts)) == 1
