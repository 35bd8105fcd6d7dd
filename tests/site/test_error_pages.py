"""What went wrong is said in plain words, in the look of the site, with nobody asked: neither the database nor who is
there, and nobody outside. What was typed is not lost by it."""

from __future__ import annotations

from unittest import mock

import lxml.html
import pytest
from allauth.core.ratelimit import respond_429
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory
from django.utils import translation

from jpoa.refusals import handle_400, handle_403, handle_500, refuse_csrf

REQUEST = RequestFactory().get("/desk/")


def of_server(error: Exception):
    try:
        raise error
    except type(error):
        return handle_500(REQUEST)


ANSWERS = {
    "cannot be understood": (400, lambda: handle_400(REQUEST, SuspiciousOperation())),
    "too large": (413, lambda: handle_400(REQUEST, RequestDataTooBig())),
    "too many fields": (413, lambda: handle_400(REQUEST, TooManyFieldsSent())),
    "not open": (403, lambda: handle_403(REQUEST, PermissionDenied("secret"))),
    "too old a form": (403, lambda: refuse_csrf(REQUEST, "secret")),
    "a fault of ours": (500, lambda: of_server(ZeroDivisionError("secret"))),
    "no database": (503, lambda: of_server(OperationalError("secret"))),
    "a lost connection": (503, lambda: of_server(InterfaceError("secret"))),
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("status", "ask"), ANSWERS.values(), ids=ANSWERS)
def test_every_error_page_is_whole_without_a_database(status, ask, language):
    with translation.override(language):
        answer = ask()

    page = lxml.html.fromstring(answer.content.decode())
    addresses = page.xpath("//@href | //@src")
    assert (answer.status_code, page.get("lang")) == (status, language)
    assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1
    assert [one for one in addresses if not one.startswith("/")] == []
    assert page.xpath("//style | //@style | //script[not(@src)]") == []
    assert page.xpath("//@data-nothing-saved")
    assert "secret" not in answer.content.decode()


def test_who_is_to_come_back_is_told_when():
    assert int(of_server(OperationalError())["Retry-After"]) > 0


def test_a_form_from_a_page_too_old_gives_back_what_was_typed_and_nothing_else():
    typed = {"results": "Long <words>", "csrfmiddlewaretoken": "old", "password": "hidden"}

    page = refuse_csrf(RequestFactory().post("/desk/updates/", typed)).content.decode()

    assert lxml.html.fromstring(page).xpath("//textarea/text()") == ["Long <words>"]
    assert "hidden" not in page


@pytest.mark.parametrize(("fault", "status"), [(ZeroDivisionError(), 500), (OperationalError(), 503)])
def test_a_page_that_breaks_answers_with_it(fault, status):
    browser = Client(raise_request_exception=False)

    with mock.patch("reporting.site.pages.render", side_effect=fault):
        answer = browser.get("/accessibility/", headers={"accept-language": "ru"})

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert '<html lang="ru"' in answer.content.decode()


def test_after_too_many_attempts_one_is_asked_to_wait():
    answer = respond_429(REQUEST)

    assert (answer.status_code, len(lxml.html.fromstring(answer.content.decode()).xpath("//h1"))) == (429, 1)
