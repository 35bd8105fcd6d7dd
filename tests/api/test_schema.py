"""The OpenAPI document is complete, valid, and true of the routes; and its page keeps to the strict policy."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.urls import get_resolver
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator

from commitments.api.updates import MOVES
from commitments.workflow import MOVE_NAMES
from commitments.workflow import MOVES as TABLE
from jpoa import description


@pytest.fixture(scope="module")
def document(tmp_path_factory) -> dict:
    file = tmp_path_factory.mktemp("schema") / "schema.yml"
    call_command("spectacular", "--fail-on-warn", "--validate", "--file", str(file))
    return yaml.safe_load(file.read_text())


def test_it_is_openapi_31_and_valid(document):
    assert document["openapi"] == "3.1.0"


def test_every_route_is_in_it(document):
    def routes(patterns, prefix=""):
        for one in patterns:
            place = prefix + str(one.pattern)
            yield from routes(one.url_patterns, place) if hasattr(one, "url_patterns") else [place]

    ours = {
        "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", place)
        for place in routes(get_resolver().url_patterns)
        if place.startswith("api/v1/")
    }
    assert ours - {"/api/v1/"} == set(document["paths"])  # the door itself lists what the document describes


def test_every_move_of_the_table_has_its_post(document):
    assert set(MOVES) | {"edit"} == set(MOVE_NAMES) == {move.name for move in TABLE}
    for move in MOVES:
        assert f"/api/v1/updates/{{key}}/{move}/" in document["paths"]


def test_every_write_documents_its_headers_and_its_refusals(document):
    for place, operations in document["paths"].items():
        for method, operation in operations.items():
            headers = {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}
            codes = set(operation["responses"])
            assert "400" in codes, place
            assert ("404" in codes) == ("{" in place), place
            if method == "post" and "tokens" not in place:
                assert "Idempotency-Key" in headers, place
                assert {"401", "403", "409", "422"} <= codes, place
            if "If-Match" in headers:
                assert {"409", "412", "423", "428"} <= codes, place


@pytest.mark.same_on_every_engine
def test_every_answer_of_a_list_has_the_documented_names(document, world, call):
    world.walk("published")
    schemas = ("Update", "PublishedUpdate", "ActionItem", "Event", "Revision", "Commitment", "Cycle", "Appointment")
    for schema in schemas:
        noun = re.sub("(?<=[a-z])(?=[A-Z])", "-", schema).lower() + "s"
        documented = document["components"]["schemas"][schema]["properties"]
        row = call("coordinator.kaz").get(f"{noun}/?limit=1").json()["results"][0]
        assert set(row) <= set(documented), noun


@pytest.mark.same_on_every_engine
def test_it_is_served_and_its_page_has_nothing_inline(client, db):
    assert client.get("/api/schema/").status_code == 200
    page = client.get("/api/docs/")
    html = page.content.decode()

    assert page.status_code == 200
    assert "'unsafe-inline'" not in page["Content-Security-Policy"]
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|style=", html) == []
    assert "https://" not in html
    assert client.get("/api/docs/?script=").status_code == 200


@pytest.mark.same_on_every_engine
def test_it_is_made_once_for_each_language_and_form_and_served_from_memory(client, db, monkeypatch):
    made = Counter()
    plain = SchemaGenerator.get_schema

    def counted(self: SchemaGenerator, **options: Any) -> Any:
        made[translation.get_language()] += 1
        return plain(self, **options)

    monkeypatch.setattr(SchemaGenerator, "get_schema", counted)
    description.written.cache_clear()

    answers = [client.get(f"/api/schema/?format=json{rest}") for rest in ("", "&lang=ru", "", "&lang=ru", "&lang=en")]

    assert made == {"en": 1, "ru": 1}
    assert len({answer["ETag"] for answer in answers}) == 2
    assert client.get("/api/schema/?format=json", headers={"If-None-Match": answers[0]["ETag"]}).status_code == 304
    for odd in ("lang=xx", "lang=", "lang=en&lang=ru", "version=2", "format=xml", "never=1"):
        assert client.get(f"/api/schema/?{odd}").status_code == 400, odd
    assert made.total() == 2
