"""Editions over HTTP: what was frozen, byte by byte; what is left after a withdrawal; what has moved on."""

from __future__ import annotations

from hashlib import sha256

import pytest

from reporting.issuing import shown_snapshot
from reporting.models import Edition
from reporting.renderers import RENDERERS
from tests.api.reports.conftest import SLUG, at_stage, issue, step, written
from tests.reporting.readers import text_of
from tests.reporting.reports import EARLY
from tests.standing import standing

SECRET = "A secret court sits on Tuesdays."
PLACE = f"editions/{SLUG}:2"


@pytest.fixture
def edition(world) -> Edition:
    return standing(issued_on_two, world)


def issued_on_two(world) -> Edition:
    """Issued, resting on one update of Kazakhstan and one of Tajikistan."""
    world.walk("published", results=SECRET)
    world.walk("published", "TJK")
    return issue(world)


def withdraw(world, state: str = "KAZ") -> None:
    update = world.update(state)
    update.withdraw(by=world.who(f"coordinator.{state.lower()}"), version=update.version, reason="A mistake.")


def test_an_edition_tells_what_it_is_and_where_it_is_to_be_had(call, edition):
    body = call().get(f"{PLACE}/").json()

    assert (body["key"], body["form"], body["audience"], body["kind"]) == (f"{SLUG}:2", "issue", "public", "regional")
    assert (body["sha256"], body["dated_on"]) == (edition.sha256, str(edition.dated_on))
    assert body["made_by"] is None
    assert set(body["links"]["files"]) == set(RENDERERS)
    places = [*body["links"]["files"].values(), body["links"]["snapshot"], body["links"]["drift"]]
    assert [call().get(place).status_code for place in places if not place.endswith(".pdf")] == [200] * (
        len(places) - 1
    )
    assert call("reviewer").get(f"{PLACE}/").json()["made_by"] == "editor"


def test_the_snapshot_is_the_very_bytes_that_were_frozen(call, edition):
    answer = call().get(f"{PLACE}/snapshot/")

    assert (answer.content, answer["Snapshot-Is-Frozen"]) == (edition.content, "true")
    assert answer["ETag"] == f'"{edition.sha256}"' == f'"{sha256(answer.content).hexdigest()}"'
    assert answer["Cache-Control"] == "public, no-cache"
    assert SECRET in answer.content.decode()


def test_what_is_known_is_not_sent_again_until_something_is_withdrawn(world, call, edition):
    place, etag = f"{PLACE}/snapshot/", f'"{edition.sha256}"'
    known = call().get(place, headers={"If-None-Match": etag})
    withdraw(world)

    changed = call().get(place, headers={"If-None-Match": etag})

    assert (known.status_code, known.content, known["Snapshot-Is-Frozen"]) == (304, b"", "true")
    assert (changed.status_code, changed["Snapshot-Is-Frozen"]) == (200, "false")


@pytest.mark.parametrize("who", [None, "coordinator.tjk", "editor"])
def test_withdrawn_words_are_gone_from_every_form_at_once(world, call, edition, who):
    withdraw(world)

    answers = {name: call(who).get(f"{PLACE}.{one.extension}") for name, one in RENDERERS.items() if name != "pdf"}
    snapshot = call(who).get(f"{PLACE}/snapshot/")

    assert {name for name, one in answers.items() if one.status_code != 200} == set()
    assert [name for name, one in answers.items() if SECRET in text_of(name, one.content)] == []
    assert (snapshot["Snapshot-Is-Frozen"], SECRET in snapshot.content.decode()) == ("false", False)
    assert snapshot["ETag"] == f'"{sha256(snapshot.content).hexdigest()}"' != f'"{edition.sha256}"'


def test_drift_is_told_by_keys(world, call, edition):
    before = call().get(f"{PLACE}/drift/").json()
    coordinator, update = world.who("coordinator.kaz"), world.update("KAZ")
    update.revise(by=coordinator, version=update.version)
    world.walk("published", results="Another court.")
    world.walk("published", "UZB", "II.1.1")
    withdraw(world, "TJK")

    after = call().get(f"{PLACE}/drift/").json()

    nothing = {"changed": [], "withdrawn": [], "added": []}
    assert before == {"edition": f"{SLUG}:2", "is_frozen": True, **nothing}
    assert after == {
        "edition": f"{SLUG}:2",
        "is_frozen": False,
        "changed": ["review-2028:KAZ:I.1.2"],
        "withdrawn": ["review-2028:TJK:I.1.2"],
        "added": ["review-2028:UZB:II.1.1"],
    }
    assert call().get(f"{PLACE}/").json()["sha256"] == edition.sha256, "the edition itself never changes"


