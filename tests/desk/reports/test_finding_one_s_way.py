"""What a tired editor looks for: what a report is called, what is written, which figures there are, what comes next."""

from __future__ import annotations

import datetime as dt
import re

import lxml.html
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reporting import issuing
from reporting.models import Report
from tests.desk.reports.conftest import DESK, SECTION, address, read, step, write
from tests.reporting.reports import EARLY

pytestmark = pytest.mark.same_on_every_engine

SCRIPT = {"HX-Request": "true"}
RUSSIAN = {"Accept-Language": "ru"}


@pytest.fixture
def thematic(world, report):
    return issuing.begin("thematic", world.cycle, by=world.who("editor"), audience="public", scope="pillar:II")


# --- Names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["", "recommendations/", "figures/", "sections/summary/"])
def test_a_thematic_report_is_called_by_the_title_of_what_it_is_of(browser, thematic, place):
    page = browser("editor").get(address(thematic, place)).content.decode()

    assert "Thematic report: Pillar II. Pillar II" in page
    assert "pillar:II" not in page


def test_the_lists_of_desk_and_admin_call_it_so_too(browser, thematic):
    editor = browser("editor")

    desk, admin = editor.get(DESK).content.decode(), editor.get("/admin/reporting/report/").content.decode()

    assert "Thematic report: Pillar II. Pillar II" in desk
    assert "Pillar II. Pillar II" in admin
    assert "pillar:II" not in desk + admin


@pytest.mark.parametrize(
    ("scope", "name"),
    [("pillar:I", "Pillar I. Pillar I"), ("objective:I.1", "Objective I.1. Objective I.1")],
)
def test_every_scope_has_its_title(world, browser, report, scope, name):
    begun = issuing.begin("thematic", world.cycle, by=world.who("editor"), audience="public", scope=scope)

    assert f"Thematic report: {name}" in browser("editor").get(address(begun)).content.decode()


# --- Figures ---------------------------------------------------------------------------------------


def test_every_figure_stands_in_the_list_in_words_and_with_its_value(browser, report):
    page = browser("editor").get(address(report, "figures/"))

    names = {one.name for group in page.context["groups"] for one in group.figures}
    assert {"due", "rated.limited", "pillar.II.due", "objective.I.1.reported", "state.KAZ.reported_share"} <= names
    assert "Updates due: <strong>9</strong>" in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("objective.I.1 due", ["objective.I.1.due"]),
        ("KAZAKHSTAN Updates due", ["state.KAZ.due"]),
        ("nothing of the kind", []),
    ],
)
def test_a_figure_is_found_by_its_name_and_by_its_words(browser, report, asked, found):
    part = browser("editor").get(address(report, "figures/"), {"q": asked}, headers=SCRIPT)

    assert [one.name for group in part.context["groups"] for one in group.figures] == found
    assert "<html" not in part.content.decode()


def test_beside_a_section_of_a_thematic_report_stands_what_it_is_of(browser, thematic):
    page = browser("editor").get(address(thematic, "sections/summary/"))

    assert page.context["beside"].look == "II.1"


# --- The list of sections --------------------------------------------------------------------------


def test_the_list_of_sections_says_how_much_is_written_and_what_it_lacks(world, browser, report):
    write(world, report, "Of {{ due }} updates much was done.", translations={"ru": {"text": "Много."}})
    write(world, report, "There were {{ never }}.")

    contents = browser("editor").get(address(report)).context["contents"]

    row = next(one for one in contents["sections"] if one["slug"] == SECTION)
    assert (row["count"], row["words"], row["untranslated"], row["unknown"]) == (2, 9, 1, ["never"])
    assert (contents["written"], contents["words"]) == (1, 9)


def test_what_was_taken_out_is_not_counted(world, browser, report):
    write(world, report, "Much was done.").retire(by=world.who("editor"), version=1)

    contents = browser("editor").get(address(report)).context["contents"]

    assert (contents["written"], contents["words"]) == (0, 0)


def test_a_section_leads_to_the_sections_before_and_after_it(browser, report):
    page = browser("editor").get(address(report, "sections/introduction/"))

    assert (page.context["before"][0], page.context["after"][0]) == ("summary", "participation")


