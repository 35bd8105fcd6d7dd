"""A backup is whole or has no name, belongs to nobody else, and is put back only where it adds up."""

from __future__ import annotations

import io
import json
import stat
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connection

from commitments.models import Evidence, Person
from operations.backups import making, rows, shelf, sums
from operations.backups.manifest import FILES, Manifest
from tests.hostile import hidden

pytestmark = [pytest.mark.battery("B9"), pytest.mark.django_db(transaction=True)]


def backup(where: Path, *options: str) -> Path:
    """The folder of a new backup."""
    call_command("backup", "--to", str(where), *options, stdout=io.StringIO())
    return max(where.glob("jpoa-*"))


def restore(folder: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("restore", str(folder), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def evidence(world, databases_beside, settings, tmp_path) -> Evidence:
    """Somebody's file, in a folder of this test's own."""
    settings.MEDIA_ROOT = tmp_path / "evidence"
    update = world.walk("draft", "KAZ", "I.1.2")
    update.edit(by=world.who("focal.kaz"), version=update.version, attach=hidden.file_of("Fact"))
    return Evidence.objects.get(title="Fact file")


def test_what_is_lost_comes_back_row_by_row_and_byte_by_byte(world, evidence, tmp_path):
    before, content = rows.tallies(DEFAULT_DB_ALIAS), Path(evidence.file.path).read_bytes()
    folder = backup(tmp_path / "shelf")
    world.walk("published", "KAZ", "II.1.1")
    evidence.file.storage.delete(evidence.file.name)

    with pytest.raises(CommandError, match="not empty"):
        restore(folder)
    told = restore(folder, "--overwrite", "--keep-sign-ins")

    assert rows.tallies(DEFAULT_DB_ALIAS) == before
    assert Path(evidence.file.path).read_bytes() == content
    assert "Restored and equal" in told and "events" in told
    assert world.walk("published", "KAZ", "II.1.1").version == 5  # and work goes on: keys are counted on


def test_nobody_else_reads_it_and_sha256sum_reads_its_sums(evidence, tmp_path):
    folder = backup(tmp_path / "shelf")

    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (folder.parent, folder, *folder.rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert sums.listed(folder)[f"{FILES}/{evidence.file.name}"] == evidence.sha256
    subprocess.run(["sha256sum", "--check", "--quiet", "--strict", sums.NAME], cwd=folder, check=True)


def test_its_manifest_says_what_it_is(evidence, tmp_path):
    manifest = Manifest.read(backup(tmp_path / "shelf"))

    form = {"sqlite": "sqlite", "postgresql": "pg_dump"}[connection.vendor]
    assert (manifest.engine, manifest.form, manifest.files, manifest.missing) == (connection.vendor, form, 1, [])
    assert manifest.tables["commitments_person"]["rows"] == Person.objects.count()
    assert ("commitments", "0001_initial") in manifest.migrations


def test_half_a_backup_has_no_name_and_is_not_left_behind(evidence, tmp_path, monkeypatch):
    monkeypatch.setattr(making.sums, "write", lambda folder: (_ for _ in ()).throw(OSError(28, "No space left")))

    with pytest.raises(CommandError, match="no new backup"):
        backup(tmp_path / "shelf")

    assert list((tmp_path / "shelf").iterdir()) == []


def test_a_file_that_a_row_names_and_nobody_has_is_told_and_the_rest_is_kept(evidence, tmp_path):
    evidence.file.storage.delete(evidence.file.name)

    with pytest.raises(CommandError, match="without files that rows name"):
        backup(tmp_path / "shelf")

    [folder] = (tmp_path / "shelf").iterdir()
    assert Manifest.read(folder).missing == [evidence.file.name]
    assert evidence.file.name in restore(folder, "--check")


def test_a_byte_changed_a_file_gone_or_brought_in_is_found_before_anything_is_written(evidence, tmp_path):
    folder, before = backup(tmp_path / "shelf"), rows.tallies(DEFAULT_DB_ALIAS)
    file = folder / FILES / evidence.file.name
    content = file.read_bytes()

    def changed(new: bytes | None, place: Path = file) -> str:
        place.unlink(missing_ok=True) if new is None else place.write_bytes(new)
        with pytest.raises(CommandError, match="Not as they were written") as refused:
            restore(folder, "--overwrite")
        return str(refused.value)

    assert file.name in changed(content[:-1] + b"?")
    assert file.name in changed(None)
    file.write_bytes(content)
    assert "strange.pdf" in changed(b"x", folder / FILES / "strange.pdf")
    assert rows.tallies(DEFAULT_DB_ALIAS) == before


def test_rows_that_were_altered_in_the_copy_are_found_after(evidence, tmp_path):
    """The sums are in order, as whoever altered it can see to: what the manifest says is not."""
    folder = backup(tmp_path / "shelf")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["tables"]["commitments_person"]["sha256"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / sums.NAME).unlink()
    sums.write(folder)

    with pytest.raises(CommandError, match=r"Do not use what is there now. Other rows .* commitments_person"):
        restore(folder, "--overwrite")


def test_a_backup_of_a_newer_version_is_left_to_that_version(evidence, tmp_path):
    folder = backup(tmp_path / "shelf")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["migrations"].append(["commitments", "9999_tomorrow"])
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / sums.NAME).unlink()
    sums.write(folder)

    with pytest.raises(CommandError, match="newer version"):
        restore(folder, "--check")


def test_whoever_was_signed_in_then_signs_in_again(world, evidence, tmp_path, client):
    client.force_login(world.who("editor"), backend="django.contrib.auth.backends.ModelBackend")
    folder = backup(tmp_path / "shelf")
    assert client.get("/desk/").status_code == 200

    restore(folder, "--overwrite")

    assert client.get("/desk/").status_code == 302


@pytest.mark.same_on_every_engine
def test_only_the_newest_are_kept_and_what_a_killed_run_left_goes(tmp_path):
    from django.utils import timezone

    names = [f"jpoa-2026110{day}T000000Z" for day in range(1, 6)]
    for name in (*names, ".jpoa-20261101T000000Z", "something else"):
        (tmp_path / name).mkdir()

    shelf.let_go(tmp_path, 2, timezone.now())

    assert sorted(path.name for path in tmp_path.iterdir()) == [*names[3:], "something else"]
