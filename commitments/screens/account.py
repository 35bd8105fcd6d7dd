"""One's own account: roles held, sessions open, tokens of the API. Writes leave a record without personal data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from commitments.content import clean_text
from commitments.errors import Forbidden, Invalid, NotVisible, Problem
from commitments.models import Event, MemberState, Person, TokenName
from commitments.second_lock import unlocked

LIFETIMES = (1, 7, 30, 90)  # days
MOST_TOKENS = 20
BROWSER = "browser"  # in a session: what it was opened with, as the browser calls itself
SIGNED_IN = "account_authentication_methods"  # kept by allauth: how and when
# What a browser says of itself, the particular before the general.
_BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "YaBrowser": "Yandex",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


# --- Roles ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """One role, in force or not, for whom, and from when until when."""

    words: str
    since: dt.date
    until: dt.date | None
    is_live: bool


def roles_held(person: Any) -> list[Held]:
    """All that this person was ever appointed to, the latest first."""
    rows = person.appointments.select_related("agency__member_state", "member_state", "partner")
    live = set(person.appointments.live().values_list("pk", flat=True))
    return [Held(_role(one), one.starts_on, one.ends_on, one.pk in live) for one in rows.order_by("-starts_on", "-pk")]


def roles_in_words(person: Any) -> list[str]:
    """Who this person is here today: each role, and for whom."""
    held = person.appointments.live().select_related("agency__member_state", "member_state", "partner")
    words = [_role(one) for one in held.order_by("starts_on", "pk")]
    return [*words, gettext("Administrator")] if person.is_superuser else words


def _role(appointment: Any) -> str:
    place = appointment.agency or appointment.member_state or appointment.partner
    return f"{appointment.get_role_display()}{': ' if place else ''}{place or ''}"


# --- The clock ------------------------------------------------------------------------------------------


def zones(person: Any) -> list[tuple[Any, Any]]:
    """To choose from: that of one's State first, then those of the five, then all others by part of the world."""
    states = list(MemberState.objects.order_by("name"))
    capital = next((one for one in states if one.pk in person.mandate.state_ids), None)
    of_own = gettext("As in %(capital)s") % {"capital": capital.in_language("capital")} if capital else gettext("UTC")
    near = [(one.time_zone, f"{one.in_language('capital')} ({one.time_zone})") for one in states]
    parts: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(available_timezones() - {zone for zone, _label in near}):
        part, slash, place = name.partition("/")
        if slash and part not in ("Etc", "SystemV", "posix", "right", "US"):
            parts.setdefault(part, []).append((name, place.replace("_", " ")))
    others = [*parts.items(), (gettext("Other"), [("UTC", "UTC")])]
    return [("", of_own), (gettext("Capitals of Member States"), near), *others]


# --- Sessions -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Open:
    """A session that is open. Its key opens it, so it is named by a hash of that."""

    name: str
    browser: str
    since: dt.datetime | None
    until: dt.datetime
    is_this: bool


def open_sessions(person: Any, this: str | None) -> list[Open]:
    """This person's sessions, the present one first."""
    found = [_open(row, stored, this) for row, stored in _sessions_of(person)]
    return sorted(found, key=lambda one: (not one.is_this, -one.until.timestamp(), one.name))


def _sessions_of(person: Any) -> Iterator[tuple[Session, dict[str, Any]]]:
    """A session tells whose it is only inside, so all that are alive are looked into; they live half a day."""
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        stored = row.get_decoded()
        if stored.get(SESSION_KEY) == str(person.pk):
            yield row, stored


def _open(row: Session, stored: dict[str, Any], this: str | None) -> Open:
    moments = [one["at"] for one in stored.get(SIGNED_IN, []) if isinstance(one.get("at"), int | float)]
    since = dt.datetime.fromtimestamp(min(moments), dt.UTC) if moments else None
    browser = _browser(stored.get(BROWSER, ""))
    return Open(_name_of(row.session_key), browser, since, row.expire_date, row.session_key == this)


def _name_of(session_key: str) -> str:
    return sha256(session_key.encode()).hexdigest()[:20]


