"""Who reads what over HTTP: reader x status x audience, and that what may not be read cannot be guessed."""

from __future__ import annotations

import pytest

from commitments.workflow import CLEARED_STATUSES, Audience, Status

KEY = "review-2028:KAZ:I.1.2"
ABSENT = "review-2028:KAZ:I.9.9"
READERS = {
    "focal.kaz": "own agency",
    "contributor.kaz": "own State",
    "coordinator.kaz": "coordinator",
    "focal.tjk": "another State",
    "coordinator.tjk": "another State",
    "reviewer": "secretariat",
    "editor": "secretariat",
    "partner": "beyond",
    "observer": "beyond",
    "administrator": "beyond",
    "nobody": "beyond",
}


def may_read_update(reader: str, status: str, audience: str) -> bool:
    """The table of domain.md, said once more."""
    return {
        "own agency": True,
        "coordinator": True,
        "own State": status in CLEARED_STATUSES,
        "secretariat": status in CLEARED_STATUSES and audience != Audience.STATE,
    }.get(reader, False)


def may_read_release(reader: str, audience: str) -> bool:
    if reader in ("own agency", "own State", "coordinator"):
        return True
    included = {
        "secretariat": (Audience.UN, Audience.PARTICIPANTS, Audience.PUBLIC),
        "another State": (Audience.PARTICIPANTS, Audience.PUBLIC),
    }
    return audience in included.get(reader, (Audience.PUBLIC,))


STANDS = [
    (status, audience)
    for status in Status
    for audience in Audience
    if audience == Audience.PUBLIC or status in CLEARED_STATUSES
    if not (status in (Status.ACCEPTED, Status.PUBLISHED) and audience == Audience.STATE)
]


@pytest.mark.parametrize(("status", "audience"), STANDS)
def test_an_update_is_read_by_whom_the_table_says(world, call, status, audience):
    world.walk(status, audience=audience)

    seen = {who: call(who).get(f"updates/{KEY}/").status_code for who in READERS}
    listed = {who: [one["key"] for one in call(who).get("updates/?fields=key").json()["results"]] for who in READERS}

    may = {who: may_read_update(reader, status, audience) for who, reader in READERS.items()}
    assert seen == {who: 200 if may[who] else 404 for who in READERS}
    assert {who: KEY in keys for who, keys in listed.items()} == may


@pytest.mark.parametrize("audience", [Audience.UN, Audience.PARTICIPANTS, Audience.PUBLIC])
def test_released_words_are_read_by_their_audience(world, call, audience):
    world.walk("published", audience=audience)

    seen = {who: call(who).get(f"published-updates/{KEY}/").status_code for who in READERS}

    assert seen == {who: 200 if may_read_release(reader, audience) else 404 for who, reader in READERS.items()}
    assert call().get(f"published-updates/{KEY}/").status_code == (200 if audience == Audience.PUBLIC else 404)


