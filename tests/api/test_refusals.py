"""What is refused, and how: one problem document for every refusal, with the facts that help on."""

from __future__ import annotations

import pytest
import time_machine
from django.utils import timezone

from tests.builders import REPORTED

KEY = "review-2028:KAZ:I.1.2"
PLACE = f"updates/{KEY}/"
LONG = "x" * 20_001

# status of the update, who asks, verb and place, body, version, expected status and code
REFUSALS = [
    ("draft", None, "patch", "", REPORTED, 0, 401, "not-authenticated"),
    ("draft", "focal.tjk", "patch", "", REPORTED, 0, 404, "not-found"),
    ("draft", "editor", "post", "accept/", {}, 1, 404, "not-found"),
    ("draft", "coordinator.kaz", "post", "submit/", {}, 1, 403, "forbidden"),
    ("draft", "focal.kaz", "post", "publish/", {}, 1, 409, "wrong-status"),
    ("draft", "focal.kaz", "patch", "", REPORTED, None, 428, "version-missing"),
    ("draft", "focal.kaz", "patch", "", REPORTED, 7, 412, "stale-version"),
    ("draft", "focal.kaz", "patch", "", {"results": LONG}, 1, 400, "invalid"),
    ("draft", "focal.kaz", "patch", "", {"status": "published"}, 1, 400, "invalid"),
    ("submitted", "focal.kaz", "patch", "", {"results": "More."}, 2, 409, "wrong-status"),
    ("submitted", "coordinator.kaz", "post", "return/", {}, 2, 400, "invalid"),
    ("submitted", "coordinator.kaz", "post", "clear/", {}, 2, 400, "invalid"),
    ("submitted", "contributor.kaz", "post", "clear/", {"audience": "un"}, 2, 404, "not-found"),
    ("cleared", "coordinator.kaz", "post", "accept/", {}, 3, 403, "forbidden"),
    ("accepted", "reviewer", "post", "publish/", {}, 4, 403, "forbidden"),
    ("published", "editor", "post", "withdraw/", {"reason": "A word."}, 5, 403, "forbidden"),
]


@pytest.mark.parametrize("row", REFUSALS, ids=lambda row: f"{row[1]}-{row[0]}-{row[3]}-{row[-2]}")
def test_a_refusal_is_a_problem_document(world, call, row):
    status, who, verb, place, body, version, expected, code = row
    update = world.walk(status)

    answer = call(who).write(verb, PLACE + place, body, version=version)

    assert (answer.status_code, answer.json()["code"]) == (expected, code), answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == expected
    assert answer.json()["type"] == f"urn:jpoa:problem:{code}"
    assert answer.json()["title"]
    update.refresh_from_db()
    assert update.status == status


def test_wrong_status_tells_the_present_one_and_what_can_be_done(world, call):
    world.walk("submitted")

    answer = call("coordinator.kaz").write("post", f"{PLACE}publish/", version=2).json()

    assert answer["current_status"] == "submitted"
    assert answer["allowed_moves"] == ["return", "clear"]
    assert answer["version"] == 2


def test_every_field_that_is_missing_is_named(world, call):
    answer = call("focal.kaz").write("post", f"{PLACE}submit/", version=0)

    assert answer.status_code == 400
    assert {(one["field"], one["rule"]) for one in answer.json()["errors"]} == {
        ("rating", "required"),
        ("trend", "required"),
    }


def test_a_closed_window_is_423_with_the_version_and_the_deadline(world, call):
    caller = call("focal.kaz")
    late = timezone.now() + timezone.timedelta(days=35)

    with time_machine.travel(late, tick=False):
        caller.force_login(world.who("focal.kaz"), backend="django.contrib.auth.backends.ModelBackend")
        answer = caller.write("patch", PLACE, REPORTED, version=0)

    assert (answer.status_code, answer.json()["code"]) == (423, "window-closed")
    assert answer.json()["version"] == 0
    assert answer.json()["due_at"] < late.isoformat()


def test_401_says_how_to_sign_in(world, call):
    for token in ("", "Token", "Token nonsense", "Token \xff", "Token a b"):
        answer = call().get("updates/", headers={"Authorization": token} if token else {})

        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")


def test_what_cannot_be_done_here_is_405_and_a_form_that_is_not_there_406(world, call):
    caller = call("focal.kaz")

    assert caller.delete(PLACE).status_code == 405
    assert caller.put(PLACE, {}, format="json").status_code == 405
    assert caller.options(PLACE).status_code == 405
    assert caller.get("updates/", headers={"Accept": "application/xml"}).status_code == 406
    assert caller.patch(PLACE, "a=1", content_type="text/plain").status_code == 415


def test_an_address_that_leads_nowhere_answers_as_what_is_not_to_be_seen(world, call):
    caller = call("focal.tjk")

    nowhere, invisible = caller.get("nowhere/"), caller.get(PLACE)

    assert nowhere.status_code == invisible.status_code == 404
    assert nowhere.content == invisible.content
    assert nowhere["Content-Type"] == invisible["Content-Type"] == "application/problem+json"


def test_refusals_speak_the_readers_language(world, call):
    answer = call().get("updates/", headers={"Accept-Language": "ru"})

    assert answer["Content-Language"] == "ru"
