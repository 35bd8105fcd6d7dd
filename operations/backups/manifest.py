"""What a backup is and what it has to add up to, in a file of its own."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from operations.backups.rows import Tally

NAME = "manifest.json"
FORM_NOW = 1
FILES = "files"  # the folder of everything below MEDIA_ROOT
Form = Literal["sqlite", "pg_dump"]
DATABASES: dict[str, str] = {"sqlite": "database.sqlite3", "pg_dump": "database.pgdump"}


@dataclass(frozen=True)
class Manifest:
    """`engine` is where the rows came from, `form` the file they stand in; `missing` are files that rows name and
    that were gone already."""

    made_at: str
    version: str
    engine: str
    form: str
    migrations: list[tuple[str, str]]
    tables: dict[str, Tally]
    files: int
    bytes: int
    missing: list[str]
    form_of_backup: int = FORM_NOW

    def write(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return cls(**said | {"migrations": [(app, name) for app, name in said["migrations"]]})

    def database(self, folder: Path) -> Path:
        return folder / DATABASES[self.form]

    def rows(self) -> int:
        return sum(tally["rows"] for tally in self.tables.values())
