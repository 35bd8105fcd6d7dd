"""A second process that asks the API, for tests of what happens at the same time.

Each line it reads is one request as JSON: who, place, body, headers. It answers each with a line of JSON.
"""

from __future__ import annotations

import json
import os
import sys

import django

from tests import settings


def main() -> None:
    settings.DATABASES["default"].update(json.loads(os.environ["CONTENDER_DATABASE"]))
    settings.ALLOWED_HOSTS.append("testserver")
    django.setup()
    from commitments.models import Person
    from tests.api.conftest import Caller

    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        caller = Caller()
        caller.force_authenticate(Person.objects.get(email=asked["email"]))
        answer = caller.write("post", asked["place"], asked["body"], version=asked["version"], Idempotency_Key="one")
        content = {"status": answer.status_code, "is_replayed": "Idempotency-Replayed" in answer}
        print(json.dumps(content | {"body": answer.content.decode()}), flush=True)


if __name__ == "__main__":
    main()
