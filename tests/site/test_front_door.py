"""The front door tells what this is and leads on, to anybody."""

from __future__ import annotations

import re

import pytest

from commitments.models import Person
from reporting.issuing import take_step
from reporting.models import Remark
from tests.reporting.reports import EARLY
from tests.standing import load_everything, load_the_demonstration, standing


@pytest.mark.same_on_every_engine
@pytest.mark.django_db
def test_home_says_what_the_plan_is_and_where_it_stands(client):
    standing(load_everything)

    page = client.get("/").content.decode()

    assert "Adopted in Tashkent on 3 March 2022. Pillars: 4; objectives: 20; action items: 176." in page
    assert "Now: Tenth review of the Global Strategy, 2028." in page
    assert "Shown: Tashkent baseline, March 2022" in page
    for code, items, due, reported in (("I", 57, 285, 33), ("II", 64, 320, 28), ("III", 19, 85, 5), ("IV", 36, 175, 9)):
        row = page.partition(f'href="/plan/pillars/{code}/"')[2].partition("</tr>")[0]
        assert re.findall(r">(\d+)</td>", row) == [str(items), str(due), str(reported)], code


@pytest.mark.django_db
def test_a_report_is_listed_from_the_day_it_is_issued(client):
    report, _brief = standing(load_the_demonstration)
    editor, issued = Person.objects.get(email="editor@demo.invalid"), "/api/v1/editions/baseline-2022-regional-public:"
    while_it_circulates = client.get("/").content.decode() + client.get("/reports/").content.decode()

    Remark.objects.get().answer("accepted", "It is added.", by=editor)
    for step, words in (("close", {"reason": EARLY}), ("issue", {})):
        take_step(report, step, by=editor, version=report.version, **words)

    assert issued not in while_it_circulates
    for place in ("/", "/reports/"):
        page = client.get(place).content.decode()
        assert f"{issued}1" not in page
        assert f'href="{issued}2.html?language=en"' in page
    assert f'href="{issued}2.zip?language=ru"' in client.get("/reports/").content.decode()
    assert client.get(f"{issued}2.html?language=ru").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "status"),
    [("/", 200), ("/reports/", 200), ("/about/", 200), ("/sitemap.xml", 200), ("/plan/", 404), ("/matrix/", 404),
     ("/plan/history/", 404), ("/states/KAZ/", 404), ("/plan/items/I.1.1/", 404)],
)  # fmt: skip
def test_the_site_stands_before_anything_is_loaded(client, place, status):
    assert client.get(place).status_code == status


@pytest.mark.django_db
def test_language_is_chosen_on_any_page_and_kept(client):
    assert 'lang="en"' in client.get("/accounts/login/").content.decode()

    answer = client.post("/language/setlang/", {"language": "ru", "next": "/accounts/login/"})

    assert answer["Location"] == "/accounts/login/"
    assert '<html lang="ru"' in client.get("/accounts/login/").content.decode()
    assert '<html lang="ru"' in client.get("/").content.decode()


def test_who_is_signed_in_is_led_to_the_desk_and_who_is_not_to_the_door(world, reader):
    assert 'href="/accounts/login/"' in reader().get("/about/").content.decode()
    assert 'href="/desk/"' in reader("focal.kaz").get("/about/").content.decode()


def test_an_address_can_be_passed_on_in_one_language(world, reader):
    page = reader().get("/plan/items/I.1.2/?language=ru")

    assert page["Content-Language"] == "ru"
    content = page.content.decode()
    assert '<html lang="ru"' in content
    assert '<link rel="canonical" href="http://testserver/plan/items/I.1.2/?language=ru">' in content
    assert 'hreflang="x-default" href="http://testserver/plan/items/I.1.2/">' in content
    assert 'href="/in/en/?next=%2Fplan%2Fitems%2FI.1.2%2F"' in content


def test_an_unknown_language_in_an_address_changes_nothing(world, reader):
    assert '<html lang="en"' in reader().get("/about/?language=xx").content.decode()


def test_who_shows_a_link_shows_the_title_of_the_page(world, reader):
    world.items["I.1.2"].short_title = 'Settle "border" conflicts'
    world.items["I.1.2"].save()

    page = reader().get("/plan/items/I.1.2/").content.decode()

    assert '<meta property="og:title" content="I.1.2 Settle &quot;border&quot; conflicts | JPoA Tracker">' in page
