"""The contents of the regional report, clause by clause, in a cycle in which every State reports on every item.

Where one clause is examined in depth another file does that; here each is found in its place in one whole report.
"""

from __future__ import annotations

import pytest

from reporting.document import Box, Figure, Heading, Note, Paragraph, Quote, Reference, Table, plain, spans
from reporting.manuscript import Manuscript
from reporting.review_report import LANGUAGES, build
from tests.reporting.released import table
from tests.reporting.reviewed import under
from tests.reporting.small_plan import numbers
from tests.reporting.whole_cycle import MADE_ON, RATINGS, facts, manuscript, report

OBJECTIVES = 20


def rows(anchor: str) -> list[dict]:
    return numbers(table(report(), anchor))


def headings_under(anchor: str, level: int) -> list[Heading]:
    """The headings of one level inside a section."""
    found: list[Heading] = []
    is_inside = False
    for one in (block for block in report().blocks if isinstance(block, Heading)):
        if one.level < level:
            is_inside = one.anchor == anchor
        elif is_inside and one.level == level:
            found.append(one)
    return found


# --- Masthead, summary, introduction -------------------------------------------------------------------


def test_the_masthead_has_the_parts_of_a_document_of_the_united_nations():
    document = report()

    assert (document.symbol, document.date_on) == ("A/82/123", MADE_ON)
    assert document.title == "Review report on the implementation of the Joint Plan of Action in Central Asia"
    assert dict(document.meta) | {
        "Distribution": "General",
        "Original language": "English",
        "Session": "Eighty-second session",
        "Agenda item": "Agenda item 12",
    } == dict(document.meta)
    reserved = build(facts(), Manuscript(), made_on=MADE_ON, language="en")
    assert dict(reserved.meta)["Symbol"] == "to be assigned"


@pytest.mark.parametrize(("language", "place"), [("en", "Tashkent"), ("ru", "Ташкент")])
def test_the_place_of_adoption_stands_in_the_language_of_the_reader(language, place):
    document = report(language)

    assert any(f"({place}, 3 " in value for _label, value in document.meta)
    assert place in under(document, "mandate")[0]


def test_the_summary_is_a_box_before_everything_else():
    first = report().blocks[0]

    assert isinstance(first, Box)
    _what_it_is, written, listed = first.blocks
    assert plain(written.text) == "Canary-summary."
    assert plain(listed.items[0]) == "Updates due: 865. Reported: 860 (99.4 %). Not released: 5."


@pytest.mark.parametrize("part", ["mandate", "period", "method", "who-reported", "figures-meaning"])
def test_the_introduction_has_its_parts(part):
    assert part in [one.anchor for one in headings_under("introduction", 2)]
    assert under(report(), part)


def test_the_introduction_says_whose_assertion_the_figures_are():
    assert "each State's own assertion" in " ".join(under(report(), "figures-meaning"))


# --- Participation and the region ----------------------------------------------------------------------


def test_participation_counts_due_reported_on_time_late_and_nothing_to_report():
    *states, total = rows("participation-table")

    assert len(states) == len(facts().states) == 5
    for row in (*states, total):
        assert row["on_time"] + row["extended"] + row["late"] == row["reported"]
        assert row["reported"] + row["empty"] == row["due"]
        assert all(row[key] for key in ("on_time", "extended", "late", "not_applicable", "no_information", "empty"))
    assert "has not reconfirmed" in " ".join(under(report(), "due-and-reported"))
    assert [row["language"] for row in rows("languages-table")] == ["English", "Russian", "All"]


def test_the_region_is_counted_by_pillar_with_its_denominators():
    *pillars, total = rows("figures-pillars")

    assert [row["code"] for row in pillars] == ["I", "II", "III", "IV"]
    for row in (*pillars, total):
        assert sum(row[rating] for rating in RATINGS) == row["reported"]
        assert row["reported"] + row["empty"] == row["due"]
    assert total["due"] == sum(row["due"] for row in pillars) == 865


def test_the_region_is_compared_with_the_last_cycle():
    *pillars, total = rows("movement-table")

    assert total["reported"] == sum(total[key] for key in ("forward", "unchanged", "backward", "apart", "new")) == 860
    assert len(pillars) == 4
    assert all(total[key] for key in ("forward", "backward", "new"))


def test_coverage_is_of_the_twenty_objectives_and_what_nobody_reports_on_is_named():
    *objectives, _total = rows("coverage-table")

    assert len(objectives) == OBJECTIVES
    assert f"Pillar I: 1 of 57 items: {facts().items[1].code}." in under(report(), "silent")


# --- Objectives, threads, what cuts across -------------------------------------------------------------


@pytest.mark.parametrize("code", [one.code for pillar in facts().pillars for one in pillar.objectives])
def test_every_objective_has_its_figures_and_its_items_in_the_words_of_states(code):
    anchor = "sprr" if code.endswith("SPRR") else f"objective-{code}"

    said = " ".join(under(report(), anchor))

    assert "Updates due: " in said or "No update is due from the States" in said
    for lead in ("Measures taken.", "Results.", "Challenges.", "Next steps."):
        assert lead in said
    assert f"Canary-{anchor.replace('.', '-')}." in said


