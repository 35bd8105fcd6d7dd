"""Mail of two worlds that differ only in what Kazakhstan keeps to itself is the same, to the byte, to all who may not
know: how many letters come, when, and every word of them. Nobody says what a leak looks like: any difference is one.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase

from commitments.models import Choice
from commitments.models.notices import How, Kind
from tests.builders import World
from tests.hostile import hidden
from tests.hostile.conftest import NOON

pytestmark = pytest.mark.battery("A2")

OF_KAZAKHSTAN = ("focal.kaz", "contributor.kaz", "coordinator.kaz")
SECRETARIAT = ("reviewer", "editor")
CHOICES = (How.AT_ONCE, How.DIGEST)
# 8 in the morning in the capitals and by UTC: tomorrow, seven days and one before the deadline, and once it has passed.
MORNINGS = [NOON.replace(hour=hour) + dt.timedelta(days=days) for days in (1, 23, 29, 31) for hour in (3, 8)]
Letters = dict[str, list[tuple[str, str, str]]]  # to each reader: subject, words and headers


class _Undone(Exception):
    pass


def letters_in_a_world(world: World, *steps: Callable[[], object]) -> Letters:
    """All that is sent to each while the steps are made and on the mornings after; then all of it is undone."""
    mail.outbox.clear()
    try:
        with transaction.atomic():
            with TestCase.captureOnCommitCallbacks(execute=True):
                for step in steps:
                    step()
            for morning in MORNINGS:
                with time_machine.travel(morning, tick=False), TestCase.captureOnCommitCallbacks(execute=True):
                    call_command("send_reminders", stdout=io.StringIO())
                    call_command("send_digests", stdout=io.StringIO())
            raise _Undone
    except _Undone:
        pass
    sent: Letters = {name: [] for name in world.emails}
    names = {email: name for name, email in world.emails.items()}
    for letter in mail.outbox:
        for address in letter.to:
            named = names.get(address, address)
            sent.setdefault(named, []).append((letter.subject, str(letter.body), str(letter.extra_headers)))
    return sent


def everybody_hears(world: World, how: How) -> None:
    for name in world.emails:
        Choice.choose(by=world.who(name), hows=dict.fromkeys(Kind.values, how))


def news_of_all(world: World) -> None:
    """What each of the readers hears of by right, so that there is mail to compare."""
    hidden.releases(world)
    world.walk("cleared", "TJK", "II.1.1", audience="un")
    update = world.update("TJK", "I.1.1")
    update.return_(by=world.who("coordinator.tjk"), version=update.version, reason="Say when.")


def beyond(letters: Letters, known_to: tuple[str, ...]) -> Letters:
    return {name: sent for name, sent in letters.items() if name not in known_to}


@pytest.mark.parametrize("how", CHOICES)
def test_no_letter_beyond_the_un_tells_of_what_is_not_released(world, how):
    everybody_hears(world, how)

    without = letters_in_a_world(world, lambda: news_of_all(world))
    beside = letters_in_a_world(world, lambda: news_of_all(world), lambda: hidden.hide_all(world))

    known_to = (*OF_KAZAKHSTAN, *SECRETARIAT)
    assert beyond(beside, known_to) == beyond(without, known_to)
    assert all(without[name] for name in ("focal.tjk", "coordinator.tjk"))
    assert beside["coordinator.kaz"] != without["coordinator.kaz"]


@pytest.mark.parametrize("how", CHOICES)
def test_no_letter_to_the_secretariat_tells_of_drafts_and_what_stays_in_the_state(world, how):
    everybody_hears(world, how)
    drafts = (lambda: hidden.write_drafts(world, "Hush"), lambda: hidden.keep_in_the_state(world, "Hush"))

    without = letters_in_a_world(world, lambda: news_of_all(world))
    beside = letters_in_a_world(world, lambda: news_of_all(world), *drafts)

    assert beyond(beside, OF_KAZAKHSTAN) == beyond(without, OF_KAZAKHSTAN)
    assert all(without[name] for name in SECRETARIAT)


@pytest.mark.parametrize("how", CHOICES)
def test_no_letter_to_anybody_holds_words_of_a_state(world, how):
    """Not even to those who may read them: mail passes through hands that nobody has appointed."""
    everybody_hears(world, how)

    letters = letters_in_a_world(world, lambda: news_of_all(world), lambda: hidden.hide_all(world))

    assert hidden.MARK not in str(letters)
    assert sum(map(len, letters.values())) > 10
