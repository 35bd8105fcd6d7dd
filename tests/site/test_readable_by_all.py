"""Every page, in both languages, keeps to what screen readers, keyboards and slow lines need."""

from __future__ import annotations

import gzip
from collections import Counter
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client

from tests.site.conftest import WHOLE
from tests.standing import load_everything, standing

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_engine]
LANGUAGES = ("en", "ru")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """(place, language, page, bytes as it is sent, packed) of each."""
    with django_db_blocker.unblock(), transaction.atomic():
        standing(load_everything)
        found = [(place, language, *page_of(place, language)) for place in WHOLE for language in LANGUAGES]
        transaction.set_rollback(True)
    return found


def page_of(place: str, language: str):
    answer = Client().get(place, headers={"accept-encoding": "gzip", "accept-language": language})
    is_packed = answer.get("Content-Encoding") == "gzip"
    assert is_packed or answer.status_code == 404, place
    text = gzip.decompress(answer.content) if is_packed else answer.content
    return lxml.html.fromstring(text.decode()), len(answer.content)


def faults_of(page, language: str) -> list[str]:
    """What a checker of accessibility would find, as far as it can be told without a browser."""
    ids = Counter(page.xpath("//@id"))
    labelled = set(page.xpath("//label/@for"))
    levels = [int(one.tag[1]) for one in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    fields = page.xpath("//input[not(@type='hidden')] | //select")
    checks = {
        "language": page.xpath("/html/@lang") == [language],
        "title": len(page.findtext(".//title").strip()) > 5,
        "description": len(page.xpath("//meta[@name='description']/@content")[0]) > 20,
        "one h1": len(page.xpath("//h1")) == 1,
        "headings step by one": all(after - before <= 1 for before, after in pairwise(levels)),
        "landmarks": [len(page.xpath(f"//body/{tag}")) for tag in ("header", "main", "footer")] == [1, 1, 1],
        "skip link": page.xpath("//body/a[1]/@href") == ["#main"],
        "ids once": [name for name, number in ids.items() if number > 1] == [],
        "labels": [one.get("name") for one in fields if one.get("id") not in labelled] == [],
        "targets of links": [one for one in page.xpath("//main//a/@href[starts-with(., '#')]") if one[1:] not in ids]
        == [],
        "names of links": [one for one in page.xpath("//a") if not (one.text_content().strip())] == [],
        "captions": page.xpath("//table[not(caption)]") == [],
        "scopes": page.xpath("//th[not(@scope)]") == [],
        "pictures": page.xpath("//svg[not(@role='img') or not(@aria-label)] | //img[not(@alt)]") == [],
        "navigations named": page.xpath("//nav[not(@aria-label)]") == [],
        "scrolled by keyboard": page.xpath("//div[@class='scroll'][not(@tabindex) or not(@aria-label)]") == [],
        "nothing inline": page.xpath("//script | //style | //@style | //@*[starts-with(name(), 'on')]") == [],
        "no form is sent": page.xpath("//form[not(@method='get')]") == [],
    }
    return [name for name, holds in checks.items() if not holds]


def test_no_page_has_a_fault_that_can_be_told_from_its_text(pages):
    found = {
        (place, language): faults for place, language, page, _sent in pages if (faults := faults_of(page, language))
    }

    assert found == {}


def test_a_fault_is_noticed():
    head = "<html lang='en'><title>x</title><meta name='description' content='y'><body><main>"
    page = lxml.html.fromstring(
        f"{head}<h1>a</h1><h3>b</h3><table><th>c</th></table><input name='q'></main></body></html>"
    )

    assert {"headings step by one", "captions", "scopes", "labels", "landmarks"} <= set(faults_of(page, "en"))


def test_nothing_is_told_by_colour_alone(pages):
    for place, _language, page, _sent in pages:
        for cell in page.xpath("//span[contains(@class, 'tone ')]"):
            sign, word = cell.xpath("b")[0].text_content(), cell.xpath("span")[0].text_content()
            assert sign.strip(), place
            assert len(word.strip()) > 3, place


def test_signs_that_stand_side_by_side_differ(pages):
    for _place, _language, page, _sent in pages:
        signs = {(one.get("class"), one.xpath("b")[0].text_content()) for one in page.xpath("//b[@aria-hidden]/..")}
        assert len({sign for _name, sign in signs}) == len(signs)


def test_the_first_load_is_small(pages):
    """Under 150 KB and 10 requests, packed as they are sent; the look of the whole site is two files."""
    look = [Path(finders.find(name)) for name in ("desk/theme.css", "reporting/site.css")]
    size_of_look = sum(len(file.read_bytes()) for file in look)
    for place, _language, page, sent in pages:
        requests = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src")
        assert len(requests) <= 3, place
        assert sent + size_of_look < 60_000, place
