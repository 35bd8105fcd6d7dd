"""SHA-256 of every file of a backup, as `sha256sum -c SHA256SUMS` reads it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

NAME = "SHA256SUMS"
AT_ONCE = 1 << 20  # bytes in memory


def copied(source: Path, target: Path) -> str:
    """Copy the bytes, a part at a time, onto the disk; the digest of what was read. Nobody else may read the copy."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source.open("rb") as read, open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as write:
        while part := read.read(AT_ONCE):
            digest.update(part)
            write.write(part)
        write.flush()
        os.fsync(write.fileno())
    return digest.hexdigest()


def of(file: Path) -> str:
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def write(folder: Path) -> int:
    """Read everything back and write down what it adds up to. Returns how many files."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with (folder / NAME).open("x", encoding="utf-8") as lines:
        lines.writelines(f"{of(path)}  {path.relative_to(folder)}\n" for path in files)
    return len(files)


def listed(folder: Path) -> dict[str, str]:
    """{name: digest} as they were written down."""
    lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def wrong(folder: Path) -> Iterator[str]:
    """Names of files that are gone, are not what they were, or have come from elsewhere."""
    expected = listed(folder)
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {NAME}
    yield from sorted(expected.keys() ^ there)
    yield from (name for name in sorted(expected.keys() & there) if of(folder / name) != expected[name])
