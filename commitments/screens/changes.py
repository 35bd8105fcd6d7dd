"""What has changed lately, as one person may know it, in plain words: moves for officers, releases for all others."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.models import ActionItem, Cycle, Event, PartnerActivity, Release
from commitments.querysets import mandate_of, placing
from commitments.readings import told
from commitments.screens.moves_told import KINDS, told_of

AT_ONCE = 50
Names = Callable[[Iterable[str]], Mapping[str, str]]  # what reports are called, by their slugs


@dataclass
class Change:
    """One line: what happened to what, by whom and when. `times` counts what one person saved in a row."""

    told: Any
    thing: str
    address: str
    by: str
    at: dt.datetime
    reason: str = ""
    cycle: str = ""
    times: int = 1


@dataclass(frozen=True)
class Wanted:
    """The filters, by natural keys; none is everything."""

    cycle: str = ""
    state: str = ""
    pillar: str = ""
    kind: str = ""

    def of_events(self) -> Q:
        question = KINDS[self.kind].question if self.kind else reduce(or_, (one.question for one in KINDS.values()))
        if self.cycle:
            question &= Q(update__cycle__slug=self.cycle) | Q(subject=f"cycle:{self.cycle}")
        return question & _given(
            member_state__iso_alpha3=self.state,
            update__commitment__action_item__objective__pillar__code=self.pillar,
        )

    def of_releases(self) -> Q:
        return _given(
            cycle__slug=self.cycle,
            commitment__member_state__iso_alpha3=self.state,
            commitment__action_item__objective__pillar__code=self.pillar,
        )


def _given(**values: str) -> Q:
    return Q(**{path: value for path, value in values.items() if value})


@dataclass(frozen=True)
class Page:
    """Changes by the reader's days, the newest first, and the key from which the next page goes on."""

    days: list[tuple[dt.date, list[Change]]]
    after: str


def by_slugs(slugs: Iterable[str]) -> Mapping[str, str]:
    """Reports are called by their slugs, unless somebody knows better."""
    return {slug: slug for slug in slugs}


def changes(person: Any, wanted: Wanted, *, after: str = "", names: Names = by_slugs) -> Page:
    """A page of what this person may know of. A key that cannot be read is the beginning."""
    is_officer = mandate_of(person).is_officer
    rows = _events(person, wanted, after) if is_officer else _releases(person, wanted, after)
    found = list(rows[: AT_ONCE + 1])
    shown, is_more = found[:AT_ONCE], len(found) > AT_ONCE
    if is_officer:
        return Page(_by_day(_told_events(shown, names)), _event_key(shown[-1]) if is_more else "")
    return Page(_by_day(_told_releases(shown)), _release_key(shown[-1]) if is_more else "")


def _by_day(told: Iterable[Change]) -> list[tuple[dt.date, list[Change]]]:
    days: dict[dt.date, list[Change]] = {}
    for change in told:
        days.setdefault(timezone.localtime(change.at).date(), []).append(change)
    return list(days.items())


# --- Moves, for officers ------------------------------------------------------------------------------


def _events(person: Any, wanted: Wanted, after: str) -> Any:
    names = (*placing("update__"), "member_state")
    rows = Event.objects.visible_to(person).filter(wanted.of_events()).select_related(*names)
    at, key = _read_key(after)
    if at and (last := _uid(key)):
        rows = rows.filter(Q(at__lt=at) | Q(at=at, uid__lt=last))
    return rows.order_by("-at", "-uid")


def _event_key(event: Event) -> str:
    return f"{event.at.isoformat()}~{event.uid}"


def _told_events(events: list[Event], names: Names) -> Iterator[Change]:
    """One person's saves of one update, one after another, are one line."""
    things, last, line = _Things(events, names), None, None
    for event in events:
        sitting = (event.subject, event.by_id, event.move, timezone.localtime(event.at).date())
        if line and event.move == "edit" and sitting == last:
            line.times += 1
            continue
        if line:
            yield line
        line, last = things.line(event), sitting
    if line:
        yield line


