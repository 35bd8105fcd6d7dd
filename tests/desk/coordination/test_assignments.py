"""Who leads and who contributes: drafts move along, the former agency sees them no more, and that is said before."""

from __future__ import annotations

import pytest

from commitments.models import Appointment, Commitment, Event, Update
from tests.desk.coordination.conftest import ASSIGNMENTS, text_of

KEYS = ["KAZ:I.1.2", "KAZ:II.1.1"]


def commitment(world, item: str = "I.1.2") -> Commitment:
    rows = Commitment.objects.select_related("lead_agency")
    return rows.get(member_state=world.states["KAZ"], action_item=world.items[item])


def one(browser, item: str = "I.1.2", **words):
    initial = {"initial-lead_agency": "interior"}
    return browser("coordinator.kaz").post(
        f"{ASSIGNMENTS}KAZ/{item}/", {"version": 0, "lead_agency": "interior"} | initial | words
    )


def many(browser, keys=KEYS, **words):
    versions = {f"version-{key}": 0 for key in keys}
    return browser("coordinator.kaz").post(f"{ASSIGNMENTS}assign/", {"row": keys, "press": "assign"} | versions | words)


def slugs(world, item: str) -> tuple[str | None, set[str]]:
    row = commitment(world, item)
    lead = row.lead_agency.slug if row.lead_agency else None
    return lead, set(row.contributing_agencies.values_list("slug", flat=True))


def sees(world, who: str, item: str = "I.1.2") -> bool:
    return Update.objects.visible_to(world.who(who)).filter(pk=world.update(item=item).pk).exists()


def test_one_item_is_given_to_another_agency_and_its_draft_moves_along(world, browser):
    before = (sees(world, "focal.kaz"), sees(world, "contributor.kaz"))

    one(browser, lead_agency="justice", reason="A matter of justice.")

    assert slugs(world, "I.1.2") == ("justice", set())
    assert (before, (sees(world, "focal.kaz"), sees(world, "contributor.kaz"))) == ((True, False), (False, True))
    event = Event.objects.get(subject="commitment:KAZ:I.1.2", sequence=1)
    assert (event.move, event.reason, event.by) == ("assign", "A matter of justice.", world.who("coordinator.kaz"))


def test_a_contributing_agency_is_added(world, browser):
    one(browser, contributing_agencies=["justice"])

    assert slugs(world, "I.1.2") == ("interior", {"justice"})
    assert sees(world, "contributor.kaz")


INTERIOR_LEAVES = "No longer sees the draft, only what you have cleared: Ministry of Interior."
SAID = [
    ({"lead_agency": "justice"}, ["Drafts and submits: Ministry of Justice (contributor.kaz).", INTERIOR_LEAVES]),
    ({"lead_agency": ""}, ["Nobody can submit it until an agency leads it.", INTERIOR_LEAVES]),
    (
        {"contributing_agencies": ["justice"]},
        [
            "Drafts and submits: Ministry of Interior (focal.kaz).",
            "Sees the draft and may write in it: Ministry of Justice (contributor.kaz).",
        ],
    ),
]


@pytest.mark.parametrize(("words", "said"), SAID)
def test_who_would_see_what_is_said_before_and_nothing_is_changed(world, browser, words, said):
    answer = one(browser, preview="yes", **words)

    assert answer.context["after"] == said
    assert slugs(world, "I.1.2") == ("interior", set())


def test_an_agency_without_a_focal_point_is_named_as_a_dead_end(world, browser):
    Appointment.objects.get(person=world.who("contributor.kaz")).retire(by=world.who("coordinator.kaz"), reason="x")

    answer = one(browser, preview="yes", lead_agency="justice")

    assert "Ministry of Justice (no focal point yet)" in text_of(answer)
    assert "Nobody can submit it until that agency has a focal point." in text_of(answer)


@pytest.mark.parametrize(("version", "status"), [("1", 412), ("", 400), ("x", 400)])
def test_a_stale_version_is_refused_and_what_was_typed_comes_back(world, browser, version, status):
    answer = one(browser, version=version, lead_agency="justice", reason="Kept words")

    assert answer.status_code == status
    assert "Kept words" in answer.content.decode()
    assert slugs(world, "I.1.2") == ("interior", set())


@pytest.mark.parametrize("agency", ["never", "interior.tjk", "0", "9" * 40, "\x00"])
def test_an_agency_that_the_state_has_not_is_no_choice(world, browser, agency):
    answers = [one(browser, lead_agency=agency), one(browser, contributing_agencies=[agency]),
               many(browser, lead_agency=agency), many(browser, add=[agency])]  # fmt: skip

    assert [answer.status_code for answer in answers] == [400] * 4
    assert slugs(world, "I.1.2") == ("interior", set())


