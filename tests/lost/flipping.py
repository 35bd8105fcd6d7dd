"""Publishes one of two updates and withdraws the other, in one transaction, until told to stop.

`python -m tests.lost.flipping FACTS`: who, and which two. Prints `ready` once one of them is in force, and in the end
how often they changed places. At every instant exactly one of the two is in force.
"""

from __future__ import annotations

import json
import select
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from commitments.models import Person, Release, Update  # noqa: E402
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
    print("ready", flush=True)
    flips = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        with transaction.atomic():
            out, into = sorted(pair, key=lambda update: not Release.objects.filter(update=update).exists())
            word = sorted(facts["updates"])[pair.index(out)]
            reason = "It is the other's turn."
            out.withdraw(by=people[f"coordinator {word}"], version=out.version, reason=reason)
            into.publish(by=people["editor"], version=into.version)
        flips += 1
    print(flips, flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
