"""The secretariat reads an update, moves it and goes on to the next; what it asks waits for the State's reply."""

from __future__ import annotations

import pytest

from commitments.models import Assessment
from tests.desk.secretariat.conftest import reviewed

OBSERVED = "Which courses are planned?"
# (who, status it is in) -> the moves the page offers
OFFERED = [
    ("reviewer", "cleared", ["accept", "return"]),
    ("editor", "cleared", ["accept", "return"]),
    ("reviewer", "accepted", []),
    ("editor", "accepted", ["publish"]),
    ("editor", "published", []),
]


def press(visitor, name, update, place="", **words):
    address = reviewed(update.commitment.member_state.iso_alpha3, update.commitment.action_item.code)
    return visitor.post(f"{address}moves/{name}/{place}", {"version": update.version, **words})


@pytest.mark.parametrize(("who", "status", "offered"), OFFERED)
def test_a_page_offers_the_moves_of_its_reader(world, browser, who, status, offered):
    world.walk(status)

    page = browser(who).get(reviewed())

    assert [one["move"].name for one in page.context["moves"]] == offered


def test_an_update_walks_to_its_readers_through_the_pages(world, browser):
    update = world.walk("cleared")

    press(browser("reviewer"), "accept", update, observations=OBSERVED)
    press(browser("editor"), "publish", world.update())

    assert world.update().status == "published"
    assert Assessment.objects.get().observations == OBSERVED
    assert world.update().release.audience == "public"


def test_a_move_leads_on_to_the_next_of_the_queue_and_back_to_it_after_the_last(world, browser):
    first, second = world.walk("cleared", "KAZ", "I.1.1"), world.walk("cleared", "KAZ", "I.1.2")
    visitor = browser("reviewer")
    chosen = "?state=KAZ&status=cleared"

    places = [press(visitor, "accept", one, chosen)["Location"] for one in (first, second)]

    assert places == [f"{reviewed('KAZ', 'I.1.2')}{chosen}", f"/desk/review/{chosen}"]


def test_the_queue_stands_in_the_order_in_which_it_waits(world, browser):
    waiting = [("TJK", "I.1.2"), ("KAZ", "II.1.1"), ("UZB", "I.1.1")]
    for state, item in waiting:
        world.walk("cleared", state, item)
    visitor = browser("reviewer")

    page = visitor.get("/desk/review/")
    middle = visitor.get(reviewed("KAZ", "II.1.1"))

    found = [(one["update"].commitment.member_state.iso_alpha3, one["update"].commitment.action_item.code)
             for one in page.context["rows"]]  # fmt: skip
    around = middle.context["around"]
    assert (found, around["place"], around["count"]) == (waiting, 2, 3)
    assert around["previous"].startswith(reviewed("TJK", "I.1.2"))
    assert around["next"].startswith(reviewed("UZB", "I.1.1"))


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("status=accepted", 1), ("status=all", 3), ("state=KAZ", 1), ("pillar=I", 1), ("objective=II.1", 1),
     ("cycle=review-2028", 2), ("state=KAZ&status=all", 2)],
)  # fmt: skip
def test_the_queue_is_narrowed_by_what_is_chosen(world, browser, query, count):
    world.walk("cleared", "KAZ", "I.1.2")
    world.walk("cleared", "TJK", "II.1.1")
    world.walk("accepted", "KAZ", "II.1.1")

    assert browser("reviewer").get(f"/desk/review/?{query}").context["count"] == count


@pytest.mark.parametrize(
    "case",
    [
        ("return", {"reason": ""}, 0, 400, "Give a reason."),
        ("accept", {"observations": "Typed and not lost."}, -1, 412, "Typed and not lost."),
        ("return", {"reason": "Typed and not lost."}, None, 428, "Typed and not lost."),
        ("publish", {}, 0, 409, "This cannot be done at the present stage."),
    ],
)
def test_what_is_refused_is_told_and_what_was_typed_stays(world, browser, case):
    name, words, version, status, told = case
    update = world.walk("cleared")
    sent = {} if version is None else {"version": update.version + version}

    answer = browser("editor").post(f"{reviewed()}moves/{name}/", {**sent, **words})

    assert (answer.status_code, world.update().status) == (status, "cleared")
    assert told in answer.content.decode()


