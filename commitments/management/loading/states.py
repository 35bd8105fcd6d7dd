"""Member States with their agencies, the cycles, and the grid of commitments."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from commitments.management.loading.plan import adopters
from commitments.management.loading.tally import Tally, fixture, in_languages, russian
from commitments.models import ActionItem, Agency, Commitment, Cycle, MemberState, Plan

DATES = ("opens_on", "submissions_due_on", "clearances_due_on", "closes_on", "adopted_on")


@transaction.atomic
def load_member_states() -> Tally:
    tally = Tally()
    for source in fixture("member-states"):
        fields = ("iso_alpha2", "m49", "name", "formal_name", "capital", "time_zone", "official_languages")
        values = {field: source[field] for field in fields}
        values["translations"] = in_languages(source, "name", "formal_name", "capital")
        state = tally.put(MemberState, {"iso_alpha3": source["iso_alpha3"]}, values)
        for agency in source["agencies"]:
            # An agency that is here already is its coordinator's to keep.
            if not Agency.objects.filter(member_state=state, slug=agency["slug"]).exists():
                names = {"name": agency["name"], "translations": {"ru": {"name": agency["name_ru"]}}}
                facts = {"kind": agency["kind"], "lines": agency["lines"]}
                tally.put(Agency, {"member_state": state, "slug": agency["slug"]}, names | facts)
    return tally


@transaction.atomic
def load_cycles() -> Tally:
    """Cycles that are not here yet; the dates of those that are belong to their editors."""
    tally = Tally()
    plan = Plan.objects.get(slug="jpoa-2022")
    for source in fixture("cycles"):
        if Cycle.objects.filter(slug=source["slug"]).exists():
            tally.count(Cycle, "unchanged")
            continue
        dates = {name: dt.date.fromisoformat(source[name]) for name in DATES if source.get(name)}
        values = {
            "plan": plan,
            "title": source["title"],
            "review": source["review"],
            "adoption_is_assumed": source["adoption_is_assumed"],
            "dates_note": source.get("dates_note", ""),
            "translations": {"ru": russian(source, "title", "review", "dates_note")},
        }
        tally.put(Cycle, {"slug": source["slug"]}, values | dates)
    return tally


@transaction.atomic
def load_commitments() -> Tally:
    """One commitment for every adopting State and every item of the plan, in the plan's order."""
    tally = Tally()
    plan = Plan.objects.get(slug="jpoa-2022")
    items = list(ActionItem.objects.filter(plan=plan).order_by("position"))
    for state in adopters(plan):
        have = set(Commitment.objects.filter(member_state=state).values_list("action_item", flat=True))
        new = [Commitment(member_state=state, action_item=item) for item in items if item.pk not in have]
        Commitment.objects.bulk_create(new, batch_size=500)
        tally.count(Commitment, "created", len(new))
        tally.count(Commitment, "unchanged", len(have))
    return tally


@transaction.atomic
def open_current_cycles() -> list[Cycle]:
    """Open every cycle whose day has come and is not over."""
    today = timezone.now().date()
    due = Cycle.objects.filter(opened_at=None, opens_on__lte=today, closes_on__gte=today).order_by("opens_on")
    opened = list(due)
    for cycle in opened:
        cycle.open(by=None)
    return opened
