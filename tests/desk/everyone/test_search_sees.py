"""Who finds what: by words that stand in one place each. Whoever may not see a place cannot tell that it is there."""

from __future__ import annotations

import pytest

from tests.desk.everyone.conftest import shown

KAZ = {"focal.kaz", "coordinator.kaz"}
TJK = {"focal.tjk", "contributor.tjk", "coordinator.tjk"}
UZB = {"focal.uzb", "contributor.uzb", "coordinator.uzb"}
UN = {"reviewer", "editor"}
OFFICERS = KAZ | TJK | UZB | UN | {"contributor.kaz"}
CAST = OFFICERS | {"partner", "observer", "nobody", "administrator"}
# The word, and who finds it.
FINDERS = [
    ("zebrafinch", KAZ),  # a draft
    ("wallaby", KAZ),  # submitted
    ("numbat", TJK | UN),  # cleared for the UN
    ("bilby", TJK),  # cleared for the State alone
    ("potoroo", UZB | UN),  # released to the UN
    ("kowari", OFFICERS),  # released to participants
    ("dunnart", CAST),  # released to everyone
    ("quokka", UZB | UN),  # withheld from those beyond the UN, in what is released to everyone
]


def search(browser, who: str, words: str, **filters: str):
    answer = browser(who).get("/desk/search/", {"q": words, **filters})
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize(("word", "finders"), FINDERS)
def test_a_word_is_found_by_those_who_may_read_it_and_by_nobody_else(hidden, browser, word, finders):
    found = {who for who in CAST if search(browser, who, word).context["groups"]}

    assert found == finders


@pytest.mark.parametrize(("word", "finders"), FINDERS)
def test_to_all_others_a_word_that_stands_somewhere_reads_like_one_that_stands_nowhere(hidden, browser, word, finders):
    for who in CAST - finders:
        there = shown(search(browser, who, word)).replace(word, "…")
        nowhere = shown(search(browser, who, "xylophone")).replace("xylophone", "…")
        assert there == nowhere


@pytest.mark.parametrize("words", ["quokka dunnart", "dunnart quok", "counted quokka"])
def test_a_withheld_word_does_not_narrow_what_is_found_by_open_ones(hidden, browser, words):
    assert not search(browser, "partner", words).context["groups"]
    assert search(browser, "editor", words).context["groups"]


def test_what_is_shown_around_a_word_is_never_from_a_withheld_section(hidden, browser):
    page = search(browser, "partner", "uzbekistan dunnart").content.decode()
    open_page = search(browser, "partner", "dunnart").content.decode()

    assert "quokka" not in page + open_page


def test_a_count_is_of_what_the_person_sees(hidden, browser):
    counts = {who: [group.count for group, _ in search(browser, who, "counted").context["groups"]] for who in CAST}

    assert counts["partner"] == counts["observer"] == counts["nobody"] == counts["administrator"] == [1]
    assert counts["focal.kaz"] == [2, 2]  # the own two; of others, for participants and for everyone
    assert counts["contributor.kaz"] == [2]
    assert counts["editor"] == [4]  # among updates: nothing is told twice


def test_what_is_withdrawn_is_found_by_nobody_beyond_the_un(hidden, browser):
    update = hidden.update("UZB", "I.1.2")
    update.withdraw(by=hidden.who("coordinator.uzb"), version=update.version, reason="An error.")

    found = {who for who in CAST if search(browser, who, "dunnart").context["groups"]}

    assert found == UZB | UN


def test_a_draft_that_is_written_again_is_found_by_its_new_words(hidden, browser):
    update = hidden.update("KAZ", "I.1.2")
    update.edit(by=hidden.who("focal.kaz"), version=update.version, values={"measures_taken": "A bandicoot was seen."})

    assert search(browser, "focal.kaz", "bandicoots").context["groups"]
    assert not search(browser, "focal.kaz", "zebrafinch").context["groups"]


def test_while_a_release_is_being_revised_its_readers_find_the_words_in_force(hidden, browser):
    update = hidden.update("UZB", "I.1.2")
    update.revise(by=hidden.who("coordinator.uzb"), version=update.version)
    update.edit(by=hidden.who("focal.uzb"), version=update.version, values={"measures_taken": "A bandicoot was seen."})

    assert search(browser, "partner", "dunnart").context["groups"]
    assert not search(browser, "partner", "bandicoot").context["groups"]


PEOPLE = [
    ("focal.kaz", {"focal.kaz", "coordinator.kaz", "contributor.kaz"}),
    ("coordinator.tjk", {"coordinator.tjk", "focal.tjk", "contributor.tjk"}),
    ("observer", {"observer"}),
]


@pytest.mark.parametrize(("name", "finders"), PEOPLE)
def test_people_are_found_by_those_who_see_their_appointments(world, browser, name, finders):
    """A name is three letters and a dot: all its words are looked for."""
    found = {who for who in CAST if search(browser, who, name, kind="people").context["groups"]}

    assert found == finders | UN | {"administrator"}


def test_agencies_are_found_by_their_own_state_and_by_those_who_see_all(world, browser):
    found = {
        who: {
            hit.about
            for group, _ in search(browser, who, "justice", kind="agencies").context["groups"]
            for hit in group.hits
        }
        for who in ("focal.kaz", "editor", "partner")
    }

    assert found == {
        "focal.kaz": {"Kazakhstan"},
        "editor": {"Kazakhstan", "Tajikistan", "Uzbekistan"},
        "partner": set(),
    }


RELEASED = [("UZB", "I.1.2", CAST), ("UZB", "II.1.1", OFFICERS), ("UZB", "I.1.1", UZB | UN),
            ("KAZ", "I.1.2", set()), ("TJK", "I.1.2", set())]  # fmt: skip


@pytest.mark.parametrize(("state", "item", "readers"), RELEASED)
def test_released_words_open_to_their_audience_and_are_absent_for_all_others(hidden, browser, state, item, readers):
    address = f"/desk/released/review-2028/{state}/{item}/"

    opened = {who: browser(who).get(address).status_code for who in CAST}

    assert opened == {who: 200 if who in readers else 404 for who in CAST}


@pytest.mark.parametrize(
    ("who", "reads"), [("partner", False), ("coordinator.kaz", False), ("editor", True), ("focal.uzb", True)]
)
def test_a_withheld_section_is_read_by_the_state_and_the_un(hidden, browser, who, reads):
    page = browser(who).get("/desk/released/review-2028/UZB/I.1.2/").content.decode()

    assert ("quokka" in page) is reads
    assert ("Withheld by the State" in page) is not reads
