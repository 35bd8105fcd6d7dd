"""Calls the typesetter, each time in a short-lived process of its own.

Typst keeps what it has laid out in memory; a process that ends gives it all back. The child
gets the text as data, sees no environment of ours, and may read its template folder only.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Literal

from reporting.renderers.spacing import bound

# Dots per inch of a PNG: twice what a page is printed or looked at with.
RESOLUTION = 200
_ROOT = Path(__file__).resolve().parents[2]
_WORKER = "reporting.renderers.pdf_worker"
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
_SECONDS = 300
# A word without a place to break would run over the margin: let it break every 30 signs.
_ENDLESS = re.compile(r"[^\s/\-\u200b]{30}(?=[^\s/\-\u200b])")
_NEVER_BROKEN = frozenset({"svg", "link", "anchor", "targets", "fingerprint", "fingerprint_line"})


def typeset(template: str, data: dict[str, Any], output: Literal["pdf", "png"], day: date) -> bytes:
    """Return the file that a template of `typst/` makes of the data, dated as given.

    Raises RuntimeError with the typesetter's own words when it fails, warns or takes too long.
    """
    job = {"template": template, "output": output, "date": day.isoformat(), "resolution": RESOLUTION}
    shown = in_strings(data, lambda text: bound(_ENDLESS.sub("\\g<0>\u200b", text)), _NEVER_BROKEN)
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, nothing from outside
            [sys.executable, "-m", _WORKER],
            input=f"{json.dumps(job)}\n{json.dumps(shown, ensure_ascii=False)}".encode(),
            capture_output=True,
            check=False,
            cwd=_ROOT,
            env={**environment, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"The typesetter took more than {_SECONDS} seconds.") from error
    if done.returncode:
        raise RuntimeError(f"The typesetter failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def in_strings(value: Any, change: Callable[[str], str], spared: frozenset[str]) -> Any:
    """Apply a change to every string inside lists and dictionaries, except under spared keys."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [in_strings(member, change, spared) for member in value]
    if isinstance(value, dict):
        return {key: member if key in spared else in_strings(member, change, spared) for key, member in value.items()}
    return value
