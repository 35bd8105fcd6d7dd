"""Reading what was submitted, returning it with a reason on its fields, clearing it, and going on to the next."""

from __future__ import annotations

import datetime as dt

import pytest

from commitments.errors import Invalid
from commitments.models import Cycle, Update
from commitments.screens.hands import returned
from tests.builders import REPORTED
from tests.desk.coordination.conftest import QUEUE, reworded, submitted_page, text_of


def send(browser, update, name: str, who: str = "coordinator.kaz", **words):
    sent = {"version": update.version} | words
    return browser(who).post(submitted_page(update, f"{name}/"), sent)


def pieces(answer, name: str) -> list[tuple[str, str]]:
    rows = {row.name: row for row in answer.context["comparison"].rows}
    return [(piece.kind, piece.text) for piece in rows[name].pieces]


# --- Reading -------------------------------------------------------------------------------------


def test_a_first_submission_is_shown_as_it_is(world, browser):
    answer = browser("coordinator.kaz").get(submitted_page(world.walk("submitted")))

    page = text_of(answer)
    assert answer.context["base"].name == "none"
    assert "It was submitted for the first time." in page
    assert "Nothing was released in an earlier cycle." in page
    assert REPORTED["measures_taken"] in page


def test_a_second_is_compared_word_by_word_with_the_first_and_with_the_reason_of_the_return(world, browser):
    update = reworded(
        world, world.walk("submitted", results="Two courses."), results="Three courses.", rating="limited"
    )

    answer = browser("coordinator.kaz").get(submitted_page(update))

    assert answer.context["base"].name == "last"
    assert pieces(answer, "results") == [("removed", "Two"), ("added", "Three"), ("same", " courses.")]
    assert [row.name for row in answer.context["comparison"].changed] == ["results"]
    assert "Say more." in text_of(answer)
    assert [name for name, _label in answer.context["note_labels"]] == ["results"]


def test_it_is_compared_with_what_was_released_in_the_last_cycle(world, browser):
    world.walk("published", results="Two courses.")
    later = next_cycle(world)
    update = Update.objects.get(cycle=later, commitment=world.update().commitment_id)
    words = {"results": "Two long courses.", "to_be_reconfirmed": False}
    update.edit(by=world.who("focal.kaz"), version=0, values=words)
    update.submit(by=world.who("focal.kaz"), version=1)

    answer = browser("coordinator.kaz").get(submitted_page(update))

    assert answer.context["base"].name == "cycle"
    assert pieces(answer, "results") == [("same", "Two "), ("added", "long "), ("same", "courses.")]


def next_cycle(world):
    """A cycle that follows the present one, scheduled and opened by an editor."""
    editor, present = world.who("editor"), world.cycle
    dates = {name: getattr(present, name) for name in ("submissions_due_on", "clearances_due_on", "closes_on")}
    dates |= {"opens_on": present.opens_on + dt.timedelta(days=5), "adopted_on": None}
    later = Cycle.schedule(by=editor, plan=present.plan, slug="review-2030", title="Review 2030", **dates)
    later.open(by=editor)
    return later


@pytest.mark.parametrize("against", ["last", "cycle", "none", "never", ""])
def test_every_comparison_can_be_asked_for_and_none_fails(world, browser, against):
    update = reworded(world, world.walk("submitted"), results="More.")

    answer = browser("coordinator.kaz").get(submitted_page(update), {"against": against})

    assert answer.context["base"].name == ("none" if against == "none" else "last")


def test_words_are_escaped_whoever_wrote_them(world, browser):
    update = reworded(world, world.walk("submitted", results="<b>Two</b>"), results="<script>x</script>")

    page = browser("coordinator.kaz").get(submitted_page(update)).content.decode()

    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_who_wrote_what_names_the_contributing_agency(world, browser):
    update = world.update(item="I.1.1")
    update.edit(by=world.who("contributor.kaz"), version=0, values={"human_rights": "An ombudsperson looks on."})
    update.edit(by=world.who("focal.kaz"), version=1, values=REPORTED)
    update.submit(by=world.who("focal.kaz"), version=2)

    answer = browser("coordinator.kaz").get(submitted_page(update))

    hands = {name: (agency, [str(label) for label in labels]) for name, agency, labels in answer.context["hands"]}
    assert hands["contributor.kaz"] == ("Ministry of Justice", ["Human-rights safeguards"])


