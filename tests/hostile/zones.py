"""When days end, found out by looking at the clock minute by minute: what the product works out is compared with it."""

from __future__ import annotations

import datetime as dt
from importlib import resources
from zoneinfo import ZoneInfo

MINUTE = dt.timedelta(minutes=1)
CAPITALS = ("Asia/Ashgabat", "Asia/Tashkent", "Asia/Samarkand", "Asia/Dushanbe", "Asia/Bishkek", "Asia/Almaty")
FARTHEST = tuple(
    "Pacific/Kiritimati Pacific/Pago_Pago America/St_Johns Pacific/Apia Pacific/Chatham Asia/Kathmandu "
    "Antarctica/Troll Africa/Casablanca Africa/Cairo Asia/Beirut America/Havana America/Asuncion "
    "Australia/Lord_Howe Asia/Gaza America/Scoresbysund".split()
)
# Ordinary days, leap days, turns of the year, and days on which somewhere a clock was changed at midnight.
_DAYS = (
    "2024-02-28 2024-02-29 2024-03-01 2028-02-28 2028-02-29 2028-03-01 2026-12-31 2027-01-01 2027-06-30 2000-02-29 "
    "2100-02-28 2011-12-29 2011-12-30 2010-11-06 2024-03-30 2024-04-25 2024-10-05 2024-11-02 2024-03-09 2024-10-26"
)
DAYS = tuple(map(dt.date.fromisoformat, _DAYS.split()))


def everywhere() -> list[str]:
    """A zone for every place that has one of its own; every capital is in one of them."""
    lines = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text().splitlines()
    named = {line.split("\t")[2] for line in lines if line and not line.startswith("#")}
    return sorted(named | {*CAPITALS, *FARTHEST})


def looked_up_end(day: dt.date, zone: str) -> dt.datetime:
    """The first instant at which it is a later day there."""
    clock = ZoneInfo(zone)
    at = dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(hours=8)
    while at.astimezone(clock).date() <= day:
        at += MINUTE
    return at
