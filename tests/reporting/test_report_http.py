"""Review reports over HTTP: the same for everybody, more for those whose mandate reaches further."""

from __future__ import annotations

import base64
import re
from hashlib import sha256

import pytest
from rest_framework.test import APIClient

from reporting import rendered
from reporting.renderers import RENDERERS
from reporting.reports import ReportRequest
from tests.builders import World
from tests.reporting.readers import text_of
from tests.reporting.released import canaries

pytestmark = pytest.mark.same_on_every_engine

REPORTS = "/api/v1/review-reports/"
FILE = f"{REPORTS}review-2028"


def client_of(world: World, name: str | None = None) -> APIClient:
    """Somebody asking; nobody in particular where no name is given."""
    client = APIClient()
    if name:
        client.force_login(world.who(name))
    return client


def test_anybody_sees_which_reports_there_are(world):
    (report,) = client_of(world).get(REPORTS).json()["results"]

    assert (report["cycle"], report["title"], report["phase"]) == ("review-2028", "Review 2028", "reporting")
    assert report["files"] == {name: f"{FILE}.{one.extension}" for name, one in RENDERERS.items()}
    assert client_of(world).get(f"{FILE}/").json() == report


@pytest.mark.parametrize("name", list(RENDERERS))
def test_anybody_may_have_the_public_report_in_every_format(world, name):
    world.walk("published")
    extension = RENDERERS[name].extension

    answer = client_of(world).get(f"{FILE}.{extension}", headers={"Accept": "text/html"})

    fingerprint = ReportRequest("review-2028").document().fingerprint
    assert (answer.status_code, answer["Content-Type"]) == (200, RENDERERS[name].media_type)
    assert f'filename="review-report-review-2028-public-en.{extension}"' in answer["Content-Disposition"]
    assert answer["ETag"] == f'"{fingerprint}"'
    assert fingerprint in text_of(name, answer.content)


@pytest.mark.parametrize(
    ("name", "audience", "status"),
    [
        (None, "public", 200),
        (None, "participants", 403),
        (None, "un", 403),
        ("partner", "public", 200),
        ("partner", "participants", 403),
        ("observer", "participants", 403),
        ("nobody", "participants", 403),
        ("administrator", "participants", 403),
        ("administrator", "un", 403),
        ("focal.kaz", "participants", 200),
        ("focal.kaz", "un", 403),
        ("coordinator.kaz", "participants", 200),
        ("coordinator.kaz", "un", 403),
        ("reviewer", "un", 200),
        ("editor", "un", 200),
        ("editor", "participants", 200),
    ],
)
def test_a_report_is_for_those_whose_mandate_reaches_its_audience(world, name, audience, status):
    world.walk("published", audience="un", measures_taken="Canary.")

    answer = client_of(world, name).get(f"{FILE}.json", {"audience": audience})

    assert answer.status_code == status
    assert ("Canary." in answer.content.decode()) is (audience == "un" and status == 200)


@pytest.mark.parametrize("name", [None, "partner", "focal.tjk", "coordinator.kaz", "editor", "administrator"])
def test_the_public_report_is_the_same_whoever_asks_and_whatever_is_unreleased(world, name):
    world.walk("published", "TJK")
    before = client_of(world).get(f"{FILE}.json")

    for status, item in (("draft", "I.1.1"), ("submitted", "I.1.2"), ("cleared", "II.1.1"), ("accepted", "II.1.2")):
        world.walk(status, "KAZ", item, **canaries())
    after = client_of(world, name).get(f"{FILE}.json")

    assert (after.content, after["ETag"]) == (before.content, before["ETag"])


@pytest.mark.parametrize(
    ("address", "query", "status", "field"),
    [
        (f"{FILE}.json", {"audiences": "un"}, 400, "audiences"),
        (f"{FILE}.json", {"format": "pdf"}, 400, "format"),
        (f"{FILE}.json", {"language": "fr"}, 400, "language"),
        (f"{FILE}.json", {"audience": "state"}, 400, "audience"),
        (f"{FILE}.json", {"audience": "\x00"}, 400, "audience"),
        (f"{REPORTS}absent.json", {}, 404, None),
        (f"{REPORTS}absent/", {}, 404, None),
        (f"{FILE}.odt", {}, 404, None),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_field_named(world, address, query, status, field):
    answer = client_of(world).get(address, query)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert field is None or field in answer.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes_a_report(world, method):
    assert getattr(client_of(world, "editor"), method)(f"{FILE}.json").status_code in (403, 405)


def test_a_russian_report_is_asked_for_by_name_and_not_by_the_browser(world):
    plain = client_of(world).get(f"{FILE}.json", headers={"Accept-Language": "ru"})
    russian = client_of(world).get(f"{FILE}.json", {"language": "ru"})

    assert plain.json()["document"].get("language") == "en"
    assert russian.json()["document"]["language"] == "ru"
    assert russian["Content-Language"] == "ru"


def test_a_reader_who_has_the_report_is_told_so_until_something_is_released(world):
    world.walk("published")
    etag = client_of(world).get(f"{FILE}.json")["ETag"]

    again = client_of(world).get(f"{FILE}.json", headers={"If-None-Match": etag})
    world.walk("published", "TJK")
    changed = client_of(world).get(f"{FILE}.json", headers={"If-None-Match": etag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert changed.status_code == 200


def test_a_public_report_may_be_kept_but_is_asked_for_each_time(world):
    assert client_of(world).get(f"{FILE}.json")["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("audience", ["public", "un"])
def test_what_is_made_for_somebody_is_kept_by_nobody(world, audience):
    answer = client_of(world, "editor").get(f"{FILE}.json", {"audience": audience})

    assert {"private", "no-store"} <= set(re.split(r",\s*", answer["Cache-Control"]))
    assert "public" not in answer["Cache-Control"]


def test_the_page_is_allowed_its_own_stylesheet_and_no_other(world):
    answer = client_of(world).get(f"{FILE}.html")

    (style,) = re.findall(rb"<style>(.*?)</style>", answer.content, re.DOTALL)
    digest = base64.b64encode(sha256(style).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_the_matrix_of_a_withdrawn_update_is_empty_at_once(world):
    update = world.walk("published")
    assert "Limited progress." in client_of(world).get(f"{FILE}.json").content.decode()

    update.withdraw(by=world.who("coordinator.kaz"), version=update.version, reason="To be corrected.")

    assert "Limited progress." not in client_of(world).get(f"{FILE}.json").content.decode()


def test_who_comes_while_another_file_is_made_is_asked_to_come_back(world, monkeypatch):
    monkeypatch.setattr(rendered, "PATIENCE_SECONDS", 0.01)
    with rendered._one_at_a_time:
        answer = client_of(world).get(f"{FILE}.pdf")

    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "busy", "5")
    assert answer["Cache-Control"] == "private, no-store"
    assert client_of(world).get(f"{FILE}.pdf").status_code == 200
