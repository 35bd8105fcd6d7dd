"""Every address that can be asked, with everything that can be asked of it. Read from the URLconf and from the nouns
themselves, so that what is added tomorrow is asked too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.urls import URLPattern, get_resolver

STATE, KEY = "KAZ", "review-2028:KAZ:I.1.2"
# What to ask of a filter by its name, where its choices do not say.
VALUES: dict[str, tuple[str, ...]] = {
    "member_state": ("KAZ", "TJK"),
    "cycle": ("review-2028",),
    "plan": ("jpoa-2022",),
    "pillar": ("I", "II"),
    "objective": ("I.1", "II.1"),
    "action_item": ("I.1.1", "I.1.2", "II.1.1", "II.1.2"),
    "agency": ("KAZ:interior", "KAZ:justice", "KAZ:never", "TJK:interior"),
    "update": (KEY, "review-2028:KAZ:II.1.1", "review-2028:KAZ:I.1.1", "review-2028:TJK:I.1.2", "review-2028:KAZ:X"),
    "revision": (f"{KEY}:1", "review-2028:KAZ:II.1.1:1", "review-2028:KAZ:II.1.1:2", f"{KEY}:9"),
    "subject": (f"update:{KEY}", "commitment:KAZ:I.1.2", "cycle:review-2028", "agency:KAZ:secret"),
    "search": ("to do", "law"),
    "compact": ("true",),
    "report": ("review-2028-regional-public", "review-2028-regional-never"),
    "passage": ("00000000-0000-4000-8000-000000000007",),
    "section": ("summary",),
    "language": ("en", "ru"),
}


def routes() -> Iterator[tuple[str, Any]]:
    """Each route of the site as the URLconf spells it, with its view."""

    def walk(resolver: Any, before: str) -> Iterator[tuple[str, Any]]:
        for one in resolver.url_patterns:
            place = before + str(one.pattern)
            if isinstance(one, URLPattern):
                yield place, one.callback
            else:
                yield from walk(one, place)

    return walk(get_resolver(), "")


def nouns() -> Iterator[tuple[str, Any, dict[str, str]]]:
    """Each route of the API with its class and its {method: action}."""
    for place, view in routes():
        if place.startswith("api/v1/") and hasattr(view, "actions"):
            yield f"/{place}", view.cls, view.actions


def api_lists() -> list[str]:
    """Each list plain, counted, in pages of one, as a table, with every field, in every order, through every filter."""
    asked = []
    for place, noun, actions in nouns():
        if "<" not in place and actions.get("get") in ("list", "show"):
            asked += [place, *(f"{place}?{query}" for query in _queries(noun, actions["get"]))]
    return asked


def _queries(noun: Any, action: str) -> Iterator[str]:
    yield from ("format=csv", "format=xml", "never=1")
    if action == "list":
        yield from ("limit=200&count=true", "limit=1&count=true", "limit=1&format=csv")
        yield f"fields={','.join(noun.shape.names)}"
        for name in noun.orderings:
            yield from (f"ordering={name}", f"ordering=-{name}", f"ordering=-{name}&limit=1")
    for name, declared in (noun.filterset.base_filters if noun.filterset else {}).items():
        choices = declared.extra.get("choices")
        options = [str(value) for value, _label in choices] if choices else VALUES.get(name, ("never", "true"))
        counted = "&count=true" if action == "list" else ""
        yield from (urlencode({name: option}) + counted for option in options)


def api_details(keys: dict[str, list[str]]) -> list[str]:
    """Each detail under each of the keys of its noun (`keys` by the place of the list), and under none."""
    asked = []
    for place, _noun, actions in nouns():
        if "<" in place and "get" in actions and "extension" not in place:
            listed = place.split("<")[0]
            asked += [
                place.replace("<str:key>", key).replace("<uuid:key>", key).replace("<slug:key>", key)
                for key in keys.get(listed.removeprefix("/api/v1/").rstrip("/"), [])
            ]
    return asked


def report_files(cycle: str = "review-2028") -> list[str]:
    place, languages = f"/api/v1/review-reports/{cycle}", ("en", "ru")
    asked = [f"{place}.{name}" for name in ("html", "json", "docx", "xlsx")]
    asked += [f"{place}.json?audience={audience}" for audience in ("public", "participants", "un", "state")]
    return asked + [f"{place}.html?language={language}" for language in languages]


def admin_pages(keys: dict[str, list[str]]) -> list[str]:
    """The desk, and each noun of the admin: its list searched, sorted and filtered, and each of its objects."""
    asked = ["/admin/", "/admin/jsi18n/"]
    for model, page in admin.site._registry.items():
        place = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        asked += [place, f"{place}?q=a", f"{place}?q=KAZ", f"{place}?all=", f"{place}?p=2", f"{place}add/"]
        asked += [f"{place}?o={sign}{column}" for column in range(1, 8) for sign in ("", "-")]
        asked += [f"{place}?{each.parameter_name}={value}" for each in page.list_filter for value in _options(each)]
        for key in keys.get(model._meta.model_name, []):
            asked += [f"{place}{key}/{page_name}/" for page_name in ("change", "delete", "history")]
            asked += [f"{place}{key}/do/{verb.name}/" for verb in page.verbs]
    return asked


ADMIN_VALUES = {"state": ("KAZ",), "cycle": ("review-2028",), "pillar": ("I",), "agency": ("KAZ:interior",),
                "status": ("draft", "submitted", "cleared"), "rating": ("limited",), "lead": ("none",),
                "waiting": ("me", "to_review", "to_publish", "overdue"), "addressee": ("national",)}  # fmt: skip


def _options(declared: Any) -> tuple[str, ...]:
    return ADMIN_VALUES[declared.parameter_name]
