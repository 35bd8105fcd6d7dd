"""The catalogue for data portals: what is issued to everybody, at addresses that answer."""

from __future__ import annotations

from urllib.parse import urlsplit

from reporting.renderers import RENDERERS
from tests.reporting.test_editions import issue, step

PLACE = "reports/catalogue.jsonld"


def test_it_names_the_last_edition_of_what_everybody_may_read(world, call):
    public, for_states = issue(world, cites=()), issue(world, audience="participants", cites=())
    step(public.report, "correct", world.who("editor"), reason="Table 2.")

    answer = call().get(PLACE)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/ld+json")
    (dataset,) = answer.json()["dcat:dataset"]
    assert dataset["dct:identifier"] == f"{public.report.slug}:3"
    assert for_states.report.slug not in answer.content.decode()
    assert {title["@language"] for title in dataset["dct:title"]} == {"en", "ru"}


def test_every_address_in_it_answers(world, call):
    issue(world, cites=())
    (dataset,) = call().get(PLACE).json()["dcat:dataset"]

    files = dataset["dcat:distribution"]

    assert len(files) == 2 * len(RENDERERS)
    for file in files:
        if "json" in file["dcat:mediaType"]["@id"] or "csv" in file["dcat:mediaType"]["@id"]:
            url = urlsplit(file["dcat:downloadURL"]["@id"])
            assert call().get(f"{url.path}?{url.query}").status_code == 200, url
    assert call().get(urlsplit(dataset["@id"]).path).status_code == 200


def test_with_nothing_issued_it_is_an_empty_catalogue(world, call):
    answer = call().get(PLACE)

    assert answer.status_code == 200
    assert not answer.json().get("dcat:dataset")


def test_a_report_that_is_not_issued_is_not_in_it(world, call):
    edition = issue(world, cites=())
    assert edition.report.slug in call().get(PLACE).content.decode()

    assert call("editor").get(PLACE).json()["dcat:dataset"] == call().get(PLACE).json()["dcat:dataset"]
    assert call().get(f"{PLACE}?oops=1").status_code == 400
