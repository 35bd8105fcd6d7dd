"""Two partners, each with an activity that it leads, and States that ask for help."""

from __future__ import annotations

from typing import Any

import pytest

from commitments.models import Partner, PartnerActivity
from commitments.workflow import Role
from tests.builders import World, person

HOME = "/desk/partner/"


def activity(world: World, who: str = "partner", **words: Any) -> PartnerActivity:
    """Told by the partner itself."""
    someone = world.who(who)
    partner = Partner.objects.get(pk__in=someone.mandate.partner_ids)
    given = {"kind": "project", "title": "A course for judges", "summary": "Judges learn.",
             "action_items": [world.items["I.1.2"]], "member_states": [world.states["KAZ"]], **words}  # fmt: skip
    return PartnerActivity.add(partner, by=someone, **given)


def sent(world: World, form: Any, **changed: Any) -> dict[str, Any]:
    """What a browser sends back of this form, with some of it typed anew."""
    typed: dict[str, Any] = {}
    for bound in form:
        if bound.field.show_hidden_initial:
            typed[bound.html_initial_name] = _plain(bound.initial)
        typed[bound.html_name] = changed.get(bound.name, _plain(bound.value()))
    return typed


def _plain(value: Any) -> Any:
    return "" if value is None else value


@pytest.fixture
def partners(world: World) -> World:
    other = Partner.objects.create(slug="other", name="Another organization", kind="donor")
    person(world, "other", Role.PARTNER, partner=other)
    return world
