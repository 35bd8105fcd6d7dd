"""Reports over HTTP: begun, given a masthead, taken through their life, each write on the version that was read."""

from __future__ import annotations

import pytest

from reporting.life import STEP_NAMES
from reporting.models import Kind, Report
from tests.api.reports.conftest import CAST, SLUG, at_stage, commented, in_twenty_days, step, written
from tests.reporting.reports import EARLY

PLACE = f"reports/{SLUG}/"
MASTHEAD = {"symbol": "A/82/123", "session": "Eighty-second session", "agenda_item": "Item 109"}
BEGIN = {"kind": "regional", "cycle": "review-2028"}


def test_an_editor_begins_a_report_and_learns_where_it_is(call):
    answer = call("editor").write("post", "reports/", BEGIN)

    body = answer.json()
    assert (answer.status_code, answer["Location"], answer["ETag"]) == (201, f"/api/v1/{PLACE}", '"0"')
    assert (body["slug"], body["stage"], body["audience"], body["version"]) == (SLUG, "outline", "public", 0)
    assert (body["allowed_steps"], body["made_by"]) == (["draft"], "editor")
    assert call("editor").get(PLACE).json() == body


@pytest.mark.parametrize(
    ("what", "slug"),
    [
        ({"kind": "state-note", "member_state": "KAZ", "audience": "un"}, "review-2028-state-note-kaz-un"),
        ({"kind": "thematic", "scope": "pillar:II"}, "review-2028-thematic-pillar-ii-public"),
        ({"kind": "progress", "audience": "un"}, "review-2028-progress-un"),
    ],
)
def test_every_kind_can_be_begun(call, what, slug):
    answer = call("editor").write("post", "reports/", BEGIN | what)

    assert (answer.status_code, answer.json()["slug"]) == (201, slug)


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"kind": "novel"}, "kind"),
        ({"kind": ["regional"]}, "kind"),
        ({"kind": ""}, "kind"),
        ({"cycle": "never"}, "cycle"),
        ({"cycle": 7}, "cycle"),
        ({"audience": "state"}, "audience"),
        ({"audience": None}, "audience"),
        ({"member_state": "KAZ"}, "member_state"),
        ({"kind": "state-note"}, "member_state"),
        ({"kind": "state-note", "member_state": "XYZ"}, "member_state"),
        ({"kind": "thematic"}, "scope"),
        ({"kind": "thematic", "scope": "pillar:XX"}, "scope"),
        ({"kind": "thematic", "scope": ["pillar:I"]}, "scope"),
        ({"kind": "thematic", "scope": "x" * 61}, "scope"),
        ({"stage": "issued"}, "stage"),
    ],
)
def test_a_report_that_cannot_be_is_refused_with_the_field_named(call, what, field):
    answer = call("editor").write("post", "reports/", BEGIN | what)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert not Report.objects.exists()


def test_there_is_one_of_a_kind(call):
    call("editor").write("post", "reports/", BEGIN)

    answer = call("editor").write("post", "reports/", BEGIN)

    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (400, "taken")


def test_a_repeated_request_begins_one_report(call):
    answers = [call("editor").write("post", "reports/", BEGIN, Idempotency_Key="one") for _ in range(2)]

    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert answers[1]["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(
    ("version", "status", "code"), [(None, 428, "version-missing"), (7, 412, "stale-version"), (0, 200, None)]
)
def test_the_masthead_is_written_on_the_version_that_was_read(call, version, status, code):
    call("editor").write("post", "reports/", BEGIN)

    answer = call("editor").write("patch", PLACE, MASTHEAD, version=version)

    assert answer.status_code == status
    assert answer.json().get("code") == code
    if status == 412:
        assert (answer.json()["version"], answer.json()["current"]["symbol"]) == (0, "")
    if status == 200:
        assert {name: answer.json()[name] for name in MASTHEAD} == MASTHEAD
        assert answer["ETag"] == '"1"'


@pytest.mark.parametrize("body", [{"symbol": "x" * 41}, {"session": ["x"]}, {"stage": "issued"}, {"audience": "un"}])
def test_a_masthead_that_cannot_be_kept_is_named(call, report, body):
    answer = call("editor").write("patch", PLACE, body, version=report.version)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, next(iter(body)))


