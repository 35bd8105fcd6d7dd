"""What is recorded: every word, in chains of hashes that the database itself refuses to change."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction

from commitments.models import Event, Person, Revision
from commitments.models.events import digest
from tests.domain.attempts import edit, report
from tests.owner import owning_the_tables

APPEND_ONLY = ("commitments_event", "commitments_revision", "commitments_revision_evidence")
LINK = {"kind": "link", "title": "The law", "url": "https://example.org/law", "audience": "public"}


@pytest.fixture
def published(world):
    update = world.update()
    update.edit(by=world.who("focal.kaz"), version=0, values={}, attach=LINK)
    return world.walk("published", next_steps_on="2027-01-31", translations={"ru": {"results": "Суды."}})


def test_an_event_tells_who_when_from_where_to_where_and_why(world):
    update = world.walk("cleared")
    update.return_(by=world.who("reviewer"), version=update.version, reason="Say which law.")

    event = update.events.order_by("sequence").last()

    assert (event.move, event.from_status, event.to_status) == ("return", "cleared", "draft")
    assert (event.by, event.by_name, event.reason) == (world.who("reviewer"), "reviewer", "Say which law.")
    assert (event.member_state, event.revision) == (world.states["KAZ"], update.current_revision)
    assert event.at.utcoffset().total_seconds() == 0


def test_every_edit_can_be_read_back_from_the_events(world):
    focal, coordinator = world.who("focal.kaz"), world.who("coordinator.kaz")
    update = report(world.update(), focal, results="First.", next_steps_on="2027-01-31")
    edit(update, coordinator, results="Second.", next_steps_on=None, withheld_sections=["results"])
    edit(update, focal, rating="", challenges="Few judges.", translations={"ru": {"results": "Второе."}})
    update.edit(by=focal, version=update.version, attach=LINK)
    update.edit(by=focal, version=update.version, retire=update.evidence.get())

    rebuilt: dict = {}
    for event in update.events.order_by("sequence"):
        rebuilt |= event.changes

    added, retired = rebuilt.pop("evidence_added"), rebuilt.pop("evidence_retired")
    update.refresh_from_db()
    assert rebuilt == json.loads(json.dumps({name: getattr(update, name) for name in rebuilt}, default=str))
    assert {"results", "next_steps_on", "withheld_sections", "rating", "challenges", "translations"} < set(rebuilt)
    assert added["title"] == retired["title"] == "The law"


def test_words_that_were_replaced_stay_in_the_history(world):
    update = edit(world.update(), world.who("focal.kaz"), results="First.")
    edit(update, world.who("focal.kaz"), results="Second.")

    assert [event.changes["results"] for event in update.events.order_by("sequence")] == ["First.", "Second."]


def test_events_are_chained(published):
    chain = list(Event.objects.filter(subject=f"update:{published.key}").order_by("sequence"))

    assert [event.sequence for event in chain] == [1, 2, 3, 4, 5, 6]
    assert [event.previous_hash for event in chain] == ["", *(event.hash for event in chain[:-1])]
    assert [event.hash for event in chain] == [digest(event.facts()) for event in chain]


def test_revisions_are_chained(world, published):
    published.revise(by=world.who("coordinator.kaz"), version=published.version)
    edit(published, world.who("focal.kaz"), results="New words.")
    published.submit(by=world.who("focal.kaz"), version=published.version)

    chain = list(Revision.objects.filter(update=published).order_by("number"))

    assert [revision.previous_hash for revision in chain] == ["", chain[0].hash]
    assert [revision.hash for revision in chain] == [digest(revision.facts()) for revision in chain]
    assert chain[0].evidence_hashes == [
        {"uid": str(published.evidence.get().uid), "sha256": "", "url": "https://example.org/law"}
    ]


def test_the_event_of_a_submission_names_the_hash_of_the_revision(published):
    event = published.events.get(move="submit")

    assert event.facts()["revision"] == published.current_revision.hash


def test_the_hash_of_an_event_covers_all_that_it_tells(published):
    facts = published.events.get(move="submit").facts()

    assert set(facts) == {
        "subject", "sequence", "previous", "move", "from", "to", "by", "at", "revision", "audience", "reason", "changes"
    }  # fmt: skip
    assert {digest({**facts, fact: "something else"}) == digest(facts) for fact in facts} == {False}


def test_a_name_stays_as_it_was(world, published):
    Person.objects.filter(email=world.emails["focal.kaz"]).update(full_name="A new name")

    assert published.events.get(move="submit").by_name == "focal.kaz"
    assert published.current_revision.made_by_name == "focal.kaz"


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_the_database_refuses_even_its_owner_to_change_the_record(published, table, statement):
    with owning_the_tables(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        before = cursor.fetchone()

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement.format(table=table))

        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == before > (0,)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_database_refuses_even_its_owner_to_replace_or_empty_the_record(published, table):
    if connection.vendor == "postgresql":
        statement = f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE"
    else:
        statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"

    refused = pytest.raises(DatabaseError, match="append-only")
    with owning_the_tables(), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        lambda update: Event.objects.filter(update=update).update(reason="Otherwise."),
        lambda update: update.events.first().delete(),
        lambda update: update.events.first().save(),
        lambda update: update.current_revision.save(),
        lambda update: Revision.objects.filter(update=update).update(results="Otherwise."),
        lambda update: update.current_revision.evidence.clear(),
        lambda update: update.current_revision.evidence.set([]),
        lambda update: Revision.objects.bulk_update([update.current_revision], ["results"]),
    ],
)
def test_nor_through_the_models(published, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change(published)
