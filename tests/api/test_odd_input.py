"""Odd input gets a clear error that names the place, and is never our fault (5xx), on either database."""

from __future__ import annotations

import json

import pytest

from tests.api.conftest import Caller
from tests.builders import REPORTED

PLACE = "updates/review-2028:KAZ:I.1.2/"
JSON = "application/json"
DEEP = 100_000


def send(caller: Caller, content: bytes, *, version: int = 0):
    return caller.patch(PLACE, content, content_type=JSON, headers={"If-Match": f'"{version}"'})


BODIES = [
    (b"", 200, None),
    (b"{", 400, "body"),
    (b"[]", 400, "body"),
    (b"null", 400, "body"),
    (b'"text"', 400, "body"),
    (b"5", 400, "body"),
    (b'{"results": "\xff"}', 400, "body"),
    (b'{"results": NaN}', 400, "body"),
    (b'{"results": Infinity}', 400, "body"),
    (b'{"results": ' + b"9" * 5000 + b"}", 400, "body"),
    (b"[" * DEEP + b"]" * DEEP, 400, "body"),
    (b'{"translations": ' + b'{"ru":' * DEEP + b"1" + b"}" * DEEP + b"}", 400, "body"),
    (b'{"results": "a", "results": "b"}', 400, "results"),
    (b'{"results": "\\ud800"}', 400, "results"),
    (b'{"results": "a\\u0000b"}', 400, "results"),
    (b'{"\\ud800": "a"}', 400, "\ufffd"),
    (b'{"a\\u0000": "a"}', 400, "a\ufffd"),
    (b'{"": "a"}', 400, ""),
    (b'{"__class__": "a"}', 400, "__class__"),
    (b" " * 3_000_000 + b"{}", 400, "body"),
    (b"\xef\xbb\xbf{}", 400, "body"),
]


@pytest.mark.parametrize(("content", "status", "field"), BODIES, ids=lambda value: repr(value)[:40])
def test_a_body_that_cannot_be_read_is_refused_where_it_breaks(world, call, content, status, field):
    answer = send(call("focal.kaz"), content)

    assert answer.status_code == status, answer.content[:300]
    if field is not None:
        assert answer.json()["errors"][0]["field"] == field
        assert world.update().version == 0


VALUES = [5, 1.5, 10**400, -(10**18), True, [], {}, ["x"], {"a": "b"}]


@pytest.mark.parametrize("field", ["results", "rating", "next_steps_on", "original_language", "translations",
                                   "withheld_sections", "to_be_reconfirmed"])  # fmt: skip
@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:12])
def test_a_wrong_type_is_refused_by_name_or_changes_nothing(world, call, field, value):
    answer = call("focal.kaz").write("patch", PLACE, {field: value}, version=0)

    if answer.status_code == 200:  # an empty list or object says nothing new; true is what a flag may be
        assert answer.json()["version"] == 0
    else:
        assert answer.status_code == 400
        problem = answer.json()["errors"][0]
        assert (problem["field"] if value != 10**400 else field).split(".")[0] == field


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"rating": "excellent"}, "rating"),
        ({"next_steps_on": "0000-00-00"}, "next_steps_on"),
        ({"next_steps_on": "9999-12-31"}, "next_steps_on"),
        ({"next_steps_on": "2026-W10-1"}, "next_steps_on"),
        ({"original_language": "xx"}, "original_language"),
        ({"translations": {"xx": {}}}, "translations.xx"),
        ({"translations": {"ru": {"secret": "x"}}}, "translations.ru.secret"),
        ({"translations": {"ru": {"results": "\x00"}}}, "translations.ru.results"),
        ({"withheld_sections": ["secret"]}, "withheld_sections"),
        ({"withheld_sections": ["\ud800"]}, "withheld_sections"),
        ({"withheld_sections": [{}]}, "withheld_sections"),
        ({"results": "x" * 20_001}, "results"),
        ({"results": "Passport N 12345678 of somebody"}, "results"),
    ],
    ids=lambda value: ascii(value)[:50],
)
def test_an_unfit_value_is_refused_by_name(world, call, words, field):
    answer = call("focal.kaz").write("patch", PLACE, words, version=0)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field), answer.content


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"lead_agency": "TJK:interior"}, "lead_agency"),
        ({"lead_agency": "KAZ:never"}, "lead_agency"),
        ({"lead_agency": "KAZ:\x00"}, "lead_agency"),
        ({"lead_agency": ""}, "lead_agency"),
        ({"lead_agency": {}}, "lead_agency"),
        ({"contributing_agencies": "KAZ:justice"}, "contributing_agencies"),
        ({"contributing_agencies": [5]}, "contributing_agencies"),
        ({"contributing_agencies": ["KAZ:justice"] * 101}, "contributing_agencies"),
        ({"target_on": "soon"}, "target_on"),
        ({"planned_measures": None}, "planned_measures"),
        ({"planned_measures": "x" * 20_001}, "planned_measures"),
        ({"place_in_strategy": ["a"]}, "place_in_strategy"),
        ({"planned_measures": "x", "reason": 5}, "reason"),
        ({"member_state": "TJK"}, "member_state"),
        ({"version": 9}, "version"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_an_unfit_change_of_a_commitment_is_refused_by_name(world, call, words, field):
    answer = call("coordinator.kaz").write("patch", "commitments/KAZ:I.1.2/", words, version=0)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field), answer.content
    assert call("coordinator.kaz").get("commitments/KAZ:I.1.2/").json()["version"] == 0


