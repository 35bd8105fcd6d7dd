"""Every page of the desk, as far as its text tells, is whole for a screen reader and the keyboard."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from urllib.parse import urljoin

import lxml.html
import pytest

from tests.desk.pages import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_engine]
LANDMARKS = "//nav | //aside | //section | //form[@aria-label] | //*[@role='region' or @role='search']"
FIELDS = "//input[not(@type='hidden')] | //select | //textarea"
HEADINGS = "//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5][not(ancestor-or-self::*[@hidden])]"


def name_of(part, words) -> str:
    named = [words.get(one, "") for one in part.get("aria-labelledby", "").split()]
    return " ".join(named) or part.get("aria-label", "")


def faults_of(page) -> list[str]:
    """What a checker of accessibility would find, as far as it can be told without a browser."""
    ids = Counter(page.xpath("//@id"))
    words = {one.get("id"): " ".join(one.text_content().split()) for one in page.xpath("//*[@id]")}
    labelled = set(page.xpath("//label/@for"))
    levels = [int(one.tag[1]) for one in page.xpath(HEADINGS)]
    landmarks = Counter((one.get("role", one.tag), name_of(one, words)) for one in page.xpath(LANDMARKS))
    unnamed = [one for one in page.xpath(FIELDS) if not one.get("aria-label") and not one.xpath("ancestor::label")]
    told = " ".join(page.xpath("//@aria-describedby")).split()
    pointed = [*told, *" ".join(page.xpath("//@aria-labelledby")).split(), *labelled]
    guidance = page.xpath("//form//*[contains(@class, 'guidance') or contains(@class, 'errorlist')]/@id")
    checks = {
        "one h1": levels.count(1) == 1,
        "headings step by one": all(after - before <= 1 for before, after in pairwise(levels)),
        "skip link": page.xpath("//body/a[1]/@href") == ["#main"],
        "ids once": [one for one, number in ids.items() if number > 1] == [],
        "landmarks named": [one for one in landmarks if not one[1] and one[0] not in ("search", "section")] == [],
        "landmarks told apart": [one for one, number in landmarks.items() if number > 1 and one[1]] == [],
        "labels": [one.get("name") for one in unnamed if one.get("id") not in labelled] == [],
        "what is pointed to": [one for one in pointed if one not in ids] == [],
        "guidance is read with its field": [one for one in guidance if one not in told] == [],
        "targets of links": [one for one in page.xpath("//main//a/@href[starts-with(., '#')]") if one[1:] not in ids]
        == [],
        "names of links": [one for one in page.xpath("//a") if not one.text_content().strip()] == [],
        "captions": page.xpath("//table[not(caption)]") == [],
        "scopes": page.xpath("//th[not(@scope)]") == [],
        "pictures": page.xpath("//svg[not(@aria-hidden) and not(@aria-label)] | //img[not(@alt)]") == [],
        "order of the keyboard": [one for one in page.xpath("//@tabindex") if int(one) > 0] == [],
        "differences in words": page.xpath(
            "//*[@class='words pieces' or @class='pieces']//*[self::ins or self::del][not(span)]"
        )
        == [],
    }
    return [name for name, holds in checks.items() if not holds]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("who", PAGES)
def test_every_page_of_the_desk_is_whole_for_a_screen_reader(world, browser, who, language):
    world.walk("submitted", "KAZ", "I.1.2")
    world.walk("cleared", "TJK", "I.1.2")
    client = browser(who)
    client.cookies["django_language"] = language
    titles: dict[str, str] = {}

    found = {}
    for address in PAGES[who]:
        page = lxml.html.fromstring(client.get(urljoin("/desk/", address), follow=True).content.decode())
        title, place = page.findtext(".//title").strip(), urljoin("/desk/", address).partition("?")[0]
        same = [] if titles.setdefault(title, place) == place else [f"the title of {titles[title]}"]
        found[address] = faults_of(page) + same

    assert {address: faults for address, faults in found.items() if faults} == {}


def test_a_fault_is_noticed():
    page = lxml.html.fromstring(
        "<body><nav></nav><section aria-label='b'></section><section aria-label='b'></section><main><h1>a</h1>"
        "<h3>b</h3><input name='q' aria-describedby='gone'><table><th>c</th></table><i tabindex='2'></i></main></body>"
    )

    assert {
        "headings step by one",
        "landmarks named",
        "landmarks told apart",
        "labels",
        "what is pointed to",
        "captions",
        "scopes",
        "order of the keyboard",
    } <= set(faults_of(page))
