"""What is shown before deciding is what each kind of reader gets afterwards: reader x audience x withheld sections."""

from __future__ import annotations

import itertools
import json

import pytest

from commitments.content import SECTIONS
from commitments.models import Evidence
from commitments.screens.audiences import Choice, Preview
from commitments.workflow import Audience
from tests.builders import REPORTED
from tests.desk.coordination.conftest import submitted_page, text_of

WITHHELD = ([], ["results"], ["results", "next_steps"])
WORDS = {
    **REPORTED,
    "results": "Canary of the results.",
    "next_steps": "Canary of the next steps.",
    "next_steps_on": "2031-05-06",
    "translations": {"ru": {"results": "Канарейка итогов.", "measures_taken": "Принят закон."}},
}
# Whoever is of that kind, on the channel that reads what was published.
READERS = {"state": "focal.kaz", "un": "reviewer", "participants": "coordinator.tjk", "public": "partner"}


def submit_with_evidence(world):
    update, focal = world.update(), world.who("focal.kaz")
    update.edit(by=focal, version=update.version, values=WORDS)
    for audience in Audience:
        piece = {"kind": "reference", "title": f"For {audience.value}", "audience": audience.value}
        update.edit(by=focal, version=update.version, attach=piece)
    update.submit(by=focal, version=update.version)
    return update


def promised(update, choice: Choice) -> dict[str, tuple]:
    """By kind of reader: the sections with words, the date, the translated sections, and the evidence."""
    evidence = list(Evidence.objects.filter(update=update).order_by("added_at", "uid"))
    found = {}
    for sight in Preview(update.current_revision, evidence, choice, update.commitment.member_state_id).sights:
        row = sight.row
        texts = row.get("translations", {}).get("ru", {})
        sections = [name for name in SECTIONS if row.get(name)]
        titles = sorted(piece.title for piece in sight.evidence)
        day = str(row["next_steps_on"]) if row.get("next_steps_on") else None
        found[sight.kind.name] = (sections, day, sorted(set(texts) - {"of"}), titles)
    return found


def got(client, key: str) -> tuple:
    answer = client.get(f"/api/v1/published-updates/{key}/")
    if answer.status_code == 404:
        return ([], None, [], [])
    row = json.loads(answer.content)
    texts = row["translations"].get("ru", {})
    sections = [name for name in SECTIONS if row[name]]
    return (
        sections,
        row["next_steps_on"],
        sorted(set(texts) - {"is_stale"}),
        sorted(p["title"] for p in row["evidence"]),
    )


@pytest.mark.parametrize(("audience", "withheld"), list(itertools.product(Audience, WITHHELD)))
def test_what_was_promised_is_what_each_reader_gets(world, browser, audience, withheld):
    update, editor = submit_with_evidence(world), world.who("editor")
    before = promised(update, Choice.of(audience.value, withheld))

    update.clear(by=world.who("coordinator.kaz"), version=update.version, audience=audience, withheld_sections=withheld)
    if audience != Audience.STATE:
        update.accept(by=editor, version=update.version)
        update.publish(by=editor, version=update.version)

    after = {kind: got(browser(who), update.key) for kind, who in READERS.items()}
    if audience == Audience.STATE:  # never released: the State reads the working copy
        assert before.pop("state")[0] == [name for name in SECTIONS if WORDS.get(name)]
        after.pop("state")
    assert before == after


def test_the_secretariat_reads_what_was_promised_as_soon_as_it_is_cleared(world, browser):
    update = submit_with_evidence(world)
    sections, _day, _texts, titles = promised(update, Choice.of("participants", ["results"]))["un"]

    update.clear(
        by=world.who("coordinator.kaz"), version=update.version, audience="participants", withheld_sections=["results"]
    )

    row = json.loads(browser("reviewer").get(f"/api/v1/updates/{update.key}/").content)
    assert [name for name in SECTIONS if row[name]] == sections
    assert sorted(piece["title"] for piece in row["evidence"]) == titles


def test_the_table_tells_readers_apart(world):
    found = promised(submit_with_evidence(world), Choice.of("public", ["results"]))

    assert {kind: "results" in sections for kind, (sections, *_rest) in found.items()} == {
        "state": True, "un": True, "participants": False, "public": False,
    }  # fmt: skip
    assert [len(titles) for *_rest, titles in found.values()] == [4, 3, 2, 1]


def test_the_page_shows_the_present_choice_and_a_script_gets_another(world, browser):
    update = submit_with_evidence(world)
    coordinator, place = browser("coordinator.kaz"), submitted_page(update)

    page = coordinator.get(place)
    part = coordinator.get(
        place, {"audience": "public", "withheld_sections": ["results"]}, headers={"HX-Request": "true"}
    )

    now = {sight.kind.name: sight.is_reader for sight in page.context["preview"].sights}
    assert now == {"state": True, "un": True, "participants": False, "public": False}
    assert "<html" not in part.content.decode()
    assert part.content.decode().count("Canary of the results.") == 2  # the State's officers and the UN
    assert part.content.decode().count("Canary of the next steps.") == 4


def test_without_a_script_a_button_shows_it_and_decides_nothing(world, browser):
    update = submit_with_evidence(world)
    sent = {"version": update.version, "audience": "public", "withheld_sections": ["results"], "preview": "yes"}

    answer = browser("coordinator.kaz").post(submitted_page(update, "clear/"), sent)

    update.refresh_from_db()
    assert (answer.status_code, update.status) == (200, "submitted")
    assert all(sight.is_reader for sight in answer.context["preview"].sights)
    assert answer.context["clear_form"]["audience"].value() == "public"
    assert "There is a problem" not in text_of(answer)


@pytest.mark.parametrize("audience", ["", "everybody", "state'"])
def test_an_audience_that_does_not_exist_shows_the_narrowest(world, browser, audience):
    update = submit_with_evidence(world)

    part = browser("coordinator.kaz").get(
        submitted_page(update), {"audience": audience}, headers={"HX-Request": "true"}
    )

    assert [sight.is_reader for sight in part.context["preview"].sights] == [True, False, False, False]
