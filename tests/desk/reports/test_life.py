"""A report walks from outline to issue through its pages; what is refused is told, and what was typed stays."""

from __future__ import annotations

import datetime as dt

import pytest

from reporting.models import Report
from tests.desk.reports.conftest import DESK, SECTION, address, read, step, write
from tests.reporting.reports import EARLY

SLUG = "review-2028-regional-public"


def buttons(page) -> list[str]:
    return [str(one["step"].name) for one in page.context["steps"]]


def press(visitor, report: Report, name: str, **words):
    version = Report.objects.get(pk=report.pk).version
    return visitor.post(address(report, f"steps/{name}/"), {"version": version, **words})


def test_a_report_walks_from_outline_to_issue_through_the_pages(world, browser):
    world.walk("published", "KAZ", "I.1.2")
    editor, reviewer, state = browser("editor"), browser("reviewer"), browser("coordinator.kaz")
    editor.post(f"{DESK}begin/", {"cycle": "review-2028", "kind": "regional", "audience": "public", "scope": ""})
    report = Report.objects.get(slug=SLUG)
    due = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=7)).isoformat()

    press(editor, report, "draft")
    editor.post(address(report, "masthead/"), {"version": read(world, report).version, "symbol": "A/80/1"})
    editor.post(address(report, f"sections/{SECTION}/passages/"), {"version": 0, "form": "paragraph",
                "text": "Of {{ due }} updates, {{ reported }} were reported.", "more": "KAZ:I.1.2"})  # fmt: skip
    editor.post(address(report, "recommendations/"), {"version": 0, "text": "Report.", "addressee": "states"})
    press(editor, report, "submit")
    press(reviewer, report, "circulate", comments_due_on=due)
    draft = state.get(address(report, "draft/"))
    number = next(one["number"] for part in draft.context["parts"] for one in part["numbered"])
    assert "Of 9 updates, 1 were reported." in draft.content.decode()
    state.post(address(report, "draft/remarks/"), {"paragraph": number, "member_state": "KAZ", "language": "en",
               "text": "This is not so."})  # fmt: skip
    remark = report.remarks.get()
    editor.post(address(report, f"draft/remarks/{remark.uid}/"), {"verdict": "partly", "reason": "Made clearer."})
    press(editor, report, "close", reason=EARLY)
    issued = press(editor, report, "issue")

    page = browser("partner").get(issued["Location"])
    edition = page.context["editions"][0][0]
    now = read(world, report)
    assert (now.stage, now.symbol, edition.form, edition.number) == ("issued", "A/80/1", "issue", 2)
    assert edition.sha256 in page.content.decode()


@pytest.mark.parametrize(
    ("who", "offered"),
    [("editor", ["submit"]), ("reviewer", []), ("editor.two", ["submit"])],
)
def test_a_page_offers_the_steps_that_are_open_to_its_reader(browser, report, who, offered):
    assert buttons(browser(who).get(address(report))) == offered


def test_whoever_asked_for_clearance_is_not_offered_to_give_it(world, browser, report):
    step(world, report, "submit")

    found = {who: buttons(browser(who).get(address(report))) for who in ("editor", "editor.two", "reviewer")}

    assert found == {"editor": ["return"], "editor.two": ["return", "circulate"], "reviewer": ["return", "circulate"]}


def test_a_step_without_what_it_needs_comes_back_with_what_was_typed(world, browser, report):
    step(world, report, "submit")

    page = press(browser("reviewer"), report, "circulate", comments_due_on="2001-01-01")

    assert page.status_code == 400
    assert 'value="2001-01-01"' in page.content.decode()
    assert [anchor for anchor, _label, _message in page.context["faults"]] == ["id_circulate_comments_due_on"]
    assert read(world, report).stage == "clearance"


@pytest.mark.parametrize(
    "case",
    [
        ("editor", "submit", 5, 412),  # another version than the one read
        ("editor", "issue", 0, 409),  # no such step from here
        ("reviewer", "submit", 0, 403),
        ("editor", "never", 0, 404),
        ("coordinator.kaz", "submit", 0, 404),
    ],
)
def test_a_step_that_is_refused_says_so_in_its_status(world, browser, report, case):
    who, name, change, status = case
    version = read(world, report).version

    answer = browser(who).post(address(report, f"steps/{name}/"), {"version": version + change})

    assert answer.status_code == status
    assert read(world, report).stage == "drafting"


def test_an_unknown_figure_keeps_the_report_at_the_desk_and_is_named(world, browser, report):
    write(world, report, "There were {{ never.counted }}.")

    page = press(browser("editor"), report, "submit")

    assert page.status_code == 400
    assert "never.counted" in page.content.decode()


def test_a_passage_that_cites_what_was_taken_back_keeps_the_report_at_the_desk_and_is_led_to(world, browser, report):
    passage = write(world, report, "It says much.", cites=["KAZ:I.1.2"])
    update = world.update()
    update.withdraw(by=world.who("coordinator.kaz"), version=update.version, reason="A mistake.")

    page = press(browser("editor"), report, "submit")

    assert page.status_code == 400
    shown = page.content.decode()
    assert "a State took something of it back after this was written: KAZ:I.1.2." in shown
    assert f"#passage-{passage.uid}" in shown


def test_what_was_typed_for_a_step_that_is_gone_is_still_shown(world, browser, report):
    step(world, report, "submit")
    step(world, report, "return", "reviewer", reason="First.")

    page = press(browser("reviewer"), report, "return", reason="Typed for nothing?")

    assert page.status_code == 409
    assert "Typed for nothing?" in page.content.decode()


def test_a_masthead_saved_by_somebody_else_meanwhile_is_shown_beside(world, browser, report):
    version = read(world, report).version
    read(world, report).set_masthead(by=world.who("editor"), version=version, symbol="A/80/7")

    page = browser("editor.two").post(address(report, "masthead/"), {"version": version, "symbol": "A/80/9",
                                      "initial-symbol": ""})  # fmt: skip

    shown = page.content.decode()
    assert page.status_code == 412
    assert "A/80/7" in shown
    assert 'value="A/80/9"' in shown


def test_an_edition_says_when_its_updates_have_moved_on(world, browser, circulated):
    step(world, circulated, "close", reason=EARLY)
    step(world, circulated, "issue")
    update = world.update("KAZ", "I.1.2")
    update.withdraw(by=world.who("coordinator.kaz"), version=update.version, reason="Not so.")

    page = browser("observer").get(address(circulated))

    assert page.context["editions"][0][1].withdrawn == (("KAZ", "I.1.2"),)
    assert "Withdrawn, and not shown any more" in page.content.decode()


def test_a_state_is_told_until_when_it_can_comment_and_nothing_of_the_secretariat_s_work(browser, circulated):
    waits = {who: browser(who).get(DESK).context["cycles"][0][1][0][1] for who in ("coordinator.tjk", "editor")}

    assert waits["coordinator.tjk"].startswith("Your State can comment until the end of")
    assert waits["editor"].startswith("The States comment until the end of")
