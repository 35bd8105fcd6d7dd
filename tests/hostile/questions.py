"""Questions drawn at random: every route of the site, by every method, with everything that can be asked of it, in
combinations that nobody wrote down. Read from the URLconf, the nouns and the forms, so that what is added is drawn too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from commitments.api.views import PublicNoun
from commitments.content import SECTIONS
from tests.hostile import desk_places, places
from tests.hostile.places import VALUES, nouns


@cache
def all_nouns() -> tuple[tuple[str, Any, tuple[str, ...]], ...]:
    """Each route of the API with its class and its methods. (HEAD is added to a route once it has been asked.)"""
    return tuple((place, noun, tuple(method for method in actions if method != "head"))
                 for place, noun, actions in nouns())  # fmt: skip


Some = st.SearchStrategy[Any]
FORMATS = ("json", "csv", "html", "docx", "xlsx", "xml")  # a PDF takes a second: test_two_worlds.py asks some
WORDS = ("Zqxhush", "hush", "law", "to do", "KAZ", "I.1.2", "hush-agency", "zqxhush@example.org", "%", "")
LOOKUPS = ("startswith", "icontains", "regex", "gt", "isnull", "in", "range")
PATHS = ("results", "update__results", "commitment__planned__planned_measures", "item__updates__narrative", "password",
         "person__email", "search_text", "status", "version", "id", "last_edited_at")  # fmt: skip
HEADERS = (
    ("Accept-Language", "ru"), ("Accept-Language", "kk,en;q=0.5"), ("If-None-Match", '"3"'), ("Accept", "text/csv"),
    ("If-Modified-Since", "Tue, 01 Jun 2027 12:00:00 GMT"), ("Range", "bytes=0-63"), ("HX-Request", "true"),
    ("Accept-Encoding", "gzip"), ("Sec-Fetch-Site", "same-origin"), ("Idempotency-Key", "one"),
)  # fmt: skip
VERSIONS = tuple(("If-Match", f'"{number}"') for number in (0, 1, 3, 7))
# What a form of the desk or a body takes, so that more than its refusals is compared; some are drawn otherwise.
FORM: dict[str, str] = {
    "version": "0", "reason": "x", "text": "x", "title": "x", "email": "newcomer@example.org", "full_name": "A",
    "role": "focal_point", "agency": "interior", "audience": "public", "language": "en", "name": "x", "kind": "link",
    "url": "https://example.org/", "press": "save", "results": "x", "observations": "x", "reply": "x", "move": "accept",
    "section": "summary", "paragraph": "1", "ends_on": "2027-12-31", "format": "json", "confirmed": "1",
}  # fmt: skip
POSTED = ("assignments/assign", "review/batch", "reconfirm", "clearing/together", "reminders/send", "notices/read")


@dataclass(frozen=True, repr=False)
class Pool:
    """Keys of what is there, of what may be there and of what never was: of each noun, of each page of the admin, and
    of all that pages name by one."""

    keys: Mapping[str, Sequence[str]]
    admin_keys: Mapping[str, Sequence[str]]
    uids: Sequence[str]

    @property
    def known(self) -> list[str]:
        return [one for values in self.keys.values() for one in values]


@dataclass(frozen=True)
class Question:
    """One request, of whoever asks it."""

    method: str
    address: str
    body: Any = None
    headers: tuple[tuple[str, str], ...] = ()


def weighed(*of: tuple[int, Some]) -> Some:
    """One of these, each as often as its number says (`one_of` takes what stands twice once)."""
    turns = [place for place, (often, _one) in enumerate(of) for _ in range(often)]
    return st.sampled_from(turns).flatmap(lambda place: of[place][1])


def questions(pool: Pool) -> st.SearchStrategy[Question]:
    read = weighed(
        (6, lists(pool)),
        (3, details(pool)),
        (3, page_addresses(desk_places.pages(pool.uids))),
        (2, page_addresses(places.admin_pages(dict(pool.admin_keys)))),
        (1, files()),
    )
    return weighed(
        (6, st.builds(Question, st.just("GET"), read, headers=headers())),
        (1, st.builds(Question, st.sampled_from(("HEAD", "OPTIONS", "PUT", "DELETE")), read)),
        (2, writes(pool)),
        (1, forms(pool)),
    )


def headers() -> Some:
    return st.lists(st.sampled_from(HEADERS), max_size=2, unique_by=lambda one: one[0]).map(tuple)


def _some(pairs: Some, most: int = 3) -> Some:
    return st.lists(pairs, max_size=most, unique_by=lambda one: one[0])


def _address(place: str, asked: Sequence[tuple[str, str]]) -> str:
    joined = "&" if "?" in place else "?"
    return place + (f"{joined}{urlencode(asked)}" if asked else "")


@st.composite
def lists(draw: st.DrawFn, pool: Pool) -> str:
    """A list of the API: filters by their own values and by others', orderings, fields, pages, formats, nonsense."""
    listed = [(place, noun) for place, noun, actions in all_nouns() if "<" not in place and "get" in actions]
    guarded = [(place, noun) for place, noun in listed if not issubclass(noun, PublicNoun)]
    place, noun = draw(weighed((3, st.sampled_from(guarded)), (1, st.sampled_from(listed))))
    filters = dict(noun.filterset.base_filters) if noun.filterset else {}
    pairs = [_filter(name, declared, pool.known) for name, declared in filters.items()]
    pairs += [st.tuples(st.just(name), st.sampled_from((*pool.known, *WORDS))) for name in noun.extra_parameters]
    if noun.orderings:
        orders = [sign + name for name in noun.orderings for sign in ("", "-")]
        pairs.append(st.tuples(st.just("ordering"), st.sampled_from(orders)))
        names = st.lists(st.sampled_from(noun.shape.names), min_size=1, max_size=4, unique=True).map(",".join)
        pairs.append(st.tuples(st.just("fields"), names))
    common = (("count", "true"), ("limit", "1"), ("limit", "200"), ("format", "csv"), ("expand", "update"))
    asked = [*draw(_some(st.sampled_from(common), 2)), *draw(_some(st.one_of(*pairs, _lookup()), 2))]
    return _address(place, asked)


