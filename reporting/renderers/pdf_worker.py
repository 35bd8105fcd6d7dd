"""The typesetter's process: a job as JSON on standard input, the file on standard output.

Any warning is an error: the engine only warns when a font is missing.
"""

import json
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

_TEMPLATES = Path(__file__).resolve().parent / "typst"
_TRIES = 4
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
# A word without a place to break would run over the margin: let it break every 30 signs.
_ENDLESS = re.compile(r"[^\s/\-\u200b]{30}(?=[^\s/\-\u200b])")
_NEVER_BROKEN = {"svg", "link", "anchor", "fingerprint", "fingerprint_line"}


def main() -> int:
    """Do the one job there is; return the exit status."""
    job = json.load(sys.stdin)
    try:
        content = typeset(job)
    except (typst.TypstError, RuntimeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(content)
    return 0


def typeset(job: dict[str, Any]) -> bytes:
    """Return the file; signs that no built-in font has are shown as [U+1F600] instead."""
    data = _in_strings(job["data"], lambda text: _ENDLESS.sub("\\g<0>\u200b", text), _NEVER_BROKEN)
    for _ in range(_TRIES):
        try:
            return _compile(job, data)
        except typst.TypstError as error:
            missing = _missing_signs(f"{error.message}\n{error.diagnostic}")
            if not missing:
                raise
            data = _spelled_out(data, missing)
    raise RuntimeError("Some signs could not be displayed.")


def _compile(job: dict[str, Any], data: dict[str, Any]) -> bytes:
    compiler = typst.Compiler(
        _TEMPLATES / job["template"],
        root=_TEMPLATES,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )
    is_pdf = job["output"] == "pdf"
    content, warnings = compiler.compile_with_warnings(
        format=job["output"],
        ppi=None if is_pdf else job["resolution"],
        pdf_standards=["ua-1"] if is_pdf else [],
        timestamp=datetime.fromisoformat(job["date"]).replace(tzinfo=UTC),
    )
    if warnings or not isinstance(content, bytes):
        raise RuntimeError("; ".join(warning.message for warning in warnings) or "Not one file.")
    return content


def _missing_signs(message: str) -> set[str]:
    found = "".join(_NO_GLYPH.findall(message))
    found = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), found)
    return {sign for sign in found if not sign.isascii()}


def _spelled_out(data: Any, signs: set[str]) -> Any:
    names = {ord(sign): f"[U+{ord(sign):04X}]" for sign in signs}
    return _in_strings(data, lambda text: text.translate(names), {"link"})


def _in_strings(value: Any, change: Callable[[str], str], spared: set[str]) -> Any:
    """Apply a change to every string inside lists and dictionaries, except under spared keys."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_in_strings(member, change, spared) for member in value]
    if isinstance(value, dict):
        return {key: member if key in spared else _in_strings(member, change, spared) for key, member in value.items()}
    return value


if __name__ == "__main__":
    sys.exit(main())
