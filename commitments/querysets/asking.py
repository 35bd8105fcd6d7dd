"""Who asks, and what the questions share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.db.models import Q, QuerySet

from commitments.mandates import Mandate
from commitments.workflow import Audience


def mandate_of(person: Any) -> Mandate:
    """The person's mandate as read once for this request; a Mandate is taken as it is."""
    if isinstance(person, Mandate):
        return person
    return getattr(person, "mandate", None) or Mandate.of(person)


def model_at(start: Any, *fields: str) -> Any:
    """The model that these relations lead to. Models import this module, so it cannot import them."""
    for field in fields:
        start = start._meta.get_field(field).related_model
    return start


def in_force(today: dt.date, path: str = "") -> Q:
    """Appointments in force on this day. `path` leads to them and ends in `__`."""
    ends = Q(**{f"{path}ends_on": None}) | Q(**{f"{path}ends_on__gt": today})
    return ends & Q(**{f"{path}starts_on__lte": today})


def released(mandate: Mandate, state: str) -> Q:
    """Of what States release: by audience, and to a State's own officers all of theirs. `state` leads to it."""
    rule = Q(audience__in=mandate.audiences)
    if mandate.state_ids:
        rule |= Q(**{f"{state}__in": mandate.state_ids})
    return rule


def as_wide_as(audience: str) -> Q:
    """All that a reader of this audience reads, whoever they are: what a report for it is made from."""
    width = Audience(audience).width
    return Q(audience__in=[wide for wide in Audience if wide.width >= width])


def placing(path: str = "") -> tuple[str, ...]:
    """The relations that a key `cycle:KAZ:I.1.1` is made of. `path` leads to its row and ends in `__`."""
    return tuple(f"{path}{name}" for name in ("cycle", "commitment__member_state", "commitment__action_item"))


class PlacedQuerySet(QuerySet):
    """Rows of one cycle and one commitment: what is reported, and all that hangs on it."""

    KEY = ("cycle__slug", "commitment__member_state__iso_alpha3", "commitment__action_item__code")


class KeyedQuerySet(PlacedQuerySet):
    """Where there is one for each cycle and commitment: known by a natural key, `cycle:KAZ:I.1.1`."""

    def at(self, cycle: str, state: str, code: str) -> Self:
        """The one under this key."""
        return self.filter(**dict(zip(self.KEY, (cycle, state, code), strict=True)))

    def by_keys(self, keys: Iterable[str]) -> dict[str, Any]:
        """The rows under these keys, by key, in the order of the query; under what is no key there is none."""
        wanted = {key for key in keys if key.count(":") == 2 and len(key) < 200 and key.isprintable()}
        parts = {f"{path}__in": {key.split(":")[n] for key in wanted} for n, path in enumerate(self.KEY)}
        near: Any = self.filter(**parts).select_related(*placing())
        return {row.key: row for row in near if row.key in wanted}
