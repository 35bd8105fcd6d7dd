"""Who has read our words: the coordinator's page, its table, and that no answer leaves before it is written down."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Reading
from tests.desk.coordination.conftest import text_of

PAGE, LIST = "/desk/readings/", "/api/v1/readings/"
UPDATE = "/desk/updates/review-2028/KAZ/I.1.2/"


@pytest.fixture
def read(world, browser):
    """The secretariat and a focal point have read what was cleared, and a neighbour what goes to participants."""
    world.walk("cleared", "KAZ", "I.1.2", results="Kept among us.")
    world.walk("published", "KAZ", "I.1.1", audience="participants", results="For our neighbours.")
    browser("editor").get("/desk/review/review-2028/KAZ/I.1.2/")
    browser("focal.kaz").get(UPDATE)
    browser("coordinator.tjk").get("/api/v1/published-updates/?format=csv").getvalue()
    return world


def test_the_coordinator_reads_who_read_what_by_which_way(read, browser):
    told = text_of(browser("coordinator.kaz").get(PAGE))

    assert "editor Secretariat editor" in told and "Submitted revision 1 review-2028:KAZ:I.1.2 Desk" in told
    assert "focal.kaz Focal point, Ministry of Interior" in told and "Working copy" in told
    assert "coordinator.tjk National coordinator, Tajikistan" in told and "review-2028:KAZ:I.1.1 Table" in told


@pytest.mark.parametrize(
    "who", ["focal.kaz", "focal.tjk", "reviewer", "editor", "partner", "observer", "nobody", "administrator"]
)
def test_for_everybody_else_there_is_no_such_page_and_the_list_is_empty(read, browser, who):
    visitor = browser(who)

    assert visitor.get(PAGE).status_code == 404
    assert visitor.get(f"{LIST}?count=true").json() == {"count": 0, "next": None, "results": []}


def test_another_state_s_coordinator_reads_their_own_log_alone(read, browser):
    neighbour = browser("coordinator.tjk")

    assert "Nobody has read anything yet." in text_of(neighbour.get(PAGE))
    assert neighbour.get(LIST).json()["results"] == []


@pytest.mark.parametrize(
    ("query", "readers"),
    [("item=I.1.2", {"editor", "focal.kaz"}), ("person=editor", {"editor"}), ("channel=export", {"coordinator.tjk"}),
     ("kind=update", {"focal.kaz"}), ("until=2020-01-01", set()), ("since=2020-01-01&item=I.1.1", {"coordinator.tjk"})],
)  # fmt: skip
def test_the_page_and_the_list_are_narrowed_alike(read, browser, query, readers):
    coordinator = browser("coordinator.kaz")
    rows = coordinator.get(f"{LIST}?{query}").json()["results"]
    page = coordinator.get(f"{PAGE}?{query}").content.decode()

    assert {row["person"] for row in rows} == readers
    assert set(re.findall(r'<th scope="row">([\w.]+)<br>', page)) == readers


def test_the_page_leads_to_the_table_of_the_same(read, browser):
    coordinator = browser("coordinator.kaz")
    address = re.search(r'href="([^"]+format=csv)"', coordinator.get(f"{PAGE}?item=I.1.2").content.decode())

    rows = list(csv.DictReader(io.StringIO(coordinator.get(address[1].replace("&amp;", "&")).getvalue().decode())))

    assert {row["person"] for row in rows} == {"editor", "focal.kaz"}


def test_the_page_of_an_update_leads_its_coordinator_to_who_has_read_it(read, browser):
    link = "/desk/readings/?item=I.1.2"
    page = browser("coordinator.kaz").get(UPDATE).content.decode()

    assert link in page and link not in browser("focal.kaz").get(UPDATE).content.decode()
    assert "editor" in text_of(browser("coordinator.kaz").get(link))


@pytest.mark.parametrize("query", ["item=never", "kind=never", "since=yesterday"])
def test_a_filter_that_there_is_not_is_said_so(read, browser, query):
    assert "There is no such filter" in text_of(browser("coordinator.kaz").get(f"{PAGE}?{query}"))


def test_the_number_of_queries_does_not_grow_with_the_log(read, browser):
    coordinator = browser("coordinator.kaz")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            coordinator.get(PAGE)
        return len(queries)

    few = asked()
    for who in ("reviewer", "contributor.kaz", "focal.tjk"):
        browser(who).get("/api/v1/published-updates/")
        browser(who).get("/api/v1/revisions/")

    assert Reading.objects.count() > 5
    assert asked() == few


@pytest.mark.parametrize("address", [UPDATE, "/api/v1/updates/review-2028:KAZ:I.1.2/", "/api/v1/revisions/?format=csv",
                                     "/admin/commitments/update/review-2028/KAZ/I.1.2/change/"])  # fmt: skip
def test_where_it_cannot_be_written_down_nothing_is_shown(read, browser, monkeypatch, address):
    def full(*rows, **options):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Reading.objects, "bulk_create", full)
    try:
        answer = browser("coordinator.kaz").get(address)
        body = answer.getvalue() if answer.streaming else answer.content
    except DatabaseError:  # of a table: the connection breaks off before the first row
        body = b""

    assert b"Kept among us." not in body


def test_a_table_of_many_pages_is_written_down_as_it_is_sent(world, browser, monkeypatch):
    monkeypatch.setattr("commitments.api.views.MAX_LIMIT", 1)
    for item in ("I.1.1", "I.1.2", "II.1.1"):
        world.walk("submitted", "KAZ", item)
    answer = browser("coordinator.kaz").get("/api/v1/revisions/?format=csv")
    counts = [Reading.objects.count() for _part in answer.streaming_content]

    assert counts[0] >= 1 and counts[-1] == 3
    assert all(after <= before + 1 for before, after in pairwise(counts))


def test_a_list_without_words_is_no_reading(read, browser):
    before = Reading.objects.count()
    for address in ("/desk/board/", "/desk/", "/api/v1/updates/", "/admin/commitments/update/", "/desk/clearing/"):
        assert browser("coordinator.kaz").get(address).status_code == 200

    assert Reading.objects.count() == before
