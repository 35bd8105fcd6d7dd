"""Translations carry the hash of the text they translate, and show as stale when it changes."""

from __future__ import annotations

from commitments.models import Update
from tests.domain.attempts import edit

RUSSIAN = {"ru": {"results": "Суды применяют его."}}


def translated(world) -> Update:
    return edit(world.update(), world.who("focal.kaz"), results="Courts use it.", translations=RUSSIAN)


def test_a_translation_is_stamped_with_the_text_it_translates(world):
    update = translated(world)

    assert update.translations["ru"] == {"of": update.text_hash(), **RUSSIAN["ru"]}
    assert update.stale_translations() == []


def test_a_translation_is_stale_once_the_text_changes_and_fresh_again_when_it_changes_back(world):
    update, focal = translated(world), world.who("focal.kaz")

    edit(update, focal, results="Courts and police use it.")
    after_change = update.stale_translations()
    edit(update, focal, results="Courts use it.")

    assert after_change == ["ru"]
    assert update.stale_translations() == []


def test_what_is_not_text_does_not_make_a_translation_stale(world):
    update = edit(translated(world), world.who("focal.kaz"), rating="limited", trend="forward", adopted="yes")

    assert update.stale_translations() == []


def test_a_translation_written_with_the_text_is_of_the_new_text(world):
    update = edit(
        translated(world),
        world.who("focal.kaz"),
        results="Police use it.",
        translations={"ru": {"results": "Полиция."}},
    )

    assert update.stale_translations() == []


def test_sending_the_same_translation_again_does_not_make_it_fresh(world):
    update, focal = translated(world), world.who("focal.kaz")
    edit(update, focal, results="Police use it.")

    edit(update, focal, translations=update.translations)

    assert update.stale_translations() == ["ru"]
    assert update.version == 2


def test_a_forged_stamp_is_not_taken(world):
    update = edit(world.update(), world.who("focal.kaz"), translations={"ru": {"of": "0" * 64, "results": "Суды."}})

    assert update.translations["ru"]["of"] == update.text_hash()


def test_one_language_is_written_without_touching_the_others(world):
    update = translated(world)

    edit(update, world.who("focal.kaz"), translations={"kk": {"results": "Соттар қолданады."}})

    assert sorted(update.translations) == ["kk", "ru"]
    assert update.translations["ru"]["results"] == RUSSIAN["ru"]["results"]


def test_a_section_that_is_not_given_stays_and_an_empty_one_is_removed(world):
    update, focal = translated(world), world.who("focal.kaz")

    edit(update, focal, translations={"ru": {"challenges": "Мало судей."}})
    both = update.translations["ru"]
    edit(update, focal, translations={"ru": {"results": ""}})

    assert both == {"of": update.text_hash(), "results": RUSSIAN["ru"]["results"], "challenges": "Мало судей."}
    assert update.translations["ru"] == {"of": update.text_hash(), "challenges": "Мало судей."}
    assert update.events.get(sequence=3).changes == {"translations": update.translations}


def test_a_language_without_any_section_is_removed(world):
    update = edit(translated(world), world.who("focal.kaz"), translations={"ru": {}})

    assert update.translations == {}
    assert update.events.get(sequence=2).changes == {"translations": {"ru": {}}}


def test_given_in_part_a_translation_is_of_the_text_that_it_was_of_and_given_whole_of_the_present_one(world):
    focal, more = world.who("focal.kaz"), {"results": "Полиция.", "challenges": "Мало судей."}
    update = edit(translated(world), focal, translations={"ru": {"challenges": "Мало судей."}})
    edit(update, focal, results="Police use it.", challenges="Few judges.")

    edit(update, focal, translations={"ru": {"results": "Полиция"}})
    in_part = update.stale_translations()
    edit(update, focal, translations={"ru": more})

    assert in_part == ["ru"]
    assert update.stale_translations() == []
    assert update.translations["ru"] == {"of": update.text_hash(), **more}


def test_an_empty_translation_is_removed_and_removing_what_is_not_there_writes_nothing(world):
    update, focal = translated(world), world.who("focal.kaz")

    edit(update, focal, translations={"ru": {"results": " "}})
    edit(update, focal, translations={"ru": {"results": ""}, "kk": {}, "uz": {"results": " "}})

    assert update.translations == {}
    assert update.version == 2


def test_a_revision_keeps_the_translations_of_its_time(world):
    update = world.walk("submitted", translations=RUSSIAN)

    assert update.current_revision.translations["ru"]["results"] == RUSSIAN["ru"]["results"]
    assert update.current_revision.stale_translations() == []
