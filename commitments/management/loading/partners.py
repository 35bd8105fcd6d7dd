"""Partners and their activities, mapped to the action items they support."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from commitments.management.loading.tally import Tally, fixture, russian
from commitments.models import ActionItem, MemberState, Participation, Partner, PartnerActivity
from commitments.search import search_text


@transaction.atomic
def load_partner_activities() -> Tally:
    source = fixture("partner-activities")
    tally = Tally()
    for one in source["partners"]:
        values = {
            "name": one["name"],
            "acronym": one["acronym"] or "",
            "kind": one["kind"],
            "translations": {"ru": {"name": one["name_ru"]}},
        }
        tally.put(Partner, {"slug": one["slug"]}, values)
    for one in source["activities"]:
        _activity(tally, one)
    return tally


def _activity(tally: Tally, source: dict[str, Any]) -> None:
    fields = ("kind", "title", "summary", "place", "source", "lines")
    values = {field: source[field] or "" for field in fields} | {
        "starts_on": _date(source["starts_on"]),
        "ends_on": _date(source["ends_on"]),
        "dates_as_stated": source["dates_as_stated"] or "",
        "translations": {"ru": russian(source, "title", "summary", "place", "dates_as_stated")},
    }
    if PartnerActivity.objects.filter(slug=source["slug"], version__gt=0).exists():
        return  # the partner that leads it has written since, and knows better
    texts = [values["title"], values["summary"], values["place"]]
    values["search_text"] = search_text([*texts, *filter(None, values["translations"]["ru"].values())])
    activity = tally.put(PartnerActivity, {"slug": source["slug"]}, values)
    activity.member_states.set(MemberState.objects.filter(iso_alpha3__in=source["member_states"]))
    items = ActionItem.objects.filter(plan__slug="jpoa-2022", code__in=source["action_items"])
    activity.action_items.set(items)
    for part in source["partners"]:
        key = {"activity": activity, "partner": Partner.objects.get(slug=part["partner"])}
        tally.put(Participation, key, {"role": part["role"]})


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
