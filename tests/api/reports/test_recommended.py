"""Recommendations over HTTP, and what became of those of an earlier report."""

from __future__ import annotations

import pytest

from reporting.models import Recommendation
from tests.api.reports.conftest import SLUG, at_stage, recommended

NOWHERE = "00000000-0000-4000-8000-000000000007"


def test_a_recommendation_is_numbered_and_addressed(call, report):
    words = {"text": "Train more prosecutors.", "addressee": "partners", "items": ["I.1.1"],
             "translations": {"ru": {"text": "Обучать прокуроров."}}}  # fmt: skip

    answer = call("editor").write("post", "recommendations/", {"report": SLUG, **words})

    body = answer.json()
    assert (answer.status_code, answer["ETag"], body["position"]) == (201, '"1"', 2)
    assert {name: body[name] for name in words} == words
    assert call("reviewer").get(answer["Location"]).json() == body


@pytest.mark.parametrize(("method", "status"), [("patch", 200), ("delete", 204)])
def test_a_recommendation_is_changed_on_the_version_that_was_read(call, report, method, status):
    place = f"recommendations/{report.recommendations.get().uid}/"
    write = lambda version: call("editor").write(  # noqa: E731
        method, place, {"text": "Do less."} if method == "patch" else {}, version=version
    )

    assert [write(version).status_code for version in (None, 0, 1)] == [428, 412, status]
    assert write(1).status_code == 412


@pytest.fixture
def earlier(world) -> Recommendation:
    """Of another report of the same cycle."""
    note = at_stage(world, "drafting", kind="state-note", member_state=world.states["KAZ"])
    return note.recommendations.get()


def test_what_became_of_an_earlier_recommendation_is_told(call, report, earlier):
    body = {"report": SLUG, "follows": str(earlier.uid), "outcome": "in_hand", "text": "Two courses were held."}

    answer = call("editor").write("post", "recommendations/", body)

    told = answer.json()
    assert (answer.status_code, told["follows"], told["outcome"]) == (201, str(earlier.uid), "in_hand")
    assert (told["follows_report"], told["position"]) == (earlier.report.slug, 1)
    found = call("editor").get(f"recommendations/?report={SLUG}&is_follow_up=true").json()["results"]
    assert [one["uid"] for one in found] == [told["uid"]]


def test_what_is_told_already_is_not_written_over_unread(call, report, earlier):
    body = {"report": SLUG, "follows": str(earlier.uid), "outcome": "in_hand"}
    first = call("editor").write("post", "recommendations/", body).json()

    again = call("editor").write("post", "recommendations/", {**body, "outcome": "done"})
    changed = call("editor").write("patch", f"recommendations/{first['uid']}/", {"outcome": "done"}, version=1)

    assert (again.status_code, again.json()["errors"][0]["rule"]) == (400, "taken")
    assert (changed.status_code, changed.json()["outcome"]) == (200, "done")


@pytest.mark.parametrize(
    ("words", "field"),
    [({"text": ""}, "text"), ({"text": 7}, "text"), ({"addressee": "us"}, "addressee"), ({"items": ["X"]}, "items"),
     ({"outcome": "done"}, "outcome"), ({"follows": NOWHERE}, "follows"), ({"follows": 7}, "follows"),
     ({"follows": "own"}, "follows"), ({"report": "never"}, "report"), ({"position": 9}, "position")],
)  # fmt: skip
def test_a_recommendation_that_cannot_be_kept_is_named(world, call, report, words, field):
    if words.get("follows") == "own":
        words = {"follows": str(recommended(world, report).uid), "outcome": "done"}
    before = Recommendation.objects.count()

    answer = call("editor").write("post", "recommendations/", {"report": SLUG, "text": "Do.", **words})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert Recommendation.objects.count() == before