PLACES = [
    "updates/{key}/",
    "published-updates/{key}/",
    "revisions/{key}:1/",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("who", ["focal.tjk", "partner", "administrator", "nobody"])
def test_an_outsider_cannot_tell_what_exists(world, call, place, who):
    world.walk("submitted")
    caller = call(who)

    there, absent = caller.get(place.format(key=KEY)), caller.get(place.format(key=ABSENT))

    assert (there.status_code, there.content) == (absent.status_code, absent.content)
    assert there.status_code == 404
    assert dict(there.headers) == dict(absent.headers)


@pytest.mark.parametrize("verb", ["submit", "return", "clear", "accept", "publish", "recall", "withdraw", "revise"])
def test_a_move_on_what_is_not_seen_is_as_on_what_is_absent(world, call, verb):
    world.walk("submitted")
    caller = call("coordinator.tjk")
    body = {"reason": "x"} if verb in ("return", "recall", "withdraw") else {}

    there = caller.write("post", f"updates/{KEY}/{verb}/", body, version=2)
    absent = caller.write("post", f"updates/{ABSENT}/{verb}/", body, version=2)

    assert (there.status_code, there.content) == (absent.status_code, absent.content) == (404, absent.content)


FILTERS = ["status=submitted", "rating=limited", "action_item=I.1.2", "member_state=KAZ", "overdue=false", "pillar=I",
           "waiting_for_me=false", "to_be_reconfirmed=false", "ordering=rating", "count=true"]  # fmt: skip


@pytest.mark.parametrize("query", FILTERS)
def test_what_another_state_keeps_moves_no_filter_and_no_count(world, call, query):
    before = call("focal.tjk").get(f"updates/?{query}").content

    world.walk("submitted")

    assert call("focal.tjk").get(f"updates/?{query}").content == before


@pytest.mark.parametrize("who", ["focal.tjk", "editor", "partner", None])
def test_the_history_inside_a_state_stays_inside(world, call, who):
    world.walk("submitted")
    caller = call(who)

    if who is None:
        assert caller.get("events/").status_code == 401
        return
    for noun in ("events", "revisions", "evidence", "assessments", "commitments"):
        results = caller.get(f"{noun}/?limit=200").json()["results"]
        assert [row for row in results if KEY in str(row)] == [], noun


def test_withheld_sections_are_blank_beyond_the_un_in_every_language(world, call):
    focal, coordinator, editor = (call(who) for who in ("focal.kaz", "coordinator.kaz", "editor"))
    text = {"challenges": "Withheld words.", "next_steps": "Withheld step.", "next_steps_on": "2027-01-01"}
    world.walk("submitted", **text, translations={"ru": {"challenges": "Скрытое.", "measures_taken": "Открытое."}})
    hidden = ["challenges", "next_steps"]
    place = f"updates/{KEY}/"
    coordinator.write("post", f"{place}clear/", {"audience": "public", "withheld_sections": hidden}, version=2)
    editor.write("post", f"{place}accept/", version=3)
    editor.write("post", f"{place}publish/", version=4)

    for reader in (call(), call("partner"), call("focal.tjk"), call("administrator")):
        for answer in (reader.get(f"published-updates/{KEY}/"), reader.get("published-updates/")):
            row = answer.json()["results"][0] if "next" in answer.json() else answer.json()
            assert (row["challenges"], row["next_steps"], row["next_steps_on"]) == ("", "", None)
            assert row["withheld_sections"] == hidden
            assert row["translations"] == {"ru": {"is_stale": False, "measures_taken": "Открытое."}}
            assert "Withheld" not in answer.content.decode()
            assert "Скрытое" not in answer.content.decode()
    assert call("focal.tjk").get(f"revisions/{KEY}:1/").status_code == 404
    for reader in (focal, coordinator, editor):
        row = reader.get(f"published-updates/{KEY}/").json()
        assert (row["challenges"], row["next_steps_on"]) == ("Withheld words.", "2027-01-01")
        assert row["translations"]["ru"]["challenges"] == "Скрытое."


def test_who_wrote_it_and_when_stays_in_the_state(world, call):
    world.walk("cleared")

    for who, name in (("contributor.kaz", "focal.kaz"), ("editor", None)):
        for row in (
            call(who).get(f"updates/{KEY}/").json(),
            call(who).get("updates/?action_item=I.1.2").json()["results"][0],
        ):
            assert (row["last_edited_by"], row["last_edited_at"] is None) == (name, name is None), who


def test_withheld_sections_stay_blank_when_only_they_are_asked_for(world, call):
    world.walk("submitted", challenges="Withheld words.")
    clearing = {"audience": "public", "withheld_sections": ["challenges"]}
    call("coordinator.kaz").write("post", f"updates/{KEY}/clear/", clearing, version=2)
    call("editor").write("post", f"updates/{KEY}/accept/", version=3)
    call("editor").write("post", f"updates/{KEY}/publish/", version=4)

    assert call().get("published-updates/?fields=challenges").json()["results"] == [{"challenges": ""}]
    assert "Withheld" not in call().get("published-updates/?format=csv").getvalue().decode()


def test_what_is_withdrawn_disappears_at_once_and_no_cache_keeps_it(world, call):
    world.walk("published")
    anybody = call()
    first = anybody.get("published-updates/")
    assert first["Cache-Control"] == "public, no-cache"
    assert anybody.get("published-updates/", headers={"If-None-Match": first["ETag"]}).status_code == 304

    call("coordinator.kaz").write("post", f"updates/{KEY}/withdraw/", {"reason": "A mistake."}, version=5)

    again = anybody.get("published-updates/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.json()["results"]) == (200, [])


def test_answers_made_for_somebody_are_kept_by_nobody(world, call):
    for place in ("published-updates/", "updates/", "action-items/", "status-matrix/"):
        answer = call("focal.kaz").get(place)

        assert "no-store" in answer["Cache-Control"]
        assert "public" not in answer["Cache-Control"]
        assert {"Cookie", "Authorization"} <= {word.strip() for word in answer["Vary"].split(",")}
    assert call().get("action-items/")["Cache-Control"] == "public, max-age=60"


def test_no_answer_holds_a_sequential_number(world, call):
    world.walk("published")
    names = {"id", "pk", "_pk", "person_id", "member_state_id"}

    for place in ("action-items", "cycles", "published-updates", "updates", "revisions", "events", "appointments",
                  "commitments", "agencies", "plans", "member-states"):  # fmt: skip
        for row in call("coordinator.kaz").get(f"{place}/").json()["results"]:
            assert not names & set(row), place
            assert not [name for name in row if name.startswith("_")], place


def test_revisions_in_force_are_told_from_the_others(world, call):
    world.walk("published", "KAZ", "II.1.1")
    world.walk("submitted", "KAZ", "I.1.2")

    ask = call("focal.kaz").get
    found = {value: ask(f"revisions/?is_in_force={value}").json()["results"] for value in ("true", "false")}

    assert [one["update"] for one in found["true"]] == ["review-2028:KAZ:II.1.1"]
    assert [one["update"] for one in found["false"]] == ["review-2028:KAZ:I.1.2"]
