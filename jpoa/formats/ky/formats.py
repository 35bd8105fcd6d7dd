"""In Kyrgyz the year stands first, and the day is joined to its month: 2026-ж., 5-декабрь."""

from jpoa.formats.near import *  # noqa: F403

DATE_FORMAT = "Y-ж., j-E"
DATETIME_FORMAT = "Y-ж., j-E, H:i"
