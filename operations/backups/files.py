"""The files below MEDIA_ROOT: taken along after the rows, so that whatever a row names is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db.models import FileField

from operations.backups import sums
from operations.backups.rows import tables


def take(target: Path) -> tuple[int, int]:
    """Copy all of them; (files, bytes). One that is let go meanwhile, as files of reports are, is passed over."""
    files = size = 0
    for source in _below(Path(settings.MEDIA_ROOT)):
        with suppress(FileNotFoundError):
            copy = target / source.relative_to(settings.MEDIA_ROOT)
            sums.copied(source, copy)
            files, size = files + 1, size + copy.stat().st_size
    return files, size


def missing(alias: str, folder: Path) -> list[str]:
    """What rows name and the folder does not hold."""
    return sorted(name for name in _named(alias) if not (folder / name).is_file())


def in_the_way(folder: Path) -> list[str]:
    """Files of the backup in whose place another stands."""
    here = Path(settings.MEDIA_ROOT)
    names = (path.relative_to(folder) for path in _below(folder))
    return sorted(
        str(name) for name in names if (here / name).exists() and sums.of(here / name) != sums.of(folder / name)
    )


def bring_back(folder: Path) -> int:
    """Put each in its place, whole or not at all, and read it again. Files that the backup does not know stay."""
    count = 0
    for count, source in enumerate(_below(folder), 1):  # noqa: B007
        target = Path(settings.MEDIA_ROOT) / source.relative_to(folder)
        coming = target.with_name(f".{target.name}.coming")
        coming.unlink(missing_ok=True)
        digest = sums.copied(source, coming)
        if sums.of(coming) != digest:
            raise OSError(f"{target} was not written as it was read")
        os.replace(coming, target)
    return count


def _named(alias: str) -> Iterator[str]:
    for model in tables(alias):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, FileField):
                named = model._base_manager.using(alias).exclude(**{field.name: ""})
                yield from named.values_list(field.name, flat=True).iterator()


def _below(folder: Path) -> Iterator[Path]:
    """Only files themselves: a link might lead anywhere."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
