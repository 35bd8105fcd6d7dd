"""What a State's contribution holds: its statement, its cleared words, what is missing, what is signed for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from commitments.content import SECTIONS, Rating
from reporting.facts import Section
from reporting.kinds import KINDS
from reporting.manuscript import Statement, Wording
from reporting.national_contribution import build, sections
from reporting.renderers import RENDERERS
from tests.reporting.readers import squeezed, text_of
from tests.reporting.released import table, texts
from tests.reporting.small_plan import MADE_ON, facts, headings, numbers, passage, standing, update, written

STANDING = (
    standing("KAZ", "I", 2, 1, 1, 0, 0, 1, not_reconfirmed=1),
    standing("KAZ", "II", 1, 0, 0, 0, 1, 0, not_reconfirmed=0),
    standing("KAZ", "IV", 2, 1, 0, 1, 0, 0, not_reconfirmed=0),
)
RECEIPT = "0123456789abcdef" * 4


def own_facts(*updates, **changes):
    """What Kazakhstan itself reads."""
    told = facts(*updates)
    values = {"audience": "state", "states": told.states[:1], "standing": STANDING} | changes
    return replace(told, **values)


def cleared(code="I.1.1", rating="limited", status="cleared", **more):
    return update("KAZ", code, rating, status=status, **more)


def three():
    return own_facts(cleared("I.1.1"), cleared("II.1.1", status="published"), cleared("IV.SPRR.1", status="accepted"))


def contribution(told, *passages, **more):
    return build(told, written(*passages, **more), made_on=MADE_ON)


def signed(text="We did much.", language="en", translations=()):
    return Statement("KAZ", Wording(text, translations), language, dt.date(2028, 1, 5), RECEIPT)


def test_every_row_of_what_is_due_adds_up():
    *rows, total = numbers(table(contribution(three()), "standing-table"))

    for row in (*rows, total):
        assert row["open"] + row["cleared"] + row["accepted"] + row["published"] == row["due"]
        assert row["overdue"] <= row["open"]
    for key in ("due", "open", "cleared", "accepted", "published", "overdue", "not_reconfirmed"):
        assert sum(row[key] for row in rows) == total[key]


@pytest.mark.parametrize("anchor", ["figures-pillars", "figures-objectives"])
def test_figures_by_rating_add_up_to_what_is_due(anchor):
    *rows, total = numbers(table(contribution(three()), anchor))

    for row in (*rows, total):
        assert sum(row[rating.value] for rating in Rating) == row["reported"]
        assert row["reported"] + row["empty"] == row["due"]
    assert (total["due"], total["reported"], total["empty"]) == (5, 3, 2)


def test_what_is_not_reconfirmed_is_told_only_where_it_is_known():
    unknown = own_facts(standing=tuple(replace(one, not_reconfirmed=None) for one in STANDING))

    columns = [column.key for column in table(contribution(unknown), "standing-table").columns]

    assert "not_reconfirmed" not in columns


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_no_word_of_an_update_that_is_not_cleared_is_shown_or_counted(status):
    told = own_facts(cleared("I.1.1", status=status, words=dict.fromkeys(SECTIONS, "Canary.")))

    document = contribution(told)

    assert "anary" not in RENDERERS["json"].render(document).decode()
    assert numbers(table(document, "figures-pillars"))[-1]["reported"] == 0
    assert "No update is cleared yet." in texts(document)


def test_every_word_of_a_cleared_update_stands_in_the_contribution_once():
    told = own_facts(cleared("I.1.1", words={name: f"Canary-{name}." for name in SECTIONS}))

    content = RENDERERS["json"].render(contribution(told)).decode()

    assert [content.count(f"Canary-{name}.") for name in SECTIONS] == [1] * len(SECTIONS)


@pytest.mark.parametrize("status", ["cleared", "accepted", "published"])
def test_each_update_stands_with_its_rating_and_status(status):
    said = texts(contribution(own_facts(cleared("I.1.1", "substantial", status=status))))

    assert any(text.startswith(f"Substantial progress. Status: {status}. Trend: forward.") for text in said)


def test_resources_stand_as_stated_and_are_not_summed():
    told = own_facts(cleared("I.1.1", words={"resources_in_cash": "1 m KZT", "resources_in_kind": "Two buses"}))

    resources = table(contribution(told), "resources-table")

    assert [(row["code"], row["kind"], row["words"]) for row in numbers(resources)] == [
        ("I.1.1", "Resources in cash", "1 m KZT"),
        ("I.1.1", "Resources in kind", "Two buses"),
    ]
    assert not resources.footer


def test_assistance_leads_back_to_its_update():
    told = own_facts(cleared("I.1.1", words={"assistance_needed": "A laboratory."}))

    ((code, *_rest, words),) = table(contribution(told), "assistance-table").rows

    assert (code.link, words.text) == ("#update-KAZ-I.1.1", "A laboratory.")


def test_what_is_missing_is_what_is_due_and_not_cleared():
    document = contribution(three())

    missing = numbers(table(document, "missing-table"))

    assert [(row["number"], row["codes"]) for row in missing] == [(1, "I.1.2"), (1, "IV.SPRR.2"), (2, "")]
    assert "2 of 5 items that are due have no update here (not cleared)." in texts(document)


def test_nothing_missing_is_said_in_a_sentence():
    everything = own_facts(*(cleared(code) for code in ("I.1.1", "I.1.2", "II.1.1", "IV.SPRR.1", "IV.SPRR.2")))

    said = texts(contribution(everything))

    assert "Every item that is due has an update here." in said
    assert "Every update that is due is here: nothing is left to explain." in said


def test_all_due_items_are_listed_with_status_and_rating():
    rows = numbers(table(contribution(three()), "due-table"))

    assert [(row["code"], row["status"], row["rating"]) for row in rows] == [
        ("I.1.1", "Cleared", "Limited progress"),
        ("I.1.2", "Not cleared", "–"),
        ("II.1.1", "Published", "Limited progress"),
        ("IV.SPRR.1", "Accepted", "Limited progress"),
        ("IV.SPRR.2", "Not cleared", "–"),
    ]


def test_the_manifest_lists_every_revision_that_is_shown():
    told = three()

    rows = numbers(table(contribution(told), "manifest-table"))

    assert [(row["code"], row["revision"]) for row in rows] == [(one.item, one.revision) for one in told.updates]


def test_a_signed_statement_stands_with_its_day_and_receipt():
    said = texts(contribution(three(), statements=(signed(),)))

    assert "We did much." in said
    assert said.count(f"Signed by the national coordinator on 5 January 2028. Receipt:\n{RECEIPT}") == 2


def test_an_unsigned_contribution_says_that_it_is_no_declaration():
    said = texts(contribution(three()))

    assert "The State has written no statement for this cycle yet." in said
    assert said.count("This contribution is not signed yet: it is no declaration of the State.") == 2


def test_a_statement_stands_in_its_own_language_with_its_translation_beneath():
    translated = signed("Мы сделали много.", "ru", (("en", "We did much."),))

    blocks = contribution(three(), statements=(translated,)).blocks

    said = [
        (block.text, block.language) for block in blocks if getattr(block, "language", "") and block.kind == "paragraph"
    ]
    assert said[:2] == [("Мы сделали много.", "ru"), ("We did much.", "en")]


def test_an_untranslated_statement_names_its_language():
    document = contribution(three(), statements=(signed("Мы сделали много.", "ru"),))

    assert "The statement was written in this language: Russian." in [
        block.text for block in document.blocks if block.kind == "note"
    ]


def test_another_states_statement_is_not_this_ones():
    other = replace(signed("Canary."), state="TJK")

    assert "anary" not in RENDERERS["json"].render(contribution(three(), statements=(other,))).decode()


def test_the_explanation_stands_with_its_figures_and_sources():
    document = contribution(three(), passage("explanation", "{{ empty }} wait for a law.", ("KAZ", "I.1.1")))

    said = next(block for block in document.blocks if getattr(block, "text", "") == "2 wait for a law.")
    assert [one.link for one in said.citations] == ["#update-KAZ-I.1.1"]


def test_the_declaration_names_the_state():
    said = " ".join(texts(contribution(three())))

    assert "the national coordinator declares on behalf of Kazakhstan that the updates listed in the manifest" in said


def test_a_wider_audience_learns_only_what_is_released():
    whole = facts(update("KAZ", "I.1.1"), update("TJK", "I.1.2", words={"measures_taken": "Canary."}), audience="un")

    document = build(whole, written(), made_on=MADE_ON, scope="state:KAZ")

    content = RENDERERS["json"].render(document).decode()
    assert "anary" not in content
    assert "ot cleared" not in content.replace("What is not cleared, and why", "")
    assert [row["status"] for row in numbers(table(document, "due-table"))] == ["Published", *["Awaiting"] * 4]
    assert "How far the other updates have come is known to the State alone." in texts(document)


@pytest.mark.parametrize("scope", ["", "state:FRA", "pillar:I"])
def test_a_contribution_of_no_state_or_of_several_is_refused(scope):
    with pytest.raises(ValueError, match="State"):
        build(facts(), written(), made_on=MADE_ON, scope=scope)


def test_an_empty_contribution_is_honest():
    said = " ".join(texts(contribution(own_facts(standing=()))))

    for sentence in (
        "No update is cleared yet.",
        "No cleared update names assistance that is needed.",
        "No cleared update names resources.",
        "5 of 5 items that are due have no update here (not cleared).",
        "There is no cleared update to list.",
        "No explanation is given here.",
    ):
        assert sentence in said


def test_every_section_that_may_be_written_is_in_the_contribution():
    wanted = [slug for slug, _label in sections(facts())]

    document = contribution(three(), *(passage(slug, f"Words in {slug}.") for slug in wanted))

    assert [text for text in texts(document) if text.startswith("Words in")] == [f"Words in {slug}." for slug in wanted]


def test_items_stand_under_pillar_and_objective():
    names = headings(contribution(own_facts(cleared("I.1.1"))))

    start = names.index("What the State reports")
    assert names[start + 1 : start + 4] == ["Pillar I. Title of I", "I.1. Aim I.1", "I.1.1 Do I.1.1"]


def test_the_registry_finds_the_contribution():
    assert (KINDS["national"].build, KINDS["national"].sections) == (build, sections)


@pytest.mark.parametrize("extension", ["html", "pdf"])
def test_the_contribution_opens_in_the_format(extension):
    document = contribution(three(), statements=(signed(),))

    shown = squeezed(text_of(extension, RENDERERS[extension].render(document)))

    for words in ("National contribution of Kazakhstan", "A law on I.1.1.", RECEIPT, "Annex II. Manifest"):
        assert squeezed(words) in shown


def test_a_request_in_another_language_stands_beside_its_translation_each_marked_with_its_language():
    asked = Section("assistance_needed", Wording("Лаборатория.", (("en", "A laboratory."),)))
    translated = replace(cleared("I.1.1"), sections=(asked,), language="ru")

    (row,) = table(contribution(own_facts(translated)), "assistance-table").rows
    plain = table(contribution(own_facts(cleared("I.1.1", words={"assistance_needed": "A bus."}))), "assistance-table")

    assert [(cell.text, cell.language) for cell in row[2:]] == [("Лаборатория.", "ru"), ("A laboratory.", "")]
    assert [column.key for column in plain.columns] == ["code", "item", "words"]
