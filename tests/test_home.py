"""The front door tells what this is and leads on, to anybody."""

import re

import pytest

from commitments.models import Person
from reporting.issuing import take_step
from reporting.models import Remark
from tests.reporting.reports import EARLY
from tests.standing import load_everything, load_the_demonstration, standing


@pytest.mark.same_on_every_engine
@pytest.mark.django_db
def test_home_leads_to_reports_api_and_desk(client):
    standing(load_everything)

    page = client.get("/").content.decode()

    assert "176 action items" in page
    links = [link for link in re.findall(r'href="(/[^"]*)"', page) if not link.startswith("/static/")]
    assert {"/api/docs/", "/admin/", "/api/v1/review-reports/baseline-2022.pdf"} <= set(links)
    for link in links:
        if not link.endswith((".pdf", ".docx", ".xlsx")):
            assert client.get(link).status_code in (200, 302), link


@pytest.mark.django_db
def test_home_lists_a_report_from_the_day_it_is_issued(client):
    report, _brief = standing(load_the_demonstration)
    editor, issued = Person.objects.get(email="editor@demo.invalid"), "/api/v1/editions/baseline-2022-regional-public:"
    while_it_circulates = client.get("/").content.decode()

    Remark.objects.get().answer("accepted", "It is added.", by=editor)
    for step, words in (("close", {"reason": EARLY}), ("issue", {})):
        take_step(report, step, by=editor, version=report.version, **words)

    assert issued not in while_it_circulates
    page = client.get("/").content.decode()
    assert f"{issued}1" not in page
    assert client.get(f"{issued}2.html").status_code == 200
    assert f'href="{issued}2.html"' in page


@pytest.mark.django_db
def test_home_stands_before_anything_is_loaded(client):
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_language_is_chosen_on_any_page_and_kept(client):
    assert 'lang="en"' in client.get("/accounts/login/").content.decode()

    answer = client.post("/language/setlang/", {"language": "ru", "next": "/accounts/login/"})

    assert answer["Location"] == "/accounts/login/"
    assert '<html lang="ru"' in client.get("/accounts/login/").content.decode()
    assert '<html lang="ru"' in client.get("/").content.decode()
