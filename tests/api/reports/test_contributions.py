"""National contributions over HTTP: written and signed by the coordinator, read by the State's officers alone."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from reporting.models import Contribution, Signature
from reporting.renderers import RENDERERS
from tests.api.reports.conftest import CAST, KAZ
from tests.reporting.readers import text_of

KEY = "review-2028:KAZ"
PLACE = f"contributions/{KEY}/"
WORDS = {"text": "The State has done much.", "explanation": "One agency is being reformed.", "audience": "public"}


@pytest.fixture
def contribution(call) -> dict:
    """Begun by the coordinator of Kazakhstan."""
    answer = call("coordinator.kaz").write("patch", PLACE, WORDS, version=0)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def signed(call, contribution) -> dict:
    return call("coordinator.kaz").write("post", f"{PLACE}sign/", version=1).json()


def test_one_that_nobody_has_begun_shows_as_it_will_begin(call):
    for who in ("coordinator.kaz", "focal.kaz"):
        answer = call(who).get(PLACE)
        body = answer.json()
        assert (answer.status_code, answer["ETag"], body["version"], body["text"]) == (200, '"0"', 0, "")
        assert (body["uncleared"], body["receipt"], body["audience"]) == (3, None, "un")
    assert not Contribution.objects.exists(), "looking writes nothing"


def test_begun_or_not_it_shows_the_same_names(call):
    before = call("coordinator.kaz").get(PLACE).json()
    call("coordinator.kaz").write("patch", PLACE, WORDS, version=0)

    after = call("coordinator.kaz").get(PLACE).json()

    assert list(before) == list(after)
    assert list(call("coordinator.kaz").get(f"{PLACE}?fields=uncleared,text").json()) == ["uncleared", "text"]


def test_it_is_written_and_signed_and_the_receipt_is_in_the_answer(world, call, contribution):
    world.walk("cleared")

    answer = call("coordinator.kaz").write("post", f"{PLACE}sign/", version=1)

    body = answer.json()
    signature = Signature.objects.get()
    assert (answer.status_code, answer["ETag"], body["version"]) == (200, '"2"', 2)
    assert body["receipt"] == signature.receipt == sha256(signature.manifest.encode()).hexdigest()
    assert [(one["number"], one["signed_by"]) for one in body["signatures"]] == [(1, "coordinator.kaz")]


@pytest.mark.parametrize(("version", "status"), [(None, 428), (0, 412), (9, 412)])
@pytest.mark.parametrize(("method", "place"), [("patch", PLACE), ("post", f"{PLACE}sign/")])
@pytest.mark.usefixtures("contribution")
def test_it_is_changed_and_signed_on_the_version_that_was_read(call, method, place, version, status):
    body = {"text": "Other."} if method == "patch" else {}

    answer = call("coordinator.kaz").write(method, place, body, version=version)

    assert (answer.status_code, answer.json()["version"]) == (status, 1)
    assert status == 428 or answer.json()["current"]["text"] == WORDS["text"]
    assert not Signature.objects.exists()


@pytest.mark.parametrize("who", CAST)
def test_only_the_coordinator_writes_and_signs_and_only_the_state_reads(call, contribution, who):
    answers = [
        call(who).get(PLACE).status_code,
        call(who).get(f"contributions/{KEY}.json").status_code,
        call(who).write("patch", PLACE, {"text": "More."}, version=1).status_code,
        call(who).write("post", f"{PLACE}sign/", version=2).status_code,
    ]

    expected = {None: [401] * 4, "coordinator.kaz": [200] * 4, "focal.kaz": [200, 200, 403, 403]}
    assert answers == expected.get(who, [404] * 4)


@pytest.mark.parametrize("who", sorted(set(CAST) - KAZ - {None}, key=str))
def test_an_outsider_cannot_tell_a_contribution_that_is_begun_from_one_that_never_was(call, who):
    def asked() -> list[bytes]:
        places = (PLACE, f"contributions/{KEY}.json", "contributions/", f"signatures/{KEY}/", "signatures/")
        return [call(who).get(place).content for place in places]

    before = asked()
    call("coordinator.kaz").write("patch", PLACE, WORDS, version=0)

    assert asked() == before
    assert call(who).get("contributions/review-2028:XYZ/").content == before[0]


@pytest.mark.parametrize(
    ("words", "field"),
    [({"text": "Passport N1234567"}, "text"), ({"text": 7}, "text"), ({"audience": "us"}, "audience"),
     ({"audience": []}, "audience"), ({"translations": []}, "translations"),
     ({"original_language": "xx"}, "original_language"), ({"original_language": {}}, "original_language"),
     ({"receipt": "x"}, "receipt")],
)  # fmt: skip
def test_words_that_cannot_be_kept_are_named(call, words, field):
    answer = call("coordinator.kaz").write("patch", PLACE, words, version=0)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert not Contribution.objects.exists()


def test_what_is_not_cleared_has_to_be_explained(call):
    coordinator = call("coordinator.kaz")
    early = coordinator.write("post", f"{PLACE}sign/", version=0)
    coordinator.write("patch", PLACE, {"text": "Much was done."}, version=0)

    answer = coordinator.write("post", f"{PLACE}sign/", version=1)

    assert (early.status_code, early.json()["errors"][0]["field"]) == (400, "text")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "explanation")


@pytest.mark.parametrize(
    ("who", "version", "status"),
    [("focal.kaz", 0, 403), ("coordinator.kaz", None, 428), ("coordinator.kaz", 3, 412), ("coordinator.tjk", 0, 404)],
)
def test_one_that_nobody_has_begun_is_not_signed(call, who, version, status):
    assert call(who).write("post", f"{PLACE}sign/", version=version).status_code == status


def test_a_repeated_signing_signs_once(call, contribution):
    answers = [call("coordinator.kaz").write("post", f"{PLACE}sign/", version=1, Idempotency_Key="k") for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert Signature.objects.count() == 1


def test_what_is_signed_goes_to_the_audience_that_the_state_decided(call, signed):
    for who in CAST:
        answer = call(who).get(f"signatures/{KEY}/")
        body = answer.json()
        assert (answer.status_code, body["text"], body["receipt"]) == (200, WORDS["text"], signed["receipt"])
        assert (body["manifest"] is not None) == (who in KAZ), who
        assert bool(body["explanation"]) == (who in KAZ | {"editor", "reviewer"}), who
        assert body["signed_by"] == ("coordinator.kaz" if who in KAZ | {"editor", "reviewer"} else None), who


def test_the_manifest_is_given_byte_by_byte(call, signed):
    body = call("focal.kaz").get(f"signatures/{KEY}/").json()

    assert sha256(body["manifest"].encode()).hexdigest() == body["receipt"]
    assert json.loads(body["manifest"])["cycle"] == "review-2028"


def test_a_statement_signed_anew_for_fewer_is_taken_back_from_the_others(call, signed):
    coordinator = call("coordinator.kaz")
    version = coordinator.write("patch", PLACE, {"audience": "un"}, version=2).json()["version"]
    coordinator.write("post", f"{PLACE}sign/", version=version)

    seen = {who for who in CAST if call(who).get(f"signatures/{KEY}/").status_code == 200}

    assert seen == KAZ | {"editor", "reviewer"}
    assert call().get("signatures/").json()["results"] == []
    assert len(call("focal.kaz").get(PLACE).json()["signatures"]) == 2


def test_a_translation_of_the_explanation_goes_no_further_than_the_explanation(call):
    translations = {"ru": {"text": "Сделано много.", "explanation": "Реформа."}}
    call("coordinator.kaz").write("patch", PLACE, WORDS | {"translations": translations}, version=0)
    call("coordinator.kaz").write("post", f"{PLACE}sign/", version=1)

    told = {who: call(who).get(f"signatures/{KEY}/").json()["translations"]["ru"] for who in (None, "editor")}

    assert told == {None: {"text": "Сделано много."}, "editor": translations["ru"]}


@pytest.mark.parametrize("name", list(RENDERERS))
def test_the_states_officers_have_it_in_every_format(world, call, contribution, name):
    world.walk("cleared", results="A court sits on Tuesdays.", audience="state")
    world.walk("published", "TJK", results="Theirs alone.", audience="public")

    answer = call("focal.kaz").get(f"contributions/{KEY}.{RENDERERS[name].extension}")

    text = text_of(name, answer.content)
    assert (answer.status_code, answer["Content-Language"]) == (200, "en")
    assert "A court sits on Tuesdays." in text
    assert "The State has done much." in text
    assert "Theirs alone." not in text
    assert "no-store" in answer["Cache-Control"]


def test_the_file_is_of_what_was_signed_last(call, signed):
    call("coordinator.kaz").write("patch", PLACE, {"text": "Written since."}, version=2)

    text = call("focal.kaz").get(f"contributions/{KEY}.json").content.decode()

    assert WORDS["text"] in text
    assert signed["receipt"] in text
    assert WORDS["explanation"] in text
    assert "Written since." not in text


@pytest.mark.parametrize(
    ("place", "status"),
    [(f"contributions/{KEY}.odt", 404), (f"contributions/{KEY}.json?language=fr", 400), ("contributions/KAZ/", 404),
     ("contributions/never:KAZ/", 404), (f"contributions/{KEY}.json?audience=un", 400), (f"{PLACE}?never=1", 400),
     (f"{PLACE}?fields=never", 400)],
)  # fmt: skip
def test_what_is_not_there_is_absent_and_what_is_not_known_is_refused(call, place, status):
    assert call("coordinator.kaz").get(place).status_code == status


def test_what_is_cleared_is_told_though_the_version_is_known(world, call, contribution):
    world.walk("cleared")

    answer = call("focal.kaz").get(PLACE, headers={"If-None-Match": '"1"'})

    assert (answer.status_code, answer.json()["uncleared"]) == (200, 2)
