"""The typesetter's process: a job and its data as two lines of JSON on standard input, the file on standard output.

Any warning is an error: the engine only warns when a font is missing.
"""

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from reporting.renderers.typesetting import in_strings

_TEMPLATES = Path(__file__).resolve().parent / "typst"
_TRIES = 4
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def main() -> int:
    """Do the one job there is; return the exit status."""
    job = json.loads(sys.stdin.buffer.readline())
    try:
        content = typeset(job, sys.stdin.buffer.read().decode())
    except (typst.TypstError, RuntimeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(content)
    return 0


def typeset(job: dict[str, Any], data: str) -> bytes:
    """Return the file; signs that no built-in font has are shown as [U+1F600] instead.

    A trial page of nothing but the signs in question tells most of them before the long work begins.
    """
    rare = "".join(sorted({sign for sign in data if not sign.isascii()}))
    missing = _missing_signs(_failure(job, json.dumps({"signs": " ".join(rare)})))
    for _ in range(_TRIES):
        if missing:
            data = _spelled_out(data, missing)
        try:
            return _compile(job, job["template"], data)
        except typst.TypstError as error:
            missing = _missing_signs(_message(error))
            if not missing:
                raise
    raise RuntimeError("Some signs could not be displayed.")


def _failure(job: dict[str, Any], data: str) -> str:
    try:
        _compile({**job, "output": "pdf"}, "signs.typ", data)
    except typst.TypstError as error:
        return _message(error)
    return ""


def _message(error: typst.TypstError) -> str:
    return f"{error.message}\n{error.diagnostic}"


def _compile(job: dict[str, Any], template: str, data: str) -> bytes:
    compiler = typst.Compiler(
        _TEMPLATES / template,
        root=_TEMPLATES,
        ignore_system_fonts=True,
        sys_inputs={"data": data},
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


def _spelled_out(data: str, signs: set[str]) -> str:
    names = {ord(sign): f"[U+{ord(sign):04X}]" for sign in signs}
    value = in_strings(json.loads(data), lambda text: text.translate(names), frozenset({"link"}))
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
