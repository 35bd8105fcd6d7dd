"""docs/permissions.csv and tests/hostile/places.csv as cells: everybody, asking everything of every thing, and what is
answered. What is expected is read from the tables and from who the people of builders.py are; no code is asked."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import admin

from commitments.desk.cycles import DEEDS
from commitments.workflow import MOVE_NAMES
from reporting.life import STEP_NAMES
from tests.hostile.places import routes
from tests.hostile.things import Thing

RULES = Path(settings.BASE_DIR) / "docs" / "permissions.csv"
PLACES = Path(__file__).with_name("places.csv")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CAST = {
    "focal.kaz": ("focal", "KAZ"),
    "contributor.kaz": ("second", "KAZ"),
    "coordinator.kaz": ("coordinator", "KAZ"),
    "focal.tjk": ("focal", "TJK"),
    "coordinator.tjk": ("coordinator", "TJK"),
    "reviewer": ("reviewer", ""),
    "editor": ("editor", ""),
    "partner": ("partner", ""),
    "observer": ("observer", ""),
    "nobody": ("stranger", ""),
    "administrator": ("administrator", ""),
    "suspended": ("public", ""),
    "token of coordinator.kaz": ("coordinator", "KAZ"),
    "": ("public", ""),
}
STATE = "lead contributing colleague coordinator"
OFFICERS = f"{STATE} neighbour focal reviewer editor"
SIGNED_IN = f"{OFFICERS} partner observer stranger administrator owner"
GROUPS = {
    "state": STATE,
    "secretariat": "reviewer editor",
    "officers": OFFICERS,
    "signed-in": SIGNED_IN,
    "everybody": f"{SIGNED_IN} public",
    "nobody": "",
}


@dataclass(frozen=True)
class Place:
    """One line of places.csv."""

    what: str
    action: str
    method: str
    route: str
    sends: str
    holds: str

    @property
    def is_list(self) -> bool:
        return self.action.startswith("list")

    @property
    def reading(self) -> str:
        """Of a list, what somebody may do with what stands in it: of "list in the admin", "read in the admin"."""
        return f"read{self.action.removeprefix('list')}"

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/v1/")

    @property
    def asks_to_sign_in(self) -> bool:
        return self.route.startswith(("desk/", "admin/"))


@dataclass(frozen=True)
class Cell:
    """Somebody asks something of one thing."""

    who: str
    place: Place
    thing: Thing
    expected: str  # allowed, refused or absent

    def __str__(self) -> str:
        person = self.who or "anybody"
        return (
            f"{person}: {self.place.method} {self.place.route} ({self.place.action}) of {self.thing} -> {self.expected}"
        )


def lines(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in text if line and not line.startswith("#")))


@cache
def rules() -> dict[tuple[str, str], list[tuple[list[str], frozenset[str]]]]:
    """(what, action) -> [(stages, who)]."""
    found = defaultdict(list)
    for line in lines(RULES):
        who = " ".join(GROUPS.get(word, word) for word in line["who"].split()).split()
        stages = [line["stage"]] if line["stage"].startswith(("of ", "for ")) else line["stage"].split()
        found[line["what"], line["action"]].append((stages, frozenset(who)))
    return dict(found)


def allowed(what: str, action: str, stage: str) -> frozenset[str]:
    """Who may do this at this stage."""
    found = [who for stages, who in rules()[what, action]
             if not stages or any(fnmatchcase(stage, one) for one in stages)]  # fmt: skip
    return frozenset().union(*found)


def standing_of(who: str, thing: Thing, place: Place) -> frozenset[str]:
    """What this person is to this thing, in the words of the table."""
    role, state = CAST[who]
    if thing.owner and thing.owner == who.removeprefix("token of "):
        return frozenset({"owner", role})
    if role not in ("focal", "second", "coordinator"):
        return frozenset({role})
    if not thing.state:
        return frozenset({"coordinator" if role == "coordinator" else "focal"})
    if thing.state != state:
        return frozenset({"neighbour"})
    return frozenset(
        {{"focal": "lead", "second": "contributing" if thing.contributing else "colleague"}.get(role, role)}
    )


def expected(who: str, place: Place, thing: Thing) -> str:
    """Of a list: whether this person finds the thing in it, where the list is open to them at all."""
    if not place.is_list:
        return _expected(who, place, thing)
    if _expected(who, place, Thing("")) != "allowed":
        return "refused"
    reading = replace(place, action=place.reading if (place.what, place.reading) in rules() else "read")
    return "allowed" if not thing.kind or _expected(who, reading, thing) == "allowed" else "absent"


def _expected(who: str, place: Place, thing: Thing) -> str:
    is_asked_in = "public" in (standing := standing_of(who, thing, place)) and place.asks_to_sign_in
    if not is_asked_in and standing & allowed(place.what, place.action, thing.stage):
        return "allowed"
    reads = allowed(thing.kind, "read", thing.stage) if (thing.kind, "read") in rules() and thing.kind else frozenset()
    return "refused" if not thing.absent or (standing & reads and not is_asked_in) else "absent"


@cache
def places() -> list[Place]:
    """Each line, those with a star once for each address that no other line names."""
    read = [Place(*(line[name] or "" for name in ("what", "action", "method", "place", "sends", "holds")))
            for line in lines(PLACES)]  # fmt: skip
    plain = [one for one in read if "*" not in one.route]
    named = {(one.method, one.route) for one in plain}
    found, spelled = list(plain), [place for place, _view in routes()]
    for one in read:
        if "*" in one.route:
            found += [Place(one.what, one.action, method, route, one.sends, one.holds)
                      for route in spelled if fnmatchcase(route, one.route)
                      for method in ("GET", "POST") if (method, route) not in named]  # fmt: skip
    return found


# The names of verbs that one address takes; their lines in places.csv spell each of them.
VERBS: dict[str, tuple[str, ...]] = {
    "desk/updates/<slug:cycle>/<str:state>/<str:code>/moves/<slug:name>/": tuple(n for n in MOVE_NAMES if n != "edit"),
    "desk/review/<slug:cycle>/<str:state>/<str:code>/moves/<slug:name>/": ("return", "accept", "publish"),
    "desk/clearing/<slug:cycle>/<str:state>/<str:code>/<slug:name>/": ("return", "clear"),
    "desk/clearing/together/<slug:name>/": ("return", "clear"),
    "desk/cycles/<slug:slug>/<slug:name>/": tuple(deed.name for deed in DEEDS),
    "desk/reports/<slug:slug>/steps/<slug:name>/": STEP_NAMES,
    "admin/commitments/update/<path:object_id>/move/<slug:name>/": tuple(n for n in MOVE_NAMES if n != "edit"),
}


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the URLconf, once for each verb that it takes, as places.csv spells it, with its route."""
    verbs = dict(VERBS)
    for model, page in admin.site._registry.items():
        name = f"admin/{model._meta.app_label}/{model._meta.model_name}/<path:object_id>/do/<slug:name>/"
        verbs[name] = tuple(verb.name for verb in page.verbs)  # type: ignore[attr-defined]
    for route, _view in routes():
        yield from ((route.replace("<slug:name>", name), route) for name in verbs.get(route, ()))
        if route not in VERBS:
            yield route, route


