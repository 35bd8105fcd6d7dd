"""What can be asked, and how it is answered: words in their forms, codes, filters, pages, odd input."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import ActionItem, RoadmapProvision, SubMeasure
from commitments.screens.finding import LIMIT
from commitments.search import Sought, excerpt, marked, search_text
from tests.builders import World
from tests.desk.everyone.conftest import withholding


@pytest.fixture
def told(world: World) -> World:
    """Words in two languages, and the items' stems as the loader stores them."""
    for item in ActionItem.objects.all():
        item.search_text = search_text([item.code, item.text, item.short_title])
        item.save()
    world.walk("published", "KAZ", "I.1.2", measures_taken="Courses were held at the borders.",
               translations={"ru": {"measures_taken": "На границах проведены курсы."}})  # fmt: skip
    withholding(world, "UZB", "II.1.1", measures_taken="Приняты законы о беженцах. <b>Жирно</b>")
    return world


def hits(browser, who: str = "partner", **asked: str) -> list[str]:
    answer = browser(who).get("/desk/search/", asked)
    assert answer.status_code == 200
    groups = [group for group, _address in answer.context.get("groups", [])]
    return ["".join(text for text, _ in hit.title) for group in groups for hit in group.hits]


KAZ, UZB = "Kazakhstan: I.1.2 Do I.1.2", "Uzbekistan: II.1.1 Do II.1.1"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("border", [KAZ]), ("BORDERS", [KAZ]), ("course border", [KAZ]), ("cours", [KAZ]),
        ("граница", [KAZ]), ("ГРАНИЦАМИ", [KAZ]), ("курс на границе", [KAZ]),
        ("закон", [UZB]), ("законов о беженцах", [UZB]), ("беженц", [UZB]),
        ("border закон", []), ("the border", [KAZ]), ("kazakhstan border", [KAZ]), ("uzbekistan border", []),
            ("i.1.2 borders", [KAZ]), ("border wall", []),
    ],
)  # fmt: skip
def test_words_are_found_in_all_their_forms_in_both_languages(told, browser, words, found):
    assert hits(browser, q=words, kind="releases") == found


@pytest.mark.parametrize("query", ["II.1.1", "ii.1.1", " II 1 1 ", "II,1,1", "II.1.1."])
def test_a_code_stands_first_however_it_is_typed(told, browser, query):
    answer = browser("partner").get("/desk/search/", {"q": query})

    assert ["".join(text for text, _ in hit.title) for hit in answer.context["coded"]] == ["II.1.1 Do II.1.1"]


def test_every_kind_of_code_is_found(told, browser):
    SubMeasure.objects.create(action_item=told.items["I.1.1"], code="I.1.1.1", position=1, text="One.")
    RoadmapProvision.objects.create(
        plan=told.plan, part="implementation", code="A.I.1", position=1, text="One.", short_title="First"
    )

    found = {code: len(browser("partner").get("/desk/search/", {"q": code}).context["coded"])
             for code in ("I", "I.1", "I.1.1.1", "A.I.1", "IV.3.9")}  # fmt: skip

    assert found == {"I": 1, "I.1": 1, "I.1.1.1": 1, "A.I.1": 1, "IV.3.9": 0}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [KAZ]), ({"state": "KAZ"}, [KAZ]), ({"state": "UZB"}, []), ({"cycle": "review-2028"}, [KAZ]),
        ({"pillar": "I"}, [KAZ]), ({"pillar": "II"}, []), ({"kind": "updates"}, []), ({"kind": "roadmap"}, []),
        ({"kind": "roadmap", "state": "KAZ"}, []),
    ],
)  # fmt: skip
def test_filters_narrow(told, browser, filters, found):
    assert hits(browser, q="border", **filters) == found


