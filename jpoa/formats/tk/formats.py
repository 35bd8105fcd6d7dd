"""In Turkmen: 5 dekabr 2026."""

from jpoa.formats.near import *  # noqa: F403

DATE_FORMAT = "j E Y"
DATETIME_FORMAT = "j E Y, H:i"
