"""What makes an update complete: rating x field, reasons, and carried text reconfirmed."""

from __future__ import annotations

import pytest

from commitments.errors import Invalid
from commitments.models import Revision
from tests.domain.attempts import edit, problems, report

WORDS = {
    "rating_reason": "The law is still before parliament.",
    "measures_taken": "A law was passed.",
    "adopted": "yes",
    "applied": "partly",
}
NEEDED = {
    "": {"rating", "trend"},
    "not_started": {"trend", "rating_reason"},
    "limited": {"trend", "measures_taken", "adopted", "applied"},
    "substantial": {"trend", "measures_taken", "adopted", "applied"},
    "implemented": {"trend", "measures_taken", "adopted", "applied"},
    "not_applicable": {"trend", "rating_reason"},
    "no_information": {"trend", "rating_reason"},
}
TRENDS = {
    "forward": set(),
    "unchanged": set(),
    "backward": {"rating_reason"},
    "first_report": set(),
}


@pytest.mark.parametrize("rating", NEEDED)
def test_a_rating_needs(world, rating):
    update = edit(world.update(), world.who("focal.kaz"), rating=rating, results="Beside the point.")

    named = problems(lambda: update.submit(by=world.who("focal.kaz"), version=update.version))

    assert {field for field, _ in named} == NEEDED[rating]
    assert {rule for _, rule in named} == {"required"}
    assert [(problem.field, problem.rule) for problem in update.missing()] == named


@pytest.mark.parametrize("trend", TRENDS)
@pytest.mark.parametrize("rating", [rating for rating in NEEDED if rating])
def test_with_all_that_is_needed_it_can_be_submitted_and_with_one_field_less_it_cannot(world, rating, trend):
    focal = world.who("focal.kaz")
    needed = (NEEDED[rating] - {"trend"}) | TRENDS[trend]
    content = {field: WORDS[field] for field in needed}
    update = edit(world.update(), focal, rating=rating, trend=trend, **content)

    complete = update.missing()

    lacking = {}
    for field in needed:
        edit(update, focal, **{field: ""})
        lacking[field] = {problem.field for problem in update.missing()}
        edit(update, focal, **{field: WORDS[field]})
    assert complete == []
    assert lacking == {field: {field} for field in needed}
    update.submit(by=focal, version=update.version)
    assert update.status == "submitted"


def test_spaces_are_no_reason(world):
    focal = world.who("focal.kaz")
    update = edit(world.update(), focal, rating="no_information", trend="unchanged", rating_reason=" \n\u00a0\u200b ")

    assert [problem.field for problem in update.missing()] == ["rating_reason"]


def test_not_stated_is_an_answer(world):
    update = report(world.update(), world.who("focal.kaz"), adopted="not_stated", applied="not_stated")

    assert update.missing() == []


def test_an_incomplete_submission_makes_no_revision(world):
    focal = world.who("focal.kaz")
    update = edit(world.update(), focal, rating="limited")

    with pytest.raises(Invalid):
        update.submit(by=focal, version=update.version)

    update.refresh_from_db()
    assert (update.status, update.version, Revision.objects.count()) == ("draft", 1, 0)


def test_only_what_is_submitted_makes_a_revision_and_each_submission_one(world):
    focal, coordinator = world.who("focal.kaz"), world.who("coordinator.kaz")
    update = world.walk("submitted", results="First.")
    update.return_(by=coordinator, version=update.version, reason="Say when.")
    edit(update, focal, results="Second.")
    numbers = list(update.revisions.values_list("number", flat=True))

    update.submit(by=focal, version=update.version)

    assert numbers == [1]
    assert list(update.revisions.order_by("number").values_list("number", "results")) == [(1, "First."), (2, "Second.")]
    assert update.current_revision.number == 2
