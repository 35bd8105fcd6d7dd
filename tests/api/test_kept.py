"""Codes kept in memory: the same answers with them and without, and nothing that may be undone."""

from __future__ import annotations

import time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from commitments.api import kept
from commitments.models import ActionItem, MemberState

ANSWERS = [
    ("coordinator.kaz", "updates/"),
    ("coordinator.kaz", "updates/?fields=lead_agency,key,pillar,objective"),
    ("coordinator.kaz", "updates/?pillar=I&member_state=KAZ"),
    ("coordinator.kaz", "updates/?objective=I.1&ordering=action_item"),
    ("coordinator.kaz", "updates/?action_item=I.1.2&cycle=review-2028"),
    ("coordinator.kaz", "updates/review-2028:KAZ:I.1.2/"),
    ("focal.tjk", "published-updates/?ordering=-member_state"),
    (None, "published-updates/?pillar=II"),
    (None, "published-updates/review-2028:KAZ:I.1.2/"),
    ("coordinator.kaz", "commitments/?pillar=I"),
    (None, "published-updates/?pillar=XX"),
    (None, "published-updates/?cycle=never&member_state=ZZZ"),
]


@pytest.mark.usefixtures("known_codes")
@pytest.mark.parametrize(("who", "place"), ANSWERS)
def test_answers_are_the_same_from_memory(world, call, monkeypatch, who, place):
    world.walk("published", item="I.1.2")
    world.walk("published", "TJK", "II.1.1", audience="participants")

    from_memory = [call(who).get(place) for _ in range(2)]
    with monkeypatch.context() as patch:
        patch.setattr(kept, "may_keep", lambda: False)
        read = call(who).get(place)

    assert [(one.status_code, one.content) for one in from_memory] == [(read.status_code, read.content)] * 2


def test_a_row_that_came_later_is_found(world, known_codes):
    kept.facts(MemberState, ())
    later = MemberState.objects.create(name="Later", iso_alpha2="LT", iso_alpha3="LTR", m49="999", time_zone="UTC")

    assert kept.keys_named(MemberState, "iso_alpha3", "LTR") == [later.pk]
    assert kept.facts(MemberState, [later.pk])[later.pk] == {"iso_alpha3": "LTR"}


def test_it_is_read_again_after_a_minute(world, known_codes, monkeypatch):
    item = ActionItem.objects.get(code="I.1.2")
    assert kept.facts(ActionItem, [item.pk])[item.pk]["short_title"] == item.short_title
    ActionItem.objects.filter(pk=item.pk).update(short_title="Mended")
    assert kept.facts(ActionItem, [item.pk])[item.pk]["short_title"] == item.short_title

    later = time.monotonic() + kept.SECONDS + 1
    monkeypatch.setattr(kept.time, "monotonic", lambda: later)

    assert kept.facts(ActionItem, [item.pk])[item.pk]["short_title"] == "Mended"


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_of_a_transaction():
    assert kept.may_keep()
    with transaction.atomic():
        assert not kept.may_keep()
        MemberState.objects.create(name="Undone", iso_alpha2="UN", iso_alpha3="UND", m49="998", time_zone="UTC")
        assert kept.keys_named(MemberState, "iso_alpha3", "UND")
        transaction.set_rollback(True)

    kept.forget()
    assert not kept.keys_named(MemberState, "iso_alpha3", "UND")


def test_the_second_page_asks_nothing(world, known_codes):
    keys = list(ActionItem.objects.values_list("pk", flat=True))
    kept.facts(ActionItem, keys)

    with CaptureQueriesContext(connection) as queries:
        assert set(kept.facts(ActionItem, keys)) == set(keys)
    assert not queries