def test_what_is_released_to_fewer_is_no_drift(world, call, edition):
    before = call().get(f"{PLACE}/drift/").content

    world.walk("published", "UZB", "II.1.1", audience="participants")
    world.walk("accepted", "UZB", "I.1.1")

    assert call().get(f"{PLACE}/drift/").content == before


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("extension", [one.extension for one in RENDERERS.values()])
def test_an_edition_is_to_be_had_in_every_format_and_language(call, edition, extension, language):
    document = shown_snapshot(edition).document(language)

    answer = call().get(f"{PLACE}.{extension}?language={language}")

    assert (answer.status_code, answer["ETag"]) == (200, f'"{document.fingerprint}"')
    assert answer["Content-Language"] == language
    assert f'filename="{SLUG}-2-{language}.{extension}"' in answer["Content-Disposition"]
    assert document.fingerprint in text_of(_format(extension), answer.content)
    again = call().get(f"{PLACE}.{extension}?language={language}", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again["Cache-Control"]) == (304, "public, no-cache")


def _format(extension: str) -> str:
    return next(name for name, one in RENDERERS.items() if one.extension == extension)


@pytest.mark.parametrize(
    ("place", "status"),
    [
        (f"{PLACE}.odt", 404), (f"{PLACE}.json?language=fr", 400), (f"{PLACE}.json?audience=un", 400),
        (f"{PLACE}/snapshot/?x=1", 400), (f"{PLACE}/drift/?x=1", 400), (f"editions/{SLUG}:9/", 404),
        (f"editions/{SLUG}:x/", 404), (f"editions/{SLUG}/", 404), (f"editions/{SLUG}:9.json", 404),
        (f"editions/{SLUG}:99999999/snapshot/", 404), ("editions/never:1.json", 404),
    ],
)  # fmt: skip
def test_what_is_not_there_is_absent_and_what_is_not_known_is_refused(call, edition, place, status):
    assert call().get(place).status_code == status


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("place", [f"{PLACE}/", f"{PLACE}/snapshot/", f"{PLACE}.json", "editions/"])
def test_nobody_writes_an_edition(call, edition, method, place):
    assert call("editor").write(method, place).status_code == 405
    assert Edition.objects.get(pk=edition.pk).content == edition.content


def test_a_draft_is_gone_for_the_states_when_the_fact_check_is_closed(world, call):
    report = at_stage(world, "circulated")
    circulated = call("coordinator.tjk").get(f"editions/{SLUG}:1.html").status_code
    step(world, report, "close", "editor", reason=EARLY)

    assert circulated == 200
    assert call("coordinator.tjk").get(f"editions/{SLUG}:1.html").status_code == 404
    assert call("reviewer").get(f"editions/{SLUG}:1.html").status_code == 200


def test_a_note_on_one_state_is_checked_by_that_state_alone(world, call):
    note = at_stage(world, "circulated", kind="state-note", member_state=world.states["KAZ"])

    seen = {who: call(who).get(f"editions/{note.slug}:1.html").status_code for who in ("focal.kaz", "focal.tjk", None)}

    assert seen == {"focal.kaz": 200, "focal.tjk": 404, None: 404}


def test_a_state_reads_a_note_on_itself_for_the_un_but_not_the_words_of_others_behind_it(world, call):
    world.walk("published", "TJK", audience="un", results=SECRET)
    note = at_stage_un(world)
    place = f"editions/{note.slug}:1"

    own = call("coordinator.kaz")
    found = {ending: own.get(place + ending) for ending in ("/", ".html", ".json", "/snapshot/", "/drift/")}

    assert {ending: one.status_code for ending, one in found.items()} == {
        "/": 200, ".html": 200, ".json": 200, "/snapshot/": 404, "/drift/": 404,
    }  # fmt: skip
    assert not [ending for ending, one in found.items() if SECRET in one.content.decode()]
    assert not {"snapshot", "drift"} & set(found["/"].json()["links"])
    assert SECRET in call("reviewer").get(f"{place}/snapshot/").content.decode()
    assert call("coordinator.tjk").get(f"{place}/").status_code == 404


def at_stage_un(world):
    """A note for the UN is not circulated: the reviewer clears it."""
    note = at_stage(world, "clearance", kind="state-note", audience="un", member_state=world.states["KAZ"])
    step(world, note, "clear", "reviewer")
    step(world, note, "issue", "editor")
    return note


def test_what_is_written_after_issue_is_read_with_the_corrigendum(world, call, edition):
    written(world, edition.report, text="Written for the corrigendum.")

    assert "Written for the corrigendum." not in call().get(f"{PLACE}.json").content.decode()
    step(world, edition.report, "correct", "editor", reason="One paragraph more.")
    assert "Written for the corrigendum." in call().get(f"editions/{SLUG}:3.json").content.decode()
    assert "Written for the corrigendum." not in call().get(f"{PLACE}.json").content.decode()
