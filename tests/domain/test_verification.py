"""What somebody with the keys of the database could change is found, and the first broken link is named."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from commitments.models import Assessment, Commitment, Event, Notice, Release, Revision, Update
from commitments.models.events import digest
from commitments.verification import Break, broken_links
from tests.owner import owning_the_tables

KEY = "review-2028:KAZ:I.1.2"
LINK = {"kind": "link", "title": "The law", "url": "https://example.org/law", "audience": "public"}


@pytest.fixture
def update(world) -> Update:
    """A history with everything in it: events 1 to 9 of the update, two revisions, a release, a commitment's."""
    update = world.update()
    focal, coordinator, editor = world.who("focal.kaz"), world.who("coordinator.kaz"), world.who("editor")
    update.edit(by=focal, version=0, attach=LINK)
    update = world.walk("submitted", withheld_sections=["challenges"], next_steps_on="2027-01-31")
    update.return_(by=coordinator, version=update.version, reason="Say which law.")
    update.edit(by=focal, version=update.version, values={"results": "Өзбекстан, 😀"})
    update.submit(by=focal, version=update.version)
    update.clear(by=coordinator, version=update.version, audience="participants")
    update.accept(by=editor, version=update.version, observations="Clear.")
    update.publish(by=editor, version=update.version)
    Assessment.objects.get().answer(by=coordinator, reply="Thank you.")
    update.commitment.change(by=coordinator, version=0, planned_measures="A strategy by 2027.")
    world.walk("published", "TJK")
    return update


@pytest.fixture(autouse=True)
def by_whoever_owns_the_tables(db):
    with owning_the_tables():
        yield


