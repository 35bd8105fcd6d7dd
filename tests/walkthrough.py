"""Documents that can be run: each `sh` block and, after it, the block of what it prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "api.md"
_BLOCKS = re.compile(r"```sh\n(.*?)```\n\n```(?:json|text)\n(.*?)```", re.DOTALL)
_END = "-- end of block --"


def blocks(text: str) -> list[tuple[str, str]]:
    """(commands, what they print) of every pair of blocks."""
    return _BLOCKS.findall(text)


def run(commands: list[str], base: str, folder: Path) -> list[str]:
    """What each block prints, all run in one shell, one after another, against the server at `base`."""
    script = "".join(f"{command}echo '{_END}'\n" for command in commands)
    script = script.replace("http://127.0.0.1:8000", base)
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    return [printed.lstrip("\n") for printed in done.stdout.replace(base, "http://127.0.0.1:8000").split(_END)[:-1]]


def written(base: str, folder: Path) -> str:
    """The document with what its blocks print now."""
    text = DOCUMENT.read_text(encoding="utf-8")
    printed = iter(run([commands for commands, _ in blocks(text)], base, folder))
    return re.sub(
        r"(```sh\n.*?```\n\n```(?:json|text)\n)(.*?)```",
        lambda found: f"{found[1]}{next(printed)}```",
        text,
        flags=re.DOTALL,
    )


if __name__ == "__main__":  # python -m tests.walkthrough http://127.0.0.1:8000: write the document anew
    DOCUMENT.write_text(written(sys.argv[1], Path("/tmp")), encoding="utf-8")
