"""Has files set by Typst, each in a short-lived process of its own.

Typst keeps what it has laid out in memory; a process that ends gives it all back. The process
gets the text as data, sees no environment of ours, and may read its template folder only.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable
from datetime import date
from typing import Any, Literal, Self

from reporting.renderers.spacing import bound
from reporting.renderers.typesetter import Process

# Dots per inch of a PNG: twice what a page is printed or looked at with.
RESOLUTION = 200
_TRIES = 4
# A word without a place to break would run over the margin: let it break every 30 signs.
_ENDLESS = re.compile(r"[^\s/\-\u200b]{30}(?=[^\s/\-\u200b])")
_NEVER_BROKEN = frozenset({"svg", "link", "anchor", "targets", "fingerprint", "fingerprint_line"})
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
# Of each rare sign met so far, whether a font has it: the fonts come with the engine and never change.
_is_in_fonts: dict[str, bool] = {}


class Typesetter:
    """Sets one file after another; when several threads ask at once, at once. Used as a context manager."""

    def __init__(self) -> None:
        self._idle: deque[Process] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        while self._idle:
            self._idle.pop().close()

    def typeset(self, template: str, data: dict[str, Any], output: Literal["pdf", "png"], day: date) -> bytes:
        """Return the file that a template of `typst/` makes of the data, dated as given.

        Signs that no built-in font has are shown as [U+1F600] instead. Raises RuntimeError with the typesetter's own
        words when it fails, warns or takes too long.
        """
        job = {"template": template, "output": output, "date": day.isoformat(), "resolution": RESOLUTION}
        shown = in_strings(data, lambda text: bound(_ENDLESS.sub("\\g<0>\u200b", text)), _NEVER_BROKEN)
        for _ in range(_TRIES):
            content, failure = self._do(job, self._displayable(shown, job))
            if not failure:
                return content
            missing = _missing_signs(failure)
            if not missing:
                raise RuntimeError(f"The typesetter failed: {failure}")
            _is_in_fonts.update(dict.fromkeys(missing, False))
        raise RuntimeError("The typesetter failed: some signs could not be displayed.")

    def _displayable(self, shown: dict[str, Any], job: dict[str, Any]) -> str:
        """Return the data as JSON. A page of nothing but new signs tells which are missing before the long work."""
        text = json.dumps(shown, ensure_ascii=False)
        rare = {sign for sign in set(text) if not sign.isascii()}
        if untried := sorted(rare - _is_in_fonts.keys()):
            trial = json.dumps({"signs": " ".join(untried)})
            missing = _missing_signs(self._do({**job, "template": "signs.typ", "output": "pdf"}, trial)[1])
            _is_in_fonts.update({sign: sign not in missing for sign in untried})
        names = {ord(sign): f"[U+{ord(sign):04X}]" for sign in rare if not _is_in_fonts[sign]}
        return json.dumps(in_strings(shown, lambda text: text.translate(names), frozenset({"link"}))) if names else text

    def _do(self, job: dict[str, Any], data: str) -> tuple[bytes, str]:
        try:
            process = self._idle.pop()
        except IndexError:
            process = Process()
        answer = process.do(job, data)
        self._idle.append(process)
        return answer


def in_strings(value: Any, change: Callable[[str], str], spared: frozenset[str]) -> Any:
    """Apply a change to every string inside lists and dictionaries, except under spared keys."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [in_strings(member, change, spared) for member in value]
    if isinstance(value, dict):
        return {key: member if key in spared else in_strings(member, change, spared) for key, member in value.items()}
    return value


def _missing_signs(failure: str) -> set[str]:
    found = "".join(_NO_GLYPH.findall(failure))
    found = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), found)
    return {sign for sign in found if not sign.isascii()}