RAW = {"^(?P<app_label>commitments|reporting)/$": "reporting/", "(?P<url>.*)$": "never/",
       "^confirm-email/(?P<key>[-:\\w]+)/$": "confirm-email/x/",
       "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/1-x/"}  # fmt: skip
ELSE = dict.fromkeys(("name", "signed", "secret", "token", "slug", "key"), "never")
ELSE |= {"content_type_id": "1", "object_id": "1", "language": "ru", "uid": "00000000-0000-4000-8000-000000000009"}


def filled(route: str, facts: dict[str, Any]) -> str:
    """The address, with the facts in its holes."""
    for regex, words in RAW.items():
        route = route.replace(regex, words)
    return "/" + re.sub(r"<\w+:(\w+)>", lambda hole: quote(str({**ELSE, **facts}[hole[1]]), safe="/:"), route)


def one_of_each(found: list[Thing]) -> dict[str, str]:
    """Each route of the URLconf with an address: of something that stands in the world of stages where it names one."""
    first = {thing.kind: thing for thing in reversed(found)}
    kinds, spelled = (
        {place.route: place.what for place in places()},
        {route: spelling for spelling, route in addresses()},
    )
    return {
        route: filled(route, first.get(kinds.get(spelled[route], ""), Thing("")).facts) for route, _view in routes()
    }
