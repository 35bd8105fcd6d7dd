"""In Kazakh the year stands first: 2026 ж. 5 желтоқсан."""

from jpoa.formats.near import *  # noqa: F403

DATE_FORMAT = "Y\N{NARROW NO-BREAK SPACE}ж. j E"
DATETIME_FORMAT = "Y\N{NARROW NO-BREAK SPACE}ж. j E, H:i"