def test_evidence_that_came_and_went_is_told(world, browser):
    update, focal = world.update(), world.who("focal.kaz")
    update.edit(by=focal, version=0, values=REPORTED, attach={"kind": "reference", "title": "Old", "audience": "un"})
    update.submit(by=focal, version=1)
    update.return_(by=world.who("coordinator.kaz"), version=2, reason="x")
    update.edit(by=focal, version=3, retire=update.evidence.get())
    update.edit(by=focal, version=4, attach={"kind": "reference", "title": "New", "audience": "un"})
    update.submit(by=focal, version=5)

    found = browser("coordinator.kaz").get(submitted_page(update)).context["comparison"]

    assert ([str(one) for one in found.added], [str(one) for one in found.removed]) == (["New"], ["Old"])


@pytest.mark.parametrize("status", ["cleared", "accepted", "published"])
def test_what_does_not_wait_any_more_is_shown_on_its_own_page(world, browser, status):
    update = world.walk(status)

    answer = browser("coordinator.kaz").get(submitted_page(update))

    assert (answer.status_code, answer.url) == (302, f"/desk/updates/{update.key.replace(':', '/')}/")


# --- Deciding ------------------------------------------------------------------------------------


def test_it_is_cleared_for_the_audience_and_without_the_sections_that_were_chosen(world, browser):
    update = world.walk("submitted")

    send(browser, update, "clear", audience="participants", withheld_sections=["challenges", "results"])

    update.refresh_from_db()
    assert (update.status, update.audience) == ("cleared", "participants")
    assert update.withheld_sections == ["results", "challenges"]


def test_it_is_returned_with_a_reason_on_the_fields_that_it_concerns(world, browser):
    update = world.walk("submitted")

    send(browser, update, "return", reason="Name the law.", fields=["results", "measures_taken"])

    update.refresh_from_db()
    note = returned(update, world.who("focal.kaz"))
    assert update.status == "draft"
    assert (note.reason, note.fields) == ("Name the law.", ("measures_taken", "results"))


@pytest.mark.parametrize(
    ("fields", "recorded"),
    [
        ((), {}),
        ([], {}),
        (["results"], {"fields": ["results"]}),
        (["results", "rating"], {"fields": ["rating", "results"]}),
    ],
)
def test_a_return_records_the_fields_that_it_names_and_nothing_where_it_names_none(world, fields, recorded):
    update = world.walk("submitted")

    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="x", fields=fields)

    assert update.events.get(move="return").changes == recorded


@pytest.mark.parametrize(
    "fields", ["results", ["never"], ["version"], ["withheld_sections"], None, 5, [["results"]], {}]
)
def test_a_return_that_names_no_field_of_an_update_is_refused_and_nothing_moves(world, fields):
    update = world.walk("submitted")

    with pytest.raises(Invalid) as refusal:
        update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="x", fields=fields)

    update.refresh_from_db()
    assert [problem.field for problem in refusal.value.problems] == ["fields"]
    assert update.status == "submitted"


REFUSED = [
    ("return", {"reason": ""}, 400, "Give a reason."),
    ("return", {"reason": "Kept words", "fields": ["never"]}, 400, "never"),
    ("clear", {"audience": ""}, 400, "Decide who may read it"),
    ("clear", {"audience": "un", "withheld_sections": ["never"]}, 400, "never"),
    ("clear", {"audience": "un", "version": 1}, 412, "Somebody has changed this since you read it."),
    ("return", {"reason": "Kept words", "version": 1}, 412, "Kept words"),
    ("clear", {"audience": "un", "version": ""}, 428, "Say which version you have read."),
    ("return", {"reason": "Kept words", "version": "x"}, 428, "Kept words"),
]


