"""Who may read and do what with a report, at each stage of its life: one table, asked over HTTP.

404: not yours to see. 403: yours to see, not yours to do. 409: not at this stage.
"""

from __future__ import annotations

import pytest

from reporting.models import Remark
from tests.api.conftest import Caller
from tests.api.reports.conftest import (
    CAST,
    EVERYBODY,
    KAZ,
    SLUG,
    STATES,
    UN,
    at_stage,
    commented,
    in_twenty_days,
    undone,
)
from tests.standing import standing

STAGES = ("outline", "drafting", "clearance", "circulated", "final", "issued")
NOBODY: frozenset[str | None] = frozenset()
# Who sees the report itself.
SEES = {**dict.fromkeys(STAGES, UN), "circulated": UN | STATES, "issued": EVERYBODY}
# What is read of it -> by whom, at each stage.
READS = {
    "reports/{slug}/": SEES,
    **{
        place: dict.fromkeys(STAGES, UN)
        for place in ("reports/{slug}/sections/", "reports/{slug}/figures/", "passages/{passage}/",
                      "recommendations/{recommendation}/", "seats/{slug}:summary/")
    },
    **{
        place: {"circulated": UN | STATES, "final": UN, "issued": UN}
        for place in ("editions/{slug}:1/", "editions/{slug}:1/snapshot/", "editions/{slug}:1/drift/",
                      "editions/{slug}:1.json")
    },
    **{
        place: {"issued": EVERYBODY}
        for place in ("editions/{slug}:2/", "editions/{slug}:2/snapshot/", "editions/{slug}:2/drift/",
                      "editions/{slug}:2.json")
    },
    "remarks/{remark}/": dict.fromkeys(("circulated", "final", "issued"), UN | KAZ),
}  # fmt: skip
# The steps that are taken, and by whom: the editor asked for clearance, so only the reviewer can give it.
STEPS = {
    ("outline", "draft"): {"editor"},
    ("drafting", "submit"): {"editor"},
    ("clearance", "return"): {"editor", "reviewer"},
    ("clearance", "circulate"): {"reviewer"},
    ("circulated", "close"): {"editor"},
    ("final", "reopen"): {"editor"},
    ("final", "issue"): {"editor"},
    ("issued", "correct"): {"editor"},
}
WORDS = {"return": {"reason": "Too long."}, "reopen": {"reason": "Too long."}, "correct": {"reason": "A year."},
         "circulate": {"comments_due_on": str(in_twenty_days())}}  # fmt: skip
ALL_STEPS = ("draft", "submit", "return", "circulate", "clear", "close", "reopen", "issue", "correct")
WRITABLE = ("outline", "drafting", "circulated", "issued")


def places(report) -> dict[str, str]:
    """Keys of what is there; of what is not yet, keys that name nothing."""
    nothing = "00000000-0000-4000-8000-000000000007"
    passage, recommendation, remark = (
        found.first() for found in (report.passages, report.recommendations, report.remarks)
    )
    uids = {"passage": passage, "recommendation": recommendation, "remark": remark}
    return {"slug": report.slug} | {name: str(one.uid) if one else nothing for name, one in uids.items()}


@pytest.fixture(params=STAGES)
def stage(request) -> str:
    return request.param


@pytest.fixture
def report(world, stage):
    return standing(commented_if_circulated, world, stage)


def commented_if_circulated(world, stage):
    report = at_stage(world, stage)
    if stage == "circulated":
        commented(world, report)
    return report


@pytest.fixture
def callers(call) -> dict[str | None, Caller]:
    return {who: call(who) for who in CAST}


def test_what_is_read_by_whom_and_absent_for_all_others(callers, report, stage):
    keys, has_words = places(report), stage != "outline"  # who wrote the first passage sits there

    for place, readers in READS.items():
        expected = readers.get(stage, NOBODY) if has_words or place.startswith("reports/") else NOBODY
        found = {who: callers[who].get(place.format(**keys)).status_code for who in CAST}
        assert {who for who, status in found.items() if status == 200} == expected, (stage, place)
        assert {found[who] for who in EVERYBODY - expected - {None}} <= {404}, (stage, place)
        assert None in expected or found[None] in (401, 404), (stage, place)


def test_which_steps_are_taken(callers, report, stage):
    for name in ALL_STEPS:
        for who in CAST:
            if stage == "circulated" and name == "close":
                continue  # there is a comment to answer: see below
            with undone():
                place = f"reports/{report.slug}/{name}/"
                answer = callers[who].write("post", place, WORDS.get(name), version=report.version)
            assert answer.status_code == step_answer(stage, name, who), (stage, name, who, answer.content)


def step_answer(stage: str, name: str, who: str | None) -> int:
    if who is None:
        return 401
    if who not in SEES[stage]:
        return 404
    if who not in UN:
        return 403
    if not any(step == name and at == stage for at, step in STEPS) and (stage, name) != ("clearance", "clear"):
        return 409
    if (stage, name) == ("clearance", "clear"):  # of a kind that States check
        return 403 if who == "editor" else 409
    return 200 if who in STEPS[stage, name] else 403