# --- What comes next -------------------------------------------------------------------------------


def test_a_refusal_for_an_unknown_figure_names_the_section_and_leads_to_the_passage(world, browser, report):
    passage = write(world, report, "There were {{ never }}.")

    page = browser("editor").post(address(report, "steps/submit/"), {"version": read(world, report).version})

    shown = page.content.decode()
    assert page.status_code == 400
    assert f'href="{address(report, f"sections/{SECTION}/")}#passage-{passage.uid}"' in shown
    assert "Objective I.1: There is no figure of this name: never." in shown


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        ("drafting", "an editor asks for internal clearance"),
        ("circulated", "when every comment has an answer"),
        ("issued", "put right by a corrigendum"),
    ],
)
def test_at_each_stage_the_secretariat_reads_what_comes_next_and_a_state_does_not(browser, walked, stage, told):
    report = walked(stage)

    editor, state = (browser(who).get(address(report)).content.decode() for who in ("editor", "coordinator.kaz"))

    assert told in editor
    assert told not in state


@pytest.fixture
def walked(world, request, report):
    def walk(stage: str) -> Report:
        if stage != "drafting":
            request.getfixturevalue("circulated")
        if stage == "issued":
            step(world, report, "close", reason=EARLY)
            step(world, report, "issue")
        return read(world, report)

    return walk


def test_what_cannot_be_taken_back_is_folded_and_says_so(world, browser, circulated):
    closing = browser("editor").get(address(circulated)).content.decode()
    step(world, circulated, "close", reason=EARLY)

    page = browser("editor").get(address(circulated))

    issue = next(one for one in page.context["steps"] if one["step"].name == "issue")
    assert "The States were told that they can comment until the end of" in closing
    assert (issue["is_folded"], issue["is_open"]) == (True, False)
    assert "It can be read by: everyone." in issue["told"]


def test_of_many_editions_only_the_one_that_is_read_now_is_opened(world, browser, circulated):
    step(world, circulated, "close", reason=EARLY)
    step(world, circulated, "issue")
    for number in range(2):
        step(world, circulated, "correct", reason=f"Correction {number}.")
    update = world.update("KAZ", "I.1.2")
    update.withdraw(by=world.who("coordinator.kaz"), version=update.version, reason="Not so.")

    with CaptureQueriesContext(connection) as asked:
        page = browser("observer").get(address(circulated))

    assert [bool(drift) for _edition, drift in page.context["editions"]] == [True, False, False]
    assert sum('"snapshot"' in one["sql"] for one in asked) == 1


def test_each_version_of_a_passage_shows_what_it_changed(world, browser, report):
    passage = write(world, report, "Much was done.")
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        passage.edit(by=world.who("editor"), version=1, text="Little was done.")

    page = browser("editor").get(address(report, f"passages/{passage.uid}/versions/")).content.decode()

    assert "[removed: Much][added: Little] was done." in lxml.html.fromstring(page).text_content()


def test_of_what_was_saved_in_one_sitting_the_last_is_shown_and_every_version_is_kept(world, browser, report):
    passage = write(world, report, "Much")
    for version, text in enumerate(("Much was", "Much was done", "Much was done."), 1):
        passage.edit(by=world.who("editor"), version=version, text=text)
    place = address(report, f"passages/{passage.uid}/versions/")

    short, whole = (browser("editor").get(f"{place}{asked}").content.decode() for asked in ("", "?all"))

    assert re.findall(r'id="version-(\d)"', short) == ["4"]
    assert "Saved in all: 4." in short
    assert re.findall(r'id="version-(\d)"', whole) == ["4", "3", "2", "1"]


def test_an_issued_edition_is_read_as_a_page_in_every_language(world, browser, circulated):
    step(world, circulated, "close", reason=EARLY)
    step(world, circulated, "issue")
    reader = browser("observer")

    page = reader.get(address(circulated)).content.decode()

    found = re.findall(r'href="(/api/v1/editions/[^"]+\.html\?language=\w\w)"', page)
    assert [one[-2:] for one in found] == ["en", "ru"]
    assert [reader.get(one).status_code for one in found] == [200, 200]
