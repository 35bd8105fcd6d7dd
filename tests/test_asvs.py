"""The self-assessment against OWASP ASVS 5.0.0 has every requirement of levels 1 and 2, and names only what exists."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from commitments.management.printed_asvs import CHAPTERS, MET, NOT_APPLICABLE, NOT_MET, PARTLY, VERDICTS, Row, sheet

ROOT = Path(__file__).resolve().parent.parent
# By section, the level of each requirement in its order, as published: 70 of level 1, 183 of level 2, 92 of level 3.
LEVELS = """
1.1 22  1.2 1111122223  1.3 112222222223  1.4 222  1.5 123
2.1 122  2.2 112  2.3 12223  2.4 23
3.1 3  3.2 113  3.3 12223  3.4 11222233  3.5 11122333  3.6 3  3.7 22333
4.1 12233  4.2 23333  4.3 22  4.4 1222
5.1 2  5.2 112333  5.3 113  5.4 222
6.1 122  6.2 111111112222  6.3 11223333  6.4 112233  6.5 22222333  6.6 2223  6.7 33  6.8 2222
7.1 222  7.2 1111  7.3 22  7.4 11222  7.5 223  7.6 22
8.1 1233  8.2 1123  8.3 133  8.4 23
9.1 111  9.2 1222
10.1 22  10.2 223  10.3 22223  10.4 1111122222233333  10.5 22222  10.6 22  10.7 222
11.1 2233  11.2 22233  11.3 11233  11.4 1222  11.5 23  11.6 23  11.7 33
12.1 12233  12.2 11  12.3 22223
13.1 2333  13.2 222223  13.3 2233  13.4 1222233
14.1 22  14.2 12223333  14.3 122
15.1 12233  15.2 12233  15.3 1222222  15.4 3333
16.1 2  16.2 22222  16.3 2222  16.4 222  16.5 2223
17.1 23  17.2 22223333  17.3 22
""".split()
PUBLISHED = {
    f"v5.0.0-{section}.{number}": level
    for section, levels in zip(LEVELS[::2], LEVELS[1::2], strict=True)
    for number, level in enumerate(levels, 1)
}


@cache
def names_of(path: str) -> frozenset[str]:
    """The names of the tests in a file, without running or importing it."""
    place = ROOT / path
    tree = ast.parse(place.read_text(encoding="utf-8")) if place.is_file() else ast.Module([], [])
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[:5] == "test_")


def faults(row: Row) -> list[str]:
    """What is wrong with a row of the sheet."""
    found = [f"no such test: {one}" for one in row.tests.split() if not is_test(one)]
    found += [f"no such file: {one}" for one in row.places.split() if not (ROOT / one).is_file()]
    if not row.matter.strip() or row.verdict not in VERDICTS:
        found.append("no matter, or no verdict")
    if row.verdict == MET and not (row.tests or row.places):
        found.append("met, and nothing shows it")
    if row.verdict in (PARTLY, NOT_MET, NOT_APPLICABLE) and len(row.words.split()) < 2:
        found.append("not met in full, and no word why")
    return [f"{row.id}: {one}" for one in found]


def is_test(named: str) -> bool:
    path, _, name = named.partition("::")
    return path.startswith("tests/") and name in names_of(path)


def test_the_published_numbers_are_these():
    assert [list(PUBLISHED.values()).count(level) for level in "123"] == [70, 183, 92]
    assert len(CHAPTERS) == len({one.split(".")[0] for one in LEVELS[::2]}) == 17


def test_every_requirement_of_both_levels_stands_there_once_in_order():
    assert [(row.id, row.level) for row in sheet()] == [one for one in PUBLISHED.items() if one[1] in "12"]


def test_every_test_and_every_file_exists_and_every_verdict_has_its_ground():
    assert [fault for row in sheet() for fault in faults(row)] == []


@pytest.mark.parametrize("breach", [
    {"verdict": "fine"}, {"tests": "tests/test_asvs.py::test_that_is_not_there"}, {"tests": "tests/nowhere.py::test_x"},
    {"tests": "", "places": ""}, {"places": "docs/nowhere.md"}, {"matter": " "}, {"verdict": "partly", "words": ""},
    {"verdict": "not applicable", "words": ""}, {"verdict": "not met", "words": " "},
])  # fmt: skip
def test_a_row_that_says_too_much_is_noticed(breach):
    good = Row("v5.0.0-1.1.1", "2", "matter", "met", "tests/test_asvs.py::test_the_published_numbers_are_these", "", "")

    assert faults(good) == [] and faults(good._replace(**breach))
