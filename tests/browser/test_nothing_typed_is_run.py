"""What people typed, and what an address or a form brings along, is shown and never run: in a real browser, under the
policy that every page has. A page fails where a dialog opens, a script of a payload runs, the browser reports a breach
of the policy or an error, or anything is asked of another host."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from playwright.sync_api import Error, Page

from commitments.api.throttles import ReadThrottle
from tests.depth import chance, drawn, rounds
from tests.hostile.desk_places import pages, uids
from tests.hostile.payloads import MARKUP
from tests.hostile.places import admin_pages
from tests.hostile.sown import PLACES, InTurn, sow

pytestmark = [
    pytest.mark.battery("C6"),
    pytest.mark.same_on_every_engine,
    pytest.mark.django_db(transaction=True),
]
READERS = ("coordinator.kaz", "editor", "administrator", None)
SENTINEL = "window.__run"
# Runs before the page does, and is no part of it.
WATCH = """document.addEventListener('securitypolicyviolation', event => (window.__broken = window.__broken || []).push(
    event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))"""
# What is downloaded, what ends the session, and what the browser shows in a page of its own making.
LEFT_OUT = ("/file/", "/worksheet/", "logout", "sitemap.xml")
ASKED = ("/desk/", "/desk/search/", "/desk/changes/", "/desk/matrix/", "/desk/people/", "/plan/", "/matrix/",
         "/states/KAZ/", "/admin/commitments/update/", "/accounts/login/", "/api/docs/", "/reports/")  # fmt: skip
# Where something is typed, by whom; every form of the page is sent with payloads in all its fields of text.
FORMS = {
    "editor": ("/desk/plan-cycle/", "/desk/cycles/review-2028/", "/desk/reports/begin/", "/desk/reminders/",
               "/desk/review/review-2028/TJK/I.1.1/", "/desk/reports/review-2028-regional-public/"),
    "coordinator.kaz": ("/desk/people/KAZ/invite/", "/desk/assignments/KAZ/I.1.1/planned/", "/desk/profile/",
                        "/desk/contributions/review-2028/KAZ/", "/desk/updates/review-2028/KAZ/I.1.2/"),
    "partner": ("/desk/partner/activities/add/",),
    None: ("/accounts/login/", "/accounts/password/reset/"),
}  # fmt: skip
FILL = """words => { for (const [place, field] of [...document.querySelectorAll(
    'input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]):not([type=submit]), textarea'
  )].entries()) { field.removeAttribute('maxlength'); field.type = field.type === 'password' ? field.type : 'text';
    field.value = words[place % words.length]; } }"""


class Watched:
    """A page, what went wrong on it, and how often a payload stood on it."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home, self.faults, self.loads, self.placements = page, home, [], 0, 0
        page.add_init_script(WATCH)
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog {page.url}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", self._told)
        page.on("request", self._asked)

    def _told(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:  # the status of the page itself
            self.faults.append(f"{self.page.url}: {message.text}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.home, "data:")):
            self.faults.append(f"{self.page.url} asks {request.url}")

    def see(self, address: str) -> None:
        try:
            self.page.goto(address, wait_until="load")
        except Error as error:
            if "ownload" not in str(error) and "ERR_ABORTED" not in str(error):
                raise
            return
        self.look()

    def look(self) -> None:
        self.loads += 1
        self.placements += self.page.content().count(SENTINEL)
        self.faults += [f"{self.page.url}: run" for frame in self.page.frames if frame.evaluate(SENTINEL)]
        self.faults += [f"{self.page.url}: {one}" for one in self.page.evaluate("window.__broken || []")]


@pytest.fixture
def watch(world, live_server, chromium, settings, monkeypatch) -> Iterator[Any]:
    monkeypatch.setattr(ReadThrottle, "allow_request", lambda self, request, view: True)
    contexts = []

    def watched(name: str | None) -> Watched:
        context = chromium.new_context(base_url=live_server.url)
        contexts.append(context)
        if name:
            client = Client()
            client.force_login(world.who(name), backend="django.contrib.auth.backends.ModelBackend")
            cookie = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": cookie, "value": client.cookies[cookie].value, "url": live_server.url}])
        return Watched(context.new_page(), live_server.url)

    yield watched
    for context in contexts:
        context.close()


def addresses(reader: str | None) -> list[str]:
    """Every page there is, whoever may see it: a refusal is a page too."""
    found = [address for address in pages(uids()) if not any(part in address for part in LEFT_OUT)]
    if reader == "administrator":
        keys = {"update": [f"review-2028/{state}/{code}" for state, code in PLACES]}
        return admin_pages(keys)
    return [one for one in found if not one.startswith("/desk/")] if reader is None else found


def reflected(words: Sequence[str]) -> Iterator[str]:
    """Payloads in parameters, in their names, and in the address itself."""
    for place in ASKED:
        for word in words:
            names = ("q", "state", "page", "pillar", "kind", "next", "cycle", "waiting", "o", word)
            yield f"{place}?{urlencode(dict.fromkeys(names, word))}"
    for word in words:
        told = quote(word, safe="")
        yield from (f"/{told}", f"/desk/updates/{told}/KAZ/I.1.1/", f"/states/{told}/", f"/plan/items/{told}/",
                    f"/admin/commitments/update/{told}/change/", f"/in/{told}/", f"/desk/people/{told}/")  # fmt: skip


FULL_OF_WORDS = "/plan/items/I.1.2/"  # whoever reads it


@pytest.mark.parametrize("reader", READERS)
def test_no_page_runs_what_was_typed(world, watch, reader, tally):
    sow(world, InTurn(MARKUP, chance("markup", reader).randrange(len(MARKUP))))
    watched = watch(reader)
    asked = addresses(reader)

    for address in [FULL_OF_WORDS, *chance("pages", reader).sample(asked, min(rounds(8, 250), len(asked)))]:
        watched.see(address)

    assert watched.faults == []
    assert watched.placements > 0
    tally(pages=watched.loads, placements=watched.placements)


@pytest.mark.parametrize("reader", ["editor", None])
def test_no_page_runs_what_its_address_brings_along(world, watch, reader, tally):
    watched = watch(reader)

    for address in drawn(reflected(chance("reflected", reader).sample(MARKUP, rounds(6, 8)))):
        watched.see(address)

    assert watched.faults == []
    tally(pages=watched.loads, placements=watched.placements)


@pytest.mark.parametrize("reader", FORMS)
def test_no_page_runs_what_its_forms_bring_back(world, watch, reader, tally):
    sow(world, InTurn(MARKUP, chance("forms").randrange(len(MARKUP))))
    watched = watch(reader)

    for address in drawn(FORMS[reader]) or FORMS[reader][:1]:
        watched.see(address)
        for number in range(watched.page.locator("main form[method=post]").count()):
            watched.see(address)
            watched.page.evaluate(FILL, chance("words", address, number).sample(MARKUP, 30))
            form = watched.page.locator("main form[method=post]").nth(number)
            if form.count():
                with watched.page.expect_navigation():
                    form.evaluate("form => { form.noValidate = true; HTMLFormElement.prototype.submit.call(form) }")
                watched.look()

    assert watched.faults == []
    tally(pages=watched.loads, placements=watched.placements)
