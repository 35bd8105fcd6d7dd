"""An explanation says of single items why they are not cleared: lines of text, which anybody may write by hand too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

_CODE = r"[IVX]+\.(?:\d{1,3}|[A-Z]+)\.\d{1,3}(?!\d)"
_SPAN = re.compile(rf"({_CODE})(?:\s*[–-]\s*({_CODE}))?")
_LINE = re.compile(rf"- ({_SPAN.pattern}(?:, {_SPAN.pattern})*): (?P<why>.+)")
_FOLDED = 3  # as many items in a row are written as the first and the last
_LONGEST = 200  # items in a row: more than a plan has


def named(text: str) -> dict[str, None]:
    """The codes of the items that a text names, alone or within a range, in its order."""
    found: dict[str, None] = {}
    for first, last in _SPAN.findall(text):
        stem, start = _parts(first)
        end = _parts(last)[1] if last and _parts(last)[0] == stem else start
        between = (f"{stem}.{number}" for number in range(start, min(end, start + _LONGEST) + 1))
        found |= dict.fromkeys([first, *between, *([last] if last else [])])
    return found


def explained(text: str, codes: Iterable[str], why: str) -> str:
    """The text with a line that says why of these items, which leave the lines that said why before."""
    fresh = list(codes)
    lines = [*_without(text, set(fresh)), f"- {_spans(fresh)}: {' '.join(why.split())}"]
    return "\n".join(lines).strip()


def _without(text: str, codes: set[str]) -> Iterable[str]:
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match is None or not codes & named(match[1]).keys():
            yield line
        elif rest := [code for code in named(match[1]) if code not in codes]:
            yield f"- {_spans(rest)}: {match['why']}"


def _spans(codes: list[str]) -> str:
    """`I.1.1–I.1.4, I.2.1`: what follows one upon another is folded."""
    told: list[str] = []
    for _key, run in groupby(enumerate(codes), key=lambda pair: (_parts(pair[1])[0], _parts(pair[1])[1] - pair[0])):
        row = [code for _place, code in run]
        told += [f"{row[0]}–{row[-1]}"] if len(row) >= _FOLDED else row
    return ", ".join(told)


def _parts(code: str) -> tuple[str, int]:
    stem, _dot, number = code.rpartition(".")
    return stem, int(number)
