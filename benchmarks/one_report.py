"""One report of a full cycle in one format, measured in this process: `python -m benchmarks.one_report pdf 5 en`."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
django.setup()

from benchmarks.full_cycle import full_cycle  # noqa: E402
from reporting.renderers import render  # noqa: E402
from reporting.review_report import review_report  # noqa: E402


def main() -> None:
    """Print seconds, the peak of this process and of its child in MB, and the size of the file in MB."""
    name, states, language, share = sys.argv[1:5]
    facts = full_cycle(int(states))
    facts = replace(facts, updates=facts.updates[: int(len(facts.updates) * float(share))])
    document = review_report(facts, made_on=facts.dated_on, language=language)
    begun = time.perf_counter()
    content = render(document, name)
    seconds = time.perf_counter() - begun
    ours, child = (getrusage(who).ru_maxrss / 1024 for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    print(json.dumps({"seconds": seconds, "ours": ours, "child": child, "size": len(content) / 2**20}))


if __name__ == "__main__":
    main()
