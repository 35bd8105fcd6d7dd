"""From one engine to the other and back: the same rows, the same files, the same answers to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS

from commitments.api import kept
from commitments.models import Event, Person
from commitments.readings import Ledger
from operations.backups import making, rows, sums
from operations.backups.beside import asking, opened
from operations.backups.manifest import FILES, Manifest
from tests.api.conftest import Caller
from tests.depth import FULL
from tests.hostile.places import api_details, api_lists, report_files
from tests.operations.test_backups import backup, evidence, restore  # noqa: F401

pytestmark = [pytest.mark.battery("B9"), pytest.mark.django_db(transaction=True)]
READERS = ("focal.kaz", "coordinator.tjk", "editor", None) if FULL else ("focal.kaz", None)
DETAILS = {
    "updates": ["review-2028:KAZ:I.1.2", "review-2028:KAZ:II.1.1"],
    "published-updates": ["review-2028:KAZ:II.1.1"],
}


def answers(world, alias: str) -> dict[tuple[str, str | None], tuple[int, bytes]]:
    """What each reader is answered at each address, where this database is asked."""
    places = [place for place in api_lists() if "?" not in place or FULL]
    places += [*api_details(DETAILS), *(place for place in report_files() if ".json" in place)]
    found = {}
    with asking(alias):
        kept.forget()
        for name in READERS:
            caller = Caller()
            if name:
                caller.force_authenticate(Person.objects.get(email=world.emails[name]))
            for place in places:
                answer = caller.get(place)
                found[place, name] = answer.status_code, answer.getvalue() if answer.streaming else answer.content
    kept.forget()
    return found


def read(folder: Path, world) -> tuple[dict, dict, dict]:
    """Rows, files and answers of a backup in SQLite's form."""
    with opened(Manifest.read(folder).database(folder)) as alias:
        told = rows.tallies(alias), answers(world, alias)
    return told[0], {name: digest for name, digest in sums.listed(folder).items() if name.startswith(FILES)}, told[1]


def test_there_and_back_everything_is_the_same_to_the_byte(world, evidence, tmp_path, monkeypatch, tally):  # noqa: F811
    """On PostgreSQL: SQLite -> PostgreSQL -> SQLite. On SQLite: into a database of its own, and out of it."""
    world.walk(
        "published", "KAZ", "II.1.1", results="Границы \u2014 без «щелей».", translations={"ru": {"results": "Да"}}
    )
    monkeypatch.setattr(Ledger, "write", lambda *facts: None)  # a backup is asked, and takes no note of it
    first = backup(tmp_path / "first", "--portable")
    before = read(first, world)
    world.walk("published", "TJK", "II.1.1")

    restore(first, "--overwrite", "--keep-sign-ins")
    between = rows.tallies(DEFAULT_DB_ALIAS), answers(world, DEFAULT_DB_ALIAS)
    after = read(backup(tmp_path / "second", "--portable"), world)

    assert after[0] == between[0] == before[0]
    assert after[1] == before[1] and len(before[1]) == 1
    assert [at for at, answer in before[2].items() if not answer == between[1][at] == after[2][at]] == []
    assert sum(status == 200 for status, _ in before[2].values()) > 40
    tally(rows=sum(one["rows"] for one in before[0].values()), answers=len(before[2]))
    event = world.walk("published", "TJK", "II.1.1").events.latest("pk")
    assert event.pk > Event.objects.exclude(pk=event.pk).latest("pk").pk  # and no key is given twice


@pytest.mark.same_on_every_engine
def test_rows_lost_on_the_way_are_no_backup(world, evidence, tmp_path, monkeypatch):  # noqa: F811
    expected = rows.tallies(DEFAULT_DB_ALIAS)
    monkeypatch.setattr(making, "_of_sqlite", lambda folder: making._into_sqlite(folder / "copy", expected))
    monkeypatch.setattr(making, "call_command", lambda *words, **options: None)
    monkeypatch.setattr(rows, "copy", lambda source, target: None)

    with pytest.raises(CommandError, match=r"no new backup: .*commitments_person"):
        backup(tmp_path / "shelf")

    assert list((tmp_path / "shelf").iterdir()) == []
