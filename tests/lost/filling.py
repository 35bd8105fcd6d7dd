"""Fills an empty database and says who may do what in it: `python -m tests.lost.filling FACTS.json`.

A process of its own, as it works on another database than the tests. In full the real plan stands there with the
demonstration's people, otherwise the builders' small one.
"""

from __future__ import annotations

import io
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from knox.models import get_token_model  # noqa: E402

from commitments.models import Appointment, Person, Update  # noqa: E402
from commitments.workflow import Role, Status  # noqa: E402
from tests.builders import build_world  # noqa: E402
from tests.depth import FULL  # noqa: E402


def main(facts: Path) -> None:
    call_command("createcachetable", "cache")  # the tests' own database has none: their caches are in memory
    with transaction.atomic():
        if FULL:
            call_command("load_all", stdout=io.StringIO())
        else:
            build_world()
        facts.write_text(json.dumps(told()))


def told() -> dict[str, Any]:
    """Drafts that nobody has touched, each with its people; a token and a session for each of these."""
    appointed = Appointment.objects.live().filter(person__is_active=True)
    leads = dict(appointed.filter(role=Role.FOCAL_POINT).values_list("agency_id", "person__email"))
    coordinators = dict(appointed.filter(role=Role.COORDINATOR).values_list("member_state_id", "person__email"))
    secretariat = {role: appointed.get(role=role).person.email for role in (Role.REVIEWER, Role.EDITOR)}
    drafts = Update.objects.filter(status=Status.DRAFT, version=0, commitment__lead_agency__in=leads)
    rows = drafts.select_related("cycle", "commitment__member_state", "commitment__action_item").order_by("pk")
    updates = [
        {
            "key": row.key,
            "state": row.commitment.member_state.iso_alpha3,
            "focal": leads[row.commitment.lead_agency_id],
            "coordinator": coordinators[row.commitment.member_state_id],
        }
        for row in rows
        if row.cycle.accepts(row.commitment.member_state, row.commitment.action_item_id)
    ]
    emails = {one[part] for one in updates for part in ("focal", "coordinator")} | set(secretariat.values())
    people = list(Person.objects.filter(email__in=emails))
    return {
        "updates": updates,
        "secretariat": {str(role): email for role, email in secretariat.items()},
        "tokens": {one.email: get_token_model().objects.create(user=one)[1] for one in people},
        "sessions": {one.email: _session(one) for one in people},
    }


def _session(person: Person) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.create()
    return session.session_key


if __name__ == "__main__":
    main(Path(sys.argv[1]))
