"""The net has no hole: every field that may hold a State's unreleased words does hold a marked one in the world that
hides something, and no table that is open to every reader holds any."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import models
from django.test import TestCase

from reporting.management.securing import locked_tables
from tests.depth import drawn
from tests.hostile import hidden
from tests.hostile.canaries import MARK
from tests.hostile.desk_places import pages
from tests.hostile.visitors import Visitor

pytestmark = [pytest.mark.battery("A3"), pytest.mark.same_on_every_engine]

WORDY = (models.CharField, models.TextField, models.JSONField, models.FileField)
TABLES = {model._meta.db_table: model for model in apps.get_models()}
LOCKED = [TABLES[table] for table in locked_tables()]
# Text that is no State's words, and why.
NOT_WORDS = {
    "made by a machine": "hash previous_hash salt sha256 uid subject slug secret_hash receipt fingerprint once key "
    "item request_id request_hash headers occasion code verdict manifest scan_reason message made_of content file",
    "chosen from a list, though the field does not say so": "move from_status to_status audience language kind form "
    "part original_language withheld_sections section cites items file_format paragraph",
    "names of people, known to all they work with": "by_name made_by_name signed_by_name sent_by_name person_name",
}
NOT_WORDS_HERE = {
    "Agency.translations Agency.lines": "loaded with a source that everybody may read",
    "Edition.what_changed": "printed in what is issued",
}
OPEN_WORDS = {
    "Person.email Person.full_name": "no rows of people: who is shown them is for the rule of appointments",
    "Report.symbol": "what a report is called, no word of a State",
}


def named(excepted: dict[str, str]) -> set[str]:
    return {one for names in excepted for one in names.split()}


def is_wordy(field: models.Field) -> bool:
    excepted = named(dict.fromkeys(NOT_WORDS.values(), ""))
    return isinstance(field, WORDY) and not field.choices and field.name not in excepted


def marked(model: type[models.Model], field: models.Field) -> bool:
    return any(MARK.lower() in str(value).lower() for value in model._base_manager.values_list(field.name, flat=True))


@pytest.fixture
def everything_hidden(world) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        hidden.releases(world)
        hidden.hide_all(world)
        hidden.work_of_the_secretariat(world, MARK)
        hidden.change_people(world, MARK)
        reply_twice(world)


def reply_twice(world) -> None:
    """An answer is kept to be given again."""
    update, kept = world.update("KAZ", "II.1.2"), {"Idempotency-Key": "one"}
    words = {"update": update.key, "kind": "reference", "title": f"{MARK} reference"}
    sent = Visitor(world, "coordinator.kaz").write("POST", "/api/v1/evidence/", words, version=update.version, **kept)
    assert sent.status_code == 201


def test_every_field_that_may_hold_unreleased_words_holds_a_marked_one(everything_hidden, tally):
    wordy = [(model, field) for model in LOCKED for field in model._meta.local_concrete_fields if is_wordy(field)]

    without = {f"{model.__name__}.{field.name}" for model, field in wordy if not marked(model, field)}

    tally(fields=len(wordy))
    assert without == named(NOT_WORDS_HERE)


def test_no_table_that_is_open_to_every_reader_holds_a_marked_word(everything_hidden, tally):
    open_ones = [model for model in apps.get_models(include_auto_created=True) if model not in LOCKED]
    fields = [(model, field) for model in open_ones for field in model._meta.local_concrete_fields]
    wordy = [(model, field) for model, field in fields if isinstance(field, WORDY)]

    found = {f"{model.__name__}.{field.name}" for model, field in wordy if marked(model, field)}

    tally(fields=len(wordy))
    assert found == named(OPEN_WORDS)


def test_no_cache_keeps_a_marked_word_but_rendered_files(everything_hidden, world, tally):
    """A rendered file is kept by the fingerprint of what it was made from; who asks for it is asked again each time."""
    asked = drawn([place for place in pages() if "?" not in place])
    for who in ("coordinator.kaz", "editor"):
        for place in asked:
            Visitor(world, who).get(place)
    tally(answers=2 * len(asked))

    kept = {name: [key for key, value in caches[name]._cache.items() if MARK.lower().encode() in value.lower()]
            for name in ("default", "local")}  # fmt: skip

    assert kept == {"default": [], "local": []}
