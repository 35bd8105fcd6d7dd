"""An edition is made again from its snapshot alone, and is the same byte by byte."""

from __future__ import annotations

import base64
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from reporting.renderers import RENDERERS
from tests.api.reports.conftest import SLUG, issue

pytestmark = pytest.mark.same_on_every_engine

EDITION = f"editions/{SLUG}:2"


@pytest.fixture
def snapshot(world, call, tmp_path) -> Path:
    """What anybody takes away of an issued edition, with a passage in it."""
    world.walk("published", results="A court sits on Tuesdays.")
    issue(world)
    path = tmp_path / "snapshot.json"
    path.write_bytes(call().get(f"{EDITION}/snapshot/").content)
    return path


def elsewhere() -> AbstractContextManager[None]:
    """A machine without this database."""

    def refuse(*_args: object) -> None:
        raise AssertionError("A snapshot is all that an edition is made from.")

    return connection.execute_wrapper(refuse)


def digest_told(answer) -> str:
    """The SHA-256 of an answer's bytes as its Repr-Digest (RFC 9530) says, in hexadecimal."""
    told = answer["Repr-Digest"].removeprefix("sha-256=:").removesuffix(":")
    return base64.b64decode(told).hex()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_same_bytes_come_out_on_another_machine(call, snapshot, capsys, language):
    for name, renderer in RENDERERS.items():
        served = call().get(f"{EDITION}.{renderer.extension}?language={language}")

        with elsewhere():
            call_command("remake_edition", str(snapshot), "--format", name, "--language", language)

        made = snapshot.with_name(f"snapshot-{language}.{renderer.extension}").read_bytes()
        assert made == served.content
        assert sha256(made).hexdigest() == digest_told(served)
        assert sha256(made).hexdigest() in capsys.readouterr().out


def test_a_snapshot_is_held_against_the_digest_that_its_edition_tells(call, snapshot):
    told = call().get(f"{EDITION}/").json()["sha256"]
    call_command("remake_edition", str(snapshot), "--format", "json", "--sha256", told)
    snapshot.write_bytes(snapshot.read_bytes().replace(b"Tuesdays", b"Thursdays"))

    with pytest.raises(CommandError, match="not the bytes that were frozen"):
        call_command("remake_edition", str(snapshot), "--format", "json", "--sha256", told)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"kind": "regional"}'])
def test_what_is_no_snapshot_is_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "other.json"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=r"other\.json is not a snapshot of an edition"):
        call_command("remake_edition", str(path), "--format", "json")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"absent\.json cannot be read"):
        call_command("remake_edition", str(tmp_path / "absent.json"), "--format", "json")