def test_a_report_goes_from_outline_to_issue_over_http(world, call):
    editor, reviewer, state = call("editor"), call("reviewer"), call("coordinator.kaz")
    editor.write("post", "reports/", BEGIN)
    take = lambda who, name, version, body=None: who.write(  # noqa: E731
        "post", f"{PLACE}{name}/", body, version=version
    )

    take(editor, "draft", 0)
    editor.write("post", "passages/", {"report": SLUG, "section": "summary", "text": "On {{ reported }} of {{ due }}."})
    take(editor, "submit", 1)
    circulated = take(reviewer, "circulate", 2, {"comments_due_on": str(in_twenty_days())})
    body = {"report": SLUG, "paragraph": "1", "text": "Not so.", "language": "ru"}
    remark = state.write("post", "remarks/", body).json()
    editor.write("post", f"remarks/{remark['uid']}/answer/", {"verdict": "partly", "reason": "In part it is."})
    take(editor, "close", 3, {"reason": EARLY})
    issued = take(editor, "issue", 4)

    assert (circulated.status_code, circulated.json()["stage"]) == (200, "circulated")
    assert (issued.status_code, issued.json()["stage"], issued["ETag"]) == (200, "issued", '"5"')
    editions = call().get("editions/").json()["results"]
    assert [(one["key"], one["form"]) for one in editions] == [(f"{SLUG}:2", "issue")]
    assert "In part it is." in call().get(f"editions/{SLUG}:2.json").content.decode()


@pytest.mark.parametrize("version", [None, 99])
def test_a_step_is_taken_on_the_version_that_was_read(call, report, version):
    answer = call("editor").write("post", f"{PLACE}submit/", version=version)

    assert answer.status_code == (428 if version is None else 412)
    assert answer.json()["version"] == report.version
    assert Report.objects.get().stage == "drafting"


def test_a_step_that_is_not_for_this_stage_tells_which_are(call, report):
    answer = call("editor").write("post", f"{PLACE}issue/", version=report.version)

    body = answer.json()
    assert (answer.status_code, body["current_status"], body["allowed_moves"]) == (409, "drafting", ["submit"])


@pytest.mark.parametrize(
    ("step_of", "body", "field"),
    [
        (("clearance", "return", "reviewer"), {}, "reason"),
        (("clearance", "return", "reviewer"), {"reason": " "}, "reason"),
        (("clearance", "circulate", "reviewer"), {}, "comments_due_on"),
        (("clearance", "circulate", "reviewer"), {"comments_due_on": "2020-01-01"}, "comments_due_on"),
        (("clearance", "circulate", "reviewer"), {"comments_due_on": [1]}, "comments_due_on"),
        (("drafting", "submit", "editor"), {"reason": "x"}, "reason"),
        (("final", "reopen", "editor"), {"reason": 5}, "reason"),
    ],
)
def test_a_step_without_what_it_needs_is_refused_by_name(world, call, step_of, body, field):
    stage, name, who = step_of
    report = at_stage(world, stage)

    answer = call(who).write("post", f"{PLACE}{name}/", body, version=report.version)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


def test_a_figure_that_does_not_exist_is_named_with_its_passage(world, call, report):
    passage = written(world, report, text="On {{ everything }}.")

    answer = call("editor").write("post", f"{PLACE}submit/", version=report.version)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == f"passages.{passage.uid}.text"