def _browser(agent: str) -> str:
    """ "Firefox, Windows": what people call it; nothing where it does not say."""
    names = (next((said for sign, said in known.items() if sign in agent), "") for known in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, names))


@transaction.atomic
def end_sessions(person: Person, *, by: Person, name: str = "", keep: str | None = None) -> int:
    """Sign out one's own session of this name, or all but the kept one. Returns how many were ended."""
    _own(person, by)
    ended = [row for row, _stored in _sessions_of(person) if name in ("", _name_of(row.session_key))]
    keys = [row.session_key for row in ended if row.session_key != keep]
    if name and not keys:
        raise NotVisible()
    Session.objects.filter(session_key__in=keys).delete()
    _record(person, "end_sessions", {"ended": len(keys)})
    return len(keys)


# --- Single sign-on ---------------------------------------------------------------------------------------

LINKED, FREED_BY = "link_sign_on", ("change", "change_address")
FIRST_KEPT = "whoever signs on is nobody yet, and their record tells which account of the provider is theirs"


@transaction.atomic
def is_known_by(person: Person, account: str) -> bool:
    """Whether this is the provider's account by which this person first came; a hash of it stands in the record.

    An address may be given to a successor, an account not. A new address, and whatever an administrator corrects about
    the person, lets another account in.
    """
    mark = sha256(account.encode()).hexdigest()
    with unlocked(FIRST_KEPT):
        Person.objects.select_for_update().get(pk=person.pk)
        events = Event.objects.filter(subject=f"person:{person.uid}", move__in=(LINKED, *FREED_BY))
        last = events.order_by("sequence").last()
        if last is None or last.move != LINKED:
            _record(person, LINKED, {"account": mark})
            return True
        return bool(last.changes["account"] == mark)


# --- Tokens ---------------------------------------------------------------------------------------------


def live_tokens(person: Any) -> Any:
    """This person's, that still open something, with what they are called; the latest first."""
    rows = AuthToken.objects.filter(user=person, expiry__gt=timezone.now())
    return rows.select_related("called").order_by("-created", "digest")


@transaction.atomic
def make_token(person: Person, *, by: Person, name: str, days: int) -> str:
    """A new token of one's own, told this once."""
    _own(person, by)
    name = " ".join(clean_text("name", name, limit=60).split())
    problems = [] if name else [Problem("name", "required", _("Give a name."))]
    if days not in LIFETIMES:
        problems.append(Problem("days", "choice", _("Choose for how long.")))
    if live_tokens(person).count() >= MOST_TOKENS:
        message = _("You have %(count)d tokens. Revoke one first.") % {"count": MOST_TOKENS}
        problems.append(Problem("name", "many", message))
    if problems:
        raise Invalid(problems=problems)
    token, text = AuthToken.objects.create(user=person, expiry=dt.timedelta(days=days))
    TokenName.objects.create(token=token, name=name)
    _record(person, "make_token", {"token": token.token_key, "expires_at": token.expiry.isoformat()})
    return str(text)


@transaction.atomic
def revoke_token(person: Person, *, by: Person, key: str) -> None:
    """It opens nothing from now on."""
    _own(person, by)
    found = AuthToken.objects.filter(user=person, token_key=key)
    if not found.exists():
        raise NotVisible()
    found.delete()
    _record(person, "revoke_token", {"token": key})


@transaction.atomic
def end_tokens(person: Person, *, by: Person, move: str) -> int:
    """What a new password or a new address ends: every token, on the record of what ended them."""
    ended, _rows = AuthToken.objects.filter(user=person).delete()
    Event.record(f"person:{person.uid}", move, by=by, changes={"tokens_ended": bool(ended)})
    return ended


def days_in_words() -> list[tuple[int, str]]:
    return [(days, ngettext("%(days)d day", "%(days)d days", days) % {"days": days}) for days in LIFETIMES]


def _own(person: Person, by: Person) -> None:
    if by.pk != person.pk:
        raise Forbidden()


def _record(person: Person, move: str, changes: dict[str, Any]) -> None:
    Event.record(f"person:{person.uid}", move, by=person, changes=changes)
