"""What people are told: a notice in the desk for each move, and how each person wants mail about it.

A notice names the move and points at its event. It holds no words of a State, and what it points at is read through
the rule of who sees what each time it is shown.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.errors import Invalid, Problem
from commitments.models.events import Event
from commitments.models.people import Person
from commitments.notifications import letter_of_a_move, mail_later, phrase_of, phrase_of_a_batch
from commitments.querysets import NoticeQuerySet

KEPT_FOR = dt.timedelta(days=180)
BATCH = "batch:"  # begins the subject of what was done together


class Kind(models.TextChoices):
    """What somebody is told of, as they choose how to hear of it."""

    WAITING = "waiting", gettext_lazy("Something awaits your clearance or review")
    RETURNED = "returned", gettext_lazy("Something has been returned")
    DECIDED = "decided", gettext_lazy("Something has been accepted or published")
    TAKEN_BACK = "taken_back", gettext_lazy("Something has been recalled, withdrawn or opened for revision")
    REMINDER = "reminder", gettext_lazy("Reminders of deadlines")


class How(models.TextChoices):
    """When mail is sent about it. The notice in the desk is there in every case."""

    AT_ONCE = "at_once", gettext_lazy("A message at once")
    DIGEST = "digest", gettext_lazy("In one message a day")
    NONE = "none", gettext_lazy("No message")


KINDS: dict[str, Kind] = {
    "submit": Kind.WAITING,
    "clear": Kind.WAITING,
    "return": Kind.RETURNED,
    "accept": Kind.DECIDED,
    "publish": Kind.DECIDED,
    "recall": Kind.TAKEN_BACK,
    "refuse_file": Kind.RETURNED,
    "withdraw": Kind.TAKEN_BACK,
    "revise": Kind.TAKEN_BACK,
}
# What a return or a deadline asks for cannot always wait until tomorrow; the rest comes in dozens.
UNLESS_CHOSEN: dict[str, How] = {
    Kind.WAITING: How.DIGEST,
    Kind.RETURNED: How.AT_ONCE,
    Kind.DECIDED: How.DIGEST,
    Kind.TAKEN_BACK: How.DIGEST,
    Kind.REMINDER: How.AT_ONCE,
}


class Choice(models.Model):
    """How one person wants to hear of one kind of thing, where they have said so."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    how = models.CharField(max_length=8, choices=How.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_choice_a_kind")]

    @classmethod
    @transaction.atomic
    def choose(cls, *, by: Person, hows: Mapping[str, str]) -> None:
        """Everybody chooses for themselves, and from the next notice on."""
        problems = [
            Problem(kind, "choice", _("One of: %(choices)s.") % {"choices": ", ".join(How.values)})
            for kind, how in hows.items()
            if kind not in Kind.values or how not in How.values
        ]
        if problems:
            raise Invalid(problems=problems)
        for kind, how in hows.items():
            cls.objects.update_or_create(person=by, kind=kind, defaults={"how": how})

    @classmethod
    def without_digest(cls, *, by: Person) -> None:
        """No message of the day any more. What is returned cannot wait to be found: it is told at once instead."""
        told = [kind for kind, how in cls.of(by).items() if how == How.DIGEST]
        cls.choose(by=by, hows={kind: How.AT_ONCE if kind == Kind.RETURNED else How.NONE for kind in told})

    @classmethod
    def of(cls, person: Person) -> dict[str, str]:
        """How this person hears of every kind."""
        chosen = cls.objects.filter(person=person).values_list("kind", "how")
        return {**UNLESS_CHOSEN, **dict(chosen)}

    @classmethod
    def of_all(cls, people: Iterable[Person], kind: str) -> dict[int, str]:
        """How each of these people hears of this kind, by their key. One query."""
        told = list(people)
        chosen = dict(cls.objects.filter(person__in=told, kind=kind).values_list("person", "how"))
        return {person.pk: chosen.get(person.pk, UNLESS_CHOSEN[kind]) for person in told}


class Digest(models.Model):
    """The one message of a day to one person. The row is the claim to send it: there is never a second."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="digests")
    day = models.DateField()  # by the person's own clock
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day")]


class Notice(models.Model):
    """One person is told of one move, or is reminded of something. Nobody else reads it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="notices")
    reminder = models.ForeignKey("commitments.Reminder", models.CASCADE, null=True, related_name="notices")
    mail = models.CharField(max_length=8, choices=How.choices)  # as the person had chosen when it was made
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_is_of_a_move_or_a_reminder",
                condition=models.Q(event=None, reminder__isnull=False) | models.Q(event__isnull=False, reminder=None),
            )
        ]
        indexes = [
            models.Index(fields=["person", "at"], name="notices_of_a_person"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="notices_unread"),
        ]

    def __str__(self) -> str:
        """What happened, in the reader's language: the item and the move."""
        if self.event is None:
            return str(self.reminder)
        if self.event.update is None:
            return phrase_of_a_batch(self.event.changes)
        return phrase_of(self.event.move, self.event.update.commitment.action_item)

    @property
    def update(self) -> Any:
        return self.event.update if self.event else None

    @property
    def key(self) -> str:
        """The key of the update that it is about; of all else none."""
        return self.event.update.key if self.event and self.event.update else ""

    @property
    def batch(self) -> str:
        """The key of what was done together, where it is about that."""
        return self.event.subject.removeprefix(BATCH) if self.event and not self.event.update else ""

    @classmethod
    def tell(cls, people: Iterable[Person], event: Event) -> None:
        """Tell these people of a move, in its transaction; mail goes after the commit, by each one's choice."""
        told, kind = list(people), KINDS[event.move]
        hows = Choice.of_all(told, kind)
        cls.objects.bulk_create(
            cls(person=person, kind=kind, event=event, at=event.at, mail=hows[person.pk]) for person in told
        )
        for person in told:
            if hows[person.pk] == How.AT_ONCE and event.update:
                item, key = event.update.commitment.action_item, event.update.key
                mail_later(person, letter_of_a_move(event.move, item, key))

    @classmethod
    def leave(cls, person: Person, event: Event) -> None:
        """In the desk alone: what this person asked for is over. Its letter goes by itself."""
        cls.objects.create(person=person, kind=Kind.DECIDED, event=event, at=event.at, mail=How.NONE)

    @classmethod
    def read(cls, *, by: Person, uid: uuid.UUID | None = None, until: dt.datetime | None = None) -> int:
        """Mark one as read, or all up to an instant: what came since was not seen. Returns how many."""
        unread = cls.objects.filter(person=by, read_at=None)
        if uid is not None:
            unread = unread.filter(uid=uid)
        if until is not None:
            unread = unread.filter(at__lte=until)
        return unread.update(read_at=timezone.now())

    @classmethod
    def let_go(cls, now: dt.datetime) -> int:
        """Remove what has been kept for its 180 days. Returns how many."""
        Digest.objects.filter(at__lt=now - KEPT_FOR).delete()
        return cls.objects.filter(at__lt=now - KEPT_FOR).delete()[1].get("commitments.Notice", 0)
