"""The report from the command line."""

from __future__ import annotations

import re

import pytest
from django.core.management import CommandError, call_command


def test_the_command_writes_the_file_and_says_its_fingerprint(world, tmp_path, capsys):
    world.walk("published")
    path = tmp_path / "report.json"

    call_command("review_report", cycle=world.cycle.slug, format="json", output=str(path))

    (fingerprint,) = re.findall("[0-9a-f]{64}", capsys.readouterr().out)
    assert f'"fingerprint":"{fingerprint}"' in path.read_text()


def test_the_command_dates_the_report_by_its_latest_release_or_as_told(world, tmp_path):
    released = world.walk("published").release.released_at.date()
    for name, options in (("latest", []), ("told", ["--date", "2026-01-02"])):
        arguments = ["--cycle", world.cycle.slug, "--format", "json", "--output", str(tmp_path / name), *options]
        call_command("review_report", *arguments)

    assert f'"date_on":"{released.isoformat()}"' in (tmp_path / "latest").read_text()
    assert '"date_on":"2026-01-02"' in (tmp_path / "told").read_text()


def test_the_command_refuses_a_cycle_that_is_not_there(world):
    with pytest.raises(CommandError, match="There is no cycle “absent”"):
        call_command("review_report", cycle="absent", format="json")