class _Things:
    """What the moves were made on, by name and address: read once for a page."""

    def __init__(self, events: list[Event], names: Names) -> None:
        keys: dict[str, set[str]] = {}
        for event in events:
            noun, _colon, key = event.subject.partition(":")
            keys.setdefault(noun, set()).add(key)
        of_activities = PartnerActivity.objects.filter(slug__in=keys.get("activity", ()))
        self.cycles = {row.slug: str(row) for row in Cycle.objects.all()}
        self.activities = {row.slug: str(row.in_language("title")) for row in of_activities}
        self.reports = names(sorted(keys.get("report", ())))
        codes = {key.rpartition(":")[2] for key in keys.get("commitment", ())}
        self.items = {row.code: row.titled for row in ActionItem.objects.filter(code__in=codes)}

    def line(self, event: Event) -> Change:
        noun, _colon, key = event.subject.partition(":")
        if event.reason:
            told(event)
        thing, address = self._update(event) if event.update else self._thing(noun, key, event)
        cycle = str(event.update.cycle) if event.update else ""
        return Change(told_of(event.subject, event.move), thing, address, event.by_name, event.at, event.reason, cycle)

    def _update(self, event: Any) -> tuple[str, str]:
        commitment = event.update.commitment
        address = reverse("desk-update", args=event.update.key.split(":"))
        return f"{commitment.member_state}: {commitment.action_item.titled}", address

    def _thing(self, noun: str, key: str, event: Any) -> tuple[str, str]:
        state = str(event.member_state or "")
        if noun == "report":
            return self.reports.get(key) or key, reverse("desk-report", args=[key])
        if noun == "activity":
            return self.activities.get(key, key), reverse("desk-activity", args=[key])
        if noun == "cycle":
            return f"{self.cycles.get(key, key)}{', ' if state else ''}{state}", ""
        if noun == "commitment":
            item = self.items.get(key.rpartition(":")[2], "")
            return f"{state}: {item}" if item else state, ""
        if noun == "appointment":
            return f"{event.changes.get('person', '')}{', ' if state else ''}{state}", ""
        return f"{event.changes.get('name', '')}{', ' if event.changes.get('name') else ''}{state}", ""


# --- Releases, for everybody else -----------------------------------------------------------------------

_PLACE = ("cycle__slug", "commitment__member_state__iso_alpha3", "commitment__action_item__code")


def _releases(person: Any, wanted: Wanted, after: str) -> Any:
    names = ("cycle", "commitment__member_state", "commitment__action_item")
    rows = Release.objects.visible_to(person).filter(wanted.of_releases()).select_related(*names)
    at, key = _read_key(after)
    place = key.split(":")
    if at and len(place) == len(_PLACE):
        rows = rows.filter(Q(released_at__lt=at) | (Q(released_at=at) & _beyond(place)))
    return rows.order_by("-released_at", *_PLACE)


def _beyond(place: list[str]) -> Q:
    """What stands after this place, by cycle, State and item."""
    cycle, state, item = _PLACE
    here = Q(**{cycle: place[0]})
    in_state = here & Q(**{state: place[1]})
    return (
        Q(**{f"{cycle}__gt": place[0]})
        | (here & Q(**{f"{state}__gt": place[1]}))
        | (in_state & Q(**{f"{item}__gt": place[2]}))
    )


def _release_key(release: Release) -> str:
    return f"{release.released_at.isoformat()}~{release.key}"


def _told_releases(releases: list[Release]) -> Iterator[Change]:
    """Who published it is not for those beyond the UN to know."""
    for release in releases:
        thing = f"{release.commitment.member_state}: {release.commitment.action_item.titled}"
        address = reverse("desk-release", args=release.key.split(":"))
        yield Change(_("Published"), thing, address, "", release.released_at, cycle=str(release.cycle))


# --- Keys ---------------------------------------------------------------------------------------------------


def _read_key(text: str) -> tuple[dt.datetime | None, str]:
    """The instant and the rest of a key; no instant where it cannot be read."""
    stamp, _tilde, rest = text.partition("~")
    try:
        at = dt.datetime.fromisoformat(stamp)
    except ValueError:
        return None, ""
    return (at, rest) if at.tzinfo and "\0" not in rest else (None, "")


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