def test_a_repeated_step_is_taken_once(call, report):
    answers = [
        call("editor").write("post", f"{PLACE}submit/", version=report.version, Idempotency_Key="k") for _ in range(2)
    ]

    assert [one.status_code for one in answers] == [200, 200]
    assert answers[1]["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize("stage", ["outline", "drafting", "clearance", "circulated", "final", "issued"])
def test_allowed_steps_are_those_of_the_model_in_list_and_detail(world, call, stage):
    report = at_stage(world, stage)
    if stage == "circulated":
        commented(world, report)

    for who in ("editor", "reviewer", "coordinator.kaz"):
        rows = [*call(who).get("reports/").json()["results"], call(who).get(PLACE).json()]
        expected = report.allowed_steps(world.who(who))
        assert all(row["allowed_steps"] == expected for row in rows if "slug" in row), (stage, who)


def test_a_report_shows_those_beyond_the_secretariat_none_of_its_workings(world, call):
    report = at_stage(world, "issued")
    report.set_masthead(by=world.who("editor"), version=report.version, symbol="Not yet issued")

    for who in set(CAST) - {"editor", "reviewer"}:
        answer = call(who).get(PLACE)
        body = answer.json()
        hidden = {name: body[name] for name in ("version", "symbol", "made_at", "made_by", "comments_due_on")}
        assert hidden == {"version": None, "symbol": "", "made_at": None, "made_by": None, "comments_due_on": None}
        assert set(body["links"]) == {"self", "editions"}
        assert body["allowed_steps"] == []
        assert "Not yet issued" not in answer.content.decode()


def test_a_state_is_told_until_when_it_can_comment_and_where(world, call):
    at_stage(world, "circulated")

    body = call("coordinator.tjk").get(PLACE).json()

    assert (body["stage"], body["comments_due_on"]) == ("circulated", str(in_twenty_days()))
    assert set(body["links"]) == {"self", "editions", "remarks"}


def test_every_link_of_a_report_leads_somewhere(world, call):
    report = at_stage(world, "clearance")
    reviewer = call("reviewer")

    links = reviewer.get(PLACE).json()["links"]

    posts = {*STEP_NAMES, "preview"}
    statuses = {name: reviewer.get(place).status_code for name, place in links.items()}
    assert {name for name, status in statuses.items() if status == 200} == set(links) - posts
    assert set(links) & set(STEP_NAMES) == set(report.allowed_steps(world.who("reviewer")))


def test_a_known_version_is_no_reason_to_be_told_nothing_new(world, call):
    report = at_stage(world, "circulated")
    remark = commented(world, report)
    before = call("editor").get(PLACE)
    remark.answer("accepted", "So it is.", by=world.who("editor"))

    after = call("editor").get(PLACE, headers={"If-None-Match": before["ETag"]})

    assert (after.status_code, after["ETag"]) == (200, before["ETag"])
    assert (before.json()["allowed_steps"], after.json()["allowed_steps"]) == ([], ["close"])


@pytest.mark.parametrize(
    ("query", "found"),
    [("kind=regional", 1), ("kind=thematic", 0), ("stage=drafting", 1), ("audience=un", 0), ("cycle=review-2028", 1),
     ("member_state=KAZ", 0)],
)  # fmt: skip
def test_reports_are_filtered(call, report, query, found):
    assert call("editor").get(f"reports/?count=true&{query}").json()["count"] == found


@pytest.mark.parametrize("query", ["stage=never", "kind=", "phase=open", "fields=sent_by", "ordering=stage"])
def test_what_a_list_does_not_know_is_refused(call, query):
    assert call("editor").get(f"reports/?{query}").status_code == 400


def test_answers_to_the_secretariat_are_kept_by_nobody(world, call):
    at_stage(world, "issued")

    for who in ("editor", "partner"):
        assert "no-store" in call(who).get(PLACE)["Cache-Control"]
    assert call().get(PLACE)["Cache-Control"] == "public, no-cache"


def test_two_who_asked_for_clearance_at_once(world, call):
    report = at_stage(world, "drafting")
    first = call("editor").write("post", f"{PLACE}submit/", version=report.version)

    second = call("editor").write("post", f"{PLACE}submit/", version=report.version)

    assert (first.status_code, second.status_code) == (200, 409)


def test_a_corrigendum_says_what_changed(world, call):
    report = at_stage(world, "issued")
    place, body = f"{PLACE}correct/", {"reason": "The year of the law."}

    answer = call("editor").write("post", place, body, version=report.version)

    assert answer.status_code == 200
    last = call().get("editions/?ordering=-made_at").json()["results"][0]
    assert (last["form"], last["what_changed"], last["number"]) == ("corrigendum", "The year of the law.", 3)


def test_kinds_are_those_that_the_model_knows(call):
    answer = call("editor").get("reports/?kind=never")

    assert all(kind in answer.json()["errors"][0]["message"] for kind in Kind.values)


def test_a_report_taken_back_to_drafting_is_the_secretariats_again(world, call):
    report = at_stage(world, "final")
    step(world, report, "reopen", "editor", reason="To be shortened.")

    assert call("coordinator.kaz").get(PLACE).status_code == 404
    assert call("coordinator.kaz").get("editions/").json()["results"] == []
    assert len(call("coordinator.kaz").get("remarks/").json()["results"]) == 1, "its own words stay its own"
