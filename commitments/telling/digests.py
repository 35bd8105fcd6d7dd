"""One message a day to each person who wants to hear of something in that way, in their morning."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from commitments.models import Choice, Digest, Notice, Person
from commitments.models.notices import How
from commitments.notifications import mail_now, takes_mail
from commitments.querysets import NoticeQuerySet
from commitments.telling.clocks import day_of, is_morning, zones_of
from commitments.telling.letters import letter_of_the_day

logger = logging.getLogger(__name__)


def send_digests(now: dt.datetime | None = None) -> int:
    """To everybody whose morning it is and for whom there is something to say, once a day. Returns how many went.

    May run as often as one likes, and twice at once: the row of the day is claimed before the message is written.
    """
    now = now or timezone.now()
    waiting = Notice.objects.filter(mail=How.DIGEST, digest=None, read_at=None).values("person")
    people = [person for person in Person.objects.filter(pk__in=waiting).order_by("pk") if takes_mail(person)]
    zones = zones_of(people)
    return sum(_send(person, zones[person.pk], now) for person in people if is_morning(zones[person.pk], now))


def to_be_told(person: Person) -> NoticeQuerySet:
    """What the next message says: not yet read in the desk, still theirs to see, and still wanted by mail."""
    unwanted = [kind for kind, how in Choice.of(person).items() if how == How.NONE]
    rows = Notice.objects.visible_to(person).unread().filter(mail=How.DIGEST, digest=None)
    return rows.exclude(kind__in=unwanted).told().order_by("at", "pk")


def _send(person: Person, zone: ZoneInfo, now: dt.datetime) -> bool:
    """A claim whose message could not leave is given back: the next run tries again."""
    digest, notices = _claim(person, day_of(zone, now), now)
    if digest is None:
        return False
    try:
        return bool(mail_now([(person, lambda: letter_of_the_day(person, notices, now, zone))]))
    except Exception:  # a mail server that is down must not keep the others from theirs
        logger.exception("The message of the day could not be sent")
        digest.delete()
        return False


@transaction.atomic
def _claim(person: Any, day: dt.date, now: dt.datetime) -> tuple[Digest | None, list[Notice]]:
    digest, is_new = Digest.objects.get_or_create(person=person, day=day, defaults={"at": now})
    notices = list(to_be_told(person)) if is_new else []
    if not notices:
        if is_new:
            digest.delete()
        return None, []
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(digest=digest)
    return digest, notices
