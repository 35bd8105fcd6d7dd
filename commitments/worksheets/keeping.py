"""What was uploaded, between its preview and its application.

Kept in the shared cache and not in the session (which every request of its person reads whole) nor as a file (which
somebody would have to sweep): its cells alone, packed, for an hour, under a random name together with the number of
the person. Whoever else learns the name finds nothing under it. Of each person the last few are kept.
"""

from __future__ import annotations

import json
import secrets
import zlib
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.cache import cache

from commitments.worksheets.reading import Cell, Grid

SECONDS = 60 * 60
MOST = 5  # of one person


@dataclass
class Kept:
    """A worksheet waiting to be applied; once it is, only the keys of what was saved are left of it."""

    name: str = ""
    grid: Grid | None = None
    saved: list[str] = field(default_factory=list)


def keep(person: Any, kept: Kept, token: str = "") -> str:
    """Keep it for this person; answer the random name by which they find it again."""
    token = token or secrets.token_urlsafe(24)
    packed = zlib.compress(json.dumps(asdict(kept)).encode())
    cache.set(_key(person, token), packed, SECONDS)
    others = [one for one in cache.get(_key(person), []) if one != token]
    cache.delete_many(_key(person, one) for one in others[MOST - 1 :])
    cache.set(_key(person), [token, *others[: MOST - 1]], SECONDS)
    return token


def kept(person: Any, token: str) -> Kept | None:
    """What this person keeps under this name; None once its hour is over, and for everybody else."""
    packed = cache.get(_key(person, token))
    if packed is None:
        return None
    facts = json.loads(zlib.decompress(packed))
    return Kept(facts["name"], _grid(facts["grid"]) if facts["grid"] else None, facts["saved"])


def forget(person: Any, token: str) -> None:
    cache.delete(_key(person, token))


def _grid(facts: dict[str, Any]) -> Grid:
    """JSON knows no numbers as names, and no tuples."""
    rows = [
        (number, {int(place): Cell(**cell) for place, cell in cells.items()}) for number, cells in facts.pop("rows")
    ]
    return Grid(rows=rows, **facts)


def _key(person: Any, token: str = "") -> str:
    """Of one worksheet; without a token, of the list of them."""
    return f"worksheet:{person.pk}:{token}"
