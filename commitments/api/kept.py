"""What never changes once it is there, kept in the memory of each process: codes, and what the plan says of an item.

It stands behind every row of a long list and is the same for every reader. Nothing else may be kept: whatever a person
can change is read for each request.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model

from commitments.models import ActionItem, Cycle, MemberState

FIXED: dict[type[Model], tuple[str, ...]] = {
    ActionItem: ("code", "short_title", "addressee", "objective__code", "objective__pillar__code"),
    MemberState: ("iso_alpha3",),
    Cycle: ("slug",),
}
# As long as a public page of the plan: `load_plan` may mend a short title.
SECONDS = 60

Facts = Mapping[str, Any]
_kept: dict[type[Model], tuple[float, dict[int, Facts]]] = {}


def facts(model: type[Model], keys: Iterable[int]) -> Mapping[int, Facts]:
    """{key: {path: value}} of the fixed paths, at least for these keys."""
    wanted = set(keys)
    if not may_keep():
        return _read(model, pk__in=wanted) if wanted else {}
    read_at, found = _kept.get(model, (-math.inf, {}))
    if not wanted <= found.keys() or time.monotonic() - read_at > SECONDS:
        found = _read(model)
        _kept[model] = (time.monotonic(), found)
    return found


def keys_named(model: type[Model], path: str, value: str) -> Sequence[int]:
    """Keys of the rows whose `path` is this value; from memory where it is fixed and known there."""
    if path in FIXED.get(model, ()) and may_keep():
        known = [key for key, values in facts(model, ()).items() if values[path] == value]
        if known:
            return known
    return list(model._default_manager.filter(**{path: value}).values_list("pk", flat=True))


def may_keep() -> bool:
    """Not within a transaction: what is not committed may never have been."""
    return not transaction.get_connection().in_atomic_block


def forget() -> None:
    """Read all of it again when it is next asked for."""
    _kept.clear()


def _read(model: type[Model], **narrowed: Any) -> dict[int, Facts]:
    paths = FIXED[model]
    rows = model._default_manager.filter(**narrowed).values_list("pk", *paths)
    return {key: dict(zip(paths, values, strict=True)) for key, *values in rows}
