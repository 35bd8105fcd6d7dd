"""What changed between two texts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.screens.differences import differences


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Ten courses.", "Ten courses.", [("same", "Ten courses.")]),
        ("Ten courses.", "Two courses.", [("removed", "Ten"), ("added", "Two"), ("same", " courses.")]),
        ("", "New.", [("added", "New.")]),
        ("Old.", "", [("removed", "Old.")]),
        ("", "", []),
        # What happens to be the same between longer changes is read with them.
        ("Limited progress", "Not applicable", [("removed", "Limited progress"), ("added", "Not applicable")]),
        (
            "It was passed in June.",
            "It is passed now.",
            [("same", "It "), ("removed", "was"), ("added", "is"), ("same", " passed "), ("removed", "in June."),
             ("added", "now.")],
        ),
    ],
)  # fmt: skip
def test_changes_are_told_word_by_word(before, after, told):
    assert [(piece.kind, piece.text) for piece in differences(before, after)] == told


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_texts_can_be_put_together_again(before, after):
    pieces = differences(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def test_two_long_texts_without_a_common_word_do_not_take_long():
    before, after = " ".join(f"a{n}" for n in range(4000)), " ".join(f"b{n}" for n in range(4000))
    start = time.monotonic()

    pieces = differences(before, after)

    assert time.monotonic() - start < 1
    assert [piece.kind for piece in pieces] == ["removed", "added"]
