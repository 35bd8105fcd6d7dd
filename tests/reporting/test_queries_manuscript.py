"""What people wrote for a report, read as they left it."""

from __future__ import annotations

import datetime as dt

import pytest

from reporting.frozen import freeze
from reporting.manuscript import Cited, FollowUp, Manuscript, Masthead, Recommendation
from reporting.models import Contribution, Passage, Remark, Report
from reporting.models import Recommendation as Recommended
from reporting.queries import manuscript_of
from tests.builders import World
from tests.reporting.reports import EARLY, EMPTY, commented, walk_report, written
from tests.reporting.worlds import noon

READS = 4


def fresh(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def signed(world: World, state: str = "KAZ", text: str = "We did much.", *, audience: str = "public", **words) -> str:
    """Write a State's statement, sign it, and answer the receipt."""
    coordinator = world.who(f"coordinator.{state.lower()}")
    member = world.states[state]
    version = getattr(Contribution.objects.filter(cycle=world.cycle, member_state=member).first(), "version", 0)
    contribution = Contribution.write(
        world.cycle, member, by=coordinator, version=version, text=text, audience=audience, **words
    )
    manifest = freeze([state, text])
    signature = contribution.sign(by=coordinator, version=contribution.version, manifest=lambda _one: (manifest, 0))
    return signature.receipt


def test_a_report_in_which_nothing_is_written_has_an_empty_manuscript(world):
    assert manuscript_of(walk_report(world, "outline")) == Manuscript()


def test_the_masthead_is_what_the_editor_set(world):
    report = walk_report(world, "drafting")

    report.set_masthead(
        by=world.who("editor"),
        version=report.version,
        symbol="A/83/1",
        session="Eighty-third session",
        agenda_item="Item 7",
    )

    assert manuscript_of(report).masthead == Masthead("A/83/1", "Eighty-third session", "Item 7", "en")


def test_passages_stand_in_their_order_with_what_they_cite(world):
    report = walk_report(world, "drafting")
    first = written(world, report, text="First.", translations={"ru": {"text": "Первый."}})
    second = written(world, report, title="Seen here", text="Second.", form="good_practice", cites=["KAZ:I.1.1"])
    retired = written(world, report, text="Third.")

    retired.retire(by=world.who("editor"), version=retired.version)
    second.move(by=world.who("editor"), version=second.version, before=first)

    passages = manuscript_of(report).of("summary")
    assert [(one.text.text, one.form, one.title.text) for one in passages] == [
        ("Second.", "good_practice", "Seen here"),
        ("First.", "paragraph", ""),
    ]
    assert passages[0].cites == (Cited("KAZ", "I.1.1"),)
    assert passages[1].text.translated("ru") == "Первый."
    assert passages[0].uid == str(Passage.objects.get(pk=second.pk).uid)


def test_passages_of_another_report_are_not_among_them(world):
    report, other = walk_report(world, "drafting"), walk_report(world, "drafting", audience="un")
    written(world, other)

    assert manuscript_of(report).passages == ()


def test_recommendations_keep_their_numbers_when_one_is_retired(world):
    report, editor = walk_report(world, "drafting"), world.who("editor")
    Recommended.add(report, by=editor, text="Meet.", items=["I.1.1"])
    second = Recommended.add(report, by=editor, text="Wait.")
    Recommended.add(report, by=editor, text="Give.", addressee="partners")

    second.retire(by=editor, version=second.version)

    (first, third) = manuscript_of(report).recommendations
    assert first == Recommendation(1, first.text, "states", ("I.1.1",))
    assert (third.number, third.text.text, third.addressee) == (3, "Give.", "partners")


def test_follow_ups_tell_what_became_of_the_last_reports_recommendations(world):
    report, earlier, editor = (
        walk_report(world, "drafting"),
        walk_report(world, "drafting", audience="un"),
        world.who("editor"),
    )
    Recommended.add(earlier, by=editor, text="Meet.")
    asked = Recommended.add(earlier, by=editor, text="Give.", addressee="partners")

    Recommended.follow_up(report, asked, by=editor, version=0, outcome="done", text="Much was given.")

    manuscript = manuscript_of(report)
    (one,) = manuscript.follow_ups
    assert one == FollowUp(2, one.text, "partners", "done", one.remarks)
    assert (one.text.text, one.remarks.text) == ("Give.", "Much was given.")
    assert manuscript.recommendations == ()
    assert manuscript_of(earlier).follow_ups == ()


def test_comments_are_told_once_they_are_answered_by_paragraph_and_state(world):
    report, editor = walk_report(world, "circulated"), world.who("editor")
    made = (("UZB", "10", "Wrong."), ("TJK", "9", "Add."), ("KAZ", "9", "Drop."), ("KAZ", "2", "So."))
    remarks = [
        Remark.make(report, place, text, by=world.who(f"coordinator.{code.lower()}"), member_state=world.states[code])
        for code, place, text in made
    ]

    for remark in remarks[:3]:
        remark.answer("partly", "As the source says.", by=editor)

    told = manuscript_of(fresh(report)).remarks
    assert [(one.paragraph, one.state, one.text) for one in told] == [
        ("9", "KAZ", "Drop."),
        ("9", "TJK", "Add."),
        ("10", "UZB", "Wrong."),
    ]
    assert {(one.verdict, one.reason, one.language) for one in told} == {("partly", "As the source says.", "en")}


def test_comments_on_a_draft_that_was_circulated_before_are_not_told_again(world):
    report, editor, reviewer = walk_report(world, "circulated"), world.who("editor"), world.who("reviewer")
    commented(world, report, text="Of the first draft.").answer("accepted", "So it is.", by=editor)
    due = noon(world).date() + dt.timedelta(days=20)
    steps = [("close", editor, {"reason": EARLY}), ("reopen", editor, {"reason": "News."}), ("submit", editor, {}),
             ("circulate", reviewer, {"comments_due_on": due})]  # fmt: skip

    report = fresh(report)
    for name, by, words in steps:
        report.take_step(name, by=by, version=report.version, snapshot=lambda _report: EMPTY, **words)

    assert manuscript_of(report).remarks == ()
    commented(world, report, text="Of the second.").answer("accepted", "So it is.", by=editor)
    assert [one.text for one in manuscript_of(report).remarks] == ["Of the second."]


def test_statements_are_those_that_the_states_signed_last_in_english_alphabetical_order(world):
    signed(world, "UZB", "Uzbek words.")
    signed(world, "KAZ", "First words.")
    receipt = signed(world, "KAZ", "Last words.", original_language="ru", translations={"en": {"text": "In English."}})
    coordinator = world.who("coordinator.tjk")
    Contribution.write(world.cycle, world.states["TJK"], by=coordinator, version=0, text="Not signed.")

    statements = manuscript_of(walk_report(world, "drafting")).statements

    assert [(one.state, one.text.text) for one in statements] == [("KAZ", "Last words."), ("UZB", "Uzbek words.")]
    assert (statements[0].language, statements[0].receipt) == ("ru", receipt)
    assert statements[0].text.translated("en") == "In English."


@pytest.mark.parametrize(
    ("audience", "states"), [("public", ["TJK"]), ("participants", ["KAZ", "TJK"]), ("un", ["KAZ", "TJK", "UZB"])]
)
def test_a_statement_is_read_by_whom_its_state_lets_read_it(world, audience, states):
    for state, released_to in (("KAZ", "participants"), ("TJK", "public"), ("UZB", "un")):
        signed(world, state, audience=released_to)

    statements = manuscript_of(walk_report(world, "drafting", audience=audience)).statements

    assert [one.state for one in statements] == states


def test_a_statement_signed_anew_for_fewer_readers_takes_the_earlier_one_back(world):
    signed(world, "KAZ", "For all.", audience="public")

    signed(world, "KAZ", "For the UN.", audience="un")

    assert manuscript_of(walk_report(world, "drafting")).statements == ()


def test_a_report_on_one_state_has_its_statement_alone(world):
    signed(world, "KAZ")
    signed(world, "TJK")

    report = walk_report(world, "drafting", kind="state-note", member_state=world.states["TJK"])

    assert [one.state for one in manuscript_of(report).statements] == ["TJK"]


def test_reads_are_as_many_for_much_as_for_nothing(world, django_assert_num_queries):
    report = fresh(walk_report(world, "circulated"))
    with django_assert_num_queries(READS):
        manuscript_of(report)

    for state in ("KAZ", "TJK"):
        signed(world, state)
        commented(world, report, state).answer("accepted", "So it is.", by=world.who("editor"))
        Recommended.add(report, by=world.who("editor"), text="Meet.")
        written(world, report)

    with django_assert_num_queries(READS):
        manuscript = manuscript_of(report)
    lengths = {len(getattr(manuscript, name)) for name in ("passages", "recommendations", "remarks", "statements")}
    assert lengths == {2}