@pytest.mark.parametrize(
    "asked",
    [
        {"q": ""}, {"q": "   "}, {"q": "%"}, {"q": "_"}, {"q": "%%%___"}, {"q": "\0"}, {"q": "a\0b"}, {"q": "\u202e!"},
        {"q": "'; --"}, {"q": "<script>"}, {"q": "x" * 201}, {"q": "x" * 5000}, {"q": "слово " * 30}, {"q": "💥"},
        {"q": "the"}, {"q": "border", "page": "0"}, {"q": "border", "page": "-1"}, {"q": "border", "page": "x" * 50},
        {"q": "border", "page": "999999"}, {"q": "border", "page": "²"}, {"q": "border", "kind": "everything"},
        {"q": "border", "state": "ZZZ"}, {"q": "border", "state": "' or 1=1"}, {"q": "border", "cycle": "\0"},
        {"q": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace")},
    ],
)  # fmt: skip
def test_odd_input_gets_a_plain_answer(told, browser, asked):
    for who in ("partner", "focal.kaz", "editor"):
        answer = browser(who).get("/desk/search/", asked)

        assert answer.status_code == 200
        assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize("query", ["%", "_", "c_urses", "c%urses"])
def test_signs_of_patterns_are_no_patterns(told, browser, query):
    assert KAZ not in hits(browser, q=query)


def test_what_was_looked_for_is_marked_and_nothing_of_the_words_is_markup(told, browser):
    page = browser("partner").get("/desk/search/", {"q": "жирно"}).content.decode()

    assert "&lt;b&gt;<mark>Жирно</mark>&lt;/b&gt;" in page
    assert "<b>" not in page


def test_the_reader_s_language_is_shown_first(told, browser):
    reader = browser("partner")
    reader.cookies["django_language"] = "ru"

    page = reader.get("/desk/search/", {"q": "курсы"}).content.decode()

    assert "<mark>курсы</mark>" in page


def test_a_group_has_pages(told, browser, monkeypatch):
    monkeypatch.setattr("commitments.desk.search.PAGE", 2)
    visitor = browser("partner")

    first = visitor.get("/desk/search/", {"q": "do", "kind": "items"})
    second = visitor.get(f"/desk/search/{first.context['part']['after']}")

    titles = [[hit.address for group, _ in page.context["groups"] for hit in group.hits] for page in (first, second)]
    assert [len(one) for one in titles] == [2, 2]
    assert not set(titles[0]) & set(titles[1])
    assert (first.context["part"]["before"], second.context["part"]["after"]) == ("", "")


def test_beyond_a_limit_nothing_is_counted(told, browser):
    ActionItem.objects.bulk_create(
        ActionItem(plan=told.plan, objective=told.items["I.1.1"].objective, code=f"I.9.{n}", position=100 + n,
                   text="Many.", short_title="Many", addressee="national", search_text=" mani ")
        for n in range(LIMIT + 20)
    )  # fmt: skip

    page = browser("partner").get("/desk/search/", {"q": "many"})

    assert [(group.count, group.is_beyond_limit) for group, _ in page.context["groups"]] == [(LIMIT + 1, True)]
    assert "more than 50" in page.content.decode()
    assert str(LIMIT + 20) not in re.sub("<[^>]*>", "", page.content.decode())


@pytest.mark.parametrize("who", ["partner", "focal.kaz", "coordinator.kaz", "editor", "administrator"])
def test_the_number_of_queries_does_not_grow_with_what_is_found(world, browser, who):
    world.walk("published", "UZB", "I.1.2", measures_taken="A course.")
    world.walk("published", "KAZ", "I.1.2", measures_taken="A course.")
    visitor = browser(who)
    asked = []
    for more in ((), ("I.1.1", "II.1.1")):
        for item in more:
            world.walk("published", "UZB", item, measures_taken="A course.")
            world.walk("published", "KAZ", item, measures_taken="A course.")
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get("/desk/search/", {"q": "course"}).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 40


def test_the_box_stands_on_every_page_and_somebody_not_signed_in_is_sent_to_sign_in(world, browser):
    assert 'role="search"' in browser("focal.kaz").get("/desk/profile/").content.decode()
    assert browser(None).get("/desk/search/", {"q": "x"}).status_code == 302


@pytest.mark.parametrize(
    ("text", "query", "pieces"),
    [
        ("Two laws passed.", "law", [("Two ", False), ("laws", True), (" passed.", False)]),
        ("законы", "закон", [("законы", True)]),
        ("Nothing here", "law", [("Nothing here", False)]),
        ("Ещё ежи", "еще", [("Ещё", True), (" ежи", False)]),
    ],
)
def test_marking_keeps_every_letter(text, query, pieces):
    assert marked(text, Sought.of(query)) == pieces


def test_an_excerpt_is_cut_at_words_around_the_first_that_was_looked_for():
    text = "word " * 100 + "quokka" + " word" * 100

    pieces = excerpt(["", "Nothing.", text], Sought.of("quokka"))

    whole = "".join(piece for piece, _ in pieces)
    assert ("quokka", True) in pieces
    assert whole.startswith("… word ")
    assert whole.endswith("word …")
    assert len(whole) < 300
