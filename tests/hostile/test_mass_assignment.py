"""Names that a body has no business with are refused by name, on every writing route, and change nothing."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from commitments.models import Person, Update
from tests.depth import drawn
from tests.hostile import hidden
from tests.hostile.places import nouns
from tests.hostile.test_existing_looks_absent import at, secret_keys

pytestmark = pytest.mark.battery("A6")


@pytest.fixture
def kept(world) -> dict[str, tuple[str, str]]:
    return secret_keys()


SUSPECTS = {"id", "pk", "uid", "status", "state", "stage", "version", "owner", "by", "actor", "at", "is_staff",
            "groups", "is_superuser", "user_permissions", "password", "cycle", "member_state", "__class__", "values",
            "attach", "retire", "_pk"}  # fmt: skip
THE_STATES = ("updates", "commitments", "evidence", "assessments", "appointments", "contributions")
APPS = ("commitments", "reporting")


def models_of_ours() -> list[type[models.Model]]:
    return [model for label in APPS for model in apps.get_app_config(label).get_models()]


def suspects() -> set[str]:
    """Every field of every model, and what names power in other systems."""
    return SUSPECTS | {field.name for model in models_of_ours() for field in model._meta.fields}


def snapshot() -> list[Any]:
    """Every row of every table of ours."""
    return [list(model._base_manager.order_by("pk").values()) for model in models_of_ours()]


def writing_routes() -> list[tuple[str, str, Any]]:
    """(route, method, what its body takes) of everything that the API writes."""
    found = []
    for place, noun, actions in nouns():
        for method, action in actions.items():
            if method not in ("get", "head") and place != "/api/v1/tokens/<str:key>/":  # one's own alone, and no body
                write = noun.writes.get(action) or noun.writes[place.strip("/").rsplit("/", 1)[-1]]
                found.append((place, method.upper(), write))
    return found


@pytest.mark.same_on_every_engine
def test_a_name_that_is_not_the_bodys_own_is_refused_and_nothing_is_written(world, visit, kept, tally):
    visitors, before, told = {who: visit(who) for who in ("coordinator.kaz", "editor", None)}, snapshot(), []

    for turn, (place, method, write) in enumerate(writing_routes()):
        noun = place.split("/")[3]
        who = None if place.endswith("/tokens/") else "coordinator.kaz" if noun in THE_STATES else "editor"
        address, version = at(place, kept.get(noun, ("review-2028", ""))[0]), 0 if write.is_versioned else None
        names = drawn(sorted(suspects() - set(write.body._declared_fields)), turn)
        tally(cells=len(names))
        for name in names:
            answer = visitors[who].write(method, address, {name: 1}, version=version)
            if answer.status_code != 400 or answer.json()["errors"][0]["field"] != name:
                told.append((method, place, name, answer.status_code, answer.content[:120]))

    assert told == []
    assert snapshot() == before


@pytest.mark.parametrize("who", ["focal.kaz", "coordinator.kaz", "reviewer", "editor", "partner"])
def test_nobody_makes_themselves_more_than_they_are(world, visit, who):
    visitor, uid = visit(who), world.who(who).uid
    for role, scope in itertools.product(("coordinator", "reviewer", "editor"), ({}, {"member_state": "KAZ"})):
        body = {"email": f"{who}@example.org", "full_name": "x", "role": role, **scope}
        assert visitor.write("POST", "/api/v1/appointments/", body).status_code == 403
    for page in (f"person/{uid}/do/change/", f"person/{uid}/do/reset-second-factor/", "appointment/add/"):
        form = {"email": f"{who}@example.org", "full_name": "x", "role": "editor", "is_superuser": "on", "reason": "x",
                "language": "en", "is_active": "on"}  # fmt: skip
        assert visitor.post(f"/admin/commitments/{page}", form).status_code in (200, 403, 404)

    person = Person.objects.get(uid=uid)
    assert (person.is_superuser, person.mandate) == (False, world.who(who).mandate)
    assert person.appointments.count() == 1


def test_a_superuser_moves_nothing_and_reads_nothing(world, visit):
    hidden.write_drafts(world, "Hush")
    visitor, place = visit("administrator"), "/api/v1/updates/review-2028:KAZ:I.1.2/"
    version, desk = world.update().version, "/admin/commitments/update/review-2028/KAZ/I.1.2/"

    moves = ("submit", "return", "clear", "accept", "publish", "recall", "withdraw", "revise")
    told = {visitor.write("POST", f"{place}{move}/", {"reason": "x"}, version=version).status_code for move in moves}
    told |= {visitor.post(f"{desk}move/{move}/", {"version": version, "reason": "x"}).status_code for move in moves}

    assert told == {403, 404}
    assert Update.objects.get(pk=world.update().pk).version == version
