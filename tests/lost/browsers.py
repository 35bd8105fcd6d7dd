"""A browser without scripts: it reads the form of a draft as a page has it, types into it, and presses Save."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from tests.lost.asking import LONGEST_WAIT

FORM = "application/x-www-form-urlencoded"


class Form(HTMLParser):
    """What a browser would send of the form `draft`, untouched: names and values in their order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.is_inside, self.area, self.choice = False, None, ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, value = said.get("name") or "", said.get("value") or ""
        self.is_inside |= tag == "form" and said.get("id") == "draft"
        if not self.is_inside:
            return
        if tag == "input" and name and (said.get("type") not in ("radio", "checkbox") or "checked" in said):
            self.fields.append((name, value))
        elif tag == "textarea":
            self.area, self.fields = name, [*self.fields, (name, "")]
        elif tag == "select":
            self.choice = name
        elif tag == "option" and "selected" in said:
            self.fields.append((self.choice, value))

    def handle_data(self, text: str) -> None:
        if self.area:
            self.fields[-1] = (self.area, self.fields[-1][1] + text)

    def handle_endtag(self, tag: str) -> None:
        self.is_inside &= tag != "form"
        self.area = None if tag == "textarea" else self.area


@dataclass
class Browser:
    """Somebody who is signed in at one server."""

    port: int
    session: str
    cookies: dict[str, str] = field(default_factory=dict)

    def read(self, place: str) -> list[tuple[str, str]]:
        status, page = self._ask("GET", place, "")
        assert status == 200, page
        return Form(page).fields

    def press_save(self, place: str, fields: list[tuple[str, str]], **typed: str) -> tuple[int, str]:
        """302 where it is saved; else the page again, with what was typed."""
        untyped = [pair for pair in fields if pair[0] not in typed]
        return self._ask("POST", f"{place}save/", urlencode([*untyped, *typed.items()]))

    def _ask(self, method: str, place: str, content: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_WAIT)
        cookies = "; ".join(f"{name}={value}" for name, value in {"sessionid": self.session, **self.cookies}.items())
        headers = {"Cookie": cookies, "Content-Type": FORM, "Connection": "close"}
        connection.request(method, place, content, headers)
        response = connection.getresponse()
        for one in response.headers.get_all("Set-Cookie") or ():
            name, _, value = one.partition(";")[0].partition("=")
            self.cookies[name] = value
        page = response.read().decode()
        connection.close()
        return response.status, page
