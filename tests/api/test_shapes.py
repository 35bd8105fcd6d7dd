"""The fast reading equals the slow one: every column of an update and of a release, field by field, from the model."""

from __future__ import annotations

import datetime as dt
import json

from commitments.api.content import _translations
from commitments.content import FIELDS, SECTIONS
from commitments.models import Cycle, Release
from tests.builders import REPORTED, World

FULL = {
    **REPORTED,
    **{section: f"Words on {section}." for section in SECTIONS},
    "next_steps_on": "2027-05-01",
    "original_language": "ru",
    "translations": {"en": {"results": "Results."}},
}


def as_json(value: object) -> object:
    return json.loads(json.dumps(value, default=str))


def content_of(model: object) -> dict[str, object]:
    plain = {name: getattr(model, name) for name in FIELDS if name != "translations"}
    stale = model.stale_translations()
    translations = {
        language: {"is_stale": language in stale, **{name: text for name, text in texts.items() if name != "of"}}
        for language, texts in model.translations.items()
    }
    return as_json({**plain, "translations": translations})


def expected_of(world: World, who: str) -> dict[str, object]:
    update = world.update()
    person = world.who(who)
    return content_of(update) | {
        "key": update.key,
        "cycle": update.cycle.slug,
        "member_state": update.commitment.member_state.iso_alpha3,
        "action_item": update.commitment.action_item.code,
        "short_title": update.commitment.action_item.short_title,
        "addressee": update.commitment.action_item.addressee,
        "status": update.status,
        "version": update.version,
        "audience": update.audience,
        "to_be_reconfirmed": update.to_be_reconfirmed,
        "withheld_sections": update.withheld_sections,
        "allowed_moves": update.allowed_moves(person),
        "missing": [{"field": one.field, "rule": one.rule, "message": str(one.message)} for one in update.missing()],
        "due_at": update.cycle.due_at(update.commitment.member_state).isoformat().replace("+00:00", "Z"),
    }


def test_an_update_reads_as_its_model_says_in_detail_and_in_the_list(world, call):
    for status in ("draft", "submitted", "cleared", "accepted", "published"):
        update = world.update()
        if status == "draft":
            update.edit(by=world.who("focal.kaz"), version=0, values=FULL)
        else:
            who = {"submitted": "focal.kaz", "cleared": "coordinator.kaz"}.get(status, "editor")
            move = {"submitted": "submit", "cleared": "clear", "accepted": "accept", "published": "publish"}[status]
            words = {"audience": "participants"} if move == "clear" else {}
            update.make(move, by=world.who(who), version=update.version, **words)

        for who in ("focal.kaz", "coordinator.kaz"):
            expected = expected_of(world, who)
            place = f"updates/{update.key}/"
            detail = call(who).get(place).json()
            listed = call(who).get(f"updates/?action_item=I.1.2&fields={','.join(expected)}").json()["results"]

            assert {name: detail[name] for name in expected} == expected, (status, who)
            assert listed == [expected], (status, who)


def test_a_released_update_reads_as_its_revision_says(world, call):
    update = world.update()
    update.edit(by=world.who("focal.kaz"), version=0, values=FULL)
    update.submit(by=world.who("focal.kaz"), version=1)
    update.clear(by=world.who("coordinator.kaz"), version=2, audience="public")
    update.accept(by=world.who("editor"), version=3)
    update.publish(by=world.who("editor"), version=4)
    release = Release.objects.select_related("revision").get()

    expected = content_of(release.revision) | {
        "key": update.key,
        "audience": "public",
        "withheld_sections": [],
        "released_at": release.released_at.isoformat().replace("+00:00", "Z"),
    }
    detail = call().get(f"published-updates/{update.key}/").json()
    (listed,) = call().get("published-updates/").json()["results"]

    assert {name: detail[name] for name in expected} == expected
    assert listed == detail


def test_an_allowed_move_in_a_list_respects_reopenings_and_contributing_agencies(world, call):
    def moves(who: str) -> dict[str, list[str]]:
        rows = call(who).get("updates/?fields=action_item,allowed_moves").json()["results"]
        return {row["action_item"]: row["allowed_moves"] for row in rows}

    assert moves("focal.kaz")["I.1.1"] == ["edit", "submit"]
    assert moves("contributor.kaz") == {"I.1.1": ["edit"]}
    assert moves("coordinator.kaz")["I.1.2"] == ["edit"]


def test_a_translation_of_an_earlier_text_shows_as_stale(world, call):
    caller, place = call("focal.kaz"), "updates/review-2028:KAZ:I.1.2/"
    caller.write("patch", place, {**REPORTED, "translations": {"ru": {"results": "Итоги."}}}, version=0)
    assert caller.get(place).json()["translations"] == {"ru": {"is_stale": False, "results": "Итоги."}}

    caller.write("patch", place, {"results": "Other results."}, version=1)

    assert caller.get(place).json()["translations"]["ru"]["is_stale"] is True
    assert _translations({}) == {}


def test_the_last_cycles_words_stand_beside_the_draft(world, call):
    world.walk("published", measures_taken="Words of the last cycle.")
    last = world.cycle
    following = Cycle.objects.create(
        slug="review-2030", plan=world.plan, title="Review 2030", opens_on=last.opens_on + dt.timedelta(days=5),
        submissions_due_on=last.closes_on, clearances_due_on=last.closes_on, closes_on=last.closes_on,
    )  # fmt: skip
    call("editor").write("post", f"cycles/{following.slug}/open/")

    draft = call("focal.kaz").get("updates/review-2030:KAZ:I.1.2/").json()

    assert draft["to_be_reconfirmed"] is True
    assert draft["previous"]["key"] == "review-2028:KAZ:I.1.2"
    assert draft["previous"]["measures_taken"] == "Words of the last cycle."
    assert {one["rule"] for one in draft["missing"]} == {"reconfirm"}
    assert call("focal.kaz").get("updates/review-2028:KAZ:I.1.2/").json()["previous"] is None
