"""The workflow of an update: who may move it from where to where, and what that needs.

One table, `MOVES`. The API's `allowed_moves`, the buttons, the documents and the tests are read from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, WrongStatus


class Status(TextChoices):
    """The workflow position of an update, and only that."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    CLEARED = "cleared", _("Cleared")
    ACCEPTED = "accepted", _("Accepted")
    PUBLISHED = "published", _("Published")


class Role(TextChoices):
    """What a person may be appointed to."""

    FOCAL_POINT = "focal_point", _("Focal point")
    COORDINATOR = "coordinator", _("National coordinator")
    REVIEWER = "reviewer", _("Secretariat reviewer")
    EDITOR = "editor", _("Secretariat editor")
    PARTNER = "partner", _("Partner")
    OBSERVER = "observer", _("Observer")


class Capacity(TextChoices):
    """In what capacity a person stands before one update."""

    LEAD = "lead", _("Focal point of the lead agency")
    CONTRIBUTING = "contributing", _("Focal point of a contributing agency")
    COORDINATOR = "coordinator", _("National coordinator")
    REVIEWER = "reviewer", _("Secretariat reviewer")
    EDITOR = "editor", _("Secretariat editor")


class Audience(TextChoices):
    """Who may read released words, narrowest first."""

    STATE = "state", _("The State only")
    UN = "un", _("The State and the UN")
    PARTICIPANTS = "participants", _("All participating States")
    PUBLIC = "public", _("Everyone")

    @property
    def width(self) -> int:
        return list(Audience).index(self)


class Need(TextChoices):
    """What a move asks for besides the right capacity."""

    WINDOW = "window", _("the window open, or a live extension")
    REOPENING = "reopening", _("the window open, or a reopening granted")
    COMPLETE = "complete", _("complete for its rating, carried text reconfirmed")
    REASON = "reason", _("a reason")
    FOUR_EYES = "four_eyes", _("somebody other than the last editor")
    AUDIENCE = "audience", _("the audience decided")


@dataclass(frozen=True)
class Move:
    """One row of the table. `name` is the verb that every channel uses."""

    name: str
    source: frozenset[Status]
    target: Status
    by: frozenset[Capacity]
    needs: frozenset[Need] = field(default_factory=frozenset)
    label: Any = ""
    effect: Any = ""


def _move(name: str, source: Any, target: Status, by: Any, *needs: Need, label: Any, effect: Any = "") -> Move:
    return Move(name, frozenset(source), target, frozenset(by), frozenset(needs), label, effect)


_STATE_WRITERS = {Capacity.LEAD, Capacity.CONTRIBUTING, Capacity.COORDINATOR}
_REVIEWERS = {Capacity.REVIEWER, Capacity.EDITOR}

MOVES: tuple[Move, ...] = (
    _move("edit", {Status.DRAFT}, Status.DRAFT, _STATE_WRITERS, Need.WINDOW, label=_("Save")),
    _move(
        "submit",
        {Status.DRAFT},
        Status.SUBMITTED,
        {Capacity.LEAD},
        Need.WINDOW,
        Need.COMPLETE,
        label=_("Submit for clearance"),
        effect=_("makes a revision"),
    ),
    _move(
        "return",
        {Status.SUBMITTED},
        Status.DRAFT,
        {Capacity.COORDINATOR},
        Need.REASON,
        label=_("Return to the focal point"),
    ),
    _move(
        "clear",
        {Status.SUBMITTED},
        Status.CLEARED,
        {Capacity.COORDINATOR},
        Need.FOUR_EYES,
        Need.AUDIENCE,
        label=_("Clear for the State"),
    ),
    _move(
        "return",
        {Status.CLEARED},
        Status.DRAFT,
        _REVIEWERS,
        Need.REASON,
        label=_("Return to the State"),
        effect=_("the reason is shown to the State"),
    ),
    _move(
        "accept",
        {Status.CLEARED},
        Status.ACCEPTED,
        _REVIEWERS,
        label=_("Accept"),
        effect=_("observations, if any, are stored as an assessment"),
    ),
    _move(
        "publish",
        {Status.ACCEPTED},
        Status.PUBLISHED,
        {Capacity.EDITOR},
        label=_("Publish"),
        effect=_("releases the revision to its audience, never wider than the State decided"),
    ),
    _move(
        "recall",
        {Status.CLEARED, Status.ACCEPTED},
        Status.DRAFT,
        {Capacity.COORDINATOR},
        Need.REASON,
        label=_("Recall to draft"),
    ),
    _move(
        "withdraw",
        {Status.PUBLISHED},
        Status.ACCEPTED,
        {Capacity.COORDINATOR},
        Need.REASON,
        label=_("Withdraw from readers"),
        effect=_("what was released disappears at once for those beyond the UN"),
    ),
    _move(
        "revise",
        {Status.PUBLISHED},
        Status.DRAFT,
        {Capacity.COORDINATOR},
        Need.REOPENING,
        label=_("Revise"),
        effect=_("the published revision stays in force until the next one is published"),
    ),
)

MOVE_NAMES: tuple[str, ...] = tuple(dict.fromkeys(move.name for move in MOVES))
# What the secretariat may know of: nothing before the State has cleared it.
CLEARED_STATUSES = (Status.CLEARED, Status.ACCEPTED, Status.PUBLISHED)


def moves_from(status: str, capacities: Iterable[Capacity]) -> list[Move]:
    """The rows open to somebody with these capacities, in the table's order."""
    held = frozenset(capacities)
    return [move for move in MOVES if status in move.source and move.by & held]


def find(name: str, status: str, capacities: Iterable[Capacity]) -> Move:
    """The row for this verb, or why there is none.

    Raises WrongStatus where the verb does not exist from this status, Forbidden where it is another's.
    """
    rows = [move for move in MOVES if move.name == name and status in move.source]
    if not rows:
        raise WrongStatus(status=str(status), allowed_moves=[move.name for move in moves_from(status, capacities)])
    for move in rows:
        if move.by & frozenset(capacities):
            return move
    raise Forbidden()
