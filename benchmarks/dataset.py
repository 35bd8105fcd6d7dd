"""Fills an empty database with 190 items x States x 4 cycles, and says what the questions need to know of it.

`python -m benchmarks.dataset --states 193 --write-to keys.json`, with DATABASE_URL naming the database. One that
is filled already is used as it is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from knox.models import get_token_model  # noqa: E402

from benchmarks.cast import Cast, build_cast  # noqa: E402
from commitments.models import Cycle, Evidence, MemberState, Person, Release, Revision, Update  # noqa: E402
from commitments.models.events import digest  # noqa: E402
from commitments.workflow import Audience, Status  # noqa: E402

# Where eleven neighbouring updates stand: a third is published, and every status occurs. Eleven has no divisor in
# common with items, agencies or audiences, so that nothing is drafted or published by one agency alone.
STATUSES = [Status.PUBLISHED, Status.DRAFT, Status.CLEARED] * 2 + [Status.PUBLISHED, Status.DRAFT, Status.SUBMITTED]
STATUSES += [Status.ACCEPTED, Status.PUBLISHED]
AUDIENCES = [Audience.PUBLIC, Audience.PARTICIPANTS, Audience.PUBLIC, Audience.UN, Audience.PUBLIC]
RATINGS = ["limited", "substantial", "implemented", "limited"]
WORDS = "the ministry held a course on this and reported that progress was made with partners in two regions".split()
BATCH = 1000
READERS = ("focal_point", "coordinator", "editor")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--states", type=int, required=True)
    parser.add_argument("--write-to", type=Path, required=True)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    if Update.objects.count() != options.states * 190 * 4:
        with transaction.atomic():
            fill(build_cast(options.states, dt.datetime.now(dt.UTC).date()))
    gather_statistics()
    options.write_to.write_text(json.dumps(keys()))


def fill(cast: Cast) -> None:
    """Updates, with a revision for each that has left the draft and a release for each that is published."""
    texts = _texts()
    editor, author = cast.people["editor"], cast.people["focal_point"]
    for start in range(0, len(cast.cycles) * len(cast.commitments), BATCH):
        rows = list(_rows(cast, start, texts))
        Update.objects.bulk_create(row["update"] for row in rows)
        moved = [row for row in rows if row["status"] != Status.DRAFT]
        Revision.objects.bulk_create(_revision(row, author) for row in moved)
        Release.objects.bulk_create(_release(row, editor) for row in moved if row["status"] == Status.PUBLISHED)
        _support([row["update"] for row in moved if row["place"] % 4 == 0], author)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Update, Revision, Release, Evidence]):
            cursor.execute(statement)


def _rows(cast: Cast, start: int, texts: list[str]) -> Iterator[dict[str, Any]]:
    """A batch of updates, each with what its revision and its release need."""
    count = len(cast.commitments)
    for place in range(start, min(start + BATCH, count * len(cast.cycles))):
        cycle, commitment = cast.cycles[place // count], cast.commitments[place % count]
        status = STATUSES[place % len(STATUSES)]
        content = {
            "rating": RATINGS[place // 3 % len(RATINGS)],
            "trend": "forward",
            "adopted": "yes",
            "applied": "partly",
            "measures_taken": texts[place % 97],
            "results": texts[place % 89],
            "challenges": texts[place % 83][:120],
            "next_steps": texts[place % 79][:100],
        }
        update = Update(
            pk=place + 1,
            cycle=cycle,
            commitment=commitment,
            status=status,
            audience=AUDIENCES[place // 7 % len(AUDIENCES)],
            version=0 if status == Status.DRAFT else 3,
            current_revision_id=None if status == Status.DRAFT else place + 1,
            last_edited_by=cast.people["focal_point"],
            last_edited_at=cycle.opened_at,
            **content,
        )
        yield {"update": update, "status": status, "place": place}


def _revision(row: dict[str, Any], author: Person) -> Revision:
    update = row["update"]
    revision = Revision(
        pk=update.pk,
        **Revision.of_update(update),
        number=1,
        made_by=author,
        made_by_name=str(author),
        made_at=update.last_edited_at,
        **update.content,
    )
    revision.hash = digest(revision.facts())
    return revision


def _release(row: dict[str, Any], editor: Person) -> Release:
    update = row["update"]
    return Release(
        pk=update.pk,
        **Release.of_update(update),
        revision_id=update.pk,
        rating=update.rating,
        audience=update.audience,
        withheld_sections=["challenges"] if row["place"] % 10 == 0 else [],
        released_by=editor,
        released_at=update.last_edited_at + dt.timedelta(seconds=row["place"]),
    )


def _support(updates: list[Update], author: Person) -> None:
    """One link as evidence for each of these, in the draft and in its revision."""
    evidence = Evidence.objects.bulk_create(
        Evidence(
            **Evidence.of_update(update),
            kind=Evidence.Kind.LINK,
            title="The text of the law",
            url=f"https://law.example/{update.pk}",
            audience=AUDIENCES[update.pk % len(AUDIENCES)],
            added_by=author,
            added_at=update.last_edited_at,
        )
        for update in updates
    )
    through = Revision.evidence.through
    through.objects.bulk_create(through(revision_id=one.update_id, evidence=one) for one in evidence)


def _texts() -> list[str]:
    """A hundred neutral paragraphs of 200 to 400 characters, the same on every run."""
    draw = Random(2028)
    return [" ".join(draw.choices(WORDS, k=draw.randint(40, 80))).capitalize() + "." for _ in range(100)]


def gather_statistics() -> None:
    """As a server does by itself in quiet hours: what the planner needs to know."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def keys() -> dict[str, Any]:
    """Tokens and natural keys that the questions are put with."""
    coordinator = Person.objects.get(email="coordinator@benchmark.invalid")
    (home,) = coordinator.mandate.state_ids
    cycle = Cycle.objects.order_by("opens_on").last()
    drafts = Update.objects.filter(cycle=cycle, commitment__member_state=home, status=Status.DRAFT)
    drafts = drafts.select_related("cycle", "commitment__member_state", "commitment__action_item")
    focal_point = Person.objects.get(email="focal_point@benchmark.invalid")
    return {
        "tokens": {name: _token(name) for name in READERS},
        "sessions": {name: _session(name) for name in READERS},
        "state": MemberState.objects.get(pk=home).iso_alpha3,
        "state_id": home,
        "agency_id": min(focal_point.mandate.agency_ids),
        "states": list(MemberState.objects.order_by("name").values_list("iso_alpha3", flat=True)),
        "cycle": cycle.slug,
        "cycle_id": cycle.pk,
        "drafts": [{"id": one.pk, "key": one.key} for one in drafts.order_by("pk")],
        "updates": Update.objects.count(),
    }


def _session(name: str) -> str:
    """Signed in at the desk."""
    client = Client()
    client.force_login(Person.objects.get(email=f"{name}@benchmark.invalid"), settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _token(name: str) -> str:
    person = Person.objects.get(email=f"{name}@benchmark.invalid")
    return get_token_model().objects.create(user=person)[1]


if __name__ == "__main__":
    main()
