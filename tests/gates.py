"""Two gates of `make check`: `python -m tests.gates` looks for secrets in the tree, and for requirements with known
weaknesses.

The second asks pypi.org. Where it does not answer, that is said in a word; what it answers is printed, and fails with
`--strict` alone, as `make trust` asks: a check of the code says the same tomorrow, and on a machine without a network.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import requests
from detect_secrets import SecretsCollection
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements-dev.txt"  # which begins with those of the product
ADVISORIES = "https://pypi.org/"
PATIENCE = 60  # seconds for all requirements together
NOT_OURS = re.compile(r"(?:^|/)(?:var|__pycache__|\.(?!ci)[^/]*)/")
UNREAD = {".po", ".mo", ".png", ".woff2", ".woff", ".ttf", ".ico", ".pyc"}
# Passwords by the name of a variable are what `ruff` (S105 to S107) and `bandit` look for; addresses are no secrets.
LEFT_OUT = {"KeywordDetector", "IPPublicDetector"}
FILTERS = ("allowlist.is_line_allowlisted", "heuristic.is_sequential_string", "heuristic.is_potential_uuid",
           "heuristic.is_templated_secret", "heuristic.is_lock_file")  # fmt: skip
# What looks like a secret and is none.
KNOWN = {
    "secret": "docs/runbook.md and docs/failover.md: an address of a database as an example",
    "other": "docs/runbook.md: the same of another role",
    "password": "docs/runbook.md: the word, in the form of such an address",
    "00ff2df309c3485e83d92218ce9352b2": "docs/runbook.md: the number of a request, in a line of the log",
    "AB1234567": "tests/domain/test_text.py: of the form of a passport's number, to be refused",
}
# Hashes of texts: hexadecimal, and meant to be read by everybody.
HASHES = tuple(f"{ROOT / folder}/" for folder in ("fixtures", "tests/data"))


def written() -> Iterator[Path]:
    """Every file of text that is kept."""
    for path in sorted(ROOT.rglob("*")):
        if path.suffix not in UNREAD and not NOT_OURS.search(str(path.relative_to(ROOT))) and path.is_file():
            yield path


def secrets(paths: Iterable[Path]) -> list[str]:
    """Where a secret seems to stand, and of which kind: never the secret itself."""
    plugins = [{"name": one.__name__} for one in get_mapping_from_secret_type_to_class().values()]
    chosen = {"plugins_used": [one for one in plugins if one["name"] not in LEFT_OUT]}
    chosen["filters_used"] = [{"path": f"detect_secrets.filters.{name}"} for name in FILTERS]
    found = SecretsCollection()
    with transient_settings(chosen):
        for path in paths:
            found.scan_file(str(path))
    return [
        f"{Path(name).name}:{one.line_number}: {one.type}"
        for name, one in found
        if one.secret_value not in KNOWN and not (name.startswith(HASHES) and one.type.startswith("Hex"))
    ]


def weaknesses(told: str) -> list[str]:
    """What the advisories say, from pip-audit's JSON. Raises LookupError where none could be asked of any package."""
    rows = json.loads(told or "{}").get("dependencies", [])
    if not any("vulns" in row for row in rows):
        raise LookupError
    return [
        f"{row['name']} {row['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'no release yet'}"
        for row in rows
        for one in row.get("vulns", [])
    ]


def audited() -> str:
    """pip-audit's answer as JSON; nothing, where nobody answers in time."""
    asked = [sys.executable, "-m", "pip_audit", "--progress-spinner=off", "--format=json", "--no-deps", "--disable-pip"]
    asked.append(f"--requirement={REQUIREMENTS}")
    try:
        requests.head(ADVISORIES, timeout=3)
        return subprocess.run(asked, capture_output=True, text=True, check=False, timeout=PATIENCE).stdout
    except (requests.RequestException, subprocess.TimeoutExpired):
        return ""


def main(*, strict: bool = False) -> int:
    faults, weak = secrets(written()), []
    try:
        weak = weaknesses(audited())
    except LookupError:
        print("Requirements were not compared with advisories: pypi.org gives none here.")
    print("\n".join([*weak, *faults]) if weak or faults else "No secret in the tree.")
    return bool(faults or (weak and strict))


if __name__ == "__main__":
    sys.exit(main(strict="--strict" in sys.argv))
