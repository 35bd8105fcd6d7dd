"""A second process that makes moves, for tests of what happens at the same time.

Reads one JSON object a line: which move, by whom, on which version, with which words. Answers `made` or the name of
the refusal. With `hold` it answers `held` before the commit and waits for one more line.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django

from tests import settings


def main() -> None:
    settings.DATABASES["default"].update(json.loads(os.environ["CONTENDER_DATABASE"]))
    django.setup()
    print("ready", flush=True)
    for line in sys.stdin:
        print(answer(**json.loads(line)), flush=True)


def answer(*, update: int, move: str, email: str, version: int, words: dict[str, Any], hold: bool = False) -> str:
    from django.db import transaction

    from commitments.errors import Refused
    from commitments.models import Person, Update

    try:
        with transaction.atomic():
            by = Person.objects.get(email=email)
            Update.objects.get(pk=update).make(move, by=by, version=version, **words)
            if hold:
                print("held", flush=True)
                sys.stdin.readline()
    except Refused as refusal:
        return type(refusal).__name__
    return "made"


if __name__ == "__main__":
    main()
