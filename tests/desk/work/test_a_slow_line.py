"""What a page weighs on a slow line: the list, an update, and one save."""

from __future__ import annotations

import gzip

import pytest

from tests.desk.work.conftest import SCRIPT, WORK, address, typed

LINE = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(("place", "most"), [("list", 4_000), ("update", 9_000)])
def test_a_page_comes_compressed_and_small(world, browser, place, most):
    update = world.walk("draft", "KAZ", "I.1.2")
    where = WORK if place == "list" else address(update)

    answer = browser("focal.kaz").get(where, headers=LINE)

    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < most
    assert "I.1.2" in gzip.decompress(answer.content).decode()


@pytest.mark.parametrize(
    ("told", "is_packed"),
    [("same-origin", True), ("none", True), ("same-site", False), ("cross-site", False), ("", False)],
)
def test_how_well_words_pack_is_told_to_nobody_who_makes_a_browser_ask(world, browser, told, is_packed):
    answer = browser("focal.kaz").get("/desk/search/?q=law", headers=LINE | {"Sec-Fetch-Site": told})

    assert ("Content-Encoding" in answer) is is_packed


def test_a_save_carries_what_was_typed_and_a_sign_back(world, browser):
    update = world.update("KAZ", "I.1.2")

    answer = browser("focal.kaz").post(
        address(update, "save/"), typed(update, results="Courts use it."), headers=LINE | SCRIPT
    )

    assert len(answer.content) < 1_000


def test_answers_of_the_api_keep_their_exact_tags(world, browser):
    update = world.walk("draft", "KAZ", "I.1.2")

    answer = browser("focal.kaz").get(f"/api/v1/updates/{update.key}/", headers=LINE)

    assert "Content-Encoding" not in answer
    assert answer["ETag"].startswith('"')
