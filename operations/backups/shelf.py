"""Where backups stand, and which is the newest. A name says when; one that begins with a dot is not whole."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

PATTERN = "jpoa-%Y%m%dT%H%M%SZ"
UNFINISHED = ".jpoa-"
GIVEN_UP_AFTER = dt.timedelta(days=1)


@contextmanager
def place(made_at: dt.datetime, shelf: Path) -> Iterator[tuple[Path, Path]]:
    """A folder to fill, and the name that it gets once the block has ended well. Nobody else may read it."""
    shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = made_at.strftime(PATTERN)
    partial, whole = shelf / f".{name}", shelf / name
    partial.mkdir(mode=0o700)
    try:
        yield partial, whole
        _onto_the_disk(partial)
        partial.rename(whole)
        _onto_the_disk(shelf)
    except BaseException:
        shutil.rmtree(partial)
        raise


def newest() -> dt.datetime | None:
    """When the newest whole backup on this machine was begun."""
    return max((made_at for made_at, _ in _whole(Path(settings.BACKUP_DIR))), default=None)


def let_go(shelf: Path, keep: int, now: dt.datetime) -> list[str]:
    """Remove all but the newest `keep` backups, and what a run that was killed has left. Returns their names."""
    old = [folder for _, folder in sorted(_whole(shelf))][:-keep] if keep else []
    left = [folder for folder in shelf.glob(f"{UNFINISHED}*") if _made_at(folder, now) < now - GIVEN_UP_AFTER]
    for folder in (*old, *left):
        shutil.rmtree(folder)
    return [folder.name for folder in (*old, *left)]


def _whole(shelf: Path) -> list[tuple[dt.datetime, Path]]:
    folders = list(shelf.iterdir()) if shelf.is_dir() else []
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    dated = ((_made_at(folder, never), folder) for folder in folders if not folder.name.startswith("."))
    return [(made_at, folder) for made_at, folder in dated if made_at != never]


def _made_at(folder: Path, otherwise: dt.datetime) -> dt.datetime:
    try:
        return dt.datetime.strptime(folder.name.lstrip("."), PATTERN).replace(tzinfo=dt.UTC)
    except ValueError:
        return otherwise


def _onto_the_disk(folder: Path) -> None:
    """What stands in a folder is on the disk once the folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
