"""What fits into so many lines of a page. Nothing is cut: it stands whole, or it does not stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LINE = 72  # letters, fewer than a line of the page holds in any language


@dataclass(frozen=True)
class Line:
    """What a list says of one thing, without a State's words and with them."""

    short: str
    full: str


def with_words(lines: Sequence[Line], room: int) -> tuple[str, ...]:
    """Every line; in full, one after another, while there is room for the words as well."""
    left = room - sum(_height(line.short) for line in lines)
    shown = []
    for line in lines:
        more = _height(line.full) - _height(line.short)
        shown.append(line.full if more <= left else line.short)
        left -= more if more <= left else 0
    return tuple(shown)


def fitting(texts: Iterable[str], at_most: int, room: int) -> tuple[str, ...]:
    """The first few texts that there is room for; one that is too long is passed over."""
    shown: list[str] = []
    for text in texts:
        if len(shown) < at_most and _height(text) <= room - sum(map(_height, shown)):
            shown.append(text)
    return tuple(shown)


def _height(text: str) -> int:
    return -(-len(text) // _LINE)
