"""How deep the batteries dig: every twelfth case, another twelfth on the other engine; every case with BATTERY=full.

Where several readers ask the same, each may take a `turn` of its own, so that together they ask more.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

from django.db import connection

Case = TypeVar("Case")
SHARE = 1 if os.environ.get("BATTERY") == "full" else 12


def drawn(cases: Iterable[Case], turn: int = 0) -> list[Case]:
    """The cases of this run, in their order."""
    first = 2 * turn + (1 if connection.vendor == "postgresql" else 0)
    return list(cases)[first % SHARE :: SHARE]
