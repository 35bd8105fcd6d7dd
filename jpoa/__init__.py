"""Wiring only: settings, routes, and how a refusal becomes an HTTP answer."""

import zoneinfo

# Deadlines end with the day in a capital: by the pinned tzdata, whatever tables the machine or PYTHONTZPATH has.
zoneinfo.reset_tzpath(to=())
zoneinfo.ZoneInfo.clear_cache()
