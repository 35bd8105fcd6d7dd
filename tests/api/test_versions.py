"""Versions: an ETag on what is read, If-Match on what is written, and both texts where two have written."""

from __future__ import annotations

import pytest

from tests.builders import REPORTED

PLACE = "updates/review-2028:KAZ:I.1.2/"


def test_the_version_is_the_etag_and_grows_with_every_write(world, call):
    caller = call("focal.kaz")

    assert caller.get(PLACE)["ETag"] == '"0"'
    assert caller.write("patch", PLACE, REPORTED, version=0)["ETag"] == '"1"'
    assert caller.get(PLACE)["ETag"] == '"1"'


def test_what_the_reader_has_is_not_sent_again(world, call):
    caller = call("focal.kaz")

    answer = caller.get(PLACE, headers={"If-None-Match": '"0"'})

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", '"0"')
    assert caller.get(PLACE, headers={"If-None-Match": '"1", W/"2"'}).status_code == 200
    assert call("focal.tjk").get(PLACE, headers={"If-None-Match": '"0"'}).status_code == 404


def test_of_two_writers_the_second_sees_both_texts(world, call):
    first, second = call("focal.kaz"), call("coordinator.kaz")
    first.write("patch", PLACE, {"results": "The first text."}, version=0)

    answer = second.write("patch", PLACE, {"results": "The second text."}, version=0)

    assert answer.status_code == 412
    assert answer.json()["version"] == 1
    assert answer.json()["current"]["results"] == "The first text."
    assert second.write("patch", PLACE, {"results": "Both."}, version=1).json()["results"] == "Both."


@pytest.mark.parametrize("tag", ['W/"0"', "0", '"a"', '"0", "1"', '"-1"', '"' + "9" * 5000 + '"', '"\xe9"'])
def test_a_tag_that_names_no_version_is_stale(world, call, tag):
    answer = call("focal.kaz").write("patch", PLACE, REPORTED, If_Match=tag)

    assert (answer.status_code, answer.json()["version"]) == (412, 0)


@pytest.mark.parametrize("tag", ["", "*"])
def test_nobody_writes_over_what_they_have_not_read(world, call, tag):
    answer = call("focal.kaz").write("patch", PLACE, REPORTED, If_Match=tag)

    assert (answer.status_code, answer.json()["version"]) == (428, 0)


def test_what_is_sent_back_as_it_was_read_changes_nothing(world, call):
    caller = call("focal.kaz")
    caller.write("patch", PLACE, {**REPORTED, "translations": {"ru": {"results": "Итоги."}}}, version=0)
    read = caller.get(PLACE).json()
    names = [*REPORTED, "translations", "withheld_sections", "to_be_reconfirmed", "next_steps_on", "original_language"]

    answer = caller.write("patch", PLACE, {name: read[name] for name in names}, version=1)

    assert (answer.status_code, answer["ETag"]) == (200, '"1"')


def test_of_a_translation_too_only_what_is_given_is_changed(world, call):
    caller, russian = call("focal.kaz"), {"results": "Итоги.", "challenges": "Трудности."}
    caller.write("patch", PLACE, {**REPORTED, "translations": {"ru": russian}}, version=0)

    changed = caller.write("patch", PLACE, {"translations": {"ru": {"results": "Итог."}}}, version=1)
    emptied = caller.write("patch", PLACE, {"translations": {"ru": {"results": ""}}}, version=2)
    removed = caller.write("patch", PLACE, {"translations": {"ru": {}}}, version=3)

    told = [answer.json()["translations"].get("ru", {}) for answer in (changed, emptied, removed)]
    fresh = {"is_stale": False}
    assert told == [fresh | russian | {"results": "Итог."}, fresh | {"challenges": "Трудности."}, {}]
    assert caller.write("patch", PLACE, {"translations": {"ru": None}}, version=4).status_code == 400


def test_a_commitment_has_a_version_too(world, call):
    caller, place = call("coordinator.kaz"), "commitments/KAZ:I.1.2/"
    assert caller.get(place)["ETag"] == '"0"'

    assert caller.write("patch", place, {"planned_measures": "A law."}).status_code == 428
    changed = caller.write("patch", place, {"planned_measures": "A law.", "lead_agency": "KAZ:justice"}, version=0)
    stale = caller.write("patch", place, {"planned_measures": "Another."}, version=0)

    assert (changed.status_code, changed["ETag"], changed.json()["lead_agency"]) == (200, '"1"', "KAZ:justice")
    assert (stale.status_code, stale.json()["current"]["planned_measures"]) == (412, "A law.")
    assert call("focal.kaz").write("patch", place, {"planned_measures": "x"}, version=1).status_code == 403
    assert call("coordinator.tjk").write("patch", place, {"planned_measures": "x"}, version=1).status_code == 404
