"""Whether a number is shown as the plain number that it is, or as a date, a share or a sum of money."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element  # a type alone: what parses is defusedxml

PLAIN = frozenset({0, 1, 49})  # General, whole number, text
PLAIN_CODES = frozenset({"general", "@", "0", "standard"})


def plain_styles(elements: Iterator[tuple[str, Element]]) -> frozenset[int]:
    """The styles of cells, by their number in the workbook, that show a number as it is."""
    plain, found, number, within = set(PLAIN), set(), 0, False
    for event, element in elements:
        if element.tag == "numFmt" and event == "end":
            given = element.get("numFmtId", "")
            if element.get("formatCode", "").casefold() in PLAIN_CODES and given.isdecimal():
                plain.add(int(given))
        elif element.tag == "cellXfs":
            within = event == "start"
        elif within and element.tag == "xf" and event == "end":
            given = element.get("numFmtId", "0")
            found |= {number} if given.isdecimal() and int(given) in plain else set()
            number += 1
    return frozenset(found)
