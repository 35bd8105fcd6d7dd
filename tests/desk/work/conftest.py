"""A focal point's day: addresses, the next cycle with carried words, and what a page's script sends."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from commitments.models import Cycle, Update
from tests.builders import World

WORK = "/desk/"
SCRIPT = {"HX-Request": "true"}


def address(update: Update, place: str = "") -> str:
    return f"/desk/updates/{update.key.replace(':', '/')}/{place}"


def typed(update: Update, **words: Any) -> dict[str, Any]:
    """What the page's script sends: the version shown, and of each field touched what it held and what it holds now."""
    sent: dict[str, Any] = {"version": update.version}
    for name, text in words.items():
        sent |= {f"initial-{name}": getattr(update, name) or "", name: text}
    return sent


def now(update: Update) -> Update:
    return Update.objects.get(pk=update.pk)


@pytest.fixture
def later(world: World) -> Update:
    """Kazakhstan's draft on I.1.2 in the next cycle, with what was published in this one carried over."""
    world.walk("published", "KAZ", "I.1.2")
    first = timezone.now().date()
    days = [first + dt.timedelta(days=10 * number) for number in range(4)]
    names = ("opens_on", "submissions_due_on", "clearances_due_on", "closes_on")
    words = {"slug": "review-2030", "plan": world.plan, "title": "Review 2030"}
    cycle = Cycle.objects.create(**words, **dict(zip(names, days, strict=True)))
    cycle.open(by=world.who("editor"))
    return Update.objects.get(cycle=cycle, commitment=world.update("KAZ", "I.1.2").commitment)
