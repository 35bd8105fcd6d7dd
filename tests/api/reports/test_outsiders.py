"""Whoever may not know of a report in the making sees the same world with it and without it, to the byte."""

from __future__ import annotations

import pytest

from reporting.background import ask_for_file
from reporting.models import Contribution, Seat
from reporting.signing import manifest
from tests.api.reports.conftest import SLUG, at_stage, issue, recommended, step, written

OUTSIDERS = (None, "coordinator.tjk", "focal.tjk", "partner", "observer", "nobody", "administrator")
LISTS = ("reports", "editions", "signatures", "passages", "passage-versions", "recommendations", "seats", "remarks",
         "report-files", "contributions")  # fmt: skip
UN_SLUG = SLUG.replace("public", "un")


def places() -> list[str]:
    queries = ("", "?count=true", "?limit=1&count=true", "?format=csv", f"?report={UN_SLUG}&count=true")
    lists = [f"{noun}/{query}" for noun in LISTS for query in queries]
    details = [f"reports/{UN_SLUG}/", f"reports/{UN_SLUG}/sections/", f"reports/{UN_SLUG}/figures/",
               f"editions/{UN_SLUG}:1/", f"editions/{UN_SLUG}:1.html", f"editions/{UN_SLUG}:1/snapshot/",
               f"seats/{UN_SLUG}:summary/",
               "contributions/review-2028:KAZ/", "contributions/review-2028:KAZ.json", "signatures/review-2028:KAZ/",
               f"reports/{SLUG}/", f"editions/{SLUG}:2/", f"editions/{SLUG}:2/drift/"]  # fmt: skip
    return [*lists, *details]


def write_what_they_may_not_know(world) -> None:
    """A report for the UN, drafted, cleared, issued and being corrected; a contribution signed for the UN."""
    editor, coordinator = world.who("editor"), world.who("coordinator.kaz")
    report = at_stage(world, "clearance", audience="un")
    step(world, report, "clear", "reviewer")
    step(world, report, "issue", "editor")
    written(world, report, "introduction")
    recommended(world, report)
    Seat.take(report, "summary", by=editor)
    ask_for_file(report, "html", "en", by=editor)
    words = {"text": "For the UN.", "explanation": "A reform.", "audience": "un"}
    one = Contribution.write(world.cycle, world.states["KAZ"], by=coordinator, version=0, **words)
    one.sign(by=coordinator, version=1, manifest=manifest)


def answers(caller, asked: list[str]) -> dict[str, tuple]:
    found = {}
    for place in asked:
        answer = caller.get(place)
        body = answer.getvalue() if answer.streaming else answer.content
        found[place] = (answer.status_code, sorted(answer.headers.items()), body)
    return found


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_beyond_the_un_notices_what_is_for_the_un(world, call, who):
    issue(world)
    before = answers(call(who), places())

    write_what_they_may_not_know(world)

    after = answers(call(who), places())
    assert [place for place in before if before[place] != after[place]] == []
    assert sum(status == 200 for status, _headers, _body in before.values()) > 10


def test_the_secretariat_does_notice(world, call):
    issue(world)
    before = answers(call("reviewer"), places())

    write_what_they_may_not_know(world)

    after = answers(call("reviewer"), places())
    assert sum(before[place] != after[place] for place in before) > 20


@pytest.mark.parametrize("who", ["coordinator.tjk", "partner", "administrator"])
@pytest.mark.parametrize(
    ("noun", "body"),
    [
        ("passages/", {"section": "summary", "text": "x"}),
        ("seats/", {"section": "summary"}),
        ("recommendations/", {"text": "x"}),
        ("remarks/", {"paragraph": "1", "text": "x"}),
        ("report-files/", {"format": "pdf"}),
    ],
)
def test_no_body_tells_that_the_report_it_names_is_there(world, call, who, noun, body):
    at_stage(world, "drafting")

    there, absent = (call(who).write("post", noun, {**body, "report": slug}) for slug in (SLUG, "never"))

    assert there.status_code in (400, 403)
    assert (there.status_code, there.content) == (absent.status_code, absent.content)


@pytest.mark.parametrize("who", ["coordinator.tjk", "partner", "administrator"])
@pytest.mark.parametrize("verb", ["draft", "submit", "issue", "preview"])
def test_no_step_tells_that_the_report_is_there(world, call, who, verb):
    at_stage(world, "drafting")

    for body, version in (({}, None), ({}, 1), ({"reason": "x"}, 0), ({"never": 1}, 1)):
        there, absent = (call(who).write("post", f"reports/{slug}/{verb}/", body, version=version)
                         for slug in (SLUG, SLUG.replace("2028", "2029")))  # fmt: skip
        assert (there.status_code, there.content) == (absent.status_code, absent.content)
        assert there.status_code == 404


def test_a_begun_report_is_no_secret_between_editors(call, world):
    at_stage(world, "outline")

    assert call("editor").write("post", "reports/", {"kind": "regional", "cycle": "review-2028"}).status_code == 400
    for who in ("coordinator.tjk", "partner"):
        bodies = [{"kind": "regional", "cycle": cycle} for cycle in ("review-2028", "never")]
        found = [call(who).write("post", "reports/", body) for body in bodies]
        assert {one.status_code for one in found} == {403}
        assert found[0].content == found[1].content
