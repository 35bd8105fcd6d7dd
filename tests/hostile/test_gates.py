"""The gates of `make check` close when they should."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from secrets import token_hex

import pytest

from tests import gates

pytestmark = pytest.mark.battery("C12")

# Made up, and in pieces, so that the gate that looks at this file does not find them.
SECRETS = {
    "a key of a cloud": 'ACCESS = "AKIA' + 'QWER4TZUI9OPASDF"',
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "a password in an address": "postgres://jpoa:" + "hunter22long@db.example.org/tracker",
    "a token": 'TOKEN = "ghp_' + "a1B2c3D4e5F6g7H8i9" + "J0k1L2m3N4o5P6q7R8" + '"',
    "random hexadecimal": 'KEY = "' + token_hex(32) + '"',
}
DANGEROUS = {
    "a shell": "import subprocess\nsubprocess.call(asked, shell=True)",
    "unpickling": "import pickle\nrows = pickle.loads(sent)",
    "a question put together": "cursor.execute(\"SELECT * FROM x WHERE y = '%s'\" % asked)",
    "a weak hash": "import hashlib\nhashlib.md5(secret)",
    "trusted markup": "from django.utils.safestring import mark_safe\nmark_safe(words)",
    "an unchecked certificate": "import requests\nrequests.get(place, verify=False, timeout=3)",
}
LINES = ("ruff check", "bandit", "tests.gates", "djlint", "check --deploy", "mypy", "import-linter|importlinter")


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_is_found_and_not_repeated(kind, tmp_path, tally):
    tally(breaches=1)
    page = tmp_path / "example.py"
    page.write_text(f"# {kind}\n{SECRETS[kind]}\n")

    found = gates.secrets([page])

    assert found
    assert all(re.fullmatch(r"example\.py:2: [\w() -]+", one) for one in found)


def test_every_dangerous_call_is_found(tmp_path, tally):
    tally(breaches=len(DANGEROUS))
    for place, kind in enumerate(DANGEROUS):
        (tmp_path / f"example{place}.py").write_text(f"{DANGEROUS[kind]}\n")
    asked = [sys.executable, "-m", "bandit", "-q", "-r", str(tmp_path), "-c", str(gates.ROOT / "pyproject.toml")]

    told = subprocess.run([*asked, "--format=json"], capture_output=True, check=False)

    assert told.returncode == 1
    found = {Path(one["filename"]).name for one in json.loads(told.stdout)["results"]}
    assert found == {f"example{place}.py" for place in range(len(DANGEROUS))}


def test_a_requirement_with_a_known_weakness_is_named():
    told = {"dependencies": [
        {"name": "one", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]},
        {"name": "two", "version": "2.0", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]},
        {"name": "three", "version": "3.0", "vulns": []},
        {"name": "four", "skip_reason": "not found"},
    ]}  # fmt: skip

    assert gates.weaknesses(json.dumps(told)) == [
        "one 1.0: PYSEC-1, mended in 1.1",
        "two 2.0: PYSEC-2, mended in no release yet",
    ]


@pytest.mark.parametrize("told", ["", '{"dependencies": [{"name": "one", "skip_reason": "not found"}]}'])
def test_where_nobody_can_be_asked_nothing_is_claimed(told, monkeypatch, capsys):
    monkeypatch.setattr(gates, "audited", lambda: told)
    monkeypatch.setattr(gates, "written", list)

    assert gates.main() == 0
    assert "were not compared" in capsys.readouterr().out


def test_a_fault_closes_the_gate_and_everything_in_order_opens_it(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(gates, "audited", lambda: "")
    page = tmp_path / "example.py"
    verdicts = []

    for text in (SECRETS["a private key"], "x = 1"):
        page.write_text(text)
        monkeypatch.setattr(gates, "written", lambda: [page])
        verdicts.append(gates.main())

    assert verdicts == [1, 0]
    assert "example.py:1: Private Key" in capsys.readouterr().out


@pytest.mark.parametrize("line", LINES)
def test_every_gate_is_part_of_make_check(line):
    steps = (gates.ROOT / "Makefile").read_text().split("\ncheck:")[1].split("\nfix:")[0]

    assert re.search(line, steps)