MOVE_BODIES = [
    ("submitted", "coordinator.kaz", "return", {"reason": 5}, "reason"),
    ("submitted", "coordinator.kaz", "return", {"reason": "\x00"}, "reason"),
    ("submitted", "coordinator.kaz", "return", {"reason": " "}, "reason"),
    ("submitted", "coordinator.kaz", "return", {"reason": "x" * 2001}, "reason"),
    ("submitted", "coordinator.kaz", "return", {"reason": "x", "audience": "un"}, "audience"),
    ("submitted", "coordinator.kaz", "clear", {"audience": "all"}, "audience"),
    ("submitted", "coordinator.kaz", "clear", {"audience": 0}, "audience"),
    ("submitted", "coordinator.kaz", "clear", {"audience": ["un"]}, "audience"),
    ("submitted", "coordinator.kaz", "clear", {"audience": "un", "withheld_sections": "results"}, "withheld_sections"),
    ("cleared", "editor", "accept", {"observations": 5}, "observations"),
    ("cleared", "editor", "accept", {"observations": None}, "observations"),
    ("accepted", "editor", "publish", {"audience": []}, "audience"),
    ("accepted", "editor", "publish", {"audience": "state"}, "audience"),
    ("accepted", "editor", "publish", {"by": "me"}, "by"),
    ("draft", "focal.kaz", "submit", {"rating": "limited"}, "rating"),
]


@pytest.mark.parametrize("row", MOVE_BODIES, ids=lambda row: f"{row[2]}-{ascii(row[3])[:40]}")
def test_an_unfit_word_of_a_move_is_refused_by_name(world, call, row):
    status, who, move, body, field = row
    update = world.walk(status)

    answer = call(who).write("post", f"{PLACE}{move}/", body, version=update.version)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field), answer.content


QUERIES = ["search=%00", "pillar=%00", "plan=a%00b", "search=%ff", "search=%ed%a0%80", "%00=1", "%ff=1", "pillar=%0a",
           "search=" + "%E2%80%AE" * 400, "limit=%D9%A1", "fields=%00", "ordering=%00", "cursor=%00", "format=%00",
           "plan='; DROP TABLE x; --"]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_an_odd_query_is_refused(world, call, query):
    answer = call().get("action-items/", QUERY_STRING=query)

    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"][0]["field"]


PATHS = ["action-items/%00/", "action-items/%ff/", "action-items/%ED%A0%80/", "updates/a:b/", "updates/::/",
         "updates/review-2028:KAZ:I.1.2%00/", "updates/" + "a" * 5000 + "/", "revisions/review-2028:KAZ:I.1.2:x/",
         "revisions/review-2028:KAZ:I.1.2:" + "9" * 30 + "/", "revisions/review-2028:KAZ:I.1.2:%D9%A1/",
         "agencies/KAZ/", "agencies/KAZ:%00/", "commitments/KAZ:I.1.1:x/", "evidence/not-a-uuid/", "cycles/%0A/",
         "tokens/%00/", "member-states/kaz%27--/"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_an_odd_address_leads_nowhere(world, call, path):
    answer = call("focal.kaz").get(path)

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


HEADERS = [{"Accept": "\xff"}, {"Accept": "a" * 5000}, {"Authorization": "Token \x00"}, {"Accept-Language": "\x00"},
           {"If-None-Match": "\xff" * 100}, {"If-None-Match": ",,,"}, {"Authorization": "Basic \xff"}]  # fmt: skip


@pytest.mark.parametrize("headers", HEADERS, ids=lambda value: ascii(value)[:40])
def test_an_odd_header_breaks_nothing(world, call, headers):
    assert call().get("action-items/", headers=headers).status_code in (200, 401, 406)


@pytest.mark.parametrize(
    "cookie", ['sessionid="aaaaaaaaaaaaaaaa\\000"', "sessionid=\xff", "sessionid=" + "a" * 5000, ";;=;"]
)
def test_an_odd_cookie_opens_nothing_and_breaks_nothing(world, call, cookie):
    assert call().get("updates/", HTTP_COOKIE=cookie).status_code == 401


def test_no_field_of_a_body_other_than_its_own_is_written(world, call):
    intruders = ["id", "status", "version", "audience", "cycle", "commitment", "current_revision", "last_edited_by",
                 "attach", "retire", "values", "by"]  # fmt: skip

    for name in intruders:
        answer = call("focal.kaz").write("patch", PLACE, {**REPORTED, name: "x"}, version=0)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, name)
    assert world.update().rating == ""


def test_text_comes_back_as_it_was_sent(world, call):
    text = "Қазақстан — “ёлка” 𝒜 \u202e\u200d🙂 <script>alert(1)</script> {{ x }} =1+1\n\n- a\n- b"

    answer = call("focal.kaz").write("patch", PLACE, {"results": text}, version=0)

    assert answer.json()["results"] == text
    assert json.loads(call("focal.kaz").get(PLACE).content)["results"] == text
