"""Moves on many at once: each shown before, each made or refused on its own, nothing that one alone would not allow."""

from __future__ import annotations

import pytest

from commitments.models import Commitment, Update
from tests.admin.conftest import LIST


def confirm(client, action: str, updates: list, address: str = LIST, **words):
    """The second page's button: the rows with the versions that it showed."""
    versions = {f"version-{one.pk}": one.version for one in updates}
    chosen = {"action": action, "_selected_action": [one.pk for one in updates], "confirmed": "yes"}
    return client.post(address, chosen | versions | words)


def choose(client, action: str, updates: list, address: str = LIST):
    return client.post(address, {"action": action, "_selected_action": [one.pk for one in updates]})


OFFERED = {
    "focal.kaz": [],
    "coordinator.kaz": ["return", "clear"],
    "reviewer": ["return", "accept"],
    "editor": ["return", "accept", "publish"],
}


@pytest.mark.parametrize(("name", "moves"), OFFERED.items())
def test_each_role_is_offered_its_own_moves(world, browser, name, moves):
    world.walk("cleared", "KAZ", "I.1.1")

    form = browser(name).get(LIST).context["action_form"]

    offered = [value for value, label in form.fields["action"].choices if value] if form else []
    assert offered == moves


def test_clearing_many_shows_each_and_asks_for_the_audience(world, browser):
    updates = [world.walk("submitted", "KAZ", item) for item in ("I.1.1", "I.1.2")]

    answer = choose(browser("coordinator.kaz"), "clear", updates)

    page = answer.content.decode()
    assert "Do I.1.1" in page
    assert "Do I.1.2" in page
    assert 'name="audience"' in page
    assert Update.objects.filter(status="cleared").count() == 0


def test_confirmed_each_is_cleared_for_that_audience(world, browser):
    updates = [world.walk("submitted", "KAZ", item) for item in ("I.1.1", "I.1.2")]

    confirm(browser("coordinator.kaz"), "clear", updates, audience="participants")

    assert set(Update.objects.filter(status="cleared").values_list("audience", flat=True)) == {"participants"}


def test_clearing_many_keeps_the_sections_that_each_withholds(world, browser):
    update = world.walk("draft")
    update.edit(by=world.who("focal.kaz"), version=1, values={"withheld_sections": ["challenges"]})
    update.submit(by=world.who("focal.kaz"), version=2)

    confirm(browser("coordinator.kaz"), "clear", [update], audience="public")

    update.refresh_from_db()
    assert (update.status, update.withheld_sections) == ("cleared", ["challenges"])


def test_one_that_is_refused_is_reported_and_the_others_go_on(world, browser):
    good, changed = world.walk("submitted", "KAZ", "I.1.1"), world.walk("submitted", "KAZ", "I.1.2")
    changed.version -= 1  # the list was read before the last move

    answer = confirm(browser("coordinator.kaz"), "clear", [good, changed], audience="un")

    outcomes = {outcome.row.pk: outcome for outcome in answer.context["outcomes"]}
    assert outcomes[good.pk].is_done
    assert not outcomes[changed.pk].is_done
    assert outcomes[changed.pk].message == "Somebody has changed this since you read it."
    assert Update.objects.get(pk=changed.pk).status == "submitted"


def test_what_cannot_be_moved_is_left_out_before_anything_is_asked(world, browser):
    draft, submitted = world.walk("draft", "KAZ", "I.1.1"), world.walk("submitted", "KAZ", "I.1.2")

    answer = choose(browser("coordinator.kaz"), "clear", [draft, submitted])

    assert [row.pk for row in answer.context["rows"]] == [submitted.pk]
    assert "Not possible now: it is draft." in answer.content.decode()


def test_four_eyes_hold_in_bulk(world, browser):
    update = world.walk("draft")
    update.edit(by=world.who("coordinator.kaz"), version=1, values={"results": "Mine."})
    update.submit(by=world.who("focal.kaz"), version=2)

    confirm(browser("coordinator.kaz"), "clear", [update], audience="public")

    update.refresh_from_db()
    assert update.status == "submitted"


@pytest.mark.parametrize(
    ("name", "action", "status"),
    [
        ("focal.kaz", "clear", "submitted"),
        ("coordinator.tjk", "clear", "submitted"),
        ("coordinator.kaz", "accept", "cleared"),
        ("reviewer", "publish", "accepted"),
        ("reviewer", "accept", "submitted"),
        ("editor", "publish", "cleared"),
        ("administrator", "clear", "submitted"),
        ("partner", "publish", "accepted"),
    ],
)
def test_bulk_refuses_what_one_alone_would_not_allow(world, browser, name, action, status):
    update = world.walk(status)

    confirm(browser(name), action, [update], audience="public", reason="Because.")

    update.refresh_from_db()
    assert update.status == status


def test_returning_many_needs_a_reason(world, browser):
    update = world.walk("submitted")
    client = browser("coordinator.kaz")

    answer = confirm(client, "return", [update])
    confirm(client, "return", [update], reason="More figures.")

    assert [outcome.message for outcome in answer.context["outcomes"]] == ["Give a reason."]
    update.refresh_from_db()
    assert update.status == "draft"


def test_rows_are_chosen_by_number_or_not_at_all(world, browser):
    answer = browser("coordinator.kaz").post(LIST, {"action": "clear", "_selected_action": ["1 or 1=1"]})

    assert answer.status_code == 400


def test_the_coordinator_assigns_the_lead_agency_of_many(world, browser):
    address = "/admin/commitments/commitment/"
    rows = list(Commitment.objects.filter(member_state=world.states["KAZ"]))
    justice = world.agencies["justice.kaz"]

    confirm(browser("coordinator.kaz"), "assign_lead", rows, address, lead_agency=justice.pk, reason="Reorganised.")

    assert Commitment.objects.filter(lead_agency=justice).count() == 4


def test_no_agency_of_another_state_can_be_assigned(world, browser):
    rows = list(Commitment.objects.filter(member_state=world.states["KAZ"]))
    foreign = world.agencies["interior.tjk"]

    confirm(browser("coordinator.kaz"), "assign_lead", rows, "/admin/commitments/commitment/", lead_agency=foreign.pk)

    assert not Commitment.objects.filter(member_state=world.states["KAZ"], lead_agency=foreign).exists()


def test_no_commitment_of_another_state_is_reached(world, browser):
    rows = list(Commitment.objects.filter(member_state=world.states["TJK"]))
    own = world.agencies["justice.kaz"]

    confirm(browser("coordinator.kaz"), "assign_lead", rows, "/admin/commitments/commitment/", lead_agency=own.pk)

    assert not Commitment.objects.filter(lead_agency=own).exists()