def without_triggers(*tables: str) -> None:
    """The guard of these tables stands aside until the test is rolled back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            for verb in ("update", "delete"):
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_no_{verb}{on_table}")


def torn_out(number):
    """With the notices of it, which the database keeps it for."""
    Notice.objects.filter(event__in=event(number)).delete()
    event(number).delete()


def event(sequence: int):
    return Event.objects.filter(subject=f"update:{KEY}", sequence=sequence)


def revision(number: int):
    return Revision.objects.filter(update__commitment__member_state__iso_alpha3="KAZ", number=number)


def rehash(queryset, facts) -> None:
    """Forge one link so that it agrees with itself."""
    queryset.update(hash=digest(facts(queryset.get())))


def forge_event() -> None:
    event(2).update(reason="Forged.")
    rehash(event(2), lambda one: one.facts())


def forget_evidence() -> None:
    revision(1).get().evidence.clear()


def forge_revision() -> None:
    revision(1).update(results="Forged.")
    rehash(revision(1), lambda one: one.facts())


def forget_salt() -> None:
    revision(1).update(salt="")


KAZ = {"update__commitment__member_state__iso_alpha3": "KAZ"}
UPDATE, REVISIONS = f"update:{KEY}", f"revisions:{KEY}"
TAMPERING = {
    "a reason": (lambda: event(4).update(reason="None."), UPDATE, 4),
    "a name": (lambda: event(1).update(by_name="Somebody else"), UPDATE, 1),
    "a time": (lambda: event(3).update(at="2020-01-01T00:00:00Z"), UPDATE, 3),
    "the words of an edit": (lambda: event(5).update(changes={"results": "Other words."}), UPDATE, 5),
    "an audience": (lambda: event(7).update(audience="public"), UPDATE, 7),
    "the revision of an event": (lambda: event(6).update(revision=revision(1).get()), UPDATE, 6),
    "an event in the middle, gone": (lambda: torn_out(4), UPDATE, 4),
    "the first event, gone": (lambda: torn_out(1), UPDATE, 1),
    "the last event, gone": (lambda: torn_out(9), UPDATE, 0),
    "an event with its own hash": (forge_event, UPDATE, 3),
    "an event under another update": (lambda: event(2).update(update=another_update()), UPDATE, 2),
    "the words of a revision": (lambda: revision(1).update(results="Other words."), REVISIONS, 1),
    "the rating of a revision": (lambda: revision(2).update(rating="implemented"), REVISIONS, 2),
    "the author of a revision": (lambda: revision(2).update(made_by_name="Somebody else"), REVISIONS, 2),
    "the salt of a revision": (forget_salt, REVISIONS, 1),
    "the evidence of a revision": (forget_evidence, REVISIONS, 1),
    "the place of a revision": (lambda: revision(1).update(**elsewhere()), REVISIONS, 1),
    "the place of its evidence": (lambda: revision(1).get().evidence.update(**elsewhere()), REVISIONS, 1),
    "a revision with its own hash": (forge_revision, UPDATE, 3),
    "a status": (lambda: set_update(status="accepted"), UPDATE, 0),
    "a version": (lambda: set_update(version=8), UPDATE, 0),
    "what the State decided": (lambda: set_update(audience="public"), UPDATE, 0),
    "the current revision": (lambda: set_update(current_revision=revision(1).get()), UPDATE, 0),
    "a release, wider": (lambda: Release.objects.filter(**KAZ).update(audience="public"), UPDATE, 0),
    "a release, of more sections": (lambda: Release.objects.filter(**KAZ).update(withheld_sections=[]), UPDATE, 0),
    "a release, of other words": (lambda: Release.objects.filter(**KAZ).update(revision=revision(1).get()), UPDATE, 0),
    "a release, rated better": (lambda: Release.objects.filter(**KAZ).update(rating="implemented"), UPDATE, 0),
    "a release, gone": (lambda: Release.objects.filter(**KAZ).delete(), UPDATE, 0),
    "a commitment": (lambda: Commitment.objects.filter(version=1).update(version=0), "commitment:KAZ:I.1.2", 0),
}


def another_update() -> Update:
    return Update.objects.get(commitment__member_state__iso_alpha3="KAZ", commitment__action_item__code="I.1.1")


def elsewhere() -> dict[str, object]:
    return {"commitment": another_update().commitment}


def set_update(**changed) -> None:
    Update.objects.filter(commitment__member_state__iso_alpha3="KAZ", commitment__action_item__code="I.1.2").update(
        **changed
    )


def test_an_honest_record_holds(update, capsys):
    assert list(broken_links()) == []

    call_command("verify_chains")

    count = f"All {Event.objects.count()} events and {Revision.objects.count()} revisions hold."
    assert capsys.readouterr().out == f"{count}\n"


def test_a_chain_that_began_before_there_was_a_salt_holds(world, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr("secrets.token_hex", lambda size: "")
        update = world.walk("submitted")
    update.return_(by=world.who("coordinator.kaz"), version=update.version, reason="Say which law.")
    update.submit(by=world.who("focal.kaz"), version=update.version)

    told = [sorted(one.facts()) for one in update.revisions.order_by("number")]

    assert told[1] == sorted([*told[0], "salt"])
    assert list(broken_links()) == []


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found_with(update, what):
    tamper, subject, number = TAMPERING[what]
    without_triggers("commitments_event", "commitments_revision", "commitments_revision_evidence")

    tamper()

    found = {(broken.subject, broken.number) for broken in broken_links()}
    assert (subject, number) in found
    assert "TJK" not in str(found)


def test_a_release_that_nothing_says_is_found(world, update):
    quiet = world.walk("accepted", "UZB")
    Release.objects.create(
        update=quiet,
        revision=quiet.current_revision,
        cycle=quiet.cycle,
        commitment=quiet.commitment,
        rating=quiet.rating,
        audience="public",
        released_by=world.who("editor"),
    )

    assert list(broken_links()) == [Break("update:review-2028:UZB:I.1.2", 0, "is not released as its events say")]


def test_each_subject_is_named_once_at_its_first_break(update):
    without_triggers("commitments_event")
    event(2).update(reason="Forged.")
    event(5).update(reason="Forged too.")

    assert [(broken.subject, broken.number) for broken in broken_links()] == [(UPDATE, 2)]


def test_the_command_prints_what_is_broken_and_fails(update, capsys):
    without_triggers("commitments_event")
    event(4).update(reason="Forged.")

    with pytest.raises(CommandError, match="1 subject is broken") as failure:
        call_command("verify_chains")

    assert failure.value.returncode == 1
    assert capsys.readouterr().out == f"update:{KEY} 4: has been altered\n"


def test_the_number_of_questions_does_not_grow_with_the_record(world, update, django_assert_max_num_queries):
    for item in ("I.1.1", "II.1.1"):
        for state in ("KAZ", "TJK", "UZB"):
            world.walk("published", state, item=item)

    with django_assert_max_num_queries(8):
        assert list(broken_links()) == []
