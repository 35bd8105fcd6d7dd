"""The process in which Typst works, from inside.

For each job two lines of JSON on standard input, the job and its data; for each answer on standard output a line of
JSON, {"failure", "size"}, and so many bytes of the file. Any warning is a failure: the engine only warns when a font is
missing.
"""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

_TEMPLATES = Path(__file__).resolve().parent / "typst"


def main() -> int:
    """Answer each job in a fork, which ends with its answer; stop when one has died."""
    for job in sys.stdin.buffer:
        data = sys.stdin.buffer.readline()
        fork = os.fork()
        if not fork:
            _answer(json.loads(job), data.decode())
            return 0
        if os.waitpid(fork, 0)[1]:
            return 1
    return 0


def _answer(job: dict[str, Any], data: str) -> None:
    content, failure = b"", ""
    try:
        content = _compile(job, data)
    except typst.TypstError as error:
        failure = f"{error.message}\n{error.diagnostic}".strip()
    except RuntimeError as error:
        failure = str(error)
    head = json.dumps({"failure": failure, "size": len(content)})
    sys.stdout.buffer.write(f"{head}\n".encode() + content)
    sys.stdout.buffer.flush()


def _compile(job: dict[str, Any], data: str) -> bytes:
    compiler = typst.Compiler(
        _TEMPLATES / job["template"],
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


if __name__ == "__main__":
    sys.exit(main())
