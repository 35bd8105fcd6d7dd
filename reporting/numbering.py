"""Numbers the blocks of a document, names those that can be linked to, and checks the links."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from reporting.blocks import Block, Box, Cell, Citation, Figure, Heading, Paragraph, Quote, Reference, Table, parts

_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
_WEB_LINK = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def complete(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with numbers, anchors and references filled in.

    Doing it twice changes nothing. Raises ValueError for a skipped heading level, an anchor
    that is missing, malformed or used twice, a link that is not http(s), a language that
    is not a code such as "ru", or a figure without its table.
    """
    _check_levels(blocks)
    numbered = _numbered(blocks)
    numbers = _numbers_by_anchor(numbered)
    _check_links(numbered, numbers)
    _check_figures(numbered)
    return _with_references(numbered, numbers)


def web_link(address: str) -> str:
    """Return an address that a document may link to, or "" for any other text."""
    return address if _WEB_LINK.fullmatch(address) else ""


def check_language(code: str) -> None:
    """Raise ValueError unless the code has the form of a language code such as "ru"."""
    if not _LANGUAGE.fullmatch(code):
        raise ValueError(f"Language {code!r} is not a code of two or three letters.")


def _check_levels(blocks: tuple[Block, ...]) -> None:
    previous = 0
    for heading in (block for block in blocks if isinstance(block, Heading)):
        if not 1 <= heading.level <= min(previous + 1, 4):
            raise ValueError(f"Heading {heading.text!r}: level {heading.level} after {previous}.")
        previous = heading.level


def _numbered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    counts: Counter[str] = Counter()
    return tuple(_number(block, counts) for block in blocks)


def _number(block: Block, counts: Counter[str]) -> Block:
    if isinstance(block, Heading):
        return _number_heading(block, counts)
    if not isinstance(block, Paragraph | Box | Table | Figure):
        return block
    if isinstance(block, Paragraph) and not block.is_numbered:
        return block
    if isinstance(block, Table) and block.is_for_sheets:
        return block
    counts[block.kind] += 1
    number = str(counts[block.kind])
    return replace(block, number=number, anchor=block.anchor or f"{block.kind}-{number}")


def _number_heading(block: Heading, counts: Counter[str]) -> Heading:
    counts["heading"] += 1
    anchor = block.anchor or f"section-{counts['heading']}"
    if not block.is_numbered:
        return replace(block, anchor=anchor)
    counts[f"level-{block.level}"] += 1
    for deeper in range(block.level + 1, 5):
        counts[f"level-{deeper}"] = 0
    number = _heading_number(block.level, counts[f"level-{block.level}"])
    return replace(block, anchor=anchor, number=number)


def _heading_number(level: int, count: int) -> str:
    """Return I. for level 1, A. for 2, 1. for 3 and (a) for 4, as in United Nations documents."""
    if level == 1:
        return f"{_roman(count)}."
    if level == 3:
        return f"{count}."
    letters = _letters(count)
    return f"{letters}." if level == 2 else f"({letters.lower()})"


def _roman(count: int) -> str:
    numeral = ""
    for value, sign in _ROMAN:
        numeral += sign * (count // value)
        count %= value
    return numeral


def _letters(count: int) -> str:
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _numbers_by_anchor(blocks: tuple[Block, ...]) -> dict[str, str]:
    numbers: dict[str, str] = {}
    for part in parts(blocks):
        anchor = "" if isinstance(part, Reference) else getattr(part, "anchor", "")
        if not anchor:
            continue
        if anchor in numbers or not _ANCHOR.fullmatch(anchor):
            raise ValueError(f"Anchor {anchor!r} is used twice or holds other signs than letters, digits, . _ and -.")
        numbers[anchor] = "" if isinstance(part, Quote) else part.number.strip(".()")
    return numbers


def _check_links(blocks: tuple[Block, ...], numbers: dict[str, str]) -> None:
    for part in parts(blocks):
        if isinstance(part, Cell | Citation) and part.link:
            _check_link(part.link, numbers)
        check_language(getattr(part, "language", "") or "en")


def _check_figures(blocks: tuple[Block, ...]) -> None:
    tables = {block.anchor: block for block in blocks if isinstance(block, Table)}
    for figure in (block for block in blocks if isinstance(block, Figure)):
        if figure.table not in tables:
            raise ValueError(f"Figure {figure.caption!r}: no table {figure.table!r} shows the same in numbers.")
        columns = {column.key for column in tables[figure.table].columns}
        if figure.chart and not set(figure.chart.series) <= columns:
            raise ValueError(f"Figure {figure.caption!r}: its series are not columns of its table.")


def _check_link(link: str, numbers: dict[str, str]) -> None:
    known = link[1:] in numbers if link.startswith("#") else web_link(link)
    if not known:
        raise ValueError(f"Link {link!r} is neither an anchor of this document nor an http(s) address.")


def _with_references(value: Any, numbers: dict[str, str]) -> Any:
    """Fill in the text of every reference; texts with references are tuples inside blocks."""
    if isinstance(value, Reference):
        shown = value.text or numbers.get(value.anchor, "")
        if value.anchor not in numbers or not shown:
            raise ValueError(f"Reference to {value.anchor!r}: no such anchor, or nothing to show.")
        return replace(value, text=shown)
    if isinstance(value, tuple):
        return tuple(_with_references(member, numbers) for member in value)
    if isinstance(value, Box):
        return replace(value, blocks=_with_references(value.blocks, numbers))
    for name in ("text", "items"):
        if isinstance(getattr(value, name, None), tuple):
            return replace(value, **{name: _with_references(getattr(value, name), numbers)})
    return value
