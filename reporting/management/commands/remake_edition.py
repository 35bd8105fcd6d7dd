"""Make an edition's files again from its snapshot alone: on any machine, with no database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.frozen import digest, thaw
from reporting.issuing import Snapshot
from reporting.renderers import RENDERERS
from reporting.reports import LANGUAGES


class Command(BaseCommand):
    help = "Make a file of an edition from the snapshot that its API address gives, and print the SHA-256 of both."
    requires_system_checks: list[str] = []  # a snapshot is all that is needed

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("snapshot", type=Path, help="the JSON file of the snapshot")
        parser.add_argument("--sha256", help="what the edition says the snapshot's is; anything else is refused")
        parser.add_argument("--format", required=True, choices=list(RENDERERS))
        parser.add_argument("--language", default=LANGUAGES[0], choices=LANGUAGES)
        parser.add_argument("--output", help="a file, or - for standard output; else beside the snapshot")

    def handle(self, *args: Any, **options: Any) -> None:
        path, renderer = options["snapshot"], RENDERERS[options["format"]]
        content, found = _read(path)
        if options["sha256"] not in (None, found):
            raise CommandError(f"These are not the bytes that were frozen: SHA-256 {found}.")
        try:
            document = thaw(content, Snapshot).document(options["language"])
        except (ValueError, KeyError) as fault:
            raise CommandError(f"{path} is not a snapshot of an edition: {fault}") from None
        made = renderer.render(document)
        if options["output"] == "-":
            sys.stdout.buffer.write(made)
            return
        place = Path(options["output"] or path.with_name(f"{path.stem}-{document.language}.{renderer.extension}"))
        place.write_bytes(made)
        self.stdout.write(f"{found}  {path}\n{digest(made)}  {place}")


def _read(path: Path) -> tuple[bytes, str]:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise CommandError(f"{path} cannot be read: {fault.strerror}.") from None
    return content, digest(content)
