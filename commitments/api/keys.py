"""Natural keys, in addresses and in bodies: a cycle's slug, `KAZ`, `I.1.1`, `KAZ:interior`, `cycle:KAZ:I.1.1`."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.api.asking import CONTROL, refuse
from commitments.errors import NotVisible
from commitments.models import ActionItem, Agency, Cycle, MemberState, Plan
from commitments.querysets import PlacedQuerySet, mandate_of

UPDATE_PATHS = PlacedQuerySet.KEY
COMMITMENT_PATHS = ("member_state__iso_alpha3", "action_item__code")
REVISION_PATHS = (*UPDATE_PATHS, "number")
AGENCY_PATHS = ("member_state__iso_alpha3", "slug")


def named(queryset: QuerySet, paths: tuple[str, ...], key: str) -> QuerySet:
    """The row under a key of several parts. Raises NotVisible where the key has not as many."""
    parts = key.split(":")
    if len(parts) != len(paths) or CONTROL.search(key):
        raise NotVisible()
    if paths[-1].endswith("number") and not (parts[-1].isascii() and parts[-1].isdigit() and len(parts[-1]) < 7):
        raise NotVisible()
    return queryset.filter(**dict(zip(paths, parts, strict=True)))


def only(queryset: QuerySet) -> Any:
    """The one row, or NotVisible."""
    row = queryset.first()
    if row is None:
        raise NotVisible()
    return row


def latest_plan() -> Plan:
    """The edition in force: what a code means where no edition is named."""
    return only(Plan.objects.order_by("-adopted_on", "-pk"))


def plan_named(slug: str | None) -> Plan:
    """The edition under this slug, or the latest. Raises Invalid naming the parameter."""
    if slug is None:
        return latest_plan()
    return _given(Plan.objects.filter(slug=slug), "plan", _("There is no such edition of the plan."))


def state_given(field: str, value: Any) -> MemberState:
    states = MemberState.objects.filter(iso_alpha3=_code(field, value))
    return _given(states, field, _("There is no such Member State."))


def item_given(field: str, value: Any, plan: Plan) -> ActionItem:
    items = ActionItem.objects.filter(plan=plan, code=_code(field, value))
    return _given(items, field, _("There is no such action item in this plan."))


def plan_given(field: str, value: Any) -> Plan:
    return _given(Plan.objects.filter(slug=_code(field, value)), field, _("There is no such plan."))


def cycle_given(field: str, value: Any) -> Cycle:
    return _given(Cycle.objects.filter(slug=_code(field, value)), field, _("There is no such cycle."))


def agency_given(field: str, value: Any, person: Any) -> Agency:
    """An agency that the caller can see: another State's is as absent as one that is not there."""
    visible = Agency.objects.visible_to(mandate_of(person)).select_related("member_state")
    message = _("There is no such agency that you can see.")
    try:
        return _given(named(visible, AGENCY_PATHS, _code(field, value)), field, message)
    except NotVisible:
        raise refuse(field, "unknown", message) from None


def row_given(queryset: QuerySet, paths: tuple[str, ...], field: str, value: Any) -> Any:
    """What a body refers to, among what the caller can see (`queryset`)."""
    message = _("There is nothing under this key that you can see.")
    try:
        return _given(named(queryset, paths, _code(field, value)), field, message)
    except NotVisible:
        raise refuse(field, "unknown", message) from None


def _code(field: str, value: Any) -> str:
    if not isinstance(value, str) or CONTROL.search(value) or not 0 < len(value) <= 200:
        raise refuse(field, "code", _("This must be a code."))
    return value


def _given(queryset: QuerySet, field: str, message: Any) -> Any:
    row = queryset.first()
    if row is None:
        raise refuse(field, "unknown", message)
    return row
