"""A cell of the matrix asked over HTTP: what was answered, what was written, and whether that is what was expected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, quote

from django.core.cache import caches
from django.db import connection, transaction
from knox.models import AuthToken

from tests.builders import World
from tests.hostile.permissions import CAST, Cell, filled
from tests.hostile.things import Thing
from tests.hostile.visitors import Seen, Visitor, seen

# What answering writes by itself: who read what, an answer kept for a repeat, sessions, what waits to be done.
BY_ITSELF = ("commitments_reading", "commitments_storedreply")
OWN = ("commitments_", "reporting_", "knox_", "mfa_", "account_", "usersessions_")
NAMES = ("object_id", "key", "uid", "slug", "code", "update")
DONE = (200, 201, 202, 204, 302)
CLOSED = (302, 400, 401, 403, 404, 405, 409, 410, 415, 423, 428)


class Asker:
    """The whole cast, each with a browser or a token, in one world whose every write is undone."""

    def __init__(self, world: World, things: list[Thing]) -> None:
        self.world, self.things = world, things
        self.visitors = {who: self._visitor(who) for who in CAST}
        self.absent: dict[Any, Seen] = {}
        self.lists: dict[Any, Seen] = {}
        self.facts = {"plan": world.plan.pk, "item_pk": world.items["I.1.1"].pk, "state_pk": world.states["KAZ"].pk,
                      "other_agency": world.agencies["justice.kaz"].pk}  # fmt: skip

    def problem(self, cell: Cell) -> str:
        """What is not as expected; nothing where all is."""
        if cell.place.is_list and cell.thing.kind and cell.expected != "refused":
            return self._listed(cell)
        answer, tables, after = self._asked(cell, cell.thing.facts)
        if answer.status >= 500:
            return f"{answer.status}"
        check = {"allowed": self._done, "refused": self._not_done, "absent": self._not_there}[cell.expected]
        return check(cell, answer, tables, after)

    def _done(self, cell: Cell, answer: Seen, tables: set[str], after: Any) -> str:
        """By what the line of the address says that it holds."""
        place = cell.place
        holds = place.holds.format_map({**self.facts, **cell.thing.facts})
        if holds.startswith("-> "):
            return "" if answer.status == 302 and holds[3:] in answer.header("Location") else _told(answer)
        if holds.isdecimal() or answer.status not in (DONE if place.method != "GET" else (200,)):
            return "" if str(answer.status) == holds else _told(answer)
        name, _equals, value = holds.partition("=")
        if value and place.method != "GET":
            return "" if getattr(after, name, None) == value else f"{name} is {getattr(after, name, None)}"
        is_done = holds.encode() in answer.body if holds or place.method == "GET" else bool(tables)
        return "" if is_done else f"{answer.status}, does not hold {holds!r}, wrote {sorted(tables)}"

    def _listed(self, cell: Cell) -> str:
        """In a list that is open to this reader, a thing stands if and only if they may read it."""
        asked = (cell.who, cell.place)
        if asked not in self.lists:
            self.lists[asked] = self._asked(cell, cell.thing.facts)[0]
        answer, holds = self.lists[asked], cell.place.holds.format_map(cell.thing.facts)
        if answer.status != 200:
            return _told(answer)
        return "" if (holds.encode() in answer.body) == (cell.expected == "allowed") else f"{holds!r} in the list"

    def _not_done(self, cell: Cell, answer: Seen, tables: set[str], after: Any) -> str:
        if tables:
            return f"{answer.status}, and {', '.join(sorted(tables))} written"
        return f"{answer.status}" if cell.place.method == "GET" and answer.status not in CLOSED else ""

    def _not_there(self, cell: Cell, answer: Seen, tables: set[str], after: Any) -> str:
        """As what never was, but for the reader's own words."""
        if problem := self._not_done(cell, answer, tables, after):
            return problem
        thing, gone = cell.thing, cell.thing.facts | cell.thing.absent
        asked = (cell.who, cell.place, filled(cell.place.route, gone), self._sent(cell, gone))
        if asked not in self.absent:
            self.absent[asked] = self._asked(cell, gone)[0]
        words = _words(filled(cell.place.route, thing.facts), asked[2], thing.facts, thing.absent)
        there, absent = answer.without(*words), self.absent[asked].without(*words)
        return "" if there == absent else f"not as an absent one: {_first_difference(there, absent)}"

    # --- Asking -------------------------------------------------------------------------------

    def _visitor(self, who: str) -> Visitor:
        if who.startswith("token of "):
            visitor = Visitor(self.world)
            _token, text = AuthToken.objects.create(user=self.world.who(who.removeprefix("token of ")))
            visitor.defaults["HTTP_AUTHORIZATION"] = f"Token {text}"
            return visitor
        return Visitor(self.world, who or None)

    def _sent(self, cell: Cell, facts: dict[str, Any]) -> str:
        own = {"own_code": CAST[cell.who][1] or "KAZ"}
        own["own_state"] = str(self.world.states[own["own_code"]].pk)
        own["own_agency"] = str(self.world.agencies[f"interior.{own['own_code'].lower()}"].pk)
        return cell.place.sends.format_map({**self.facts, **own, **facts})

    def _asked(self, cell: Cell, facts: dict[str, Any]) -> tuple[Seen, set[str], Any]:
        place, visitor = cell.place, self.visitors[cell.who]
        address, sent = filled(place.route, facts), dict(parse_qsl(self._sent(cell, facts), keep_blank_values=True))
        jar, after = visitor.cookies.output(), None
        with undone(), written_tables() as tables:
            if place.method == "GET":
                answer = visitor.get(address, sent)
            elif place.is_api:
                version = facts.get("version")
                answer = visitor.write(place.method, address, sent, version=version)
            else:
                answer = visitor.generic(place.method, address, _form(sent), "application/x-www-form-urlencoded")
            found = seen(answer)
            if cell.thing.row is not None and tables:
                after = type(cell.thing.row).objects.get(pk=cell.thing.row.pk)
        if jar != visitor.cookies.output():
            self.visitors[cell.who] = self._visitor(cell.who)
        return found, tables, after