MANY = [
    ({"lead_agency": "justice"}, ("justice", set()), ("justice", set())),
    ({"lead_agency": "justice", "keep_former": "on"}, ("justice", {"interior"}), ("justice", {"interior"})),
    ({"lead_agency": "-"}, (None, set()), (None, {"justice"})),
    ({"add": ["justice"]}, ("interior", {"justice"}), ("interior", {"justice"})),
    ({"remove": ["justice"]}, ("interior", set()), ("interior", set())),
    ({}, ("interior", set()), ("interior", {"justice"})),
]


@pytest.mark.parametrize(("words", "alone", "shared"), MANY)
def test_many_are_assigned_at_once_and_what_is_left_alone_stays_as_each_has_it(world, browser, words, alone, shared):
    answer = many(browser, ["KAZ:I.1.1", "KAZ:I.1.2"], **words)  # the first has a contributing agency

    assert answer.url == ASSIGNMENTS
    assert (slugs(world, "I.1.2"), slugs(world, "I.1.1")) == (alone, shared)


def test_what_is_so_already_is_not_written_again(world, browser):
    many(browser, lead_agency="interior")

    assert not Event.objects.filter(subject__startswith="commitment:KAZ", sequence__gt=0, move="assign").exists()


def test_many_are_named_and_shown_before_they_are_assigned(world, browser):
    chosen = browser("coordinator.kaz").post(f"{ASSIGNMENTS}assign/", {"row": KEYS})
    shown = many(browser, lead_agency="justice", press="preview")

    assert [row["row"].key for row in chosen.context["rows"]] == KEYS
    assert [row["after"] for row in chosen.context["rows"]] == [[], []]
    assert [row["after"][0] for row in shown.context["rows"]] == [
        "Drafts and submits: Ministry of Justice (contributor.kaz)."
    ] * 2
    assert slugs(world, "I.1.2") == ("interior", set())


def test_one_that_somebody_changed_meanwhile_is_refused_and_the_others_go_on(world, browser):
    row = commitment(world, "II.1.1")
    row.change(by=world.who("coordinator.kaz"), version=0, planned_measures="A plan.")

    answer = many(browser, lead_agency="justice")

    assert {one.row.key: one.is_done for one in answer.context["outcomes"]} == {KEYS[0]: True, KEYS[1]: False}
    assert [row["row"].key for row in answer.context["rows"]] == [KEYS[1]]
    assert slugs(world, "I.1.2")[0] == "justice"
    assert answer.context["form"]["lead_agency"].value() == "justice"


def test_rows_of_the_board_are_the_items_that_they_are_about(browser):
    keys = [f"review-2028:{key}" for key in KEYS]

    answer = browser("coordinator.kaz").post(f"{ASSIGNMENTS}assign/", {"row": keys})

    assert [row["row"].key for row in answer.context["rows"]] == KEYS


FILTERS = [
    ({}, ["I.1.1", "I.1.2", "II.1.1", "II.1.2"]),
    ({"pillar": "II"}, ["II.1.1", "II.1.2"]),
    ({"agency": "justice"}, ["I.1.1"]),
    ({"agency": "none"}, ["I.1.2"]),
    ({"agency": "never"}, []),
    ({"pillar": "IX"}, []),
]


@pytest.mark.parametrize(("asked", "codes"), FILTERS)
def test_the_list_is_narrowed_to_what_was_asked_for(world, browser, asked, codes):
    commitment(world).change(by=world.who("coordinator.kaz"), version=0, lead_agency=None)

    answer = browser("coordinator.kaz").get(ASSIGNMENTS, asked)

    assert [row.action_item.code for row in answer.context["list"].rows] == codes


def test_items_that_are_owed_and_led_by_nobody_are_counted_and_a_partner_s_own_is_not(world, browser):
    for item in ("I.1.2", "II.1.2"):
        commitment(world, item).change(by=world.who("coordinator.kaz"), version=0, lead_agency=None)

    answer = browser("coordinator.kaz").get(ASSIGNMENTS)

    assert answer.context["list"].unled == 1
    assert "1 item that your State owes is led by nobody." in text_of(answer)


def test_what_each_agency_carries_and_by_whom_is_told(browser):
    carried = browser("coordinator.kaz").get(ASSIGNMENTS).context["list"].carried

    assert [(one.agency.slug, one.leads, one.contributes, one.people) for one in carried] == [
        ("interior", 4, 0, ["focal.kaz"]), ("justice", 0, 1, ["contributor.kaz"]),
    ]  # fmt: skip
