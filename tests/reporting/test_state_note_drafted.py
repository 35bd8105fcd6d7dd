"""What the note on one State says of recommendations, and of what the State said of its draft."""

from __future__ import annotations

import pytest

from reporting.facts import Wording
from reporting.manuscript import FollowUp, Recommendation, Remark
from reporting.renderers import RENDERERS
from tests.reporting.noted import crowded, lines, note, notes
from tests.reporting.readers import open_pdf, text_of
from tests.reporting.released import table, texts
from tests.reporting.small_plan import facts, headings, update


def test_recommendations_stand_in_full_with_what_became_of_the_last_ones():
    made = Recommendation(1, Wording("Train more officers, on {{ empty }} items."), "states", ("I.1.1",))
    followed = FollowUp(2, Wording("Do it."), "partners", "in_hand", Wording("It began."))

    document = note(facts(), recommendations=(made,), follow_ups=(followed,))

    assert "Recommendation 1, to the Member States. Train more officers, on 15 items." in texts(document)
    assert "Action items: I.1.1." in texts(document)
    assert lines(document, "Recommendations") == ["2 (in hand): Do it. It began."]


def test_comments_on_the_draft_stand_with_how_each_was_met():
    said = (
        Remark("KAZ", "0", "Это не так.", "ru", "partly", "The source says otherwise."),
        Remark("KAZ", "3", "Add a year.", "en", "accepted", "It is added."),
    )

    document = note(facts(), remarks=said)

    told = "Kazakhstan made 2 comments on the draft that was circulated to it. Accepted: 1; partly accepted: 1."
    assert told in texts(document)
    rows = table(document, "remarks-table").rows
    assert [[cell.text for cell in row] for row in rows] == [
        ["Whole draft", "Это не так.", "Partly accepted", "The source says otherwise."],
        ["3", "Add a year.", "Accepted", "It is added."],
    ]
    assert rows[0][1].language == "ru"


def test_a_comment_of_another_state_never_stands_in_the_note():
    others = Remark("TJK", "3", "Canary.", "en", "accepted", "Canary.")
    document = note(facts(), remarks=(Remark("KAZ", "3", "Ours.", "en", "accepted", "Yes."), others))

    for extension in ("json", "html", "xlsx", "csv"):
        assert "anary" not in text_of(extension, RENDERERS[extension].render(document))
    assert "Kazakhstan made 1 comment" in " ".join(texts(document))


def test_comments_without_room_stand_whole_in_the_workbook():
    remarks = tuple(Remark("KAZ", str(number), f"{number} {'a' * 200}", "en", "partly", "b") for number in range(1, 6))

    document = note(facts(), remarks=remarks)

    shown = [row[0].text for row in table(document, "remarks-table").rows]
    assert shown == ["1", "2"]
    assert "3 more stand in the workbook, the package of tables and the JSON of this note." in notes(document)
    whole = table(document, "remarks-all")
    assert whole.is_for_sheets
    assert [row[0].text for row in whole.rows] == ["1", "2", "3", "4", "5"]


def test_beside_what_people_recommend_the_rules_choose_less():
    told = facts(*(update("KAZ", code) for code in ("I.1.1", "I.1.2", "II.1.1")))
    made = Recommendation(1, Wording("Go on."), "states")

    shown = lines(note(told, recommendations=(made,)), "Main measures and results")

    assert [line.split()[0] for line in shown] == ["I.1.1", "II.1.1"]
    assert "at most 1 item of each pillar" in notes(note(told, recommendations=(made,)))
    assert "at most 2 items of each pillar" in notes(note(told))


def test_without_recommendations_and_comments_no_heading_speaks_of_them():
    assert not {"Recommendations", "Comments on the draft"} & set(headings(note(facts())))


@pytest.mark.parametrize(("language", "text"), [("en", "Train the officers of the border. " * 4),
                                                ("ru", "Обучить сотрудников границы. " * 4)])  # fmt: skip
def test_two_recommendations_and_comments_leave_the_note_its_two_pages(language, text):
    document = note(
        crowded(language, 100),
        language=language,
        recommendations=tuple(Recommendation(number, Wording(text), "states", ("I.1.1",)) for number in (1, 2)),
        follow_ups=(FollowUp(1, Wording(text), "states", "done"),),
        remarks=tuple(Remark("KAZ", str(number), text, language, "partly", text) for number in range(1, 7)),
    )

    assert len(open_pdf(RENDERERS["pdf"].render(document)).pages) == 2