def _filter(name: str, declared: Any, known: Sequence[str]) -> Some:
    choices = [str(value) for value, _label in declared.extra.get("choices") or ()]
    values = choices or [*VALUES.get(name, ()), *known, *WORDS]
    return st.tuples(st.just(name), st.sampled_from(values))


def _lookup() -> Some:
    paths = st.tuples(st.sampled_from(PATHS), st.sampled_from(LOOKUPS)).map("__".join)
    names = st.one_of(paths, st.sampled_from(("ordering", "fields", "search", "q", "o", "expand")))
    return st.tuples(names, st.sampled_from((*WORDS, *PATHS, *(f"-{path}" for path in PATHS))))


@st.composite
def details(draw: st.DrawFn, pool: Pool) -> str:
    """A thing of the API under a key of its own noun, and now and then of another's."""
    keyed = [(place, noun) for place, noun, actions in all_nouns() if "<" in place and "get" in actions]
    place, noun = draw(st.sampled_from(keyed))
    own = pool.keys.get(place.split("/")[3], ())
    key = draw(st.sampled_from([*own, *own, *own, *pool.known[:3]]))
    place = place.replace("<slug:extension>", draw(st.sampled_from(FORMATS)))
    pairs = [st.sampled_from((("format", "csv"), ("fields", "id"), ("language", "ru"), ("audience", "un"))), _lookup()]
    pairs += [st.tuples(st.just("fields"), st.sampled_from(noun.shape.names))] if noun.shape.names else []
    return _address(_at(place, key), draw(_some(st.one_of(pairs), 1)))


def _at(place: str, key: str) -> str:
    for hole in ("<str:key>", "<uuid:key>", "<slug:key>"):
        place = place.replace(hole, key)
    return place


def page_addresses(addresses: Sequence[str]) -> Some:
    """A page, as it is or with a parameter that this page or another takes."""
    taken = sorted({pair for address in addresses for pair in _pairs(address)})
    odd = st.one_of(st.sampled_from(taken), _lookup(), st.tuples(st.just("q"), st.sampled_from(WORDS)))
    plain = st.sampled_from(addresses)
    return st.one_of(plain, plain, st.builds(_address, plain, _some(odd, 2)))


def _pairs(address: str) -> list[tuple[str, str]]:
    query = address.partition("?")[2]
    return [(name, value) for name, _, value in (one.partition("=") for one in query.split("&") if "=" in one)]


def files() -> Some:
    feeds = ("/calendar/public.ics", "/sitemap.xml", "/robots.txt", "/api/v1/", "/desk/calendar/",
             "/api/v1/reports/catalogue.jsonld", "/accounts/password/reset/", "/downloads/")  # fmt: skip
    audiences = [("audience", name) for name in ("un", "state", "participants")]
    asked = _some(st.sampled_from((("language", "ru"), ("format", "csv"), *audiences)), 2)
    return st.one_of(st.builds(_address, st.sampled_from(places.report_files()), asked), st.sampled_from(feeds))


@st.composite
def writes(draw: st.DrawFn, pool: Pool) -> Question:
    """A write to the API whose body names what may be hidden."""
    written = [(place, noun, method) for place, noun, methods in all_nouns() for method in methods if method != "get"]
    place, noun, method = draw(st.sampled_from(written))
    known, body = pool.known, {}
    own = pool.keys.get(place.split("/")[3], known)
    for write in noun.writes.values():
        for name in write.body._declared_fields:
            values = (FORM.get(name, "x"), "hush", "public", True, 3, None, [draw(st.sampled_from(known))])
            if draw(st.integers(0, 3)):
                body[name] = draw(st.one_of(st.just(values[0]), st.sampled_from(known), st.sampled_from(values)))
    sent = draw(st.lists(st.sampled_from((*VERSIONS, *HEADERS)), max_size=2, unique_by=lambda one: one[0]))
    return Question(method.upper(), _at(place, draw(st.sampled_from(own))), body, tuple(sent))


@st.composite
def forms(draw: st.DrawFn, pool: Pool) -> Question:
    """A form that is sent to a page of the desk, of the admin, or to the door."""
    doors = ["/accounts/login/", "/accounts/password/reset/", "/invitation/"]
    taking = [place.partition("?")[0] for place in desk_places.written_to(pool.uids)]
    managed = [one for one in places.admin_pages(dict(pool.admin_keys)) if "/do/" in one or one.endswith("add/")]
    place = draw(
        st.one_of(st.sampled_from(taking), st.sampled_from(taking), st.sampled_from(managed), st.sampled_from(doors))
    )
    own = [f"{value}" for name in ("updates", "agencies", "appointments") for value in pool.keys[name]]
    numbers = [str(number) for number in range(1, 30)]
    values = st.sampled_from((*own, *numbers, *WORDS, "true", "2027-12-31"))
    names = (*FORM, *SECTIONS[:2], "lead_agency", "contributing_agencies", "chosen", "rows", "_selected_action",
             "action", "login", "password", "update", "states", "to", "of")  # fmt: skip
    drawn = draw(st.dictionaries(st.sampled_from(names), values, max_size=3))
    return Question("POST", place, {**FORM, **drawn})
