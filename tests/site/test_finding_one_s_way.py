"""The plan is found by its parts, by words of two languages in any form, and by addresses that do not change."""

from __future__ import annotations

import re

import pytest

from tests.standing import load_everything, standing

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_engine]


def listed(page: str) -> list[str]:
    return re.findall(r'href="/plan/items/([^"]+)/"', page.partition("<main")[2])


# Words -> an item that they find.
WORDS = [
    ("prison", "III.2.2"),
    ("prisons reforms", "III.2.2"),
    ("Prison reform psycholog", "III.2.2"),
    ("тюрьма", None),
    ("тюремной реформой", "III.2.2"),
    ("III.2.2", "III.2.2"),
    ("iii.2.2", "III.2.2"),
    ("zzzz", None),
]


@pytest.mark.parametrize(("words", "code"), WORDS)
def test_words_find_items_in_either_language_whatever_their_form(client, words, code):
    standing(load_everything)

    answer = client.get("/plan/", {"q": words})

    assert answer.status_code == 200
    assert (code in listed(answer.content.decode())) if code else ("III.2.2" not in listed(answer.content.decode()))


FILTERS = [
    ({}, 176),
    ({"pillar": "III"}, 19),
    ({"objective": "IV.SPRR"}, 17),
    ({"group": "screening"}, 3),
    ({"pillar": "I", "addressee": "partner"}, 0),
    ({"pillar": "III", "addressee": "partner"}, 2),
    ({"pillar": "III", "objective": "I.1"}, 0),
    ({"q": "III.2.2", "pillar": "I"}, 0),
]


@pytest.mark.parametrize(("asked", "number"), FILTERS)
def test_filters_narrow_each_other(client, asked, number):
    standing(load_everything)

    page = client.get("/plan/", asked).content.decode()

    assert len(listed(page)) == number
    assert ("Nothing in the plan fits" in page) is (number == 0)


def test_every_page_of_the_site_map_is_there_and_every_item_is_in_it(client):
    standing(load_everything)

    places = re.findall(r"<loc>http://testserver([^<]+)</loc>", client.get("/sitemap.xml").content.decode())

    assert len(places) == len(set(places)) > 176 + 20 + 4 + 5
    assert "/plan/items/III.2.2/" in places
    for place in places[:30] + places[-8:] + places[60::25]:
        assert client.get(place).status_code == 200, place
    assert "/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_links_of_every_page_lead_somewhere(client):
    standing(load_everything)
    begun = ("/", "/plan/items/IV.SPRR.17/", "/states/KAZ/", "/reports/", "/downloads/", "/plan/history/")
    found = {link.replace("&amp;", "&") for place in begun
             for link in re.findall(r'href="(/[^"#]*)', client.get(place).content.decode())}  # fmt: skip

    heavy = (".pdf", ".docx", ".xlsx", ".zip")
    for link in sorted(one for one in found if not one.partition("?")[0].endswith(heavy)):
        if not link.startswith(("/static/", "/plan/items/")):
            assert client.get(link).status_code in (200, 302), link


def test_an_item_is_quoted_letter_for_letter_with_its_lines_and_a_citation(client):
    standing(load_everything)

    page = client.get("/plan/items/III.2.2/").content.decode()

    assert '<blockquote lang="en"><p>To instigate prison reforms, in particular' in page
    assert "Conference report, Tashkent, 3-4 March 2022, line 830" in page
    assert "action item III.2.2. Conference report, Tashkent" in page
    assert "http://testserver/plan/items/III.2.2/" in page
    assert "Unofficial" not in page


def test_in_russian_the_translation_stands_beside_the_adopted_wording_and_is_marked(client):
    standing(load_everything)

    page = client.get("/plan/items/III.2.2/", headers={"accept-language": "ru"}).content.decode()

    adopted, translated = page.index('<blockquote lang="en">'), page.index('<blockquote lang="ru">')
    assert adopted < translated
    assert "Инициировать тюремные реформы" in page[translated:]
    assert page.count('<figure class="quote unofficial">') == 1


def test_words_recorded_from_a_document_say_so(client):
    standing(load_everything)

    page = client.get("/plan/items/II.2.1/").content.decode()

    assert "Recorded afterwards from a public document: Conference report" in page
    assert "not the States' own judgement" in page
