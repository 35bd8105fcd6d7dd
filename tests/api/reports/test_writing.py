"""What editors write, over HTTP: sections, who sits in them, passages and their versions."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from commitments.models import Appointment
from reporting.models import Passage, Seat
from tests.api.reports.conftest import SLUG, at_stage, written
from tests.builders import person

NOWHERE = "00000000-0000-4000-8000-000000000007"


@pytest.fixture
def second_editor(world):
    return person(world, "second editor", "editor")


@pytest.fixture
def passage(report) -> Passage:
    return report.passages.get()


# --- Sections and seats ---------------------------------------------------------------------------


def test_sections_tell_how_much_is_in_them_and_who_sits_there(call, report):
    rows = call("reviewer").get(f"reports/{SLUG}/sections/").json()["results"]

    by_slug = {row["slug"]: row for row in rows}
    assert by_slug["summary"]["passages"] == 1
    assert by_slug["summary"]["seat"]["person"] == "editor"
    assert by_slug["conclusions"] == by_slug["conclusions"] | {"passages": 0, "seat": None}
    assert all(row["label"] for row in rows)


def test_somebody_who_is_silent_for_three_minutes_sits_there_no_more(call, report):
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=3, seconds=1), tick=False):
        rows = call("reviewer").get(f"reports/{SLUG}/sections/").json()["results"]
        seats = call("reviewer").get("seats/").json()["results"]

    assert {row["slug"]: row["seat"] for row in rows}["summary"] is None
    assert seats == []


def test_one_editor_at_a_time_and_the_other_learns_who_and_since_when(world, call, report, second_editor):
    body = {"report": SLUG, "section": "summary"}
    first = call("editor").write("post", "seats/", body)

    second = call("second editor").write("post", "seats/", body)

    assert (first.status_code, first.json()["key"]) == (200, f"{SLUG}:summary")
    assert second.status_code == 423
    told = second.json()
    assert (told["code"], told["person"], told["section"]) == ("seat-taken", "editor", "summary")
    assert told["since"] == Seat.objects.get().taken_at.isoformat()


def test_a_seat_is_left_by_whoever_sits_there(call, report, second_editor):
    place = f"seats/{SLUG}:summary/"

    others = [call(who).delete(place).status_code for who in ("second editor", "reviewer", "coordinator.kaz")]
    own = call("editor").delete(place).status_code

    assert (others, own) == ([403, 403, 404], 204)
    assert call("second editor").write("post", "seats/", {"report": SLUG, "section": "summary"}).status_code == 200


@pytest.mark.parametrize("section", ["never", "", None, 7, ["summary"], "summary\x00"])
def test_there_is_no_seat_and_no_passage_in_a_section_that_is_not_the_kinds(call, report, section):
    for noun in ("seats", "passages"):
        answer = call("editor").write("post", f"{noun}/", {"report": SLUG, "section": section})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "section")
    assert Seat.objects.count() == Passage.objects.count() == 1


def test_a_seat_is_not_taken_where_nobody_may_write(world, call):
    at_stage(world, "final")

    answer = call("editor").write("post", "seats/", {"report": SLUG, "section": "summary"})

    assert (answer.status_code, answer.json()["current_status"]) == (409, "final")


# --- Passages -------------------------------------------------------------------------------------


def test_a_passage_is_written_last_in_its_section(call, report):
    words = {"title": "Meerim", "text": "A good practice.", "form": "good_practice", "cites": ["KAZ:I.1.1"],
             "translations": {"ru": {"text": "Хорошая практика."}}}  # fmt: skip

    answer = call("editor").write("post", "passages/", {"report": SLUG, "section": "summary", **words})

    body = answer.json()
    assert (answer.status_code, answer["ETag"], answer["Location"]) == (201, '"1"', f"/api/v1/passages/{body['uid']}/")
    assert {name: body[name] for name in words} == words
    assert (body["position"], body["last_edited_by"], body["version"]) == (2, "editor", 1)


@pytest.mark.parametrize(("version", "status"), [(None, 428), (0, 412), (7, 412), (1, 200)])
@pytest.mark.parametrize("how", [("patch", ""), ("post", "move/"), ("post", "restore/"), ("delete", "")])
def test_a_passage_is_changed_on_the_version_that_was_read(call, passage, how, version, status):
    method, verb = how
    body = {"text": "Other."} if method == "patch" else {}

    answer = call("editor").write(method, f"passages/{passage.uid}/{verb}", body, version=version)

    assert answer.status_code == (204 if method == "delete" and status == 200 else status)
    if status == 412:
        assert answer.json()["version"] == 1
        assert answer.json()["current"]["text"].startswith("Much was done")


def test_who_writes_where_somebody_sits_is_told_who(call, passage, second_editor):
    answer = call("second editor").write("patch", f"passages/{passage.uid}/", {"text": "Mine."}, version=1)

    assert (answer.status_code, answer.json()["person"]) == (423, "editor")
    assert Passage.objects.get().text.startswith("Much was done")


def test_every_version_of_a_passage_is_kept(call, passage):
    editor, place = call("editor"), f"passages/{passage.uid}/"
    editor.write("patch", place, {"text": "Second."}, version=1)
    editor.write("delete", place, version=2)
    editor.write("post", f"{place}restore/", version=3)

    versions = call("reviewer").get(f"passage-versions/?passage={passage.uid}&ordering=number").json()["results"]

    assert [(one["number"], one["text"][:7], one["is_retired"]) for one in versions] == [
        (1, "Much wa", False), (2, "Second.", False), (3, "Second.", True), (4, "Second.", False),
    ]  # fmt: skip
    assert {one["made_by"] for one in versions} == {"editor"}


def test_a_retired_passage_is_listed_only_where_it_is_asked_for(call, passage):
    call("editor").write("delete", f"passages/{passage.uid}/", version=1)

    lists = {
        query: len(call("editor").get(f"passages/?{query}").json()["results"])
        for query in ("report=" + SLUG, "is_retired=true", "is_retired=false")
    }

    assert lists == {"report=" + SLUG: 0, "is_retired=true": 1, "is_retired=false": 0}
    assert call("editor").get(f"passages/{passage.uid}/").status_code == 200


def test_a_passage_is_moved_before_another_and_back_to_the_end(world, call, report, passage):
    second, third = written(world, report, text="Second."), written(world, report, text="Third.")
    place = f"passages/{third.uid}/move/"

    call("editor").write("post", place, {"before": str(passage.uid)}, version=1)
    first = [one["text"][:5] for one in call("editor").get("passages/").json()["results"]]
    call("editor").write("post", place, {"before": None}, version=1)
    last = [one["text"][:5] for one in call("editor").get("passages/").json()["results"]]

    assert first == ["Third", "Much ", second.text[:5]]
    assert last == ["Much ", second.text[:5], "Third"]


@pytest.mark.parametrize("before", [NOWHERE, "x", 7, [], {"a": 1}, "itself", "elsewhere"])
def test_a_passage_is_not_moved_before_what_is_not_beside_it(world, call, report, passage, before):
    named = {"itself": passage.uid, "elsewhere": written(world, report, "conclusions").uid}
    before = str(named[before]) if isinstance(before, str) and before in named else before

    answer = call("editor").write("post", f"passages/{passage.uid}/move/", {"before": before}, version=1)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "before")


def test_where_a_passage_stands_is_told_though_its_version_is_known(world, call, report, passage):
    other = written(world, report, text="Second.")
    etag = call("editor").get(f"passages/{other.uid}/")["ETag"]
    call("editor").write("post", f"passages/{passage.uid}/move/", {}, version=1)

    again = call("editor").get(f"passages/{other.uid}/", headers={"If-None-Match": etag})

    assert (again.status_code, again.json()["position"]) == (200, 1)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"text": 7}, "text"), ({"text": "x\x00"}, "text"), ({"form": "verse"}, "form"),
        ({"title": "x" * 201}, "title"), ({"cites": ["KAZ:X.1"]}, "cites"), ({"cites": "KAZ:I.1.1"}, "cites"),
        ({"cites": [None]}, "cites"),
        ({"translations": {"xx": {}}}, "translations"), ({"section": "annex"}, "section"),
        ({"position": 3}, "position"),
    ],
)  # fmt: skip
def test_words_that_cannot_be_kept_are_named(call, passage, words, field):
    answer = call("editor").write("patch", f"passages/{passage.uid}/", words, version=1)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert Passage.objects.get().version == 1


def test_a_repeated_request_writes_one_passage(call, report):
    body = {"report": SLUG, "section": "summary", "text": "Once."}

    for _ in range(2):
        call("editor").write("post", "passages/", body, Idempotency_Key="k")

    assert Passage.objects.filter(text="Once.").count() == 1


def test_an_editor_whose_appointment_ended_writes_nothing(world, call, report):
    editor = call("editor")
    appointment = Appointment.objects.get(person=world.who("editor"))
    Appointment.objects.filter(pk=appointment.pk).update(ends_on=dt.date(2020, 1, 1), starts_on=dt.date(2019, 1, 1))

    assert editor.write("patch", f"passages/{report.passages.get().uid}/", {"text": "x"}, version=1).status_code == 404
    assert editor.get("passages/").json()["results"] == []