def test_a_good_practice_stands_in_a_box_with_its_source():
    (box,) = [one for one in report().blocks if isinstance(one, Box) and one.title == "Good practice: A course"]

    assert [one.text for one in box.blocks[-1].citations] == ["Kazakhstan, I.1.1"]


@pytest.mark.parametrize("thread", ["gender", "youth", "human-rights"])
def test_the_threads_have_sections_of_their_own(thread):
    assert thread in [one.anchor for one in headings_under("threads", 2)]
    assert under(report(), thread)[1:]


def test_sprr_is_a_section_with_its_stages():
    *stages, total = rows("sprr-stages")

    assert [row["items"] for row in stages] == [3, 7, 7]
    assert (total["items"], total["due"]) == (17, sum(row["due"] for row in stages))


@pytest.mark.parametrize(("section", "anchor"), [("joint", "joint-items"), ("strategies", "strategy-items")])
def test_joint_items_and_strategies_have_sections_of_their_own(section, anchor):
    assert under(report(), section)
    assert table(report(), anchor).rows


@pytest.mark.parametrize(
    ("by", "named", "counted", "expected"),
    [
        ("pillars", "code", "activities", {"I": 1, "II": 1, "III": 0, "IV": 0}),
        ("items", "code", "number", {"I.1.1": 1, "II.1.1": 1}),
        ("organizations", "organization", "activities", {"Helper": 1}),
        ("states", "state", "number",
         {"Kazakhstan": 1, "Kyrgyzstan": 0, "Tajikistan": 0, "Turkmenistan": 0, "Uzbekistan": 1}),
    ],
)  # fmt: skip
def test_support_of_partners_is_counted(by, named, counted, expected):
    assert {row[named]: row[counted] for row in rows(f"support-{by}")} == expected


def test_gaps_in_support_and_requests_for_assistance_are_named():
    assert len(under(report(), "gaps")) == 4
    asked = [one for one in facts().updates for each in one.sections if each.name == "assistance_needed"]
    assert len(rows("assistance-table")) == len(asked)


@pytest.mark.parametrize("provision", facts().roadmap, ids=[one.code for one in facts().roadmap])
def test_every_point_of_annex_a_is_quoted_and_answered(provision):
    assert under(report(), f"provision-{provision.code}")
    assert [one.text for one in report().blocks if isinstance(one, Quote)].count(provision.text.text) == 1


# --- Recommendations and annexes -----------------------------------------------------------------------


def test_recommendations_are_numbered_with_addressee_and_the_last_ones_are_followed_up():
    said = under(report(), "recommendations")

    assert "Recommendation 1, to the Member States. Train more officers." in said
    assert [row["outcome"] for row in rows("follow-up-table")] == ["In hand"]


def test_the_annexes_are_there_with_what_they_are_for():
    document = report()

    assert len(rows("items-table")) == 176
    assert len(rows("updates-table")) == len(facts().updates)
    assert under(document, "statement-UZB") == ["We did much."]
    assert [row["reason"] for row in rows("remarks-table")] == ["The source says otherwise."]
    assert len(rows("glossary-table")) > 15
    assert sum(row["number"] for row in rows("manifest-revisions")) == len(facts().updates)


def test_the_manifest_counts_all_that_the_report_was_made_from():
    counted = {row["what"]: row["number"] for row in rows("manifest-contents")}

    assert counted == {
        "Action items of the plan": 176,
        "Member States": 5,
        "Updates": len(facts().updates),
        "Updates withdrawn since": 0,
        "Activities of partners": 1,
        "Earlier cycles": 1,
        "Ratings from earlier cycles": len(facts().earlier[0].ratings),
        "Passages written by editors": len(manuscript().passages),
        "Recommendations": 1,
        "Recommendations of the last report": 1,
        "Statements of Member States": 1,
        "Comments of Member States on the draft": 1,
    }


# --- Numbers, contents, references ---------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_paragraphs_tables_and_figures_are_numbered_without_a_gap(language):
    document = report(language)

    for kind in (Paragraph, Table, Figure):
        given = [one.number for one in document.blocks if isinstance(one, kind) and one.number]
        assert given == [str(number) for number in range(1, len(given) + 1)]
    assert all(one.number for one in document.blocks if isinstance(one, Heading) and one.is_numbered)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_list_every_section_and_the_text_refers_to_every_figure(language):
    document = report(language)
    listed = {one.anchor for one in document.contents}

    assert {one.anchor for one in document.blocks if isinstance(one, Heading) and one.level <= 2} <= listed
    texts = [one.text for one in document.blocks if isinstance(one, Paragraph | Note)]
    referred = {part.anchor for text in texts for part in spans(text) if isinstance(part, Reference)}
    assert {one.anchor for one in document.blocks if isinstance(one, Figure)} <= referred