def _form(sent: dict[str, str]) -> bytes:
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in sent.items()).encode()


def _words(there: str, absent: str, *facts: dict[str, Any]) -> list[str]:
    """The reader's own words, as they come back in an answer: both addresses, and the keys in them."""
    words = {there, absent, *(str(one[name]) for one in facts for name in NAMES if len(str(one.get(name, ""))) > 3)}
    spelled = {spell(word) for word in words for spell in (str, quote, partial(quote, safe=""))}
    return sorted(spelled, key=len, reverse=True)


def _told(answer: Seen) -> str:
    return f"{answer.status} {answer.header('Location')} {answer.body[:200]!r}"


def _first_difference(there: Seen, absent: Seen) -> str:
    if (there.status, there.headers) != (absent.status, absent.headers):
        return f"{there.status} v {absent.status}; {set(there.headers) ^ set(absent.headers)}"
    place = next((n for n, (a, b) in enumerate(zip(there.body, absent.body, strict=False)) if a != b), 0)
    return f"{there.body[max(place - 60, 0) : place + 60]!r} v {absent.body[max(place - 60, 0) : place + 60]!r}"


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for name in ("default", "local"):  # limits, and who has a page open
        caches[name].clear()


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """The tables that people's things stand in and that were written to inside."""
    found: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        words = sql.replace('"', "").split(maxsplit=4)
        place = {"INSERT": 2, "DELETE": 2, "UPDATE": 1}.get(words[0].upper() if words else "")
        is_own = place is not None and words[place].startswith(OWN) and words[place] not in BY_ITSELF
        if place and is_own and (words[0].upper() == "INSERT" or context["cursor"].rowcount):
            found.add(words[place])
        return done

    with connection.execute_wrapper(watch):
        yield found
