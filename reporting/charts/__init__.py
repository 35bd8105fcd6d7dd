"""Pictures for reports, and for each the table of the same numbers. Facts in, blocks out: no database, no clock.

Every picture is SVG text that page, paper and word processor share; the same facts make the same bytes. `heat`,
`trends` and `timeline` return None where there is nothing to draw or no room for it; their docstrings say when.
"""

from reporting.charts.bars import bars
from reporting.charts.coverage import coverage
from reporting.charts.heat import heat
from reporting.charts.tables import (
    bars_table,
    coverage_table,
    heat_table,
    timeline_table,
    trends_sums,
    trends_table,
)
from reporting.charts.timeline import timeline
from reporting.charts.trends import trends

__all__ = [
    "bars",
    "bars_table",
    "coverage",
    "coverage_table",
    "heat",
    "heat_table",
    "timeline",
    "timeline_table",
    "trends",
    "trends_sums",
    "trends_table",
]
