"""In Tajik the month leans on the year: 5 декабри соли 2026."""

from jpoa.formats.near import *  # noqa: F403

DATE_FORMAT = "j E соли Y"
DATETIME_FORMAT = "j E соли Y, H:i"
