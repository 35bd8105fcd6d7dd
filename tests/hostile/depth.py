"""How deep the batteries dig: every sixth case, another sixth on the other engine; every case with BATTERY=full."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

from django.db import connection

Case = TypeVar("Case")
SHARE = 1 if os.environ.get("BATTERY") == "full" else 6


def drawn(cases: Iterable[Case]) -> list[Case]:
    """The cases of this run, in their order."""
    first = 1 if connection.vendor == "postgresql" and SHARE > 1 else 0
    return list(cases)[first::SHARE]
