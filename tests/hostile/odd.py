"""Odd values, every place that takes one, and what became of it: refused, or kept to the letter.

`tests/data/odd_values.toml` holds the reviewed verdict of each place on each value; both engines are held to it, so
that neither can take what the other refuses.
"""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rest_framework import serializers as drf

from reporting.models import Passage, Report
from tests.builders import REPORTED, World
from tests.hostile import hidden
from tests.hostile.places import nouns

VERDICTS = Path(__file__).parents[1] / "data" / "odd_values.toml"
REFUSED, *KINDS = ("refused", "kept", "composed", "changed", "taken")
KEPT, COMPOSED, CHANGED, TAKEN = KINDS


class Raw(bytes):
    """JSON that no encoder would write."""


# The name of each, and in brackets its Unicode where that is the point.
TEXTS: dict[str, str] = {
    "plain": "A plain word", "empty": "", "NUL": "a\0b", "surrogate": "a\ud800b", "not a character": "a\uffffb",
    "bell": "a\x07b", "tab": "a\tb", "line": "a\nb", "CRLF": "a\r\nb", "spaces around": " a ",
    "bidi": "a\u202eb\u2066c",
    "zero width": "a\u200bb\u200d", "nothing to see": "\u200b\u2060", "NFC": "Caf\u00e9", "NFD": "Cafe\u0301",
    "Angstrom": "\u212b", "Hangul": "\u1112\u1161\u11ab", "astral": "\U0001f600\U00010348", "private use": "\ue000",
    "400 marks": "a" + "\u0301" * 400, "a million marks": "a" + "\u0301" * 1_000_000, "5000 letters": "a" * 5000,
    "25000 letters": "a" * 25_000, "casing": "\u0130I\u0131\ufb01\u00df", "wildcards": "%_*?[", "quotes": "'; --\"\\",
    "2^63": str(2**63), "2^63-1": str(2**63 - 1), "-2^63-1": str(-(2**63) - 1), "10^308": "1e308", "NaN": "NaN",
    "other digits": "٣", "year 0": "0000-01-01", "year 1": "0001-01-01", "year 9999": "9999-12-31",
    "year 10000": "10000-01-01", "30 February": "2028-02-30", "a date": "2028-03-07", "colons": "a:b:::",
    "dots": "../..",
}  # fmt: skip
OTHERS: dict[str, Any] = {
    "null": None, "true": True, "0": 0, "-1": -1, "n 2^63": 2**63, "n 2^63-1": 2**63 - 1, "n -2^63-1": -(2**63) - 1,
    "n 10^308": 1e308, "n 1e309": Raw(b"1e309"), "n NaN": Raw(b"NaN"), "n Infinity": Raw(b"-Infinity"),
    "n 5000 digits": Raw(b"9" * 5000), "1.5": 1.5, "[]": [], "[[]]": [[]], "[null]": [None], "[NUL]": ["\0"],
    "{}": {}, "{a: 1}": {"a": 1}, "{NUL: {}}": {"\0": {}}, "2000 in a list": ["x"] * 2000,
    "deep list": Raw(b"[" * 100_000 + b"]" * 100_000), "deep object": Raw(b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "no UTF-8": Raw(b'"\xff"'), "twice": Raw(b'"a"'),
}  # fmt: skip
VALUES = TEXTS | OTHERS
# In an address: what is longer is refused by the server before the application reads it.
ADDRESSED = tuple(name for name, text in TEXTS.items() if len(text) <= 5000)


@dataclass(frozen=True)
class Field:
    """One name of one body, and how to send it so that all but its value is right."""

    label: str  # as it stands in the table
    kind: str
    who: str
    method: str
    place: str
    body: dict[str, Any]
    version: int | None
    name: str

    def content(self, value: str) -> bytes:
        """The body with this value in it; `twice` names the field twice."""
        odd, rest = VALUES[value], {name: one for name, one in self.body.items() if name != self.name}
        written = bytes(odd) if isinstance(odd, Raw) else json.dumps(odd).encode()
        named = json.dumps(self.name).encode() + b":" + written
        parts = [named, named] if value == "twice" else [named]
        return b"{" + b",".join([*parts, *([json.dumps(rest).encode()[1:-1]] if rest else [])]) + b"}"


def verdict(status: int, sent: Any, found: Any) -> str:
    """Refused, kept as it was sent, kept composed (NFC), kept otherwise; or taken, where no answer shows it."""
    if status >= 400:
        return REFUSED
    if found is ...:
        return TAKEN
    if found == sent and type(found) is type(sent):
        return KEPT
    return COMPOSED if isinstance(sent, str) and found == unicodedata.normalize("NFC", sent) else CHANGED


def fields(world: World) -> Iterator[Field]:
    """Each name of each body that is not a file, of what stands open to be written in a world with something in it."""
    bodies = {(place, method): noun.writes for place, noun, actions in nouns() for method in actions}
    for (place, method), (key, who, body, version) in _open(world).items():
        writes = bodies[f"/api/v1/{place}", method]
        taken = writes.get(place.strip("/").rsplit("/", 1)[-1]) or writes[_action(place, method)]
        address = f"/api/v1/{place}".replace("<str:key>", key).replace("<uuid:key>", key)
        for name, declared in taken.body._declared_fields.items():
            if kind := kind_of(declared):
                yield Field(f"{method.upper()} {place} {name}", kind, who, method.upper(), address, body, version, name)


def kind_of(declared: drf.Field) -> str:
    """By what it is declared as: a text is long, short, or the key of something."""
    if type(declared) is drf.CharField:
        return {None: "key"}.get(declared.max_length, "text" if (declared.max_length or 0) >= 1000 else "line")
    names = {drf.ChoiceField: "choice", drf.DateField: "date", drf.BooleanField: "flag", drf.ListField: "list",
             drf.DictField: "object", drf.EmailField: "email", drf.URLField: "link", drf.UUIDField: "key"}  # fmt: skip
    return names.get(type(declared), "")


def parameters() -> list[tuple[str, str]]:
    """Each parameter of each readable route of the API."""
    found = []
    for place, noun, actions in nouns():
        if "<" in place or "get" not in actions:
            continue
        own = [
            *noun.extra_parameters,
            *noun.detail_parameters,
            *(noun.filterset.base_filters if noun.filterset else ()),
        ]
        common = ["limit", "cursor", "count", "fields", "ordering"] if actions["get"] == "list" else []
        found += [(place, name) for name in dict.fromkeys([*own, *common, "format", "never"])]
    return found


def encoded(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def reviewed() -> dict[str, dict[str, str]]:
    """{place: {value: verdict}}; what is not named is refused."""
    groups = tomllib.loads(VERDICTS.read_text())["alike"]
    return {place: {value: verdict for verdict in KINDS for value in one.get(verdict, ())}
            for one in groups for place in one["places"]}  # fmt: skip


# --- Private --------------------------------------------------------------------------------------


def _action(place: str, method: str) -> str:
    return {"post": "create", "patch": "partial_update"}[method]


def _open(world: World) -> dict[tuple[str, str], tuple[str, str, dict[str, Any], int | None]]:
    """{(place, method): (key, who, a body that is taken, the version)}"""
    report, passage = Report.objects.get(), Passage.objects.get()
    waiting, own = world.update("TJK", "I.1.1"), "review-2028:UZB:I.1.2"
    of_report = {"report": hidden.REPORT}
    return {
        ("updates/<str:key>/", "patch"): (own, "focal.uzb", REPORTED, 0),
        ("updates/<str:key>/clear/", "post"): (waiting.key, "coordinator.tjk", {"audience": "un"}, waiting.version),
        ("updates/<str:key>/return/", "post"): (waiting.key, "coordinator.tjk", {"reason": "x"}, waiting.version),
        ("commitments/<str:key>/", "patch"): ("UZB:I.1.2", "coordinator.uzb", {"planned_measures": "x"}, 0),
        ("evidence/", "post"): ("", "focal.uzb", {"update": own, "kind": "link", "title": "x",
                                                  "url": "https://example.org/x"}, 0),
        ("appointments/", "post"): ("", "coordinator.uzb", {"email": "a@example.org", "full_name": "A",
                                                            "role": "focal_point", "agency": "UZB:interior"}, None),
        ("cycles/", "post"): ("", "editor", {"plan": "jpoa-2022", "slug": "next", "title": "x",
                                             "opens_on": "2030-01-01", "submissions_due_on": "2030-02-01",
                                             "clearances_due_on": "2030-03-01", "closes_on": "2030-04-01"}, None),
        ("cycles/<str:key>/extend/", "post"): ("review-2028", "editor", {"member_state": "UZB", "ends_on": "2027-12-31",
                                                                         "reason": "x"}, None),
        ("cycles/<str:key>/move-dates/", "post"): ("review-2028", "editor", {"reason": "x"}, None),
        ("contributions/<str:key>/", "patch"): ("review-2028:UZB", "coordinator.uzb", {"text": "x"}, 0),
        ("reports/", "post"): ("", "editor", {"kind": "state-note", "cycle": "review-2028", "member_state": "UZB"},
                               None),
        ("reports/<str:key>/", "patch"): (hidden.REPORT, "editor", {"symbol": "x"}, report.version),
        ("reports/<str:key>/preview/", "post"): (hidden.REPORT, "editor", {"text": "x"}, None),
        ("passages/", "post"): ("", "editor", {**of_report, "section": "summary", "text": "x"}, None),
        ("passages/<uuid:key>/", "patch"): (str(passage.uid), "editor", {"text": "x"}, passage.version),
        ("recommendations/", "post"): ("", "editor", {**of_report, "text": "x"}, None),
        ("seats/", "post"): ("", "editor", {**of_report, "section": "summary"}, None),
        ("report-files/", "post"): ("", "editor", {**of_report, "format": "html"}, None),
        ("tokens/", "post"): ("", "nobody", {"email": "focal.kaz@example.org", "password": "correct horse battery"},
                              None),
    }  # fmt: skip
