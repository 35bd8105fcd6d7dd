"""What a thematic report is of, and what it says of that and of nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commitments.content import Rating
from reporting import figures
from reporting.document import Figure, Reference, spans
from reporting.facts import Tombstone
from reporting.kinds import KINDS
from reporting.manuscript import FollowUp, Recommendation, Remark, Wording
from reporting.renderers import RENDERERS
from reporting.thematic_report import build, scope_label, scopes, sections
from tests.reporting.readers import squeezed, text_of
from tests.reporting.released import table, texts
from tests.reporting.small_plan import MADE_ON, activity, facts, headings, numbers, passage, reported, update, written

SCOPES = {
    "pillar:I": ("Pillar I. Title of I", ["I.1.1", "I.1.2"]),
    "objective:I.1": ("Objective I.1. Aim I.1", ["I.1.1", "I.1.2"]),
    "pillar:II": ("Pillar II. Title of II", ["II.1.1", "II.1.2"]),
    "objective:II.1": ("Objective II.1. Aim II.1", ["II.1.1", "II.1.2"]),
    "pillar:IV": ("Pillar IV. Title of IV", ["IV.SPRR.1", "IV.SPRR.2"]),
    "objective:IV.SPRR": ("Objective IV.SPRR. Aim IV.SPRR", ["IV.SPRR.1", "IV.SPRR.2"]),
    "sprr": ("Aim IV.SPRR", ["IV.SPRR.1", "IV.SPRR.2"]),
    "theme:youth": ("Youth", ["I.1.2", "II.1.1"]),
    "theme:prisons": ("Prisons", []),
}


def report(told, scope, *passages, **more):
    return build(told, written(*passages, **more), made_on=MADE_ON, scope=scope)


def test_all_possible_scopes_are_listed_with_their_names():
    assert dict(scopes(facts())) == {scope: label for scope, (label, _codes) in SCOPES.items()}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_report_is_of_the_items_of_its_scope(scope):
    label, codes = SCOPES[scope]

    document = report(reported(), scope)

    assert document.title == f"Thematic report: {label}" == f"Thematic report: {scope_label(facts(), scope)}"
    items = [one for one in document.tables if one.anchor == "items-table"]
    assert [row[0].text for one in items for row in one.rows] == codes


@pytest.mark.parametrize("scope", ["", "pillar", "pillar:V", "objective:I", "theme:", "theme:x", "SPRR", "state:KAZ"])
def test_an_unknown_scope_is_refused(scope):
    for ask in (lambda: report(facts(), scope), lambda: scope_label(facts(), scope)):
        with pytest.raises(ValueError, match="scope"):
            ask()


def test_there_is_no_sprr_where_the_plan_has_no_such_block():
    without = replace(facts(), pillars=facts().pillars[:2])

    assert "sprr" not in dict(scopes(without))


@pytest.mark.parametrize("scope", [scope for scope, (_label, codes) in SCOPES.items() if codes])
@pytest.mark.parametrize("anchor", ["figures-objectives", "figures-states", "heat-table"])
def test_figures_add_up_by_row_and_to_their_totals(scope, anchor):
    *rows, total = numbers(table(report(reported(), scope), anchor))

    for row in (*rows, total):
        rated = sum(row[rating.value] for rating in Rating)
        assert rated == row["reported"]
        assert rated + row["empty"] == row["due"]
    for key in ("due", "reported", "empty", *(rating.value for rating in Rating)):
        assert sum(row[key] for row in rows) == total[key], key


def test_the_total_is_counted_as_the_review_report_counts_these_items():
    told = reported()

    total = numbers(table(report(told, "theme:youth"), "figures-objectives"))[-1]

    expected = figures.of_items(told, [item for item in told.items if "youth" in item.themes])
    assert (total["due"], total["reported"], total["empty"]) == (expected.due, expected.reported, expected.empty)


def test_an_update_that_nobody_owes_stands_beside_the_figures():
    said = " ".join(texts(report(reported(), "objective:II.1")))

    assert "1 update on an item that no State owes stands beside these figures." in said


def test_no_total_calls_itself_the_whole_plan():
    document = report(reported(), "theme:youth")

    assert "Whole plan" not in RENDERERS["json"].render(document).decode()


def test_the_matrix_has_a_cell_with_words_for_every_item_and_state():
    told = facts(update("TJK", "I.1.2", "substantial"), tombstones=(Tombstone("UZB", "II.1.1", "a"),))

    rows = table(report(told, "theme:youth"), "matrix").rows

    assert [[cell.text for cell in (row[0], *row[2:])] for row in rows] == [
        ["I.1.2", "Awaiting", "Substantial progress", "Awaiting"],
        ["II.1.1", "Awaiting", "Awaiting", "Withdrawn"],
    ]


def test_the_picture_stands_with_its_table():
    (picture,) = [block for block in report(reported(), "pillar:I").blocks if isinstance(block, Figure)]

    assert picture.table == "heat-table"


def test_words_of_the_scope_stand_in_the_report_and_no_others():
    names = ("measures_taken", "challenges", "gender_and_age", "human_rights", "assistance_needed")
    told = facts(
        update("KAZ", "I.1.2", words={name: f"Inside-{name}." for name in names}),
        update("KAZ", "I.1.1", words=dict.fromkeys(names, "Canary.")),
        activities=(activity("canary", "I.1.1"),),
    )

    content = RENDERERS["json"].render(report(told, "theme:youth")).decode()

    assert [content.count(f"Inside-{name}.") for name in names] == [1] * len(names)
    assert "anary" not in content


def test_gender_and_human_rights_are_counted_over_the_updates_of_the_scope():
    told = facts(
        update("KAZ", "I.1.2", words={"gender_and_age": "Girls were asked."}),
        update("TJK", "II.1.1"),
        update("TJK", "I.1.1", words={"gender_and_age": "Elsewhere."}),
    )

    said = texts(report(told, "theme:youth"))

    assert "Of 2 updates in this report, 1 speak of it." in said
    assert "I.1.2, Kazakhstan. Girls were asked." in said
    assert "No update in this report speaks of it." in said


def test_support_and_requests_are_those_of_the_scope():
    told = facts(
        update("UZB", "I.1.2", words={"assistance_needed": "Two trainers."}),
        activities=(activity("a", "I.1.2", "I.1.1"), activity("b", "I.1.1")),
    )

    document = report(told, "theme:youth")

    assert [row[1].text for row in table(document, "support-items").rows] == ["I.1.2"]
    assert [(row["state"], row["assistance"]) for row in numbers(table(document, "assistance-table"))] == [
        ("Uzbekistan", "Two trainers.")
    ]


def test_a_citation_leads_to_its_update_where_the_report_shows_it():
    told = facts(update("KAZ", "I.1.2"), update("KAZ", "I.1.1"))

    document = report(told, "theme:youth", passage("reports", "So it is.", ("KAZ", "I.1.2"), ("KAZ", "I.1.1")))

    said = next(block for block in document.blocks if getattr(block, "text", "") == "So it is.")
    assert [(one.text, one.link) for one in said.citations] == [
        ("Kazakhstan, I.1.2", "#update-KAZ-I.1.2"),
        ("Kazakhstan, I.1.1", ""),
    ]


def test_figures_in_text_are_those_that_the_editor_saw():
    document = report(
        facts(), "theme:youth", passage("picture", "Due in all: {{ due }}; pillar IV: {{ pillar.IV.due }}.")
    )

    assert "Due in all: 15; pillar IV: 6." in texts(document)


def test_a_passage_that_rests_on_a_withdrawn_update_says_so():
    told = facts(tombstones=(Tombstone("KAZ", "I.1.2", "a"),))

    said = " ".join(texts(report(told, "theme:youth", passage("reports", "Canary.", ("KAZ", "I.1.2")))))

    assert "Canary" not in said
    assert "withdrawn by its State (Kazakhstan, I.1.2)" in said


def test_good_practices_stand_in_boxes_or_are_missing_in_so_many_words():
    box = passage("good-practices", "They met weekly.", form="good_practice", title=Wording("Weekly meetings"))

    boxes = [block.title for block in report(facts(), "theme:youth", box).blocks if block.kind == "box"]

    assert boxes == ["Summary", "Good practice: Weekly meetings"]
    assert "The editors of this report name no good practice." in texts(report(facts(), "theme:youth"))


def test_recommendations_stand_in_the_report_and_lead_only_to_what_it_holds():
    made = Recommendation(1, Wording("Go on."), "states", ("I.1.2", "I.1.1", "A.I.1"))
    told = facts(update("KAZ", "I.1.2"), update("KAZ", "I.1.1"))

    followed = FollowUp(4, Wording("Begin."), "states", "done")
    document = report(told, "theme:youth", recommendations=(made,), follow_ups=(followed,))

    about = next(block for block in document.blocks if "Action items:" in spans(getattr(block, "text", "")))
    assert [part.anchor for part in about.text if isinstance(part, Reference)] == ["item-I.1.2"]
    assert [row["recommendation"] for row in numbers(table(document, "follow-up-table"))] == ["Begin."]


def test_comments_on_the_draft_stand_in_an_annex_with_how_each_was_met():
    said = Remark("TJK", "31", "Это не так.", "ru", "partly", "The source says otherwise.")

    document = report(facts(), "theme:youth", remarks=(said,))

    assert headings(document)[-2:] == ["Annex I. Action items", "Annex II. Comments of Member States on the draft"]
    (row,) = table(document, "remarks-table").rows
    assert [cell.text for cell in row] == [
        "Tajikistan", "31", "Это не так.", "Partly accepted", "The source says otherwise.",
    ]  # fmt: skip
    nobody = "No Member State has commented on a draft of this report."
    assert nobody in texts(report(facts(), "theme:youth"))


def test_every_section_that_editors_may_write_is_in_the_report():
    wanted = [slug for slug, _label in sections(facts())]
    made = Recommendation(1, Wording("Go on."), "states")

    passages = (passage(slug, f"Words in {slug}.") for slug in wanted)
    content = RENDERERS["json"].render(report(facts(), "pillar:I", *passages, recommendations=(made,))).decode()

    places = [content.index(f"Words in {slug}.") for slug in wanted]
    assert places == sorted(places)


def test_a_theme_without_items_makes_an_honest_report():
    said = " ".join(texts(report(facts(), "theme:prisons")))

    assert "The plan under review has no action item of this kind: there is nothing to report." in said
    assert (
        "No update is due from the States on these items."
        in RENDERERS["json"].render(report(facts(), "theme:prisons")).decode()
    )


def test_objectives_of_several_pillars_are_told_with_their_pillars():
    names = headings(report(reported(), "theme:youth"))

    assert [name for name in names if name.startswith("Objective")] == [
        "Objective I.1. Aim I.1",
        "Objective II.1. Aim II.1",
    ]
    assert "Pillar II. Title of II." in texts(report(reported(), "theme:youth"))


def test_the_registry_finds_the_report():
    assert (KINDS["thematic"].build, KINDS["thematic"].sections) == (build, sections)


@pytest.mark.parametrize("extension", ["html", "pdf"])
def test_the_report_opens_in_the_format(extension):
    told = facts(update("KAZ", "I.1.2"), activities=(activity("a", "I.1.2"),))

    shown = squeezed(text_of(extension, RENDERERS[extension].render(report(told, "theme:youth"))))

    for words in ("Thematic report: Youth", "A law on I.1.2.", "Workshop a", "add up to “Due”", "No. "[:2]):
        assert squeezed(words) in shown
