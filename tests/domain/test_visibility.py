"""Who sees what: reader x status x audience, for the working copies and for what is released of them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from commitments.mandates import Mandate
from commitments.models import Release, Revision, Update
from commitments.workflow import Audience, Status

AUDIENCES = ["state", "un", "participants", "public"]
PARTNERS = {"partner", "observer", "nobody", "administrator", "anonymous"}
OTHER_STATE = {"focal.tjk", "contributor.tjk", "coordinator.tjk"}
OWN_AGENCIES = {"focal.kaz", "coordinator.kaz"}  # of item I.1.2, which the interior ministry leads alone
OWN_STATE = OWN_AGENCIES | {"contributor.kaz"}  # the justice ministry has no part in it
SECRETARIAT = {"reviewer", "editor"}
READERS = PARTNERS | OTHER_STATE | OWN_STATE | SECRETARIAT

WORKING_COPY = {
    ("draft", "state"): OWN_AGENCIES,
    ("draft", "un"): OWN_AGENCIES,
    ("draft", "participants"): OWN_AGENCIES,
    ("draft", "public"): OWN_AGENCIES,
    ("submitted", "state"): OWN_AGENCIES,
    ("submitted", "un"): OWN_AGENCIES,
    ("submitted", "participants"): OWN_AGENCIES,
    ("submitted", "public"): OWN_AGENCIES,
    ("cleared", "state"): OWN_STATE,
    ("cleared", "un"): OWN_STATE | SECRETARIAT,
    ("cleared", "participants"): OWN_STATE | SECRETARIAT,
    ("cleared", "public"): OWN_STATE | SECRETARIAT,
    ("accepted", "un"): OWN_STATE | SECRETARIAT,
    ("accepted", "participants"): OWN_STATE | SECRETARIAT,
    ("accepted", "public"): OWN_STATE | SECRETARIAT,
    ("published", "un"): OWN_STATE | SECRETARIAT,
    ("published", "participants"): OWN_STATE | SECRETARIAT,
    ("published", "public"): OWN_STATE | SECRETARIAT,
}
RELEASED = {
    "un": OWN_STATE | SECRETARIAT,
    "participants": OWN_STATE | SECRETARIAT | OTHER_STATE,
    "public": READERS,
}


def readers(world) -> dict:
    people = {name: world.who(name) for name in READERS - {"anonymous"}}
    return people | {"anonymous": AnonymousUser()}


def who_sees(world, queryset) -> set[str]:
    return {name for name, someone in readers(world).items() if queryset.visible_to(someone).exists()}


def decided_before(world, audience: str) -> Update:
    """A draft for which the State has once decided this audience, and then taken it back."""
    update = world.walk("cleared", audience=audience)
    return update.recall(by=world.who("coordinator.kaz"), version=update.version, reason="A word was wrong.")


def standing_at(world, status: str, audience: str) -> Update:
    if status in {"cleared", "accepted", "published"}:
        return world.walk(status, audience=audience)
    update = decided_before(world, audience)
    if status == "submitted":
        update.submit(by=world.who("focal.kaz"), version=update.version)
    return update


@pytest.mark.parametrize(("status", "audience"), WORKING_COPY)
def test_a_working_copy_is_seen_by(world, status, audience):
    update = standing_at(world, status, audience)

    assert (update.status, update.audience) == (status, audience)
    assert who_sees(world, Update.objects.filter(pk=update.pk)) == WORKING_COPY[status, audience]


@pytest.mark.parametrize(("status", "audience"), WORKING_COPY)
def test_revisions_are_seen_by_those_who_see_the_update(world, status, audience):
    update = standing_at(world, status, audience)

    assert who_sees(world, update.revisions.all()) == WORKING_COPY[status, audience]


@pytest.mark.parametrize("audience", RELEASED)
def test_the_revision_in_force_is_seen_by_the_state_and_the_secretariat_while_the_next_is_written(world, audience):
    update = world.walk("published", audience=audience)
    update.revise(by=world.who("coordinator.kaz"), version=update.version)

    assert who_sees(world, update.revisions.all()) == OWN_STATE | SECRETARIAT


@pytest.mark.parametrize("audience", RELEASED)
def test_a_release_is_read_by(world, audience):
    world.walk("published", audience=audience)

    assert who_sees(world, Release.objects.all()) == RELEASED[audience]


@pytest.mark.parametrize(
    ("asked", "read"),
    {
        "public": {"public"},
        "participants": {"participants", "public"},
        "un": {"un", "participants", "public"},
        "state": {"un", "participants", "public"},
    }.items(),
)
def test_what_is_released_to_an_audience_is_all_that_is_as_wide_or_wider(world, asked, read):
    for audience, item in zip(["un", "participants", "public"], ["I.1.1", "I.1.2", "II.1.1"], strict=True):
        world.walk("published", item=item, audience=audience)

    assert {release.audience for release in Release.objects.all().released_to(asked)} == read


def test_audiences_stand_narrowest_first():
    assert [audience.value for audience in Audience] == AUDIENCES
    assert [audience.width for audience in Audience] == [0, 1, 2, 3]


def test_a_contributing_agency_sees_its_drafts_too(world):
    world.walk("draft", item="I.1.1")

    seen = Update.objects.visible_to(world.who("contributor.kaz")).values_list("commitment__action_item__code")

    assert list(seen) == [("I.1.1",)]


@pytest.mark.parametrize(
    ("name", "own"),
    {
        "focal.kaz": {"KAZ:I.1.1", "KAZ:I.1.2", "KAZ:II.1.1", "KAZ:II.1.2"},
        "contributor.kaz": {"KAZ:I.1.1"},
        "coordinator.kaz": {"KAZ:I.1.1", "KAZ:I.1.2", "KAZ:II.1.1", "KAZ:II.1.2"},
        "reviewer": set(),
        "editor": set(),
        "administrator": set(),
        "partner": set(),
    }.items(),
)
def test_of_all_the_drafts_of_three_states_each_sees(world, name, own):
    rows = Update.objects.visible_to(world.who(name)).select_related("commitment__member_state")

    assert {row.commitment.key for row in rows} == own


@pytest.mark.parametrize("reader", [None, AnonymousUser(), Mandate()])
def test_without_a_mandate_only_public_words_are_read(world, reader):
    world.walk("published", item="I.1.1", audience="participants")
    world.walk("published", item="I.1.2", audience="public")

    assert Release.objects.visible_to(reader).count() == 1
    assert not Revision.objects.visible_to(reader).exists()
    assert not Update.objects.visible_to(reader).exists()


@pytest.mark.parametrize(
    ("name", "reads"),
    {name: name in OWN_STATE | SECRETARIAT for name in sorted(READERS - {"anonymous"})}.items(),
)
def test_withheld_sections_are_open_to_the_state_and_the_secretariat_alone(world, name, reads):
    assert Mandate.of(world.who(name)).reads_withheld(world.states["KAZ"].pk) is reads


def test_no_question_answers_a_row_twice(world):
    world.walk("published", item="I.1.1")
    everybody = readers(world).values()

    for model in (Update, Release, Revision):
        rows = [list(model.objects.visible_to(someone).values_list("pk", flat=True)) for someone in everybody]

        assert [len(keys) for keys in rows] == [len(set(keys)) for keys in rows]


def test_the_statuses_of_these_tables_are_all_there_are():
    assert {status for status, _ in WORKING_COPY} == set(Status.values)
