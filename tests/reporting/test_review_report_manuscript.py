"""What people wrote in the regional review report: where it stands, with which figures and sources."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from reporting.document import Box, Bullets, Citation, Document, Heading, Note, Paragraph, Reference, plain, spans
from reporting.facts import Tombstone, Wording
from reporting.manuscript import (
    Cited,
    FollowUp,
    Manuscript,
    Masthead,
    Passage,
    Recommendation,
    Remark,
    Statement,
)
from reporting.review_report import LANGUAGES, sections
from tests.reporting import small_plan
from tests.reporting.released import table
from tests.reporting.reviewed import ROADMAP, report, under
from tests.reporting.small_plan import numbers, passage, reported, update, written

pytestmark = pytest.mark.same_on_every_engine

HEADINGS = {  # a section whose slug is not the name of its heading
    "objective-I-1": "objective-I.1",
    "objective-II-1": "objective-II.1",
}


def full() -> Manuscript:
    """Something of everything that people write."""
    passages = tuple(passage(slug, f"Canary-{slug}.") for slug, _label in sections(reported()))
    return Manuscript(
        masthead=Masthead("A/82/123", "Eighty-second session", "Agenda item 12", "ru"),
        passages=passages,
        recommendations=(Recommendation(1, Wording("Train more officers."), "states", ("I.1.1", "A.I.4", "II.1.2")),),
        follow_ups=(FollowUp(2, Wording("Do it."), "partners", "in_hand", Wording("It began.")),),
        remarks=(
            Remark("TJK", "31", "Это не так.", "ru", "partly", "The source says otherwise."),
            Remark("KAZ", "5", "Add a year.", "en"),
        ),
        statements=(
            Statement("UZB", Wording("We did much.\n- one thing"), "en", dt.date(2028, 1, 5), "cd" * 32),
            Statement("KAZ", Wording("Сделано.", (("en", "It is done."),)), "ru", dt.date(2028, 1, 4), "ab" * 32),
        ),
    )


def boxes(document: Document) -> list[Box]:
    return [block for block in document.blocks if isinstance(block, Box)]


# --- Passages ------------------------------------------------------------------------------------------


def test_every_section_shows_its_passages_at_its_head():
    manuscript = full()
    document = report(reported(), manuscript)

    for slug, _label in sections(reported())[1:]:
        said = under(document, HEADINGS.get(slug, slug))
        place = said.index(f"Canary-{slug}.")
        assert place == (1 if slug == "threads" else 0), slug
    assert "Canary-summary." in [plain(one.text) for one in boxes(document)[0].blocks if isinstance(one, Paragraph)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_manuscript_makes_the_same_fingerprint_twice(language, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        one, other = (report(replace(reported(), roadmap=ROADMAP), full(), language) for _ in range(2))

    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != report(reported(), language=language).fingerprint


def test_a_figure_in_a_passage_is_that_of_the_facts():
    document = report(reported(), written(passage("picture", "Of {{ due }} updates {{ reported }} are here.")))

    assert "Of 15 updates 7 are here." in under(document, "picture")


def test_passages_are_numbered_and_lists_in_them_stay_lists():
    document = report(reported(), written(passage("picture", "Two things:\n- one\n- another\n\nThat is all.")))

    place = next(place for place, one in enumerate(document.blocks) if getattr(one, "text", "") == "Two things:")
    first, listed, last = document.blocks[place : place + 3]
    assert int(last.number) == int(first.number) + 1
    assert isinstance(listed, Bullets)
    assert listed.items == ("one", "another")
    assert first.anchor == "passage-of-picture"


def test_a_citation_leads_to_its_update_where_the_report_has_it():
    facts = small_plan.facts(update("KAZ", "I.1.1"))
    document = report(facts, written(passage("picture", "Much was done.", ("KAZ", "I.1.1"), ("TJK", "I.1.2"))))

    (paragraph,) = [one for one in document.blocks if getattr(one, "text", "") == "Much was done."]

    assert paragraph.citations == (Citation("Kazakhstan, I.1.1", "#update-KAZ-I.1.1"), Citation("Tajikistan, I.1.2"))


def test_a_passage_that_rests_on_a_withdrawn_update_gives_way_to_a_sentence():
    facts = small_plan.facts(tombstones=(Tombstone("KAZ", "I.1.1", "ab"),))
    gone = passage("objective-I-1", "Canary.", ("KAZ", "I.1.1"), form="good_practice", title=Wording("Canary title"))

    document = report(facts, written(gone))

    assert under(document, "objective-I.1")[0] == (
        "A passage that stood here is not shown: it rests on what has been withdrawn by its State (Kazakhstan, I.1.1)."
    )
    assert "Canary" not in repr(document)


def test_a_good_practice_stands_in_a_box_under_its_title_with_its_sources():
    facts = small_plan.facts(update("KAZ", "I.1.1"))
    practice = passage("objective-I-1", "It works.", ("KAZ", "I.1.1"), form="good_practice", title=Wording("A course"))

    document = report(replace(facts, roadmap=ROADMAP), written(practice))

    (_summary, box) = boxes(document)
    assert (box.title, box.blocks[0].text) == ("Good practice: A course", "It works.")
    assert box.blocks[0].citations == (Citation("Kazakhstan, I.1.1", "#update-KAZ-I.1.1"),)
    assert "Good practices set out in boxes: 1." in under(document, "provision-A.C.4")[0]


def test_a_passage_is_read_in_translation_or_marked_with_its_language():
    both = Passage("a", "picture", Wording("Much was done.", (("ru", "Сделано много."),)))
    one = Passage("b", "picture", Wording("More is to come."))

    document = report(reported(), written(both, one), "ru")

    shown = {one.text: one.language for one in document.blocks if isinstance(one, Paragraph) and one.text}
    assert shown["Сделано много."] == "ru"
    assert shown["More is to come."] == "en"
    assert "Much was done." not in shown


def test_a_passage_without_words_leaves_nothing():
    document = report(reported(), written(Passage("a", "picture", Wording(" "), cites=(Cited("KAZ", "I.1.1"),))))

    assert document.fingerprint == report(reported()).fingerprint


# --- Masthead and conclusions ----------------------------------------------------------------------------


def test_the_masthead_holds_what_was_written_and_reserves_a_symbol():
    bare, titled = report(reported()), report(reported(), full())

    assert (bare.symbol, ("Symbol", "to be assigned") in bare.meta) == ("", True)
    assert titled.symbol == "A/82/123"
    assert {
        ("Session", "Eighty-second session"),
        ("Agenda item", "Agenda item 12"),
        ("Original language", "Russian"),
    } <= set(titled.meta)
    assert not {"Session", "Agenda item"} & {label for label, _value in bare.meta}


def test_a_recommendation_names_its_addressee_and_leads_to_its_items():
    facts = replace(small_plan.facts(update("KAZ", "I.1.1")), roadmap=ROADMAP)
    document = report(facts, full())

    place = next(place for place, one in enumerate(document.blocks) if getattr(one, "anchor", "") == "recommendation-1")
    words, about = document.blocks[place : place + 2]

    assert (words.lead, words.text) == ("Recommendation 1, to the Member States.", "Train more officers.")
    assert words.number
    assert plain(about.text) == "Action items: I.1.1, A.I.4, II.1.2."
    links = [part.anchor for part in spans(about.text) if isinstance(part, Reference)]
    assert links == ["item-I.1.1", "provision-A.I.4"]


def test_what_became_of_the_last_recommendations_stands_in_a_table():
    document = report(reported(), full())

    assert numbers(table(document, "follow-up-table")) == [
        {"number": 2, "recommendation": "Do it.", "outcome": "In hand", "remarks": "It began.",
         "addressee": "International and regional organizations and donors"},
    ]  # fmt: skip
    assert under(document, "follow-up") == ["Recommendations of the last report: 1. In hand: 1."]


# --- Annexes -----------------------------------------------------------------------------------------------


def test_statements_stand_as_submitted_in_the_order_of_states_with_their_receipts():
    document = report(reported(), full())

    names = [one.text for one in document.blocks if isinstance(one, Heading) and one.anchor.startswith("statement-")]
    assert names == ["Kazakhstan", "Uzbekistan"]
    assert under(document, "statement-KAZ") == ["Сделано.", "Translation: It is done."]
    notes = [plain(one.text) for one in document.blocks if isinstance(one, Note)]
    assert f"Written in Russian. Signed on 4 January 2028. Receipt: {'ab' * 32}." in notes


def test_comments_stand_with_how_each_was_met():
    document = report(reported(), full())

    rows = table(document, "remarks-table").rows
    assert [[cell.text for cell in row] for row in rows] == [
        ["Tajikistan", "31", "Это не так.", "Partly accepted", "The source says otherwise."],
        ["Kazakhstan", "5", "Add a year.", "Not answered", ""],
    ]
    assert rows[0][2].language == "ru"
    assert [(row["answer"], row["number"]) for row in numbers(table(document, "remarks-counted"))] == [
        ("Partly accepted", 1), ("Not answered", 1), ("All", 2),
    ]  # fmt: skip
