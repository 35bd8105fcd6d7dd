"""Where backups stand, and which is the newest. A name says when; a name that begins with a dot is not whole yet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings

PATTERN = "jpoa-%Y%m%dT%H%M%SZ"


def newest() -> dt.datetime | None:
    """When the newest whole backup on this machine was begun."""
    return max((made_at for made_at in map(_made_at, _folders()) if made_at), default=None)


def _folders() -> list[Path]:
    shelf = Path(settings.BACKUP_DIR)
    return list(shelf.iterdir()) if shelf.is_dir() else []


def _made_at(folder: Path) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(folder.name, PATTERN).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
