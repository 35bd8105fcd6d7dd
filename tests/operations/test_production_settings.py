"""Production does not start with a key that is missing, short or known, without hosts, or as a demonstration."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from django.conf import settings

KEY = "k" * 10 + "0123456789" * 5
GOOD = {"SECRET_KEY": KEY, "SECOND_FACTOR_KEYS": KEY[::-1], "ALLOWED_HOSTS": "tracker.example.org"}
BREACHES: dict[str, dict[str, str]] = {
    "no key": {"SECRET_KEY": ""}, "a short key": {"SECRET_KEY": KEY[:49]},
    "the key of development": {"SECRET_KEY": "development-only-" + "0123456789abcdef" * 4},
    "no key of second factors": {"SECOND_FACTOR_KEYS": ""}, "a short one": {"SECOND_FACTOR_KEYS": f"{KEY},short"},
    "one that is the other": {"SECOND_FACTOR_KEYS": KEY}, "no hosts": {"ALLOWED_HOSTS": ""},
    "debugging": {"DEBUG": "1"}, "demonstration": {"DEMONSTRATION": "1"},
    "a provider in the clear": {"OIDC_ISSUER": "http://x", "OIDC_CLIENT_ID": "x", "OIDC_DOMAINS": "x"},
    "readings dropped young": {"READINGS_KEPT_DAYS": "364"},
}  # fmt: skip
SCRIPT = """
import importlib, json, os, sys
from django.core.exceptions import ImproperlyConfigured
plain, found = dict(os.environ), []
for what, changed in json.loads(sys.stdin.read()).items():
    os.environ.clear()
    os.environ.update(plain | changed)
    for name in ("jpoa.settings", "jpoa.sign_in"):
        sys.modules.pop(name, None)
    try:
        importlib.import_module("jpoa.settings")
        found.append(what)
    except ImproperlyConfigured:
        pass
print(json.dumps(found))
"""


def test_production_does_not_start_with_what_is_not_safe(tmp_path):
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    env = clean | GOOD | {"DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3"}
    asked = json.dumps({"nothing wrong": {}} | BREACHES)

    run = subprocess.run([sys.executable, "-c", SCRIPT], input=asked, env=env, capture_output=True, text=True,
                         cwd=settings.BASE_DIR, check=True)  # fmt: skip

    assert json.loads(run.stdout) == ["nothing wrong"]
