"""What is asked for and by nobody supported, and where partners meet: what is released, and no word more."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.models import Cycle, Theme
from tests.desk.everyone.conftest import shown, withholding
from tests.desk.partners.conftest import HOME, activity
from tests.standing import standing

ASKED, OVERLAPS = f"{HOME}requests/", f"{HOME}overlaps/"
ALL = {"partner", "other", "observer", "nobody", "administrator", "focal.kaz", "coordinator.tjk", "editor"}
STATES = {"focal.kaz", "coordinator.tjk"}


@pytest.fixture
def asking(partners):
    return standing(ask, partners)


def ask(partners):
    """Help is asked for at each stage and to each audience, with a word of its own in each."""
    words = {word: {"assistance_needed": f"We need a {word}."} for word in
           ("zebrafinch", "wallaby", "numbat", "kowari", "dunnart", "quokka")}  # fmt: skip
    partners.walk("submitted", "KAZ", "I.1.2", **words["zebrafinch"])
    partners.walk("accepted", "KAZ", "II.1.1", **words["wallaby"])
    partners.walk("published", "TJK", "I.1.2", audience="un", **words["numbat"])
    partners.walk("published", "TJK", "II.1.1", audience="participants", **words["kowari"])
    partners.walk("published", "UZB", "I.1.2", **words["dunnart"])
    withholding(partners, "UZB", "II.1.1", withheld=("assistance_needed",), **words["quokka"])
    return partners


def places(answer) -> list[str]:
    return [f"{one.release.commitment.member_state.iso_alpha3} {one.release.commitment.action_item.code}"
            for one in answer.context["rows"]]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "readers"),
    [("zebrafinch", set()), ("wallaby", set()), ("numbat", {"editor", "coordinator.tjk"}),
     ("kowari", STATES | {"editor"}), ("dunnart", ALL), ("quokka", set())],
)  # fmt: skip
def test_what_is_asked_for_is_read_by_whom_it_was_released_to(asking, browser, word, readers):
    found = {who for who in ALL if word in browser(who).get(ASKED, {"support": ""}).content.decode()}

    assert found == readers


def test_what_is_withheld_cannot_be_told_from_what_was_never_asked(asking, browser):
    with_withheld = shown(browser("partner").get(ASKED, {"support": ""}))
    update = asking.update("UZB", "II.1.1")
    update.withdraw(by=asking.who("coordinator.uzb"), version=update.version, reason="An error.")

    assert shown(browser("partner").get(ASKED, {"support": ""})) == with_withheld


def test_at_first_what_nobody_supports_is_shown(asking, browser):
    activity(asking, member_states=[asking.states["UZB"]])

    found = {
        support: places(browser("partner").get(ASKED, asked))
        for support, asked in (("at first", {}), ("some", {"support": "some"}), ("all", {"support": ""}))
    }

    assert found == {"at first": [], "some": ["UZB I.1.2"], "all": ["UZB I.1.2"]}


@pytest.mark.parametrize(
    ("words", "supports"),
    [({}, True), ({"ends_on": "2099-01-01"}, True), ({"starts_on": "2020-01-01", "ends_on": "2021-01-01"}, False),
     ({"member_states": []}, False)],
)  # fmt: skip
def test_supported_means_an_activity_on_the_item_and_the_state_that_has_not_ended(asking, browser, words, supports):
    activity(asking, **{"member_states": [asking.states["UZB"]]} | words)

    assert places(browser("partner").get(ASKED)) == ([] if supports else ["UZB I.1.2"])


def test_an_activity_on_the_item_in_another_state_supports_nothing_here(asking, browser):
    activity(asking, member_states=[asking.states["KAZ"]])

    assert places(browser("partner").get(ASKED)) == ["UZB I.1.2"]


def test_the_last_word_of_a_state_counts(asking, browser):
    """What was asked for in an earlier cycle is not asked any more once a later release does not repeat it."""
    today = timezone.now().date()
    later = Cycle.objects.create(
        slug="later",
        plan=asking.plan,
        title="Later",
        opens_on=today,
        submissions_due_on=today + dt.timedelta(days=30),
        clearances_due_on=today + dt.timedelta(days=40),
        closes_on=today + dt.timedelta(days=50),
    )
    later.open(by=asking.who("editor"))
    asking.cycle = later
    focal = asking.who("focal.uzb")
    update = asking.update("UZB", "I.1.2")
    update.edit(by=focal, version=update.version, values={"to_be_reconfirmed": False})
    asking.walk("published", "UZB", "I.1.2", assistance_needed="")

    assert places(browser("partner").get(ASKED, {"support": ""})) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "UZB"}, ["UZB I.1.2"]),
        ({"state": "KAZ"}, []),
        ({"pillar": "I"}, ["UZB I.1.2"]),
        ({"pillar": "II"}, []),
        ({"theme": "youth"}, ["UZB I.1.2"]),
        ({"theme": "victims"}, []),
    ],
)
def test_filters_narrow_what_is_asked_for(asking, browser, asked, found):
    asking.items["I.1.2"].themes.add(Theme.objects.create(slug="youth", title="Youth"))
    Theme.objects.create(slug="victims", title="Victims")

    assert places(browser("partner").get(ASKED, asked)) == found


@pytest.mark.parametrize("place", [HOME, ASKED, OVERLAPS])
@pytest.mark.parametrize(
    "asked", [{"state": "ZZZ"}, {"pillar": "\0"}, {"theme": "'"}, {"page": "x"}, {"page": "0"}, {"page": "99999"},
              {"page": "²"}, {"kind": "party"}, {"support": "maybe"}],
)  # fmt: skip
def test_odd_input_gets_a_plain_answer(asking, browser, place, asked):
    answer = browser("partner").get(place, asked)

    assert answer.status_code == 200
    assert "<h1>" in answer.content.decode()


def test_partners_meet_where_several_are_on_one_item_and_state(partners, browser):
    activity(partners)
    activity(partners, "partner", title="A second of one's own")
    alone = browser("partner").get(OVERLAPS).context["rows"]
    activity(partners, "other", title="Of another", action_items=list(partners.items.values()),
             member_states=list(partners.states.values()))  # fmt: skip

    [meeting] = browser("observer").get(OVERLAPS).context["rows"]

    assert alone == []
    assert (meeting.item.code, meeting.state.iso_alpha3) == ("I.1.2", "KAZ")
    assert {str(one) for one in meeting.activities} == {"A course for judges", "A second of one's own", "Of another"}


def test_meetings_stand_in_the_order_of_the_plan_and_of_the_states_names(partners, browser):
    for who in ("other", "partner"):
        activity(partners, who, action_items=[partners.items["II.1.1"], partners.items["I.1.1"]],
                 member_states=[partners.states["UZB"], partners.states["KAZ"]])  # fmt: skip

    rows = browser("editor").get(OVERLAPS).context["rows"]

    assert [(one.item.code, one.state.iso_alpha3) for one in rows] == [
        ("I.1.1", "KAZ"), ("I.1.1", "UZB"), ("II.1.1", "KAZ"), ("II.1.1", "UZB"),
    ]  # fmt: skip


def test_what_has_ended_meets_nobody_unless_it_is_asked_for(partners, browser):
    activity(partners, starts_on="2020-01-01", ends_on="2021-01-01")
    activity(partners, "other")

    found = [len(browser("partner").get(OVERLAPS, asked).context["rows"]) for asked in ({}, {"with_ended": "on"})]

    assert found == [0, 1]


@pytest.mark.parametrize(
    ("who", "asked", "found"),
    [
        ("partner", {}, {"Ours"}),
        ("other", {}, {"Theirs"}),
        ("observer", {}, {"Ours", "Theirs"}),
        ("partner", {"narrowed": "1"}, {"Ours", "Theirs"}),
        ("partner", {"with_ended": "on"}, {"Ours", "Theirs", "Over"}),
        ("partner", {"kind": "tool"}, {"Theirs"}),
        ("partner", {"state": "UZB"}, {"Theirs"}),
        ("partner", {"pillar": "II"}, {"Theirs"}),
        ("partner", {"is_ours": "on", "with_ended": "on"}, {"Ours", "Over"}),
    ],
)
def test_a_partner_sees_its_own_activities_first_and_all_when_asked(partners, browser, who, asked, found):
    activity(partners, title="Ours")
    activity(partners, title="Over", starts_on="2020-01-01", ends_on="2021-01-01")
    activity(partners, "other", title="Theirs", kind="tool", action_items=[partners.items["II.1.1"]],
             member_states=[partners.states["UZB"]])  # fmt: skip

    assert {str(one) for one, _ in browser(who).get(HOME, asked).context["rows"]} == found


@pytest.mark.parametrize(("place", "limit"), [(HOME, 14), (f"{ASKED}?support=", 16), (OVERLAPS, 16)])
def test_the_number_of_queries_does_not_grow(partners, browser, place, limit):
    visitor, asked = browser("partner"), []
    for items in (["I.1.2"], ["I.1.1", "II.1.1"]):
        for item in items:
            partners.walk("published", "UZB", item, assistance_needed="A course.")
            for who in ("partner", "other"):
                activity(
                    partners, who, action_items=[partners.items[item]], member_states=list(partners.states.values())
                )
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(place).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1] <= limit


def test_pages_are_bounded(partners, browser, monkeypatch):
    monkeypatch.setattr("commitments.desk.partners.PAGE", 1)
    for number in range(3):
        activity(partners, title=f"Number {number}")
    visitor, seen, place = browser("partner"), [], HOME

    while place:
        answer = visitor.get(place)
        seen += [str(one) for one, _ in answer.context["rows"]]
        after = answer.context["part"].after
        place = f"{HOME}{after}" if after else ""

    assert sorted(seen) == ["Number 0", "Number 1", "Number 2"]


def test_no_number_ranks_states_or_partners(asking, browser):
    activity(asking)
    activity(asking, "other")

    for place in (ASKED, OVERLAPS, HOME):
        text = re.sub(r"<[^>]+>", " ", browser("partner").get(place).content.decode().split("<main")[1])
        assert not re.search(r"\brank|\bscore|\btop\b|%", text, re.IGNORECASE)
