"""Put a backup back, and say what was compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from commitments.models import Event, Revision
from operations.backups.manifest import Manifest
from operations.backups.postgresql import ProgramFailedError
from operations.backups.restoring import NotEqualError, NotRestoredError, end_sign_ins, read, restore


class Command(BaseCommand):
    help = "Restore a backup into an empty database and MEDIA_ROOT. Stop the web server and the workers first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--check", action="store_true", help="read all of the backup and restore nothing")
        parser.add_argument("--overwrite", action="store_true", help="though the database is not empty: it is lost")
        parser.add_argument("--keep-sign-ins", action="store_true", help="leave sessions and tokens as they were then")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        try:
            manifest = read(folder)
            self._tell(manifest)
            if options["check"]:
                return
            restore(folder, manifest, overwrite=options["overwrite"])
        except (NotRestoredError, ProgramFailedError) as fault:
            raise CommandError(_("Nothing is restored. %(fault)s") % {"fault": fault}) from fault
        except NotEqualError as fault:
            raise CommandError(_("Do not use what is there now. %(fault)s") % {"fault": fault}) from fault
        counts = {"rows": manifest.rows(), "tables": len(manifest.tables), "files": manifest.files}
        self.stdout.write(
            _("Restored and equal: %(rows)d rows of %(tables)d tables, %(files)d files, by their SHA-256.") % counts
        )
        held = {"events": Event.objects.count(), "revisions": Revision.objects.count()}
        self.stdout.write(_("All %(events)d events and %(revisions)d revisions hold.") % held)
        if not options["keep_sign_ins"]:
            end_sign_ins()
            self.stdout.write(_("All sessions and tokens are ended: everybody signs in again."))

    def _tell(self, manifest: Manifest) -> None:
        facts = {"time": manifest.made_at, "version": manifest.version, "engine": manifest.engine}
        self.stdout.write(
            _("Made at %(time)s by version %(version)s, from %(engine)s. Every byte is as it was.") % facts
        )
        if manifest.missing:
            self.stdout.write(_("Without files that rows name: %(names)s") % {"names": ", ".join(manifest.missing)})
