"""The whole cycle as a client with nothing but tokens and HTTP sees it."""

from __future__ import annotations

from tests.api.conftest import Caller
from tests.builders import REPORTED, World

KEY = "review-2028:KAZ:I.1.2"


def signed_in(world: World, name: str) -> Caller:
    caller = Caller()
    answer = caller.write("post", "tokens/", {"email": world.emails[name], "password": "correct horse battery"})
    assert answer.status_code == 201, answer.content
    caller.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    return caller


def test_words_travel_from_a_draft_to_the_public_over_http_alone(world):
    focal, coordinator, editor = (signed_in(world, name) for name in ("focal.kaz", "coordinator.kaz", "editor"))
    anybody = Caller()

    draft = focal.get(f"updates/{KEY}/")
    assert draft["ETag"] == '"0"'
    assert draft.json()["allowed_moves"] == ["edit", "submit"]
    assert {one["field"] for one in draft.json()["missing"]} == {"rating", "trend"}

    edited = focal.write("patch", f"updates/{KEY}/", REPORTED, version=0)
    assert (edited.status_code, edited["ETag"], edited.json()["missing"]) == (200, '"1"', [])
    assert focal.write("post", f"updates/{KEY}/submit/", version=1).json()["status"] == "submitted"
    cleared = coordinator.write("post", f"updates/{KEY}/clear/", {"audience": "public"}, version=2)
    assert cleared.json()["status"] == "cleared"
    accepted = editor.write("post", f"updates/{KEY}/accept/", {"observations": "Clear."}, version=3)
    assert accepted.json()["allowed_moves"] == ["publish"]
    assert anybody.get("published-updates/").json()["results"] == []
    published = editor.write("post", f"updates/{KEY}/publish/", version=4)
    assert (published.status_code, published.json()["status"]) == (200, "published")

    (released,) = anybody.get("published-updates/?cycle=review-2028&member_state=KAZ").json()["results"]
    assert (released["key"], released["measures_taken"]) == (KEY, REPORTED["measures_taken"])
    matrix = anybody.get("status-matrix/?cycle=review-2028").json()
    assert {row["action_item"]: row["cells"]["KAZ"] for row in matrix["rows"]} == {
        "I.1.1": "awaiting", "I.1.2": "limited", "II.1.1": "awaiting", "II.1.2": "not_due",
    }  # fmt: skip
    moves = coordinator.get(f"events/?update={KEY}").json()["results"]
    assert [event["move"] for event in moves if event["subject"].startswith("update:")] == [
        "edit", "submit", "clear", "accept", "publish",
    ]  # fmt: skip


def test_a_return_over_http_names_the_fields_that_it_is_about(world):
    world.walk("submitted", "KAZ", "I.1.2")
    coordinator = signed_in(world, "coordinator.kaz")
    words = {"reason": "Name the law.", "fields": ["results", "rating"]}

    refused = coordinator.write("post", f"updates/{KEY}/return/", {**words, "fields": ["colour"]}, version=2)
    returned = coordinator.write("post", f"updates/{KEY}/return/", words, version=2)

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "fields")
    assert (returned.status_code, returned.json()["status"]) == (200, "draft")
    (event,) = coordinator.get(f"events/?update={KEY}&move=return").json()["results"]
    assert event["changes"] == {"fields": ["rating", "results"]}
