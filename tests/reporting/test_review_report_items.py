"""What the regional review report says of objectives, items and themes, of partners and of the roadmap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commitments.content import SECTIONS
from commitments.models import RoadmapProvision
from reporting.document import Box, Bullets, Paragraph, Quote, Reference, Tone, plain, spans
from reporting.facts import (
    Participant,
    Place,
    Provision,
    Tombstone,
    Wording,
)
from tests.reporting import small_plan
from tests.reporting.readers import all_words
from tests.reporting.released import table
from tests.reporting.reviewed import PROVISIONS, ROADMAP, report, retold, under
from tests.reporting.small_plan import activity, headings, numbers, reported, update

# --- Objectives, SPRR, threads ---------------------------------------------------------------------------


def test_sprr_has_a_section_of_its_own_with_its_items_by_group():
    facts = retold(reported(), "IV.SPRR.1", group=Wording("Screening"))
    document = report(facts)

    at = headings(document)
    assert at.index("Screening") < at.index("IV.SPRR.1 Do IV.SPRR.1") < at.index("IV.SPRR.2 Do IV.SPRR.2")
    assert [row["stage"] for row in numbers(table(document, "sprr-stages"))] == ["Screening", "Action items", "All"]
    assert any("stands in section VII." in text for text in under(document, "pillar-IV"))


def test_every_word_of_an_update_stands_once_and_a_line_leads_to_it():
    words = {name: f"Canary-{name}." for name in SECTIONS}
    document = report(small_plan.facts(update("KAZ", "I.1.1", words=words)))

    said = all_words(document)

    assert [sum(f"Canary-{name}." in text for text in said) for name in SECTIONS] == [1] * len(SECTIONS)
    (line,) = [one for one in document.blocks if isinstance(one, Paragraph) and "Gender and age: " in plain(one.text)]
    links = [part.anchor for part in spans(line.text) if isinstance(part, Reference)]
    assert links == ["gender-and-age-KAZ-I.1.1", "human-rights-KAZ-I.1.1", "assistance-table"]
    assert "Canary-gender_and_age." in " ".join(under(document, "gender"))
    assert "Canary-human_rights." in " ".join(under(document, "human-rights"))


def test_a_thread_lists_the_items_of_its_theme():
    facts = small_plan.facts(update("KAZ", "I.1.2"))
    document = report(facts)

    assert [row[0].text for row in table(document, "theme-youth").rows] == ["I.1.2"]
    assert under(document, "youth") == [
        "The plan has 2 action items on this; an update is released on 1 of them.",
        "No update is released on: II.1.1.",
    ]
    assert "The plan under review has no action item of its own on this." in under(document, "human-rights")


def test_joint_items_and_strategies_are_listed_with_their_ratings():
    facts = retold(reported(), "I.1.2", text=Wording("To update national strategies."))
    facts = retold(facts, "II.1.2", text=Wording("To support strategies."))  # addressed to partners
    document = report(facts)

    assert [row[0].text for row in table(document, "joint-items").rows] == ["I.1.1"]
    assert [row[0].text for row in table(document, "strategy-items").rows] == ["I.1.2"]
    assert "Updates due: 3. Reported: 2, or 66.7 % (limited progress 1, substantial progress 1); awaiting: 1." in (
        " ".join(under(document, "strategies"))
    )


# --- Withdrawal -----------------------------------------------------------------------------------------


def test_a_withdrawn_update_leaves_a_word_in_the_matrix_and_a_line_under_its_item():
    facts = small_plan.facts(update("TJK", "I.1.1"), tombstones=(Tombstone("KAZ", "I.1.1", "ab"),))
    document = report(facts)

    (row,) = [row for row in table(document, "matrix-I").rows if row[0].text == "I.1.1"]
    assert (row[2].text, row[2].tone) == ("Withdrawn", Tone.WITHDRAWN)
    assert "Kazakhstan. The State has withdrawn the update that stood here." in under(document, "item-I.1.1")
    assert [row["reported"] for row in numbers(table(document, "participation-table"))] == [0, 1, 0, 1]


def test_an_item_whose_only_update_is_withdrawn_keeps_its_place():
    document = report(small_plan.facts(tombstones=(Tombstone("KAZ", "I.1.2", "ab"),)))

    assert under(document, "item-I.1.2") == [
        "Kazakhstan. The State has withdrawn the update that stood here.",
        "No update is released on: I.1.1 Do I.1.1.",
    ]


# --- Partners, roadmap, annexes -----------------------------------------------------------------------------


def test_support_is_counted_by_pillar_state_and_organization_and_gaps_are_named():
    helper, other = Participant(Wording("Helper"), "lead"), Participant(Wording("Other"), "funding")
    facts = small_plan.facts(activities=(
        activity("one", "I.1.1", "II.1.1", participants=(other, helper)),
        activity("two", "I.1.1", states=("KAZ", "TJK"), participants=(helper,)),
    ))  # fmt: skip
    document = report(facts)

    pillars = numbers(table(document, "support-pillars"))
    assert [(row["activities"], row["supported"], row["gaps"]) for row in pillars] == [(2, 1, 1), (1, 1, 1), (0, 0, 2)]
    organizations = numbers(table(document, "support-organizations"))
    assert [(row["organization"], row["lead"], row["funding"], row["activities"], row["pillars"]) for row in
            organizations] == [("Helper", 2, 0, 2, "I, II"), ("Other", 0, 1, 1, "I, II")]  # fmt: skip
    assert [row["number"] for row in numbers(table(document, "support-states"))] == [2, 1, 0]
    assert under(document, "gaps")[0] == "Pillar I: 1 of 2 items: I.1.2."


def test_a_request_stands_beside_the_number_of_activities_on_it():
    facts = small_plan.facts(
        update("KAZ", "I.1.1", words={"assistance_needed": "Two trainers."}),
        activities=(activity("one", "I.1.1"), activity("two", "I.1.1", states=("TJK",))),
    )

    (row,) = numbers(table(report(facts), "assistance-table"))

    assert (row["state"], row["code"], row["assistance"], row["activities"]) == (
        "Kazakhstan", "I.1.1", "Two trainers.", 1,
    )  # fmt: skip


def test_every_provision_of_the_roadmap_is_quoted_once_and_answered():
    document = report(replace(reported(), roadmap=ROADMAP))

    quoted = [one.text for one in document.blocks if isinstance(one, Quote)]
    for provision in ROADMAP:
        assert quoted.count(provision.text.text) == 1
        (answered,) = under(document, f"provision-{provision.code}")
        assert answered
        assert answered != "Nothing in this report answers this provision."
    assert [str(RoadmapProvision.Part(part).label) for part in PROVISIONS] == [
        text for text in headings(document) if text in {"Implementation", "Monitoring and reporting", "Communication"}
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("A.I.2", "Updates that name resources in cash: 1; in kind: 0."),
        ("A.I.3", "Activities in the period for which a partner that funds them is recorded: 1 of 2."),
        ("A.I.5", "Requests for assistance in this report: 1."),
        ("A.I.6", "one of them supports: 0; that several support: 1; that none supports: 5."),
        ("A.M.1", "“Review 2028” runs from 1 September 2027 to 30 June 2028"),
        ("A.M.2", "Updates in this report: 2, of 1 of 3 Member States. Signed statements of Member States: 0."),
        ("A.C.1", "Updates in this report: 2. Of these released to the public"),
        ("A.C.2", "Updates with lessons learned: 1."),
        ("A.C.4", "Updates that name challenges: 0."),
    ],
)
def test_a_provision_is_answered_with_figures_of_the_facts(code, words):
    funding = Participant(Wording("Donor"), "funding")
    facts = small_plan.facts(
        update("KAZ", "I.1.1", words={"resources_in_cash": "Ten.", "assistance_needed": "Help."}),
        update("KAZ", "I.1.2", words={"lessons_learned": "One."}),
        activities=(activity("one", "I.1.1", participants=(funding,)), activity("two", "I.1.1")),
        roadmap=ROADMAP,
    )

    (answered,) = under(report(facts), f"provision-{code}")

    assert words in answered


def test_with_a_roadmap_the_introduction_names_its_provisions_on_monitoring_and_quotes_none():
    mandate = (Provision("A.M.2", Wording("Text of A.M.2."), Place("x", 951, 951)),)
    document = report(small_plan.facts(mandate=mandate, roadmap=ROADMAP))

    listed = next(one for one in document.blocks if isinstance(one, Bullets))

    assert [plain(one) for one in listed.items] == [f"{code} Short {code}" for code in PROVISIONS["monitoring"]]
    assert [one.text for one in document.blocks if isinstance(one, Quote)].count("Text of A.M.2.") == 1


def test_without_a_roadmap_the_mandate_is_quoted_in_the_introduction():
    mandate = (Provision("A.M.2", Wording("States shall contribute."), Place("x", 951, 951)),)

    quotes = [one for one in report(small_plan.facts(mandate=mandate)).blocks if isinstance(one, Quote)]

    assert [(one.text, one.source) for one in quotes] == [("States shall contribute.", "A.M.2, x, line 951")]


def test_the_annex_of_updates_has_a_row_for_each_and_the_manifest_every_revision():
    facts = reported()
    document = report(facts)

    rows = numbers(table(document, "updates-table"))
    assert [(row["code"], row["revision"]) for row in rows] == [(one.item, one.revision[:12]) for one in facts.updates]
    listed = " ".join(row["revisions"] for row in numbers(table(document, "manifest-revisions")))
    assert all(f"{one.item} {one.revision[:12]}" in listed for one in facts.updates)
    total = numbers(table(document, "manifest-figures"))[-1]
    assert (total["due"], total["reported"], total["empty"]) == (15, 7, 8)


def test_more_states_than_a_picture_has_room_for_leave_its_table_out():
    facts = reported()
    many = tuple(replace(facts.states[0], code=f"X{letter}Z") for letter in "ABCDEF")

    document = report(replace(facts, states=(*facts.states, *many)))

    assert "heat-table" not in {one.anchor for one in document.tables}
    assert isinstance(document.blocks[0], Box)