@pytest.mark.parametrize(("name", "words", "verdict"), [(name, words, verdict) for name, words, *verdict in REFUSED])
def test_a_refusal_says_why_and_gives_back_what_was_typed(world, browser, name, words, verdict):
    update, (status, told) = world.walk("submitted"), verdict

    answer = send(browser, update, name, **words)

    update.refresh_from_db()
    assert (answer.status_code, update.status) == (status, "submitted")
    assert told in text_of(answer)
    assert "There is a problem" in text_of(answer)


def test_four_eyes_whoever_wrote_in_it_cannot_clear_it_and_another_coordinator_can(world, browser, second_coordinator):
    update = world.walk("draft")
    update.edit(by=world.who("coordinator.kaz"), version=1, values={"results": "By the coordinator."})
    update.submit(by=world.who("focal.kaz"), version=2)

    page = text_of(browser("coordinator.kaz").get(submitted_page(update)))
    answer = send(browser, update, "clear", audience="un")
    other = send(browser, update, "clear", second_coordinator, audience="un")

    assert "another coordinator has to clear it: four eyes." in page
    assert (answer.status_code, other.status_code) == (403, 302)


@pytest.mark.parametrize(("name", "status"), [("return", 403), ("clear", 409)])
def test_what_somebody_else_decided_meanwhile_is_told_and_the_words_stay(
    world, browser, second_coordinator, name, status
):
    update = world.walk("submitted")
    read = update.version
    update.clear(by=world.who(second_coordinator), version=read, audience="un")

    sent = {"version": read, "reason": "Kept words", "audience": "public"}
    answer = browser("coordinator.kaz").post(submitted_page(update, f"{name}/"), sent)

    assert answer.status_code == status
    assert "It does not wait for clearance any more: Cleared." in text_of(answer)
    kept = {"return": answer.context["return_form"]["reason"], "clear": answer.context["clear_form"]["audience"]}
    assert kept[name].value() in ("Kept words", "public")


@pytest.mark.parametrize("name", ["clear", "return"])
def test_after_the_window_has_closed_what_was_submitted_is_still_decided(world, browser, name):
    update = world.walk("submitted")
    world.cycle.move_dates(by=world.who("editor"), submissions_due_on=world.cycle.opens_on)

    answer = send(browser, update, name, audience="un", reason="Too late?")

    assert answer.status_code == 302


@pytest.mark.parametrize("name", ["submit", "edit", "recall", "publish", "never"])
def test_nothing_but_clearing_and_returning_is_done_here(world, browser, name):
    update = world.walk("submitted")

    assert send(browser, update, name, audience="un", reason="x").status_code == 404


def test_acting_leads_on_to_the_next_that_waits_and_at_last_to_the_empty_queue(world, browser):
    updates = {item: world.walk("submitted", item=item) for item in ("I.1.1", "I.1.2", "II.1.1")}

    led = [
        send(browser, updates["I.1.2"], "clear", audience="un").url,
        send(browser, updates["II.1.1"], "return", reason="x").url,
        send(browser, updates["I.1.1"], "clear", audience="un").url,
    ]

    assert led == [submitted_page(updates["II.1.1"]), submitted_page(updates["I.1.1"]), QUEUE]


def test_each_shows_its_place_and_its_neighbours_in_the_queue(world, browser):
    updates = [world.walk("submitted", item=item) for item in ("I.1.1", "I.1.2", "II.1.1")]

    pages = [browser("coordinator.kaz").get(submitted_page(update)) for update in updates]

    assert [(page.context["place"], page.context["count"]) for page in pages] == [(1, 3), (2, 3), (3, 3)]
    neighbours = [(page.context["before"], page.context["after"]) for page in pages]
    assert [tuple(line and line.item.code for line in pair) for pair in neighbours] == [
        (None, "I.1.2"), ("I.1.1", "II.1.1"), ("I.1.2", None),
    ]  # fmt: skip
