"""Quotation marks around what is not fixed: those of the reader's language, from one home."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.utils import translation

import reporting
from reporting.quoting import quoted

MARKS = "“”„«»"


@pytest.mark.parametrize(("language", "expected"), [("en", "“Words”"), ("ru", "«Words»")])
def test_words_stand_between_the_marks_of_the_readers_language(language, expected):
    with translation.override(language):
        assert quoted("Words") == expected


def test_no_other_place_puts_marks_around_words_by_hand():
    found = [
        f"{path.name}:{node.lineno}"
        for path in Path(reporting.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.JoinedStr) and _is_marked(node)
    ]

    assert found == []


def _is_marked(text: ast.JoinedStr) -> bool:
    """Whether the fixed part of an f-string has a quotation mark in it."""
    fixed = (part.value for part in text.values if isinstance(part, ast.Constant))
    return any(mark in str(part) for part in fixed for mark in MARKS)
