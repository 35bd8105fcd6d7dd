"""No percentage without what it is counted from: in every table and sentence of every kind of report."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product
from xml.etree import ElementTree

import pytest

from commitments.content import Rating
from reporting.blocks import parts
from reporting.document import Cell, Document, Figure, Kind, Table, plain
from reporting.facts import EarlierCycle, EarlierRating, ReviewFacts, Wording
from reporting.figures import share
from reporting.kinds import KINDS
from reporting.thematic_report import scopes
from tests.reporting import small_plan
from tests.reporting.reviewed import ROADMAP
from tests.reporting.small_plan import activity, numbers, reported, standing, written

RATINGS = tuple(rating.value for rating in Rating)
# Which columns a share is of: the numerator, the parts that add up to the whole, and the whole.
SUMS = (
    ("reached", ("reached", "rest", "not_applicable", "empty"), "due"),
    ("reported", (*RATINGS, "empty"), "due"),
    ("reported", ("reported", "empty"), "due"),
    ("touched", ("touched", "untouched"), "items"),
)


def whole() -> ReviewFacts:
    """Every rating somewhere, an earlier cycle, support, a roadmap, and where updates stand."""
    rated = (("KAZ", "I.1.1", "implemented"), ("TJK", "I.1.2", "not_applicable"), ("UZB", "II.1.1", "limited"))
    then = EarlierCycle(
        "review-2026", Wording("Review 2026"), dt.date(2026, 6, 30), tuple(EarlierRating(*one) for one in rated)
    )
    return replace(
        reported(),
        earlier=(then,),
        roadmap=ROADMAP,
        activities=(activity("one", "I.1.1"),),
        standing=(standing("KAZ", "I", 2, 1, 1, 0, 0, 0),),
    )


def reports(facts: ReviewFacts, language: str) -> Iterator[tuple[str, Document]]:
    """Every kind of report in every scope."""
    states = [f"state:{state.code}" for state in facts.states]
    asked = {
        "regional": [""], "national": states, "state-note": states, "progress": [""],
        "thematic": [scope for scope, _label in scopes(facts)],
    }  # fmt: skip
    assert set(asked) == set(KINDS)
    for kind, scope in ((kind, scope) for kind, named in asked.items() for scope in named):
        document = KINDS[kind].build(facts, written(), made_on=small_plan.MADE_ON, language=language, scope=scope)
        yield f"{kind} {scope}", document


CASES = [(name, document) for language in ("en", "ru") for name, document in reports(whole(), language)]


def shares(table: Table) -> list[str]:
    return [column.key for column in table.columns if column.kind == Kind.PERCENT]


@pytest.mark.parametrize(("name", "document"), CASES, ids=[name for name, _document in CASES])
def test_every_share_in_a_table_is_of_numbers_beside_it_that_add_up(name, document):
    tables = {table.anchor: table for table in document.tables}

    for table in tables.values():
        for key in shares(table):
            if table.anchor == "cycles-table":
                _shares_are_counted_in(table, tables["cycles-sums"])
            elif table.anchor == "languages-table":
                *rows, total = numbers(table)
                assert [row[key] for row in rows] == [share(row["updates"], total["updates"]) for row in rows]
                assert sum(row["updates"] for row in rows) == total["updates"]
            else:
                _share_adds_up(table, key)


def _share_adds_up(table: Table, key: str) -> None:
    columns = {column.key for column in table.columns}
    part, summands, of = next(sum_ for sum_ in SUMS if columns >= {sum_[0], *sum_[1], sum_[2]})
    for row in numbers(table):
        assert sum(row[name] for name in summands) == row[of], (table.caption, row)
        assert row[key] == (share(row[part], row[of]) if row[of] else "–"), (table.caption, row)


def _shares_are_counted_in(table: Table, sums: Table) -> None:
    """A table of shares alone names them by cycle and pillar, and the table of their sums has each of them."""
    counted = {(row["cycle"], f"pillar-{row['pillar']}"): row["share"] for row in numbers(sums)}
    for row in numbers(table):
        for key in shares(table):
            assert row[key] == counted[row["cycle"], key]


@pytest.mark.parametrize(("name", "document"), CASES, ids=[name for name, _document in CASES])
def test_every_percentage_in_a_sentence_or_picture_stands_beside_what_it_is_counted_from(name, document):
    for text in (*_sentences(document), *_lettering(document)):
        found = [Decimal(digits.replace(",", ".")) for digits in re.findall(r"([0-9]+[.,][0-9]) %", text)]
        told = [int(number) for number in re.findall(r"(?<![.,0-9])[0-9]+(?![.,]?[0-9])", text)]
        known = {share(part, of) for part, of in product(told, told) if of and part <= of}
        assert set(found) <= known, text


def test_sentences_with_percentages_are_among_those_that_were_read():
    told = {name.split()[0] for name, document in CASES for text in _sentences(document) if re.search("[0-9] %", text)}

    assert told == {"regional", "thematic", "state-note"}


def _sentences(document: Document) -> Iterator[str]:
    """Paragraphs and entries of lists,, whole: a share may stand in the sentence after its numbers."""
    for part in parts(document.blocks):
        yield plain(getattr(part, "text", "")) if not isinstance(part, Cell) else ""
        yield from (plain(item) for item in getattr(part, "items", ()))
        yield from getattr(part, "notes", ())


def _lettering(document: Document) -> list[str]:
    """What is written in the pictures, line by line, and said of them."""
    drawn = [block for block in document.blocks if isinstance(block, Figure)]
    nodes = [
        node for figure in drawn for node in ElementTree.fromstring(figure.svg).iter() if node.tag.endswith("text")
    ]
    return [*("".join(node.itertext()) for node in nodes), *(figure.alt for figure in drawn)]


def test_a_share_without_its_whole_would_be_found():
    whole_table = next(table for _name, one in CASES for table in one.tables if table.anchor == "figures-pillars")
    place = next(at for at, column in enumerate(whole_table.columns) if column.key == "due")

    def without(cells):
        return cells[:place] + cells[place + 1 :]

    poorer = replace(
        whole_table,
        columns=without(whole_table.columns),
        rows=tuple(map(without, whole_table.rows)),
        footer=without(whole_table.footer),
    )

    with pytest.raises(StopIteration):
        _share_adds_up(poorer, "share")
