"""Publishes one of two updates, withdraws the other and renames a partner's activity after it, in one transaction.

`python -m tests.lost.flipping FACTS`: who, and which two. Prints `ready` once one of them is in force, and, when it is
told to stop, how often they changed places. At every instant one of the two is in force and the activity bears its
word; a report reads them by different questions.
"""

from __future__ import annotations

import json
import select
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from commitments.models import PartnerActivity, Person, Release, Update  # noqa: E402
from tests.builders import REPORTED  # noqa: E402


def main(facts: dict[str, dict[str, str]]) -> None:
    people = {name: Person.objects.get(email=email) for name, email in facts["people"].items()}
    pair = [Update.objects.at(*facts["updates"][word].split(":")).get() for word in sorted(facts["updates"])]
    for update, word in zip(pair, sorted(facts["updates"]), strict=True):
        focal, coordinator = (people[f"{part} {word}"] for part in ("focal", "coordinator"))
        update.edit(by=focal, version=update.version, values=REPORTED | {"measures_taken": word})
        update.submit(by=focal, version=update.version)
        update.clear(by=coordinator, version=update.version, audience="un")
        update.accept(by=people["editor"], version=update.version)
    pair[0].publish(by=people["editor"], version=pair[0].version)
    title = "A project called {}"
    words = {"title": title.format(sorted(facts["updates"])[0]), "starts_on": pair[0].cycle.opens_on}
    PartnerActivity.objects.create(slug="flipping", kind="project", summary="It flips.", **words)
    print("ready", flush=True)
    flips = 0
    while not select.select([sys.stdin], [], [], 0.005)[0]:
        with transaction.atomic():
            out, into = sorted(pair, key=lambda update: not Release.objects.filter(update=update).exists())
            word = sorted(facts["updates"])[pair.index(out)]
            reason = "It is the other's turn."
            out.withdraw(by=people[f"coordinator {word}"], version=out.version, reason=reason)
            into.publish(by=people["editor"], version=into.version)
            now = sorted(facts["updates"])[pair.index(into)]
            PartnerActivity.objects.filter(slug="flipping").update(title=title.format(now))
        flips += 1
    print(flips, flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