def test_what_was_typed_into_a_move_that_somebody_else_has_made_meanwhile_is_shown(world, browser):
    update = world.walk("cleared")
    shown = update.version
    update.accept(by=world.who("editor"), version=shown)

    answer = browser("reviewer").post(
        f"{reviewed()}moves/accept/", {"version": shown, "observations": "Typed and not lost."}
    )

    assert answer.status_code == 409
    assert "Typed and not lost." in answer.content.decode()
    assert [one["is_over"] for one in answer.context["moves"]] == [True]


def test_a_reviewer_cannot_publish(world, browser):
    update = world.walk("accepted")

    assert press(browser("reviewer"), "publish", update).status_code == 403
    assert world.update().status == "accepted"


@pytest.mark.parametrize(("who", "name"), [("coordinator.kaz", "return"), ("partner", "accept"), ("nobody", "accept")])
def test_nobody_else_moves_anything_here(world, browser, who, name):
    update = world.walk("cleared")

    assert press(browser(who), name, update, reason="x").status_code == 404
    assert world.update().status == "cleared"


@pytest.mark.parametrize("name", ["submit", "clear", "edit", "recall", "nothing"])
def test_there_are_no_other_moves_here(world, browser, name):
    update = world.walk("cleared")

    assert press(browser("editor"), name, update).status_code == 404


def test_an_audience_is_offered_no_wider_than_the_state_decided(world, browser):
    world.walk("accepted", audience="participants")

    page = browser("editor").get(reviewed())

    field = page.context["moves"][0]["form"].fields["audience"]
    assert [value for value, _label in field.choices] == ["", "un"]


def test_what_the_secretariat_asks_waits_for_a_reply_and_is_told_when_it_has_one(world, browser):
    update, visitor = world.walk("cleared"), browser("reviewer")

    visitor.post(f"{reviewed()}observe/", {"revision": 1, "observations": OBSERVED})
    before = visitor.get("/desk/review/questions/").context
    asked = Assessment.objects.get()
    asked.answer(by=world.who("coordinator.kaz"), reply="Two, in spring.")
    after = visitor.get("/desk/review/questions/").context

    assert asked.revision == update.current_revision
    assert ([one for one, _title in before["waiting"]], before["replied"]) == ([asked], [])
    assert (after["waiting"], [one.reply for one, _title in after["replied"]]) == ([], ["Two, in spring."])
    assert "Two, in spring." in visitor.get(reviewed()).content.decode()


@pytest.mark.parametrize(("revision", "words", "status"), [(1, "", 400), (2, OBSERVED, 412), ("", OBSERVED, 400)])
def test_an_observation_is_on_the_words_that_were_read(world, browser, revision, words, status):
    world.walk("cleared")

    answer = browser("reviewer").post(f"{reviewed()}observe/", {"revision": revision, "observations": words})

    assert (answer.status_code, Assessment.objects.count()) == (status, 0)


def test_a_question_on_what_is_back_with_the_state_leads_nowhere(world, browser):
    update = world.walk("cleared")
    Assessment.make(update.current_revision, by=world.who("reviewer"), observations=OBSERVED)
    update.recall(by=world.who("coordinator.kaz"), version=update.version, reason="A figure is wrong.")

    told = browser("reviewer").get("/desk/review/questions/").content.decode()

    assert (OBSERVED in told, "with the State now" in told, reviewed() in told) == (True, True, False)


def test_evidence_that_the_state_keeps_to_itself_is_not_listed(world, browser):
    update, focal = world.update(), world.who("focal.kaz")
    for audience in ("state", "un"):
        attach = {"kind": "reference", "title": f"Journal for {audience}", "audience": audience}
        update.edit(by=focal, version=update.version, attach=attach)
    world.walk("cleared")

    told = browser("reviewer").get(reviewed()).content.decode()

    assert ("Journal for un" in told, "Journal for state" in told) == (True, False)


def test_what_does_a_thing_leads_whoever_only_reads_it_to_its_page(world, browser):
    world.walk("cleared")

    answer = browser("reviewer").get(f"{reviewed()}moves/accept/")

    assert (answer.status_code, answer["Location"]) == (302, reviewed())