def test_the_fact_check_is_closed_by_an_editor_once_every_comment_is_answered(world, call):
    report = at_stage(world, "circulated")
    remark = commented(world, report)
    place = f"reports/{report.slug}/close/"

    early = call("editor").write("post", place, version=report.version)
    call("editor").write("post", f"remarks/{remark.uid}/answer/", {"verdict": "accepted", "reason": "So it is."})
    sent = {"reason": "Every State has answered."}
    late = {
        who: call(who).write("post", place, sent, version=report.version).status_code for who in ("reviewer", "editor")
    }

    assert (early.status_code, early.json()["errors"][0]["field"]) == (400, "remarks")
    assert late == {"reviewer": 403, "editor": 200}


def test_who_writes(callers, report, stage):
    """An editor at the stages that are for writing; a reviewer reads; for everybody else there is nothing there."""
    keys = places(report)
    passage = report.passages.first()
    writes = [
        ("patch", "reports/{slug}/", {"symbol": "A/82/1"}, report.version),
        ("post", "passages/", {"report": report.slug, "section": "summary", "text": "More."}, None),
        ("post", "recommendations/", {"report": report.slug, "text": "Do it."}, None),
        ("post", "seats/", {"report": report.slug, "section": "summary"}, None),
    ]
    if passage:
        writes += [
            ("patch", "passages/{passage}/", {"text": "Other."}, passage.version),
            ("delete", "passages/{passage}/", None, passage.version),
            ("post", "passages/{passage}/move/", {}, passage.version),
            ("post", "passages/{passage}/restore/", {}, passage.version),
            ("patch", "recommendations/{recommendation}/", {"text": "Other."}, 1),
            ("delete", "recommendations/{recommendation}/", None, 1),
        ]
    for method, place, body, version in writes:
        for who in CAST:
            with undone():
                answer = callers[who].write(method, place.format(**keys), body, version=version)
            assert answer.status_code in write_answers(stage, place, who), (stage, method, place, who, answer.content)


def write_answers(stage: str, place: str, who: str | None) -> set[int]:
    if who is None:
        return {401}
    if who == "editor":
        return {200, 201, 204} if stage in WRITABLE else {409}
    if "{" not in place:  # a body names the report: refused before it is looked up
        return {403}
    if who == "reviewer":
        return {403}
    return {403} if place.startswith("reports/") and who in SEES[stage] else {404}


def test_a_report_is_begun_by_an_editor(callers):
    body = {"kind": "regional", "cycle": "review-2028"}

    found = {who: callers[who].write("post", "reports/", body).status_code for who in CAST}

    assert found == dict.fromkeys(CAST, 403) | {None: 401, "editor": 201}


def test_a_comment_is_made_by_the_coordinator_of_a_state_on_a_circulated_draft(callers, report, stage):
    body = {"report": report.slug, "paragraph": "3", "text": "No."}
    coordinators = {"circulated": 201, "issued": 409}.get(stage, 400)
    expected = {who: coordinators if who and who.startswith("coordinator") else 403 for who in CAST} | {None: 401}
    before = Remark.objects.count()

    found = {who: callers[who].write("post", "remarks/", body).status_code for who in CAST}

    assert found == expected
    assert Remark.objects.count() - before == list(expected.values()).count(201)


def test_a_comment_is_answered_by_an_editor(world, callers):
    remark = commented(world, at_stage(world, "circulated"))
    place, words = f"remarks/{remark.uid}/answer/", {"verdict": "partly", "reason": "In part."}

    found = {who: callers[who].write("post", place, words).status_code for who in CAST}

    expected = {None: 401, "editor": 200, "reviewer": 403, **dict.fromkeys(KAZ, 403)}
    assert found == dict.fromkeys(CAST, 404) | expected


def test_lists_show_each_reader_what_the_details_do(callers, report, stage):
    keys = places(report)
    for noun, place in (("reports", "reports/{slug}/"), ("passages", "passages/{passage}/"),
                        ("recommendations", "recommendations/{recommendation}/"), ("remarks", "remarks/{remark}/"),
                        ("editions", "editions/{slug}:1/")):  # fmt: skip
        for who in CAST:
            listed = callers[who].get(f"{noun}/?count=true")
            if listed.status_code == 401:
                assert who is None
                continue
            seen = callers[who].get(place.format(**keys)).status_code == 200
            issued_beside = noun == "editions" and stage == "issued"
            assert bool(listed.json()["count"]) == (seen or issued_beside), (noun, who)


def test_a_slug_that_is_guessed_tells_no_more_than_one_that_was_never_there(callers, report, stage):
    readers = set(CAST) - SEES[stage]
    for place in (SLUG, f"{SLUG}/sections", f"{SLUG}/figures"):
        for who in readers:
            there, absent = (callers[who].get(f"reports/{slug}/") for slug in (place, place.replace("2028", "2029")))
            assert (there.status_code, there.content) == (absent.status_code, absent.content)
