"""A portion of the facts counts as the whole does."""

from __future__ import annotations

import datetime as dt

import pytest

from commitments.content import Rating
from reporting import figures, portion
from reporting.facts import EarlierCycle, EarlierRating, Tombstone, Wording
from reporting.manuscript import Remark, Statement
from tests.reporting.small_plan import activity, facts, passage, reported, standing, written


def test_the_figures_of_all_states_are_those_of_the_whole():
    whole = reported()

    parts = [figures.of_all(portion.of_state(whole, state.code)) for state in whole.states]

    total = figures.of_all(whole)
    assert sum(part.due for part in parts) == total.due
    assert sum(part.empty for part in parts) == total.empty
    assert [sum(part.rated(rating) for part in parts) for rating in Rating] == [total.rated(one) for one in Rating]


def test_the_figures_of_a_portion_of_items_are_those_of_these_items():
    whole = reported()
    chosen = [item for item in whole.items if item.code in {"I.1.2", "IV.SPRR.1"}]

    part = portion.of_items(whole, {"I.1.2", "IV.SPRR.1"})

    assert figures.of_all(part) == figures.of_items(whole, chosen)


def test_a_portion_of_items_keeps_no_pillar_without_one():
    part = portion.of_items(reported(), {"I.1.2", "IV.SPRR.1"})

    assert [pillar.code for pillar in part.pillars] == ["I", "IV"]
    assert [item.code for item in part.items] == ["I.1.2", "IV.SPRR.1"]


def test_what_a_portion_leaves_out_is_nowhere_in_it():
    ratings = (EarlierRating("KAZ", "I.1.1", "limited"), EarlierRating("TJK", "I.1.2", "limited"))
    whole = facts(
        activities=(activity("a", "I.1.1"), activity("b", "I.1.2", states=("TJK",))),
        earlier=(EarlierCycle("before", Wording("Before"), dt.date(2026, 6, 30), ratings),),
        standing=(standing("KAZ", "I", 2, 2, 0, 0, 0, 0), standing("TJK", "I", 2, 2, 0, 0, 0, 0)),
        tombstones=(Tombstone("KAZ", "I.1.1", "a"), Tombstone("TJK", "I.1.2", "b")),
    )

    for part in (portion.of_state(whole, "TJK"), portion.of_items(whole, {"I.1.2"})):
        assert [one.slug for one in part.activities] == ["b"]
        assert [one.item for one in part.earlier[0].ratings] == ["I.1.2"]
        assert [one.state for one in part.tombstones] == ["TJK"]
        assert "KAZ" not in {one.state for one in part.standing}


def test_what_people_wrote_on_one_state_holds_no_word_of_another():
    said = tuple(Remark(state, "3", f"Of {state}.", "en") for state in ("KAZ", "TJK"))
    signed = tuple(
        Statement(state, Wording(f"Of {state}."), "en", dt.date(2028, 1, 4), "ab") for state in ("KAZ", "TJK")
    )
    whole = written(passage("measures", "Of both."), remarks=said, statements=signed)

    part = portion.written_on_state(whole, "TJK")

    assert (part.remarks, part.statements, part.passages) == (said[1:], signed[1:], whole.passages)


def test_a_state_that_is_not_in_the_cycle_is_refused():
    with pytest.raises(ValueError, match="'FRA'"):
        portion.of_state(facts(), "FRA")
