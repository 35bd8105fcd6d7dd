"""Names that a form has no business with change nothing. Every page that takes a form is sent one that it accepts, and
then the same with every field of every model beside it: afterwards the rows are the same."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from tests.depth import FULL, some
from tests.hostile import desk_places
from tests.hostile.places import admin_pages
from tests.hostile.questions import FORM
from tests.hostile.test_mass_assignment import kept, snapshot, suspects  # noqa: F401
from tests.hostile.test_two_worlds import admin_keys
from tests.hostile.visitors import Visitor
from tests.hostile.worlds import same_chance, undone

pytestmark = [pytest.mark.battery("A6"), pytest.mark.same_on_every_engine]

TRIED = 6 if FULL else 2  # places of a route, until one takes the form
VERSIONS = ("0", "1", "2", "4", "5", "7")
SENDERS = ("coordinator.kaz", "focal.kaz", "editor", "partner", "administrator")
# What no page may be told, wherever it is sent; here and there one of these names is the page's own question.
NEVER_ASKED = {"id", "pk", "uid", "owner", "by", "actor", "at", "is_staff", "is_superuser", "groups",
               "user_permissions", "stage", "hash", "status", "person", "made_by", "last_edited_by"}  # fmt: skip
FORMS = {**FORM, "measures_taken": "x", "rating": "limited", "trend": "forward", "adopted": "yes", "applied": "yes",
         "planned_measures": "x", "original_language": "en", "text": "x"}  # fmt: skip


def forms_taken() -> dict[str, list[str]]:
    """Where each page that takes a form may be sent one, by its route."""
    found: dict[str, list[str]] = {}
    for place in desk_places.written_to(desk_places.uids()):
        if "TJK" not in place and "I.9.9" not in place:
            found.setdefault(re.sub(r"[0-9a-f-]{36}|I+\.\d\.\d", "*", place), []).append(place)
    for place in admin_pages({name: keys[:2] for name, keys in admin_keys().items()}):
        if "/do/" in place or place.endswith(("/add/", "update/review-2028/KAZ/I.1.2/change/")):
            found.setdefault(place.split("review-2028")[0], []).append(place)
    return {route: places[:TRIED] for route, places in found.items()}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names that a view asks of what it was sent."""
    names: set[str] = set()
    for method in ("__getitem__", "_getlist", "__contains__"):
        monkeypatch.setattr(MultiValueDict, method, _noting(getattr(MultiValueDict, method), names))
    return names


def _noting(plain: Any, names: set[str]) -> Any:
    def asked(self: Any, name: Any, *more: Any, **options: Any) -> Any:
        names.add(str(name))
        return plain(self, name, *more, **options)

    return asked


def written_by(visitor: Visitor, place: str, form: dict[str, Any]) -> tuple[int, list[Any]]:
    """The status, and the rows afterwards; none where the form was not taken."""
    with undone(), same_chance():
        status = visitor.ask("POST", place, form).status
        return status, snapshot() if status in (200, 302) else []


Taken = tuple[str, str, set[str], str, dict[str, Any], list[Any]]


def accepted(visitors: dict[str, Visitor], before: list[Any], read: set[str]) -> Iterator[Taken]:
    """(who, route, names that it reads, place, form, rows) of each page, where and from whom it takes the form first,
    with the version that it asks for."""
    for route, places in drawn_forms(forms_taken()):
        for place, who in itertools.product(places, visitors):
            if taken := _taken(visitors[who], place, before, read):
                yield who, route, set(read), place, *taken
                break


def _taken(visitor: Visitor, place: str, before: list[Any], read: set[str]) -> tuple[dict[str, Any], list[Any]] | None:
    """The form that changes something there, and the rows then."""
    for version in VERSIONS:
        read.clear()
        form = {**FORMS, "version": version}
        status, after = written_by(visitor, place, form)
        if after not in ([], before):
            return form, after
        if status in (401, 403, 404, 405):
            return None
    return None


def drawn_forms(taken: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    routes = list(taken.items())
    surely = [one for one in routes if one[0] in ("/desk/assignments/KAZ/*/planned/", "/desk/people/KAZ/agencies/add/")]
    return routes if FULL else [*surely, *some(routes, len(routes) // 14, "forms")]


def test_a_name_that_is_not_the_forms_own_changes_nothing(world, visit, kept, read, tally):  # noqa: F811
    visitors, before, names = {who: visit(who) for who in SENDERS}, snapshot(), suspects()
    changed, asked_for, pages = [], {}, 0

    for who, route, own, place, form, after in accepted(visitors, before, read):
        foreign = dict.fromkeys(sorted(names - own), "1")
        pages += 1
        tally(cells=len(foreign))
        if written_by(visitors[who], place, {**foreign, **form})[1] != after:
            changed.append((who, place))
        if own & NEVER_ASKED:
            asked_for[route] = own & NEVER_ASKED

    tally(forms=pages)
    assert (changed, asked_for) == ([], {})
    assert pages > (12 if FULL else 0)
