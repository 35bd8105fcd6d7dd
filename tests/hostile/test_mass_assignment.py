"""Names that a body has no business with are refused by name, on every writing route, and change nothing."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from commitments.models import Person, Update
from tests.builders import REPORTED
from tests.hostile import hidden
from tests.hostile.places import nouns

pytestmark = pytest.mark.battery("A6")

STATES_OWN = "review-2028:KAZ:I.1.2"
SUSPECTS = {"id", "pk", "status", "state", "stage", "version", "owner", "by", "is_staff", "is_superuser", "groups",
            "user_permissions", "password", "__class__", "values", "attach", "retire", "_pk"}  # fmt: skip
# Who may write there, what they would send, and to what.
WRITES: dict[str, tuple[str, dict[str, Any], int | None]] = {
    "updates/<str:key>/": ("focal.kaz", {}, 0),
    "updates/<str:key>/submit/": ("focal.kaz", {}, 0),
    "commitments/<str:key>/": ("coordinator.kaz", {"planned_measures": "x"}, 0),
    "evidence/": ("focal.kaz", {"update": STATES_OWN, "kind": "reference", "title": "x"}, 0),
    "appointments/": ("coordinator.kaz", {"email": "a@example.org", "full_name": "A", "role": "focal_point",
                                          "agency": "KAZ:interior"}, None),
    "cycles/<str:key>/extend/": ("editor", {"member_state": "KAZ", "ends_on": "2027-12-31", "reason": "x"}, None),
    "cycles/<str:key>/open/": ("editor", {}, None),
    "reports/": ("editor", {"kind": "regional", "cycle": "review-2028"}, None),
    "contributions/<str:key>/": ("coordinator.kaz", {"text": "x"}, 0),
    "contributions/<str:key>/sign/": ("coordinator.kaz", {}, 0),
    "tokens/": (None, {"email": "focal.kaz@example.org", "password": "correct horse battery"}, None),
}  # fmt: skip
KEYS = {"updates": STATES_OWN, "commitments": "KAZ:I.1.2", "cycles": "review-2028",
        "contributions": "review-2028:KAZ"}  # fmt: skip


def fields_of_all_models() -> set[str]:
    return {field.name for model in apps.get_app_config("commitments").get_models() for field in model._meta.fields}


def snapshot() -> list[Any]:
    """Every row of every table of the domain."""
    tables: list[type[models.Model]] = list(apps.get_app_config("commitments").get_models())
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize("place", WRITES)
def test_a_name_that_is_not_the_bodys_own_is_refused_and_nothing_is_written(world, visit, settings, place):
    settings.ACCOUNT_RATE_LIMITS = False
    who, body, version = WRITES[place]
    noun, actions = next((noun, actions) for route, noun, actions in nouns() if route == f"/api/v1/{place}")
    action = next(action for method, action in actions.items() if method != "get")
    known = noun.writes.get(action) or noun.writes[place.strip("/").rsplit("/", 1)[-1]]
    address = f"/api/v1/{place}".replace("<str:key>", KEYS.get(place.split("/")[0], ""))
    visitor, method = visit(who), "PATCH" if "patch" in actions else "POST"
    own, before = set(known.body._declared_fields), snapshot()

    for name in sorted((fields_of_all_models() | SUSPECTS) - own):
        answer = visitor.write(method, address, {**body, name: 1}, version=version)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, name), (name, answer.content)

    assert snapshot() == before


@pytest.mark.parametrize("name", sorted(SUSPECTS | {"audience", "current_revision", "last_edited_by", "commitment"}))
def test_a_name_that_is_not_the_forms_own_changes_nothing_in_the_desk(world, visit, name):
    page = "/admin/commitments/update/review-2028/KAZ/I.1.2/change/"
    form = {**REPORTED, "original_language": "en", "version": "0", "press": "save"}

    visit("focal.kaz").post(page, form | {name: "published"} if name not in form else form)

    update = world.update()
    assert (update.status, update.version, update.audience) == ("draft", 1, "un")
    assert update.last_edited_by == world.who("focal.kaz")


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
