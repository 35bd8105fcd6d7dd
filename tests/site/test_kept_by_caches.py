"""Unchanged pages cost nothing, and what a State can take back is kept by nobody without asking."""

from __future__ import annotations

import pytest

from tests.site.conftest import PAGES

pytestmark = pytest.mark.same_on_every_engine

KEPT = "public, max-age=60"
ASKED_ANEW = "public, no-cache"
HOW = [
    ("/", ASKED_ANEW),
    ("/plan/", KEPT),
    ("/plan/pillars/I/", ASKED_ANEW),
    ("/plan/objectives/I.1/", ASKED_ANEW),
    ("/plan/items/I.1.2/", ASKED_ANEW),
    ("/plan/roadmap/", KEPT),
    ("/states/KAZ/", ASKED_ANEW),
    ("/matrix/", ASKED_ANEW),
    ("/partners/", KEPT),
    ("/reports/", ASKED_ANEW),
    ("/about/", KEPT),
    ("/methodology/", KEPT),
    ("/sitemap.xml", KEPT),
]


@pytest.mark.parametrize(("place", "how"), HOW)
def test_how_long_a_page_is_kept(world, reader, place, how):
    answer = reader().get(place)

    assert answer["Cache-Control"] == how
    assert {"Cookie", "Accept-Language"} <= {one.strip() for one in answer["Vary"].split(",")}


@pytest.mark.parametrize("place", PAGES)
def test_an_unchanged_page_is_not_sent_again(world, reader, place):
    first = reader().get(place, headers={"accept-encoding": "gzip"})

    again = reader().get(place, headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"].removeprefix("W/") == first["ETag"].removeprefix("W/")
    assert again["Cache-Control"] == first["Cache-Control"]


def test_a_release_changes_the_page(world, reader):
    first = reader().get("/matrix/")

    world.walk("published", "KAZ", "I.1.2")

    assert reader().get("/matrix/", headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("place", PAGES)
def test_nobody_s_page_is_stored_once_they_are_signed_in(world, reader, place):
    answer = reader("focal.kaz").get(place)

    assert {"private", "no-store"} <= {one.strip() for one in answer["Cache-Control"].split(",")}
    assert "ETag" not in answer


@pytest.mark.parametrize("place", PAGES)
def test_a_page_sets_no_cookie_and_is_only_read(world, reader, place):
    client = reader()

    assert client.get(place).cookies == {}
    assert client.head(place).content == b""
    assert client.post(place).status_code == 405
