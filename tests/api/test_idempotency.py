"""A repeated POST with the same Idempotency-Key is answered as the first was, and done once."""

from __future__ import annotations

import pytest

from commitments.models import Assessment, Event, StoredReply

PLACE = "updates/review-2028:KAZ:I.1.2/"


def test_a_repeated_move_is_made_once_and_answered_the_same(world, call):
    world.walk("draft")
    caller = call("focal.kaz")

    first = caller.write("post", f"{PLACE}submit/", version=1, Idempotency_Key="one")
    again = caller.write("post", f"{PLACE}submit/", version=1, Idempotency_Key="one")

    assert first.status_code == again.status_code == 200
    assert (first.content, first["ETag"]) == (again.content, again["ETag"])
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert Event.objects.filter(move="submit").count() == 1


def test_a_move_that_takes_the_update_out_of_sight_can_be_repeated(world, call):
    world.walk("cleared")
    caller = call("reviewer")
    body = {"reason": "Which law?"}

    first = caller.write("post", f"{PLACE}return/", body, version=3, Idempotency_Key="one")
    again = caller.write("post", f"{PLACE}return/", body, version=3, Idempotency_Key="one")

    assert first.json() == {"key": "review-2028:KAZ:I.1.2", "status": "draft", "version": 4, "allowed_moves": []}
    assert again.content == first.content
    assert caller.get(PLACE).status_code == 404


def test_a_key_belongs_to_one_request(world, call):
    world.walk("accepted")
    caller = call("editor")
    world_key = {"revision": "review-2028:KAZ:I.1.2:1", "observations": "One."}
    caller.write("post", "assessments/", world_key, Idempotency_Key="one")

    other_body = caller.write("post", "assessments/", {**world_key, "observations": "Two."}, Idempotency_Key="one")
    other_place = caller.write("post", f"{PLACE}publish/", version=4, Idempotency_Key="one")

    assert (other_body.status_code, other_body.json()["code"]) == (422, "idempotency-key-reused")
    assert other_place.status_code == 422
    assert Assessment.objects.count() == 1


def test_a_key_of_one_person_is_nothing_to_another(world, call):
    world.walk("accepted")
    body = {"revision": "review-2028:KAZ:I.1.2:1", "observations": "One."}

    answers = [call(who).write("post", "assessments/", body, Idempotency_Key="one") for who in ("editor", "reviewer")]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["uid"] != answers[1].json()["uid"]


def test_a_refusal_is_not_kept(world, call):
    caller = call("focal.kaz")
    refused = caller.write("post", f"{PLACE}submit/", version=0, Idempotency_Key="one")
    world.walk("draft")

    answer = caller.write("post", f"{PLACE}submit/", version=1, Idempotency_Key="one")

    assert (refused.status_code, answer.status_code) == (400, 200)


def test_a_lost_role_does_not_get_the_old_answer(world, call):
    world.walk("draft")
    caller = call("focal.kaz")
    caller.write("post", f"{PLACE}submit/", version=1, Idempotency_Key="one")
    world.who("focal.kaz").appointments.get().retire(by=world.who("coordinator.kaz"), reason="Moved on.")

    answer = caller.write("post", f"{PLACE}submit/", version=1, Idempotency_Key="one")

    assert answer.status_code == 422
    assert b"measures_taken" not in answer.content


@pytest.mark.parametrize("key", ["", "two words", "x" * 201, "ключ", "a\x00b"])
def test_a_key_that_cannot_be_kept_is_refused_by_name(world, call, key):
    answer = call("focal.kaz").write("post", f"{PLACE}submit/", version=0, Idempotency_Key=key)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert not StoredReply.objects.exists()
